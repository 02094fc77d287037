//! Passwords are hashed a few at a time. Each hash takes 19 MiB and a core for a good part of a second, and whoever may not sign in at all
//! can ask for as many as there are requests: without turns a stranger would take gigabytes, and everybody's threads.

use std::thread::available_parallelism;

use super::failure::Failure;
use super::turns::Turns;

/// The turns: as many as the machine has cores.
pub(super) struct Hashing(Turns);

impl Hashing {
    /// The turns of a process that has so many requests at work at once.
    pub fn new(requests: usize) -> Self {
        Self(Turns::new(available_parallelism().map_or(1, usize::from), requests))
    }

    /// Hashes off the reactor, which must not wait for it, when its turn has come.
    ///
    /// # Errors
    /// As [`Turns::take`].
    pub async fn hash<T, E>(&self, work: impl FnOnce() -> Result<T, E> + Send + 'static) -> Result<T, Failure>
    where
        T: Send + 'static,
        E: Into<Failure> + Send + 'static,
    {
        self.0.take(work).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
    use std::sync::mpsc;

    #[test]
    fn no_more_are_hashed_at_once_than_there_are_turns() {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
        let hashing = Arc::new(Hashing(Turns::new(2, 256)));
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
        let hashing = Arc::new(Hashing(Turns::new(1, 256)));
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
            while hashing.0.free() > 0 {
                tokio::task::yield_now().await;
            }
            let second = hashing.hash(|| Ok::<_, Failure>(())).await;
            assert!(matches!(second, Err(Failure::Busy)), "{second:?}");
            drop(go_on);
            assert!(first.await.expect("ends").is_ok());
        });
    }
}
