//! `dafu audit`: seals over the journals, and whether what lies below them is what was sealed.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Subcommand};

use super::{bundle, opening, terminal};
use crate::clock::Clock;
use crate::config::Config;
use crate::journal::seal::{KnownKeys, SignedSeal, Slip, VerifyingKey};
use crate::office::calendars::Learning;
use crate::office::failure::Failure;
use crate::office::seals::auditing::{self, Audited};
use crate::storage::{Db, seals};
use crate::vault::seal_files;

const EXAMPLES: &str = "\
Examples:
  dafu audit seal                        seal what was recorded since the last seal, print the slip
  dafu audit verify                      check seals, log, journals and all contents; exits with 1 if anything is wrong
  dafu audit verify --public-keys KEYS   seals, log and journals, on a machine that has the database and the public keys only
  dafu audit verify --bundle FILE --key KEY.pem
                                         check a bundle of evidence: no database, no settings, the public key only
  dafu audit verify --slip slip.txt      also hold a slip that was mailed or printed against its seal
  dafu audit rebuild-nodes               make the nodes kept for proofs anew from the leaves, where verify says they differ
  dafu audit new-key                     take a new key for the seals to come; old public keys stay

What was recorded after the last seal is not proven by it: verify says since when.";

/// The command.
#[derive(Debug, Subcommand)]
#[command(after_help = EXAMPLES)]
pub enum Audit {
    /// Seal what was recorded since the last seal (封存).
    Seal,
    /// Print the slip of the last seal, or of another (封存单).
    Slip(WhichSlip),
    /// Check every seal, leaf, journal and chain, and with the office's keys every projection, text, person and file (验证).
    #[command(after_help = EXAMPLES)]
    Verify(Verify),
    /// Take a new key for the seals to come (更换密钥).
    NewKey,
    /// Make the nodes that are kept for proofs anew from the sealed leaves (重建中间结点).
    RebuildNodes,
}

/// Which seal.
#[derive(Debug, Args)]
pub struct WhichSlip {
    /// Its number; the last if missing.
    #[arg(long, value_name = "NUMBER")]
    number: Option<i64>,
}

/// How to verify.
#[derive(Debug, Args)]
pub struct Verify {
    /// Public keys that are believed: a file, or a folder of them. If missing, those beside the key files; then contents are
    /// checked too, and what was found is kept to be shown at /audit.
    #[arg(long, visible_alias = "key", value_name = "PLACE")]
    pub(super) public_keys: Option<PathBuf>,
    /// A bundle of evidence, to be verified instead of a database.
    #[arg(long, value_name = "FILE", requires = "public_keys", conflicts_with = "slip")]
    pub(super) bundle: Option<PathBuf>,
    /// Leave the bytes of the files in the store unread, where there are many of them; all else is checked.
    #[arg(long, conflicts_with_all = ["public_keys", "bundle"])]
    without_bytes: bool,
    /// A slip that was kept elsewhere; may be given several times.
    #[arg(long, value_name = "FILE")]
    slip: Vec<PathBuf>,
}

