//! How fast a file must come in. Whoever sends one holds a place while it comes, and a byte now and then would hold it as long
//! as its sender likes. Counted is the time for which the sender was waited for, not what the service itself takes.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use bytes::Bytes;
use futures_util::Stream;
use tokio::time::{Instant, Sleep, sleep};

/// So many bytes a second a sender must have managed, all in all: what the worst of mobile lines still carries. At this pace a part
/// of a file is made safe every four minutes.
const SLOWEST: u64 = 4 * 1024;

/// How long a sender may be silent, however fast it was before.
const SILENCE: Duration = Duration::from_mins(1);

/// How a sender has kept up so far.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    /// What everybody has for a start.
    start: Duration,
    came: u64,
    waited: Duration,
}

impl Pace {
    pub(super) const fn new(start: Duration) -> Self {
        Self { start, came: 0, waited: Duration::ZERO }
    }

    /// So many bytes came, and were waited for so long.
    const fn count(&mut self, bytes: u64, waited: Duration) {
        self.came = self.came.saturating_add(bytes);
        self.waited = self.waited.saturating_add(waited);
    }

    /// For how long the next byte is waited for; nothing for a sender that is too slow.
    fn left(&self) -> Duration {
        let earned = Duration::from_millis(self.came.saturating_mul(1000) / SLOWEST);
        self.start.saturating_add(earned).saturating_sub(self.waited).min(SILENCE)
    }
}

/// A body that breaks off where its sender does not keep up.
pub(super) struct Paced {
    body: Payload,
    pace: Pace,
    waiting: Option<Waiting>,
}

/// The sender is waited for.
struct Waiting {
    since: Instant,
    no_longer: Pin<Box<Sleep>>,
}

impl Paced {
    pub(super) const fn new(body: Payload, start: Duration) -> Self {
        Self { body, pace: Pace::new(start), waiting: None }
    }
}

impl Stream for Paced {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        // First what came: whoever reads may have been busy for longer than anybody is waited for.
        if let Poll::Ready(piece) = Pin::new(&mut this.body).poll_next(context) {
            let waited = this.waiting.take().map_or(Duration::ZERO, |waiting| waiting.since.elapsed());
            let bytes = piece.as_ref().and_then(|piece| piece.as_ref().ok()).map_or(0, Bytes::len);
            this.pace.count(u64::try_from(bytes).unwrap_or(u64::MAX), waited);
            return Poll::Ready(piece);
        }
        let left = this.pace.left();
        let waiting =
            this.waiting.get_or_insert_with(|| Waiting { since: Instant::now(), no_longer: Box::pin(sleep(left)) });
        ready!(waiting.no_longer.as_mut().poll(context));
        let slow = std::io::Error::new(std::io::ErrorKind::TimedOut, "the sender was too slow");
        Poll::Ready(Some(Err(PayloadError::Io(slow))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Duration = Duration::from_secs(30);

    fn after(bytes_each: u64, pause: Duration, times: u32) -> Pace {
        let mut pace = Pace::new(START);
        for _ in 0..times {
            pace.count(bytes_each, pause);
        }
        pace
    }

    #[test]
    fn whoever_sends_a_byte_now_and_then_has_the_start_and_no_more() {
        assert_eq!(Pace::new(START).left(), START);
        let pause = Duration::from_secs(20);
        assert_eq!(after(1, pause, 1).left(), Duration::from_secs(10));
        assert_eq!(after(1, pause, 2).left(), Duration::ZERO);
        assert!(after(1_000, Duration::from_secs(1), 39).left() < Duration::from_secs(1));
        assert_eq!(after(1_000, Duration::from_secs(1), 40).left(), Duration::ZERO);
    }

    #[test]
    fn a_slow_line_that_goes_on_is_never_cut() {
        // 200 MiB at 4 KiB a second: fourteen hours, and as much patience at their end as at their beginning.
        let second = Duration::from_secs(1);
        assert_eq!(after(SLOWEST, second, 51_200).left(), START);
        // One that comes and goes: nothing for twenty-five seconds, then what they were worth at once.
        assert_eq!(after(SLOWEST * 25, second * 25, 100).left(), START);
    }

    #[test]
    fn whoever_was_fast_may_not_be_silent_for_what_they_saved() {
        assert_eq!(after(64 << 20, Duration::from_secs(10), 1).left(), SILENCE);
        assert_eq!(after(u64::MAX, Duration::MAX, 2).left(), Duration::ZERO);
    }
}
