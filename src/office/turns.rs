//! Work that costs much and that a stranger can ask for is done a few at a time: without turns, whoever asks for it a hundred times at
//! once would have everybody's threads.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::blocking::off_the_reactor;
use super::failure::Failure;

/// How long somebody waits for a turn, before being told to come again.
const LONGEST_WAIT: Duration = Duration::from_secs(4);

/// Of so many requests at work one may be in the line: whoever waits holds a place in the room, and the rest of the house goes on.
const IN_LINE_ONE_OF: usize = 4;

/// Turns at one kind of work.
pub(super) struct Turns {
    turns: Arc<Semaphore>,
    line: Semaphore,
}

impl Turns {
    /// So many at once, in a house that has so many requests at work at once.
    pub fn new(turns: usize, requests: usize) -> Self {
        let line = (requests / IN_LINE_ONE_OF).clamp(1, Semaphore::MAX_PERMITS);
        Self { turns: Arc::new(Semaphore::new(turns)), line: Semaphore::new(line) }
    }

    /// Does the work off the reactor, which must not wait for it, when its turn has come.
    ///
    /// # Errors
    /// [`Failure::Busy`] when it does not come in time, or too many wait for theirs; those of `work`.
    pub async fn take<T, E>(&self, work: impl FnOnce() -> Result<T, E> + Send + 'static) -> Result<T, Failure>
    where
        T: Send + 'static,
        E: Into<Failure> + Send + 'static,
    {
        let waits = self.line.try_acquire().map_err(|_full| Failure::Busy)?;
        let waiting = timeout(LONGEST_WAIT, Arc::clone(&self.turns).acquire_owned());
        let turn = waiting.await.map_err(|_elapsed| Failure::Busy)?.map_err(Failure::broken)?;
        drop(waits);
        let work = move || {
            // Whoever has gone away meanwhile gives the turn back no sooner.
            let _turn = turn;
            work()
        };
        off_the_reactor(work).await
    }

    /// How many could begin now.
    #[cfg(test)]
    pub fn free(&self) -> usize {
        self.turns.available_permits()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[test]
    fn of_those_who_wait_a_quarter_of_the_house_does_and_the_others_are_told_at_once() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let turns = Arc::new(Turns::new(1, 8));
        let (go_on, held) = mpsc::channel::<()>();
        let begin = |work: Box<dyn FnOnce() + Send>| {
            let turns = Arc::clone(&turns);
            async move {
                turns
                    .take(move || {
                        work();
                        Ok::<_, Failure>(())
                    })
                    .await
            }
        };
        runtime.block_on(async {
            let first = tokio::spawn(begin(Box::new(move || {
                let _told = held.recv();
            })));
            while turns.free() > 0 {
                tokio::task::yield_now().await;
            }
            let waiting: Vec<_> = (0..2).map(|_| tokio::spawn(begin(Box::new(|| ())))).collect();
            while turns.line.available_permits() > 0 {
                tokio::task::yield_now().await;
            }
            let begun = std::time::Instant::now();
            let one_more = begin(Box::new(|| ())).await;
            assert!(matches!(one_more, Err(Failure::Busy)), "{one_more:?}");
            assert!(begun.elapsed() < LONGEST_WAIT);
            drop(go_on);
            assert!(first.await.expect("ends").is_ok());
            for one in waiting {
                assert!(one.await.expect("ends").is_ok());
            }
        });
    }

    #[test]
    fn whoever_goes_away_leaves_the_turn_with_the_work() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let turns = Arc::new(Turns::new(1, 8));
        let (go_on, held) = mpsc::channel::<()>();
        runtime.block_on(async {
            let taken = Arc::clone(&turns);
            let gone = tokio::spawn(async move {
                taken
                    .take(move || {
                        let _told = held.recv();
                        Ok::<_, Failure>(())
                    })
                    .await
            });
            while turns.free() > 0 {
                tokio::task::yield_now().await;
            }
            gone.abort();
            assert!(gone.await.is_err_and(|ended| ended.is_cancelled()));
            assert_eq!(turns.free(), 0, "the work goes on");
            drop(go_on);
            while turns.free() == 0 {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        });
    }
}
