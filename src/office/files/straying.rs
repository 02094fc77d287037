//! Bytes that no row speaks of: an act was undone after its letter had gone into the store, or a process died between the two.
//! Nobody can open them, for their key went with the row; they only take room.

use chrono::{DateTime, TimeDelta, Utc};

use crate::files::beside;
use crate::ids::FileId;
use crate::office::Office;
use crate::office::failure::Failure;
use crate::storage::files;

/// Ids asked after in one query.
const BATCH: usize = 500;

impl Office {
    /// The files in the store that no row speaks of, and that are old enough for no act to be about to. `take_away`: they go.
    /// `progress` hears how many files were asked after. What was restored from a backup older than the database is none of
    /// these: rows without bytes are found by the verification.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when the store is away; the database's failures.
    pub fn strays(&self, take_away: bool, progress: &mut dyn FnMut(u64)) -> Result<Vec<FileId>, Failure> {
        let shared = self.shared();
        let store = shared.store()?.clone();
        let before = self.now() - TimeDelta::days(shared.files.upload_days.max(1));
        let there = wait({
            let store = store.clone();
            async move { store.list_files().await.map_err(Failure::from) }
        })?;
        let old: Vec<FileId> = there.into_iter().filter(|id| made_at(*id).is_some_and(|at| at < before)).collect();
        let mut strays = Vec::new();
        let mut asked = 0;
        for some in old.chunks(BATCH) {
            let ids = some.to_vec();
            let known = self.db().read_now(move |conn| files::list_known(conn, &ids).map_err(Failure::from))?;
            for id in some.iter().copied().filter(|id| !known.contains(id)) {
                if take_away {
                    let store = store.clone();
                    wait(async move { store.sweep(id, &[]).await.map_err(Failure::from) })?;
                }
                strays.push(id);
            }
            asked += u64::try_from(some.len()).unwrap_or_default();
            progress(asked);
        }
        Ok(strays)
    }
}

fn wait<T: Send + 'static>(work: impl Future<Output = Result<T, Failure>> + Send + 'static) -> Result<T, Failure> {
    beside::wait(work).map_err(Failure::broken)?
}

/// The instant in a file's id; none for a name that this program never gave.
fn made_at(id: FileId) -> Option<DateTime<Utc>> {
    let (seconds, nanoseconds) = id.uuid().get_timestamp()?.to_unix();
    DateTime::from_timestamp(i64::try_from(seconds).ok()?, nanoseconds)
}
