//! `dafu backup`: everything as it is at one instant, beside a service that goes on; and whether a backup is what was written.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::bail;
use clap::{Args, Subcommand};
use indicatif::ProgressBar;

use super::{opening, terminal};
use crate::clock::Clock;
use crate::config::Config;
use crate::files::Store;
use crate::office::backup::{self, Archive, Place, Taken};
use crate::office::retention::register;

const EXAMPLES: &str = "\
Examples:
  dafu backup --to /backup/            into a folder, under a name with the instant: dafu-20261122T193000Z.zip
  dafu backup --to /backup/before.zip  under a name of one's own
  dafu backup --to /backup/ --no-files the database only
  dafu backup verify /backup/dafu-20261122T193000Z.zip
                                       whether it is whole and unchanged, its files too: no database, no settings, no keys
  dafu backup verify FILE --digest D   also whether it is the one whose digest was written down

The service goes on meanwhile. The parts of files go to files/ beside the backup, once for all backups in a folder. No key is in a
backup: dafu keys export writes them, to be kept elsewhere. dafu restore brings it back, into either database.";

/// The command.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Backup {
    #[command(subcommand)]
    what: Option<What>,
    /// Where to: a new file, or a folder.
    #[arg(long, value_name = "FILE_OR_FOLDER", required = true)]
    to: Option<PathBuf>,
    /// Copy the files of the store too although it is S3, whose own copies are usually better.
    #[arg(long, conflicts_with = "no_files")]
    files: bool,
    /// Leave out the files of the store.
    #[arg(long)]
    no_files: bool,
}

/// What else can be done.
#[derive(Debug, Subcommand)]
enum What {
    /// Hold a backup against its digests (核验备份).
    Verify(Verify),
}

/// Which backup.
#[derive(Debug, Args)]
struct Verify {
    /// The backup.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The digest that it had when it was made.
    #[arg(long, value_name = "SHA256")]
    digest: Option<String>,
}

/// Verifies a backup, which needs no settings; none if one is to be made.
#[must_use]
pub fn run_alone(command: &Backup) -> Option<anyhow::Result<ExitCode>> {
    let Some(What::Verify(how)) = &command.what else { return None };
    Some(verify(how))
}

/// Runs it. Exits with 1 when files that the database speaks of are not in the store, or a line of the list of destroyed cases
/// cannot be read.
///
/// # Errors
/// When the database cannot be read or the backup cannot be written.
pub fn run(command: &Backup, config: &Config) -> anyhow::Result<ExitCode> {
    let Some(to) = &command.to else { bail!("给出 --to / give --to") };
    let now = Clock::System.now();
    let place = Place::of(to, now);
    let in_bucket = config.files.url.starts_with("s3://");
    let with_files = command.files || !(command.no_files || in_bucket);
    if with_files {
        apart(&place, &config.files.url)?;
    }
    let db = opening::existing(config)?;
    let store = if with_files { Some(Store::open(&config.files.url)?) } else { None };
    let bar = terminal::counter("备份 / backing up");
    let taken = backup::take(&db, store.as_ref(), &place, now, &told_by(&bar));
    bar.finish_and_clear();
    let taken = taken?;
    // The newest list of what was destroyed lies beside the backups: whoever restores an old one finds it there.
    let listed = register::place(&config.keys.directory);
    let unreadable = register::take_in(&register::beside(&place.archive), &listed)?;
    tell(&place, &taken);
    if !config.keys.directory.is_dir() {
        let keys = config.keys.directory.display();
        terminal::say(&format!(
            "没有目录 {keys}，因此没有复制已销毁案卷的清单：请核对 keys.directory。 / There is no folder {keys}, so that no list of destroyed cases was copied: look at keys.directory."
        ));
    }
    for number in &unreadable {
        terminal::say(&register::not_readable(&listed, *number));
    }
    if in_bucket && !with_files {
        let url = &config.files.url;
        terminal::say(&format!(
            "文件存放在 {url}，没有复制：请使用存储桶自身的版本或者复制功能，或者加上 --files。 / The files lie in {url} and are not copied: use the bucket's own versions or replication, or give --files."
        ));
    }
    for fault in &taken.faults {
        terminal::say(fault);
    }
    let well = taken.faults.is_empty() && unreadable.is_empty();
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn tell(place: &Place, taken: &Taken) {
    let (manifest, name) = (&taken.manifest, place.archive.display());
    let (tables, rows) = (manifest.tables.len(), manifest.rows());
    terminal::say(&format!("已备份 {tables} 张表 {rows} 行：{name} / {tables} tables, {rows} rows are in {name}"));
    if let Some(files) = &manifest.files {
        let (all, new) = (files.files, files.copied);
        terminal::say(&format!(
            "文件 {all} 个，新复制 {new} 个部分。 / {all} files beside it, {new} parts of them copied now."
        ));
    }
    let digest = &manifest.digest;
    terminal::say(&format!("总摘要，请另行保存 / digest, to be kept elsewhere: {digest}"));
    terminal::say(
        "备份中没有密钥，请用 dafu keys export 另行保存。 / No key is in it: dafu keys export writes them, to be kept apart.",
    );
}

fn verify(how: &Verify) -> anyhow::Result<ExitCode> {
    let archive = Archive::open(&how.file)?;
    let bar = terminal::counter("核验 / verifying");
    let verified = archive.verify(how.digest.as_deref(), &told_by(&bar));
    let kept = verified.and_then(|()| backup::check_parts(&archive, &told_by(&bar)));
    bar.finish_and_clear();
    let (kept, manifest) = (kept?, archive.manifest());
    let (at, tables, rows) = (manifest.taken_at.to_rfc3339(), manifest.tables.len(), manifest.rows());
    let digest = &manifest.digest;
    terminal::say(&format!(
        "数据完好：{at} 的备份，{tables} 张表 {rows} 行，摘要 {digest}。 / The data is as it was written: a backup of {at}, {tables} tables, {rows} rows, digest {digest}."
    ));
    let Some(kept) = kept else {
        terminal::say("备份不含文件。 / The files of the store are not with it.");
        return Ok(ExitCode::SUCCESS);
    };
    Ok(tell_kept(&kept))
}

/// Tells how the parts of files stand; 1 when any is missing or changed.
pub(super) fn tell_kept(kept: &backup::Kept) -> ExitCode {
    for fault in &kept.faults {
        terminal::say(fault);
    }
    let (files, faults) = (kept.files, kept.faults.len());
    terminal::say(&format!("文件 {files} 个完好，{faults} 处异常。 / {files} files are whole, {faults} findings."));
    if faults == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Shows on `bar` what is being done.
pub(super) fn told_by(bar: &ProgressBar) -> impl Fn(&str, u64) {
    |what, done| {
        if bar.message() != what {
            bar.set_message(what.to_owned());
        }
        bar.set_position(done);
    }
}

/// A backup in the folder of the store would find its files copied already, and be lost with it.
fn apart(place: &Place, store: &str) -> anyhow::Result<()> {
    let real = |path: &Path| path.canonicalize().or_else(|_not_there| std::path::absolute(path)).ok();
    let beside = real(&backup::files_beside(&place.archive));
    if beside.is_some() && beside == real(Path::new(store.trim_start_matches("file://"))) {
        bail!(
            "备份的文件目录就是文件存储本身（{store}），请选择另一个目录 / the folder for the files of the backup is the store itself ({store}): choose another folder"
        );
    }
    Ok(())
}
