//! Opening the database and the office as the settings say, for every command alike.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, bail};

use crate::clock::Clock;
use crate::config::Config;
use crate::ids::Randomness;
use crate::office::calendars::Learning;
use crate::office::{Office, opening};
use crate::storage::{Db, DbOptions};

/// The database; one of SQLite is made if it is not there.
///
/// # Errors
/// When the address cannot be used.
pub fn database(config: &Config) -> anyhow::Result<Db> {
    let options = DbOptions {
        sqlite_readers: config.database.sqlite_readers,
        postgres_connections: config.database.postgres_connections,
        checkout_timeout: Duration::from_secs(3),
        ..DbOptions::default()
    };
    Db::open(&config.database.url, &options).context("cannot open the database (database.url, or DATABASE_URL)")
}

/// The database, which must be there: a mistyped address would make an empty one, in which nothing is wrong.
///
/// # Errors
/// When there is none, or the address cannot be used.
pub fn existing(config: &Config) -> anyhow::Result<Db> {
    if let Some(path) = config.database.url.strip_prefix("sqlite://")
        && !Path::new(path).is_file()
    {
        bail!(
            "没有数据库文件 {path}：请核对 database.url 或者 DATABASE_URL；dafu migrate 建立新库 / there is no database at {path}: look at database.url, or DATABASE_URL; dafu migrate makes a new one"
        );
    }
    database(config)
}

/// The office over a database that is there.
///
/// # Errors
/// When there is no database, migrations are pending, keys do not fit, or calendars are wrong.
pub fn office(config: &Config, clock: Clock, learning: Learning) -> anyhow::Result<Office> {
    Ok(opening::open(existing(config)?, clock, Randomness::System, config, learning)?)
}
