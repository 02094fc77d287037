//! `dafu restore`: a backup into an empty database, and its files into the store; what was destroyed since stays destroyed.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;

use super::backup::{tell_kept, told_by};
use super::{opening, terminal};
use crate::clock::Clock;
use crate::config::Config;
use crate::files::Store;
use crate::office::backup::{self, Archive};
use crate::office::calendars::Learning;
use crate::office::retention::register;
use crate::storage::{Db, vault_keys};
use crate::vault::{KeyName, key_files};

const EXAMPLES: &str = "\
Examples:
  dafu keys import --from keys.json && dafu restore --from /backup/dafu-20261122T193000Z.zip
  DATABASE_URL=postgres://dafu@db/dafu dafu restore --from FILE
                           a backup of SQLite into PostgreSQL; the other way round it is the same
  dafu restore --from FILE --destroyed destroyed.jsonl
                           with the newest list of destroyed cases: they are destroyed again before anybody sees them
  dafu restore --from FILE --only-files
                           the database was restored before, and the store of files failed: go on with them

Only into an empty database: all of it is restored, read back and compared, or nothing. A list of destroyed cases that lies beside the
backup, or beside the key files, is replayed without being named. On a machine for rehearsal set mail.transport = \"off\": mail that
waited when the backup was made goes out again.";

/// What to do when the rows are there and the files are not.
const GO_ON: &str = "数据库已恢复，文件未全部恢复：排除原因后加上 --only-files 再执行一次 / the database is restored, its files are not all there: mend the cause, then run it again with --only-files";

/// What to do when the rows are there and what was destroyed since is there again.
const DESTROY_AGAIN: &str = "数据库已恢复，已销毁的案卷未能重新销毁：排除原因后先执行 dafu retention replay，此前不得启动服务；再加上 --only-files 恢复文件 / the database is restored, and what was destroyed could not be destroyed again: mend the cause, then dafu retention replay, before anything else; the service must not be started before; then restore the files with --only-files";

/// What to do at the end where nothing could be destroyed again: first of all that.
const REPLAY_FIRST: &str = "请先执行 dafu retention replay，此前不得启动服务；然后执行 dafu check 和 dafu audit verify。 / dafu retention replay, before anything else; the service must not be started before. Then run dafu check and dafu audit verify.";

/// What to do at the end.
const CHECK: &str = "请再执行 dafu check 和 dafu audit verify，然后启动服务。 / Now run dafu check and dafu audit verify, then start the service.";

/// The command.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Restore {
    /// The backup.
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
    /// The newest list of destroyed cases (`destroyed.jsonl`).
    #[arg(long, value_name = "FILE")]
    destroyed: Option<PathBuf>,
    /// Restore the database only.
    #[arg(long)]
    no_files: bool,
    /// Restore the files only, into the store of a database that was restored already.
    #[arg(long, conflicts_with = "no_files")]
    only_files: bool,
}

