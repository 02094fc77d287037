//! Passwords are hashed a few at a time. Each hash takes 19 MiB and a core for a good part of a second, and whoever may not sign in at all
//! can ask for as many as there are requests: without turns a stranger would take gigabytes, and everybody's threads.

use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::blocking::off_the_reactor;
use super::failure::Failure;

/// How long somebody waits for a turn, before being told to come again.
const LONGEST_WAIT: Duration = Duration::from_secs(4);

/// The turns: as many as the machine has cores.
pub(super) struct Hashing(Arc<Semaphore>);

impl Hashing {
    /// The turns of a process.
    pub fn new() -> Self {
        Self::with_turns(available_parallelism().map_or(1, usize::from))
    }

    fn with_turns(turns: usize) -> Self {
        Self(Arc::new(Semaphore::new(turns)))
    }

    /// Hashes off the reactor, which must not wait for it, when its turn has come.
    ///
    /// # Errors
    /// [`Failure::Busy`] when it does not come in time; those of `work`.
    pub async fn hash<T, E>(&self, work: impl FnOnce() -> Result<T, E> + Send + 'static) -> Result<T, Failure>
    where
        T: Send + 'static,
        E: Into<Failure> + Send + 'static,
    {
        let waiting = timeout(LONGEST_WAIT, Arc::clone(&self.0).acquire_owned());
        let turn = waiting.await.map_err(|_elapsed| Failure::Busy)?.map_err(Failure::broken)?;
        let work = move || {
            // Whoever has gone away meanwhile gives the turn back no sooner.
            let _turn = turn;
            work()
        };
        off_the_reactor(work).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
    use std::sync::mpsc;

    #[test]
    fn no_more_are_hashed_at_once_than_there_are_turns() {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
        let hashing = Arc::new(Hashing::with_turns(2));
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let all: Vec<_> = (0..40)
            .map(|_| {
                let (hashing, now, most) = (Arc::clone(&hashing), Arc::clone(&now), Arc::clone(&most));
                runtime.spawn(async move {
                    let work = move || {
                        most.fetch_max(now.fetch_add(1, SeqCst) + 1, SeqCst);
                        std::thread::yield_now();
                        now.fetch_sub(1, SeqCst);
                        Ok::<_, Failure>(())
                    };
                    hashing.hash(work).await
                })
            })
            .collect();
        for one in all {
            runtime.block_on(one).expect("ends").expect("has its turn");
        }
        assert!((1..=2).contains(&most.load(SeqCst)), "{most:?}");
    }

    #[test]
    fn whoever_waits_too_long_is_told_to_come_again() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let hashing = Arc::new(Hashing::with_turns(1));
        let (go_on, held) = mpsc::channel::<()>();
        runtime.block_on(async {
            let first = Arc::clone(&hashing);
            let first = tokio::spawn(async move {
                first
                    .hash(move || {
                        let _told = held.recv();
                        Ok::<_, Failure>(())
                    })
                    .await
            });
            while hashing.0.available_permits() > 0 {
                tokio::task::yield_now().await;
            }
            let second = hashing.hash(|| Ok::<_, Failure>(())).await;
            assert!(matches!(second, Err(Failure::Busy)), "{second:?}");
            drop(go_on);
            assert!(first.await.expect("ends").is_ok());
        });
    }
}
