//! Files that are in memory whole, unpacked or drawn: a few at a time, the others wait. Each kind of work has turns of its own, so that
//! what takes minutes keeps nobody from looking at a page.

use tokio::sync::{Semaphore, SemaphorePermit};

use crate::office::blocking::off_the_reactor;
use crate::office::failure::Failure;

/// A turn, until it is let go of.
pub(in crate::office) type Turn = SemaphorePermit<'static>;

/// Drawing a page takes a processor and much memory.
pub(in crate::office) static DRAWING: Semaphore = Semaphore::const_new(2);
/// Drawing all pages of a record takes them for minutes: one at a time, beside the pages that are looked at.
pub(super) static REDACTING: Semaphore = Semaphore::const_new(1);
/// Looking through a file takes it, and all that is packed in it.
pub(super) static LOOKING: Semaphore = Semaphore::const_new(2);
/// A ledger that is brought in is read whole, cell by cell.
pub(in crate::office) static READING: Semaphore = Semaphore::const_new(2);

/// A turn at this, once it has come.
///
/// # Errors
/// [`Failure::Broken`], which does not happen: nobody closes them.
pub(in crate::office) async fn turn(at: &'static Semaphore) -> Result<Turn, Failure> {
    at.acquire().await.map_err(Failure::broken)
}

/// Does the work off the reactor. Whoever goes away meanwhile gives the turn back no sooner than it is done.
///
/// # Errors
/// Those of `work`; [`Failure::Broken`] when it panics.
pub(in crate::office) async fn in_turn<T: Send + 'static>(
    turn: Turn,
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    let work = move || {
        let _turn = turn;
        work()
    };
    off_the_reactor(work).await
}