/// Runs it. Exits with 1 when files are missing from the backup, or destroyed cases wait for the keys.
///
/// # Errors
/// When the backup is not what was written, the database is not empty, or a disk or a server refuses.
pub fn run(command: &Restore, config: &Config) -> anyhow::Result<ExitCode> {
    let archive = Archive::open(&command.from)?;
    let register_here = register::place(&config.keys.directory);
    let beside = Some(register::beside(&command.from)).filter(|beside| beside.is_file());
    let lists: Vec<PathBuf> = command.destroyed.iter().cloned().chain(beside).collect();
    if let Some(named) = &command.destroyed {
        anyhow::ensure!(named.is_file(), "没有文件 {} / there is no such file", named.display());
    }
    // Before anything is done: neither a list that cannot be read nor a store that is away must be found out afterwards.
    for list in lists.iter().chain([&register_here]) {
        register::read_whole(list)?;
    }
    let store = if command.no_files { None } else { Some(Store::open(&config.files.url)?) };
    let db = if command.only_files { opening::existing(config)? } else { loaded(&archive, config)? };
    for list in &lists {
        register::take_in(&register_here, list)?;
    }
    let replayed = replay(&db, config).context(DESTROY_AGAIN)?;
    let what_next = if replayed { CHECK } else { REPLAY_FIRST };
    let mut code = if replayed { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    if let Some(store) = store {
        let kept = put_files_back(&db, &store, &archive, config);
        if kept.is_err() && !replayed {
            terminal::say(what_next);
        }
        if kept.context(GO_ON)? == ExitCode::FAILURE {
            code = ExitCode::FAILURE;
        }
    }
    terminal::say(what_next);
    Ok(code)
}

/// The database, with what is in the backup.
fn loaded(archive: &Archive, config: &Config) -> anyhow::Result<Db> {
    let db = opening::database(config)?;
    let bar = terminal::counter("恢复 / restoring");
    let loaded = backup::load(&db, archive, &told_by(&bar));
    bar.finish_and_clear();
    let loaded = loaded?;
    let (rows, digest) = (loaded.rows, &loaded.digest);
    terminal::say(&format!(
        "已恢复 {rows} 行，读回的摘要 {digest} 与备份一致。 / {rows} rows restored; read back they have the digest {digest}, which is that of the backup."
    ));
    if !loaded.migrated.is_empty() {
        let count = loaded.migrated.len();
        terminal::say(&format!("随后执行 {count} 项升级。 / {count} migration(s) done after that."));
    }
    Ok(db)
}

/// Destroys again what was destroyed since, where the keys are there; whether that is done.
fn replay(db: &Db, config: &Config) -> anyhow::Result<bool> {
    let directory = &config.keys.directory;
    let place = directory.display();
    if !key_files::exist(directory) {
        terminal::say(&format!(
            "{place} 中没有密钥：请用 dafu keys import 放回，再执行 dafu retention replay。 / There are no keys in {place}: put them back with dafu keys import, then run dafu retention replay."
        ));
        return Ok(false);
    }
    let known = db.read_now(vault_keys::list)?;
    let fits = |name: &str, print: &str| known.iter().any(|row| row.name == name && row.fingerprint == print);
    let keys = key_files::read(directory)?;
    // A backup may be older than the last renewal of the master.
    if let Some(master) = known.iter().find(|row| row.name == KeyName::Master.as_str()) {
        keys.choose_master(&master.fingerprint);
    }
    let prints = keys.fingerprints();
    if !known.is_empty() && !prints.iter().all(|(name, print)| fits(name.as_str(), print)) {
        terminal::say(&format!(
            "{place} 中的密钥不是这个数据库的：请换回原来的密钥，再执行 dafu retention replay。 / The keys in {place} are not those of this database: put the right ones back, then run dafu retention replay."
        ));
        return Ok(false);
    }
    let office = opening::office(config, Clock::System, Learning::Leaves)?;
    let bar = terminal::counter("核对已销毁案卷 / destroyed cases");
    let again = office.replay_destruction(&mut |done| bar.set_position(done))?;
    bar.finish_and_clear();
    terminal::say(&format!("重新销毁 {again} 件。 / {again} files were there again and are destroyed."));
    Ok(true)
}

fn put_files_back(db: &Db, store: &Store, archive: &Archive, config: &Config) -> anyhow::Result<ExitCode> {
    let bar = terminal::counter("恢复文件 / files");
    let kept = backup::put_back(db, store, archive, &told_by(&bar));
    bar.finish_and_clear();
    let Some(kept) = kept? else {
        let url = &config.files.url;
        terminal::say(&format!(
            "备份不含文件：请自行恢复 {url}。 / The files of the store are not with the backup: restore {url} by its own means."
        ));
        return Ok(ExitCode::SUCCESS);
    };
    Ok(tell_kept(&kept))
}
