//! 主密钥更换: a new master key while the service runs. It is laid beside the old one, the database takes its fingerprint, and every
//! key that lies under the old one is wrapped anew, batch by batch; no content is touched. Interrupted anywhere, it goes on where it
//! was: a key opens under whichever master it lies, and one that is wrapped anew already is left as it is.

use std::convert::Infallible;
use std::path::PathBuf;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::failure::Failure;
use super::log::{Kind, Note};
use super::{Office, Shared};
use crate::ids::{CaseId, Randomness};
use crate::storage::vault_keys::{self, VaultKeyRow};
use crate::storage::wrapped_keys::{self, WrappedFor, WrappedIn};
use crate::storage::{Conn, StoreError};
use crate::vault::{KeyName, Keys, VaultError, draft, envelope, key_files, order_paper, order_words, particulars};

/// Keys that are wrapped anew in one transaction.
const BATCH: i64 = 500;

/// How often a running service looks which master key is in force. One that only takes in and opens nothing would else go on
/// wrapping under the former.
const LOOKS_EVERY: Duration = Duration::from_secs(15);

/// After so long nothing comes to lie under the former master any more: whoever keeps a key asks in that very transaction which one is in
/// force ([`keep_wrapped`]), and PostgreSQL breaks off a transaction in which nothing happens for a minute. SQLite has one writer.
const ALL_IS_KEPT: TimeDelta = TimeDelta::minutes(2);

/// Keys that do not open and are told one by one.
const TOLD: usize = 20;

/// What wrapping anew came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rewrapped {
    /// Keys that were looked at.
    pub seen: u64,
    /// Keys that lay under a former master and lie under the one in force now.
    pub anew: u64,
    /// Keys that open under no master that is there; they stay as they are.
    pub closed: u64,
    /// Whose the first of those are.
    pub closed_of: Vec<WrappedFor>,
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
        let taken = self.db().write_now(|conn| {
            let taken = vault_keys::replace(conn, master, &old, &row)?;
            if taken {
                let note = Note::of_machine(Kind::MasterKeyRenewed).fact("before", &old);
                note.fact("after", &fingerprint).write(conn, &shared)?;
            }
            Ok::<_, Failure>(taken)
        })?;
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

    /// From when on nothing is kept under the former master any more, by whichever running service: until then, what wrapping
    /// anew came to is not the last word.
    ///
    /// # Errors
    /// The database's failures.
    pub fn master_settled_at(&self) -> Result<Option<DateTime<Utc>>, Failure> {
        let row = self.db().read_now(|conn| vault_keys::find(conn, KeyName::Master.as_str()))?;
        Ok(row.map(|row| row.created_at + ALL_IS_KEPT))
    }

    /// Gives the file of the master key in force its name, and those of the others theirs; these: what lies under none of them may do
    /// without them. After the restoring of an older backup the one in force is a former one.
    ///
    /// # Errors
    /// The vault's failures.
    pub fn name_master_file(&self) -> Result<Vec<PathBuf>, Failure> {
        let shared = self.shared();
        Ok(key_files::name_master(&shared.key_folder, &shared.keys.fingerprint(KeyName::Master))?)
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

    /// Wraps anew every key that lies under a former master. One that does not open stays, and is told; it keeps no other from being wrapped.
    /// `progress` is told how many were looked at.
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
                sum.closed = sum.closed.saturating_add(u64::try_from(done.closed.len()).unwrap_or(u64::MAX));
                let room = TOLD.saturating_sub(sum.closed_of.len());
                sum.closed_of.extend(done.closed.into_iter().take(room));
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
    closed: Vec<WrappedFor>,
    last: Option<WrappedFor>,
}

fn batch(conn: &mut Conn, shared: &Shared, table: WrappedIn, after: Option<WrappedFor>) -> Result<Batch, Failure> {
    let page = wrapped_keys::list(conn, table, after, BATCH)?;
    let mut done = Batch { seen: 0, anew: 0, closed: Vec::new(), last: page.last().map(|(owner, _)| *owner) };
    // It, too, may have slept through a renewal.
    if !vault_keys::is_master(conn, &shared.keys.fingerprint(KeyName::Master))? {
        follow(conn, &shared.keys)?;
    }
    for (owner, old) in page {
        done.seen = done.seen.saturating_add(1);
        match rewrapped(&shared.keys, shared.randomness.clone(), owner, &old) {
            Ok(None) => {}
            Ok(Some(wrapped)) => {
                if wrapped_keys::replace(conn, owner, &old, &wrapped)? {
                    done.anew = done.anew.saturating_add(1);
                }
            }
            Err(VaultError::DoesNotOpen | VaultError::UnknownFormat) => done.closed.push(owner),
            Err(fault) => return Err(fault.into()),
        }
    }
    Ok(done)
}

/// Keeps a key that was just wrapped. `master`: the one that was in force here before it was. `keep` is told under which master it lies,
/// and says whether that is the one in force in the database, in the transaction in which it is kept. If it is not, this process has not
/// heard of a renewal yet, perhaps because it was asleep: it takes the new one, and the key is wrapped anew.
///
/// # Errors
/// [`Failure::Unavailable`] when the master in force is not in the folder here; [`Failure::Busy`] when it is renewed over and over; the
/// vault's and the database's failures.
pub(in crate::office) fn keep_wrapped(
    conn: &mut Conn,
    (keys, randomness): (&Keys, Randomness),
    owner: WrappedFor,
    (wrapped, master): (Vec<u8>, &str),
    mut keep: impl FnMut(&mut Conn, &[u8], &str) -> Result<bool, StoreError>,
) -> Result<(), Failure> {
    if keep(conn, &wrapped, master)? {
        return Ok(());
    }
    let in_force = follow(conn, keys)?;
    let anew = rewrapped(keys, randomness, owner, &wrapped)?.unwrap_or(wrapped);
    if keep(conn, &anew, &in_force)? { Ok(()) } else { Err(Failure::Busy) }
}

/// A key that was just wrapped, under the master in force: for what is kept seldom enough to ask by itself. As [`keep_wrapped`].
///
/// # Errors
/// As [`keep_wrapped`].
pub(in crate::office) fn under_master_in_force(
    conn: &mut Conn,
    shared: &Shared,
    owner: WrappedFor,
    (wrapped, master): (Vec<u8>, &str),
) -> Result<Vec<u8>, Failure> {
    let mut kept = Vec::new();
    keep_wrapped(
        conn,
        (&shared.keys, shared.randomness.clone()),
        owner,
        (wrapped, master),
        |conn, wrapped, master| {
            kept = wrapped.to_vec();
            vault_keys::is_master(conn, master)
        },
    )?;
    Ok(kept)
}

/// Takes the master that this transaction sees in force; its fingerprint.
fn follow(conn: &mut Conn, keys: &Keys) -> Result<String, Failure> {
    let named = vault_keys::find(conn, KeyName::Master.as_str())?;
    let taken = named.map(|row| row.fingerprint).filter(|fingerprint| keys.follow_master(fingerprint));
    taken.ok_or(Failure::Unavailable)
}

fn rewrapped(
    keys: &Keys,
    mut randomness: Randomness,
    owner: WrappedFor,
    old: &[u8],
) -> Result<Option<Vec<u8>>, VaultError> {
    let entropy: &mut Randomness = &mut randomness;
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
