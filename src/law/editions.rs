//! Calendars by the instant they became known.
//!
//! A year's notice may be amended while cases run. What was due, and whether it was late, is judged by the
//! calendar known at the time; an amendment re-dates what is open and leaves past verdicts alone.

use super::calendar::{Calendar, CalendarFault, Year};
use chrono::{DateTime, NaiveTime, Utc};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// One wording of a year, and since when it is known to this service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Edition {
    /// The instant from which deadlines are reckoned with it.
    pub known_from: DateTime<Utc>,
    /// The year as this edition has it.
    pub year: Year,
}

impl Edition {
    /// The edition of a notice as published: known from eight in the morning in China (midnight UTC) of that day.
    #[must_use]
    pub fn as_published(year: Year) -> Self {
        Self { known_from: year.published_on.and_time(NaiveTime::MIN).and_utc(), year }
    }
}

/// All editions. Cheap to clone; the calendar of every instant at which one changed is made once, on building.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Calendars {
    /// Ascending by instant; each calendar holds from its instant until the next.
    known: Arc<[(DateTime<Utc>, Calendar)]>,
}

impl Calendars {
    /// Calendars of these editions, in any order.
    ///
    /// # Errors
    /// [`CalendarFault::EditionTwice`] if two editions of one year start at the same instant; else the
    /// faults of [`Calendar::new`].
    pub fn new(mut editions: Vec<Edition>) -> Result<Self, CalendarFault> {
        editions.sort_by_key(|edition| (edition.known_from, edition.year.year));
        let mut seen = BTreeSet::new();
        let twice = editions.iter().filter(|edition| !seen.insert((edition.known_from, edition.year.year)));
        let faults = twice
            .map(|edition| CalendarFault::EditionTwice { year: edition.year.year, known_from: edition.known_from });
        if let Some(fault) = CalendarFault::all(faults.collect()) {
            return Err(fault);
        }

        let mut years = BTreeMap::new();
        let mut known: Vec<(DateTime<Utc>, Calendar)> = Vec::new();
        for Edition { known_from, year } in editions {
            years.insert(year.year, year);
            let calendar = Calendar::new(years.values().cloned())?;
            match known.last_mut() {
                Some((at, last)) if *at == known_from => *last = calendar,
                _ => known.push((known_from, calendar)),
            }
        }
        Ok(Self { known: known.into() })
    }

    /// The calendar as it was known at the instant `at`: of each year the newest edition known by then.
    /// Before the first edition it is empty, so that every day is an assumption.
    #[must_use]
    pub fn known_at(&self, at: DateTime<Utc>) -> Calendar {
        let later = self.known.partition_point(|(from, _)| *from <= at);
        later
            .checked_sub(1)
            .and_then(|place| self.known.get(place))
            .map(|(_, calendar)| calendar.clone())
            .unwrap_or_default()
    }

    /// The calendar with every edition there is.
    #[must_use]
    pub fn latest(&self) -> Calendar {
        self.known.last().map(|(_, calendar)| calendar.clone()).unwrap_or_default()
    }
}
