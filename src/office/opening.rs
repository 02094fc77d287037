//! Opening the office in the morning: the database is there and up to date, the keys are the ones it was made with, the
//! calendars are known. Anything else and the doors stay shut, with the reason.

use std::path::Path;

use chrono::{DateTime, Utc};

use super::calendar_proposals::found;
use super::calendars::Learning;
use super::{Office, calendars};
use crate::clock::Clock;
use crate::config::{Config, calendars as calendar_files};
use crate::ids::Randomness;
use crate::law::editions::Calendars;
use crate::storage::vault_keys::{self, VaultKeyRow};
use crate::storage::{Conn, Db, StoreError, journal};
use crate::vault::{KeyName, Keys, VaultError, key_files};

use super::failure::Failure;

/// Why the office stays shut. The text tells what to do.
#[derive(Debug, thiserror::Error)]
pub enum OpeningFault {
    /// The database cannot be opened or reached.
    #[error("the database cannot be opened: {0}")]
    Database(#[from] StoreError),
    /// The schema is older than this program.
    #[error("the database lacks {} migration(s), the first is {first}; run `dafu migrate`, or start with --migrate", .count)]
    MigrationsPending {
        /// How many.
        count: usize,
        /// The first.
        first: String,
    },
    /// The key files cannot be read or made.
    #[error("the keys: {0}")]
    Keys(#[from] VaultError),
    /// The database was made with other keys.
    #[error("the key `{name}` in {directory} is not the one this database was made with; put the right key files back")]
    OtherKeys {
        /// Which key.
        name: String,
        /// Where it was looked for.
        directory: String,
    },
    /// The database holds data but the key files are gone.
    #[error(
        "this database was made with keys that are not in {directory}; put the key files back: new ones cannot open what is there"
    )]
    KeysGone {
        /// Where they were looked for.
        directory: String,
    },
    /// A calendar file is wrong.
    #[error("the calendars: {0}")]
    Calendars(#[from] crate::config::ConfigFault),
    /// The setting names no algorithm.
    #[error("seals.algorithm: sha-256 or sm3")]
    Algorithm,
    /// The setting names no cipher.
    #[error("keys.cipher: aes or sm4")]
    Cipher,
    /// Something else.
    #[error("{0}")]
    Failed(#[from] Failure),
}

impl From<OpeningFault> for Failure {
    fn from(fault: OpeningFault) -> Self {
        match fault {
            OpeningFault::Database(error) => Self::from(error),
            OpeningFault::Failed(failure) => failure,
            other => Self::Broken(Box::new(other)),
        }
    }
}

/// Opens the office over a database whose migrations are done.
///
/// # Errors
/// [`OpeningFault`], each with what to do about it.
pub fn open(
    db: Db,
    clock: Clock,
    mut randomness: Randomness,
    config: &Config,
    learning: Learning,
) -> Result<Office, OpeningFault> {
    let pending = db.pending_migrations()?;
    if let Some(first) = pending.first() {
        return Err(OpeningFault::MigrationsPending { count: pending.len(), first: first.clone() });
    }
    let algorithm = config.seals.algorithm.parse().map_err(|_unknown| OpeningFault::Algorithm)?;
    let cipher = config.keys.cipher.parse().map_err(|_unknown| OpeningFault::Cipher)?;
    let now = clock.now();
    let keys = keys(&db, &config.keys.directory, &mut randomness, now)?.sealing_by(cipher);
    let years = calendar_files::known_years(&config.calendar.directory)?;
    let known = db.read_now(calendars::list)?;
    let known = if known.is_empty() {
        db.write_now(|conn| calendars::learn(conn, &years, now))?
    } else {
        if learning == Learning::Takes {
            let laid = db.write_now(|conn| found::lay_down(conn, &years, &known, now, &randomness))?;
            for year in laid {
                tracing::warn!(year, "a calendar that was never known waits for an administrator to confirm it");
            }
        }
        Calendars::new(known).map_err(Failure::broken)?
    };
    Ok(Office::new(db, clock, randomness, keys, known, algorithm, config))
}

/// The keys of this database: read and compared with the fingerprints it holds; made only while it holds none.
fn keys(db: &Db, directory: &Path, randomness: &mut Randomness, now: DateTime<Utc>) -> Result<Keys, OpeningFault> {
    let known = db.read_now(vault_keys::list)?;
    let place = directory.display().to_string();
    // A journal without fingerprints was made with keys nobody can name any more: new ones would only hide that.
    let used = !known.is_empty() || db.read_now(journal::count)? > 0;
    if used && (known.is_empty() || !key_files::exist(directory)) {
        return Err(OpeningFault::KeysGone { directory: place });
    }
    if !key_files::exist(directory) {
        key_files::create(directory, &Keys::generate(randomness))?;
    }
    let keys = key_files::read(directory)?;
    if known.is_empty() {
        db.write_now(|conn| remember(conn, &keys, now))?;
        return Ok(keys);
    }
    // A renewed master takes effect with its fingerprint in the database, wherever its file lies by then.
    if let Some(master) = known.iter().find(|row| row.name == KeyName::Master.as_str()) {
        keys.choose_master(&master.fingerprint);
        key_files::settle_master(directory, &master.fingerprint)?;
    }
    for (name, fingerprint) in keys.fingerprints() {
        if !known.iter().any(|row| row.name == name.as_str() && row.fingerprint == fingerprint) {
            return Err(OpeningFault::OtherKeys { name: name.to_string(), directory: place });
        }
    }
    Ok(keys)
}

fn remember(conn: &mut Conn, keys: &Keys, now: DateTime<Utc>) -> Result<(), StoreError> {
    for (name, fingerprint) in keys.fingerprints() {
        vault_keys::insert(conn, &VaultKeyRow { name: name.as_str().to_owned(), fingerprint, created_at: now })?;
    }
    Ok(())
}
