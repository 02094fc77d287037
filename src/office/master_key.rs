//! 主密钥更换: a new master key while the service runs. It is laid beside the old one, the database takes its fingerprint, and every
//! key that lies under the old one is wrapped anew, batch by batch; no content is touched. Interrupted anywhere, it goes on where it
//! was: a key opens under whichever master it lies, and one that is wrapped anew already is left as it is.

use std::convert::Infallible;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::failure::Failure;
use super::{Office, Shared};
use crate::ids::{CaseId, Randomness};
use crate::storage::vault_keys::{self, VaultKeyRow};
use crate::storage::wrapped_keys::{self, WrappedFor, WrappedIn};
use crate::storage::{Conn, StoreError};
use crate::vault::{KeyName, VaultError, draft, envelope, key_files, order_paper, order_words, particulars};

/// Keys that are wrapped anew in one transaction.
const BATCH: i64 = 500;

/// How often a running service looks which master key is in force. One that only takes in and opens nothing would else go on
/// wrapping under the former.
const LOOKS_EVERY: Duration = Duration::from_secs(15);

/// After so long every running service has looked, and what it had begun before is done.
const ALL_HAVE_LOOKED: TimeDelta = TimeDelta::minutes(1);

/// What wrapping anew came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rewrapped {
    /// Keys that were looked at.
    pub seen: u64,
    /// Keys that lay under a former master and lie under the one in force now.
    pub anew: u64,
}

impl Office {
    /// Puts a new master key in force and gives its fingerprint. What lies under the old one is not wrapped anew yet.
    ///
    /// # Errors
    /// [`Failure::Contrary`] when somebody else renews it just now; the vault's and the database's failures.
    pub fn renew_master_key(&self) -> Result<String, Failure> {
        let shared = self.shared();
        let folder = &shared.key_folder;
        let old = shared.keys.fingerprint(KeyName::Master);
        let fingerprint = key_files::prepare_master(folder, &mut shared.randomness.clone())?;
        let row = VaultKeyRow {
            name: KeyName::Master.as_str().to_owned(),
            fingerprint: fingerprint.clone(),
            created_at: self.now(),
        };
        let master = KeyName::Master.as_str();
        let taken = self.db().write_now(|conn| vault_keys::replace(conn, master, &old, &row))?;
        // The next one may be in force already: a renewal was interrupted behind this very step.
        if !taken
            && self
                .db()
                .read_now(|conn| vault_keys::find(conn, master))?
                .is_none_or(|now| now.fingerprint != fingerprint)
        {
            return Err(Failure::contrary("另有主密钥更换正在进行。", "The master key is being renewed elsewhere."));
        }
        key_files::settle_master(folder, &fingerprint)?;
        shared.keys.look_again();
        shared.keys.choose_master(&fingerprint);
        Ok(fingerprint)
    }

    /// From when on nothing is wrapped under the former master any more, by whichever running service: until then, what wrapping
    /// anew came to is not the last word.
    ///
    /// # Errors
    /// The database's failures.
    pub fn master_settled_at(&self) -> Result<Option<DateTime<Utc>>, Failure> {
        let row = self.db().read_now(|conn| vault_keys::find(conn, KeyName::Master.as_str()))?;
        Ok(row.map(|row| row.created_at + ALL_HAVE_LOOKED))
    }

    /// Takes the master key that the database names as the one in force, if this process has another. The keys that the database names.
    ///
    /// # Errors
    /// The database's failures. A key that is not in the folder is told in the log.
    pub async fn take_master_in_force(&self) -> Result<Vec<VaultKeyRow>, StoreError> {
        let named = self.db().read(vault_keys::list).await?;
        if let Some(master) = named.iter().find(|row| row.name == KeyName::Master.as_str()) {
            self.shared().keys.follow_master(&master.fingerprint);
        }
        Ok(named)
    }

    /// [`Office::take_master_in_force`] again and again, for as long as it is asked to run.
    pub async fn follow_master_key(&self) -> Infallible {
        let mut turns = tokio::time::interval(LOOKS_EVERY);
        turns.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            turns.tick().await;
            if let Err(error) = self.take_master_in_force().await {
                tracing::debug!(%error, "which master key is in force could not be asked");
            }
        }
    }

    /// How many keys lie under the master key.
    ///
    /// # Errors
    /// The database's failures.
    pub fn count_wrapped_keys(&self) -> Result<u64, Failure> {
        let count = |conn: &mut Conn| {
            let mut sum = 0_u64;
            for table in WrappedIn::ALL {
                let count = wrapped_keys::count(conn, table)?;
                sum = sum.saturating_add(u64::try_from(count).unwrap_or_default());
            }
            Ok::<_, StoreError>(sum)
        };
        Ok(self.db().read_now(count)?)
    }

    /// Wraps anew every key that lies under a former master. `progress` is told how many were looked at.
    ///
    /// # Errors
    /// The vault's and the database's failures; what was done stays done.
    pub fn rewrap_keys(&self, progress: &dyn Fn(u64)) -> Result<Rewrapped, Failure> {
        let shared = self.shared();
        let mut sum = Rewrapped::default();
        for table in WrappedIn::ALL {
            let mut after = None;
            loop {
                let done = self.db().write_now(|conn| batch(conn, &shared, table, after))?;
                sum.seen = sum.seen.saturating_add(done.seen);
                sum.anew = sum.anew.saturating_add(done.anew);
                progress(sum.seen);
                after = done.last;
                if after.is_none() {
                    break;
                }
            }
        }
        Ok(sum)
    }
}

struct Batch {
    seen: u64,
    anew: u64,
    last: Option<WrappedFor>,
}

fn batch(conn: &mut Conn, shared: &Shared, table: WrappedIn, after: Option<WrappedFor>) -> Result<Batch, Failure> {
    let page = wrapped_keys::list(conn, table, after, BATCH)?;
    let mut done = Batch { seen: 0, anew: 0, last: page.last().map(|(owner, _)| *owner) };
    for (owner, old) in page {
        done.seen = done.seen.saturating_add(1);
        if let Some(wrapped) = rewrapped(shared, owner, &old)?
            && wrapped_keys::replace(conn, owner, &old, &wrapped)?
        {
            done.anew = done.anew.saturating_add(1);
        }
    }
    Ok(done)
}

fn rewrapped(shared: &Shared, owner: WrappedFor, old: &[u8]) -> Result<Option<Vec<u8>>, VaultError> {
    let (keys, mut entropy) = (&shared.keys, shared.randomness.clone());
    let entropy: &mut Randomness = &mut entropy;
    match owner {
        WrappedFor::Case(case) => envelope::rewrap(keys, case, old, entropy),
        // An enquiry's key is bound to its id as a case's is.
        WrappedFor::Enquiry(enquiry) => envelope::rewrap(keys, CaseId::from_uuid(enquiry.uuid()), old, entropy),
        WrappedFor::Draft(id) => draft::rewrap(keys, id, old, entropy),
        WrappedFor::Entry(entry) => particulars::rewrap(keys, entry, old, entropy),
        WrappedFor::Words(order, seq) => {
            let seq = u32::try_from(seq).map_err(|_negative| VaultError::DoesNotOpen)?;
            order_words::rewrap(keys, order, seq, old, entropy)
        }
        WrappedFor::Paper(order, id) => order_paper::rewrap(keys, (order, id), old, entropy),
    }
}
