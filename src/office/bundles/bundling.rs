//! Bundles are made one after the other in a process: each takes a processor, memory, and a process that opens what it holds. Whoever asks
//! for one while another is made waits, and of those who would wait for the same turn one is enough: it makes all that is there by then.

use tokio::sync::{Semaphore, SemaphorePermit};

/// The turn at making, and the place of who waits for it.
pub(in crate::office) struct Bundling {
    making: Semaphore,
    waiting: Semaphore,
}

impl Default for Bundling {
    fn default() -> Self {
        Self { making: Semaphore::new(1), waiting: Semaphore::new(1) }
    }
}

impl Bundling {
    /// The turn, once it has come; `None` where somebody waits for it already, who will find what there is to make.
    pub async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        // Given back with the turn in hand and before anything is looked for: what is asked for from then on has a waiter of its own.
        let _place = self.waiting.try_acquire().ok()?;
        self.making.acquire().await.ok()
    }

    /// The turn, if nobody has it: whoever has it will find what there is to make.
    pub fn free_turn(&self) -> Option<SemaphorePermit<'_>> {
        self.making.try_acquire().ok()
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[tokio::test]
    async fn one_makes_one_waits_and_who_comes_third_leaves_it_to_the_second() {
        let bundling = Bundling::default();
        let first = bundling.turn().await.expect("nobody was there");
        let mut second = Box::pin(bundling.turn());
        assert!((&mut second).now_or_never().is_none());
        assert!(bundling.turn().await.is_none());
        drop(first);
        let second = second.await.expect("its turn came");
        // What is asked for now, the second may have looked past.
        let mut third = Box::pin(bundling.turn());
        assert!((&mut third).now_or_never().is_none());
        drop(second);
        assert!(third.await.is_some());
    }
}
