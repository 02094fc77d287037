//! `dafu migrate`: brings the tables up to date, all or nothing.

use super::{opening, terminal};
use crate::config::Config;
use crate::storage::Db;

/// Runs it.
///
/// # Errors
/// When the database cannot be reached, or is newer than this program.
pub fn run(config: &Config) -> anyhow::Result<()> {
    let done = migrate(&opening::database(config)?)?;
    terminal::say(&match done {
        0 => "数据库已是最新。 / The database is up to date.".to_owned(),
        done => format!("已执行 {done} 项升级。 / {done} migration(s) done."),
    });
    Ok(())
}

/// Runs what is pending and says what.
///
/// # Errors
/// As [`run`].
pub fn migrate(db: &Db) -> anyhow::Result<usize> {
    Ok(db.migrate(&mut |name| terminal::remark(&format!("migrating: {name}")))?.len())
}
