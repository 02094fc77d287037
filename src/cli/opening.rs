//! Opening the database and the office as the settings say, for every command alike.

use std::time::Duration;

use anyhow::Context;

use crate::clock::Clock;
use crate::config::Config;
use crate::ids::Randomness;
use crate::office::calendars::Learning;
use crate::office::{Office, opening};
use crate::storage::{Db, DbOptions};

/// The database.
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

/// The office over it.
///
/// # Errors
/// When migrations are pending, keys do not fit, or calendars are wrong.
pub fn office(config: &Config, clock: Clock, learning: Learning) -> anyhow::Result<Office> {
    Ok(opening::open(database(config)?, clock, Randomness::System, config, learning)?)
}
