//! The only reading of the time.
//!
//! A request or a tick reads the clock once and hands the instant down; rules never ask. Instants are cut
//! to microseconds at the source, because PostgreSQL keeps no more and an instant must equal itself
//! after a round trip through either database.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, SubsecRound, Utc};
use std::sync::{Arc, Mutex, PoisonError};

/// Seconds east of Greenwich of Beijing time, the legal time of the whole country (no summer time since 1992).
const BEIJING_SECONDS: i32 = 8 * 3600;

/// Where the time comes from.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that stands until it is moved: tests, rehearsals, the making of demo data.
    Fixed(Arc<Mutex<DateTime<Utc>>>),
}

impl Clock {
    /// A clock that stands at `at`.
    #[must_use]
    pub fn fixed(at: DateTime<Utc>) -> Self {
        Self::Fixed(Arc::new(Mutex::new(at)))
    }

    /// Now, in whole microseconds.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one home of reading the time")]
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            Self::System => Utc::now().trunc_subsecs(6),
            Self::Fixed(at) => *at.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Moves a fixed clock; the system clock cannot be moved and is left alone.
    pub fn set(&self, to: DateTime<Utc>) {
        if let Self::Fixed(at) = self {
            *at.lock().unwrap_or_else(PoisonError::into_inner) = to.trunc_subsecs(6);
        }
    }
}

/// The calendar day in China at the instant `at`: the day every period of the law is counted in.
#[must_use]
pub fn day_in_china(at: DateTime<Utc>) -> NaiveDate {
    FixedOffset::east_opt(BEIJING_SECONDS)
        .map_or_else(|| at.date_naive(), |beijing| at.with_timezone(&beijing).date_naive())
}

/// The first instant after the day `on` in China: "as of" a day means everything known before it.
#[must_use]
pub fn end_of_day_in_china(on: NaiveDate) -> DateTime<Utc> {
    let midnight = on.succ_opt().unwrap_or(on).and_time(chrono::NaiveTime::MIN);
    (midnight - chrono::Duration::seconds(i64::from(BEIJING_SECONDS))).and_utc()
}

/// The hour and minute in China at the instant `at`: `09:30`.
#[must_use]
pub fn minute_in_china(at: DateTime<Utc>) -> String {
    (at + chrono::Duration::seconds(i64::from(BEIJING_SECONDS))).format("%H:%M").to_string()
}

/// A day as Chinese writes it: 2026年3月2日.
#[must_use]
pub fn in_chinese(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    #[test]
    fn the_day_turns_at_midnight_in_beijing() {
        assert_eq!(day_in_china(at("2026-03-01T15:59:59Z")).to_string(), "2026-03-01");
        assert_eq!(day_in_china(at("2026-03-01T16:00:00Z")).to_string(), "2026-03-02");
    }

    #[test]
    fn the_end_of_a_day_is_the_next_midnight() {
        let day = at("2026-03-01T03:00:00Z").date_naive();
        assert_eq!(end_of_day_in_china(day), at("2026-03-01T16:00:00Z"));
    }

    #[test]
    fn a_fixed_clock_stands_until_it_is_moved() {
        let clock = Clock::fixed(at("2026-03-01T00:00:00Z"));
        assert_eq!(clock.now(), clock.now());
        clock.set(at("2026-03-02T00:00:00Z"));
        assert_eq!(clock.now(), at("2026-03-02T00:00:00Z"));
    }
}