/// Runs it.
///
/// # Errors
/// When the database or a file cannot be read.
pub fn run(audit: &Audit, config: &Config) -> anyhow::Result<ExitCode> {
    match audit {
        Audit::Seal => {
            let made = opening::office(config, Clock::System, Learning::Leaves)?.seal_now()?;
            match made.last() {
                Some(last) => terminal::say(&last.slip),
                None => terminal::say("没有需要封存的新记录。 / Nothing was recorded since the last seal."),
            }
            Ok(ExitCode::SUCCESS)
        }
        Audit::Slip(which) => {
            let db = opening::existing(config)?;
            let row = db.read_now(|conn| match which.number {
                Some(number) => seals::load(conn, number).map(Some),
                None => seals::last(conn),
            })?;
            let row = row.context("尚未封存 / nothing is sealed yet")?;
            let signed = SignedSeal::read(&row.text, &row.signature)?;
            terminal::say(&signed.seal().slip().to_string());
            Ok(ExitCode::SUCCESS)
        }
        Audit::Verify(how) => verify(how, config),
        Audit::NewKey => {
            let fingerprint = opening::office(config, Clock::System, Learning::Leaves)?.new_seal_key()?;
            terminal::say(&format!("新的封存公钥指纹 / fingerprint of the new key: {fingerprint}"));
            Ok(ExitCode::SUCCESS)
        }
        Audit::RebuildNodes => {
            let made = opening::office(config, Clock::System, Learning::Leaves)?.rebuild_nodes()?;
            terminal::say(&format!("已重建 {made} 个中间结点。 / {made} nodes were made anew."));
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// What is verified without settings, for they may not be at hand: a bundle. None for all else.
///
/// # Errors
/// When a file cannot be read.
pub fn run_alone(audit: &Audit) -> Option<anyhow::Result<ExitCode>> {
    let Audit::Verify(Verify { bundle: Some(file), public_keys: Some(keys), .. }) = audit else { return None };
    Some(bundle::verify(file, keys))
}

/// The public keys at this place: a file, or a folder of them.
pub(super) fn keys_at(place: &Path) -> anyhow::Result<KnownKeys> {
    let mut known: Vec<VerifyingKey> = Vec::new();
    for pem in seal_files::read_public(place)? {
        known.push(VerifyingKey::from_pem(&pem)?);
    }
    if known.is_empty() {
        terminal::remark(&format!("没有公钥 / no public key in {}", place.display()));
    }
    Ok(known.into_iter().collect())
}

fn verify(how: &Verify, config: &Config) -> anyhow::Result<ExitCode> {
    let place = how.public_keys.clone().unwrap_or_else(|| seal_files::public_keys(&config.keys.directory));
    let keys = keys_at(&place)?;
    let db = opening::existing(config)?;
    let bar = terminal::counter("验证 / verifying");
    let audited = auditing::audit(&db, &keys, &mut |done| bar.set_position(done))?;
    bar.finish_and_clear();
    let mut wrong = audited.told();
    tell(&audited);
    if how.public_keys.is_none() {
        wrong.extend(contents(config, &audited, !how.without_bytes)?);
    } else {
        terminal::say(
            "未核对投影、正文、当事人和文件：这需要机关的密钥。 / Projections, texts, people and files were not checked: that takes the office's keys.",
        );
    }
    for file in &how.slip {
        wrong.extend(compare(&db, file)?);
    }
    let Some((zh, en)) = wrong.first() else {
        terminal::say("验证通过，没有发现异常。 / Verified: nothing is wrong.");
        return Ok(ExitCode::SUCCESS);
    };
    let count = wrong.len();
    terminal::say(&format!(
        "验证未通过：{count} 处异常，首处：{zh}。 / Not verified: {count} findings, the first: {en}."
    ));
    Ok(ExitCode::FAILURE)
}

/// Something that is wrong, in Chinese and in English.
type Told = (String, String);

/// Checks what takes the office's keys, and keeps what was found in all; gives what is wrong.
fn contents(config: &Config, audited: &Audited, bytes: bool) -> anyhow::Result<Vec<Told>> {
    let office = opening::office(config, Clock::System, Learning::Leaves)?;
    let bar = terminal::counter("核对 / checking");
    let checked = office.check(&mut |done| bar.set_position(done));
    bar.finish_and_clear();
    let mut report = match checked {
        Ok(report) => report,
        // What is so broken that it cannot be read is a finding, and no reason to say nothing of the rest.
        Err(Failure::Broken(fault)) => {
            let (zh, en) = ("数据无法读取".to_owned(), format!("the database cannot be read: {fault}"));
            terminal::say(&format!("{zh} / {en}"));
            return Ok(vec![(zh, en)]);
        }
        Err(other) => return Err(other.into()),
    };
    if bytes {
        let bar = terminal::counter("读取文件 / reading files");
        let read = office.check_files(&mut report, &mut |done| bar.set_position(done));
        bar.finish_and_clear();
        read.context("文件存储无法读取 / the store of files cannot be read: --without-bytes leaves it out")?;
    }
    let wrong = report.told();
    for (zh, en) in &wrong {
        terminal::say(&format!("{zh} / {en}"));
    }
    let (cases, files, log, found) = (report.cases, report.files, report.log_entries, wrong.len());
    terminal::say(&format!(
        "已核对 {cases} 件的投影、正文、当事人和文件（读取 {files} 个文件的全部内容），{log} 条留痕，{found} 处不符。 / projections, texts, people and files of {cases} cases ({files} files were read whole) and {log} entries of the log were checked, {found} differences."
    ));
    if let Err(fault) = office.keep_audit(audited, Some(&report), &terminal::whoever()) {
        terminal::remark(&format!("验证结果未能保存 / what was found could not be kept: {fault}"));
    }
    Ok(wrong)
}

/// Tells what was found.
fn tell(audited: &Audited) {
    for (zh, en) in audited.told() {
        terminal::say(&format!("{zh} / {en}"));
    }
    let Audited { cases, entries, of_proceedings, chained, leaves, unsealed_entries, .. } = audited;
    let count = audited.told().len();
    terminal::say(&format!(
        "{cases} 件、{entries} 条记录、复议诉讼案卷 {of_proceedings} 条、留痕 {chained} 条、封存日志 {leaves} 条，日志与封存 {count} 处异常。 / {cases} cases, {entries} entries, {of_proceedings} entries of proceedings, {chained} entries of the log, {leaves} leaves, {count} findings in journals and seals."
    ));
    terminal::say(&format!(
        "未封存 {unsealed_entries} 条；{}。 / {unsealed_entries} entries are not sealed; {}.",
        audited.report.window_zh(),
        audited.report.window()
    ));
}

/// Holds a slip against its seal; gives how they differ.
fn compare(db: &Db, file: &PathBuf) -> anyhow::Result<Option<Told>> {
    let name = file.display();
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {name}"))?;
    let slip: Slip = text.parse().map_err(|fault| anyhow::anyhow!("{name}: {fault}"))?;
    let number = i64::try_from(slip.number)?;
    let row = db.read_now(|conn| seals::list(conn, number.checked_add(1), 1))?;
    let told = match row.into_iter().find(|row| row.number == number) {
        None => Some((
            format!("{name}：数据库中没有第 {number} 号封存"),
            format!("{name}: there is no seal {number} in the database"),
        )),
        Some(row) => {
            let signed = SignedSeal::read(&row.text, &row.signature)?;
            let differs = slip.compare(signed.seal()).err();
            differs.map(|differs| (format!("{name}：与第 {number} 号封存不符"), format!("{name}: {differs}")))
        }
    };
    match &told {
        Some((zh, en)) => terminal::say(&format!("{zh} / {en}")),
        None => terminal::say(&format!("{name}：与第 {number} 号封存一致 / agrees with seal {number}")),
    }
    Ok(told)
}
