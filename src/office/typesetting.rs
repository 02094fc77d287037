//! Pages are set a few at a time for those who may be anybody: the blank form, what was published, an applicant's own papers. Each takes a
//! core for a moment, again at every request. Members of staff wait for nobody: they are known, and a queue of strangers is not to stand
//! before them.

use std::thread::available_parallelism;

use super::failure::Failure;
use super::turns::Turns;

/// The turns: half as many as the machine has cores, so that the other half is there for all else.
pub(super) struct Typesetting(Turns);

impl Typesetting {
    /// The turns of a process that has so many requests at work at once.
    pub fn new(requests: usize) -> Self {
        Self(Turns::new(available_parallelism().map_or(1, |cores| (cores.get() / 2).max(1)), requests))
    }

    /// Sets off the reactor, which must not wait for it, when its turn has come.
    ///
    /// # Errors
    /// As [`Turns::take`].
    pub async fn set<T, E>(&self, work: impl FnOnce() -> Result<T, E> + Send + 'static) -> Result<T, Failure>
    where
        T: Send + 'static,
        E: Into<Failure> + Send + 'static,
    {
        self.0.take(work).await
    }
}
