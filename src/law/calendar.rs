//! What is a working day: Monday to Friday, save what the State Council's yearly notice takes away and
//! plus what it makes up (全国年节及纪念日放假办法; rules R2 and R11).
//!
//! A year without a notice is answered too, but as an assumption: whoever counts through it must say so.

mod year;

pub use year::{Amendment, CalendarFault, Year};

use super::count::MAX_SPAN_DAYS;
use chrono::{Datelike, NaiveDate, Weekday};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The years whose notices are known. Cheap to clone; never changed once made.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Calendar {
    years: Arc<BTreeMap<i32, Year>>,
}

/// What one day is, and on whose word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "day", rename_all = "snake_case")]
pub enum Day {
    /// Monday to Friday, nothing said: worked.
    Weekday,
    /// A Saturday or Sunday the notice has worked (调休上班).
    MadeUp {
        /// The notice, with what changed it since.
        notice: String,
    },
    /// A Saturday or Sunday: not worked.
    Weekend,
    /// A Monday to Friday the notice has free.
    Holiday {
        /// The notice, with what changed it since.
        notice: String,
    },
    /// A day of a year without a notice: Monday to Friday save 1 January is taken as worked.
    Assumed {
        /// Whether it is taken as worked.
        working: bool,
    },
}

impl Calendar {
    /// A calendar of these years.
    ///
    /// # Errors
    /// [`CalendarFault::YearTwice`] if a year comes twice, else the faults of [`Year::check`], all of them
    /// at once as [`CalendarFault::Several`] if there is more than one.
    pub fn new(years: impl IntoIterator<Item = Year>) -> Result<Self, CalendarFault> {
        let mut known = BTreeMap::new();
        let mut faults = Vec::new();
        for year in years {
            faults.extend(year.check().err().unwrap_or_default());
            let number = year.year;
            if known.insert(number, year).is_some() {
                faults.push(CalendarFault::YearTwice { year: number });
            }
        }
        CalendarFault::all(faults).map_or_else(|| Ok(Self { years: Arc::new(known) }), Err)
    }

    /// What the day `on` is.
    #[must_use]
    pub fn day(&self, on: NaiveDate) -> Day {
        match self.years.get(&on.year()) {
            None => Day::Assumed { working: assumed_working(on) },
            Some(year) if year.workdays.contains(&on) => Day::MadeUp { notice: year.citation() },
            Some(year) if year.holidays.contains(&on) => Day::Holiday { notice: year.citation() },
            Some(_) if is_weekend(on) => Day::Weekend,
            Some(_) => Day::Weekday,
        }
    }

    /// Whether `on` is a working day, by notice or by assumption.
    #[must_use]
    pub fn is_working(&self, on: NaiveDate) -> bool {
        match self.years.get(&on.year()) {
            None => assumed_working(on),
            Some(year) => year.workdays.contains(&on) || !(is_weekend(on) || year.holidays.contains(&on)),
        }
    }

    /// Whether the notice for the year of `on` is known.
    #[must_use]
    pub fn is_announced(&self, on: NaiveDate) -> bool {
        self.years.contains_key(&on.year())
    }

    /// Working days after `after` up to and including `through`; negative if `through` lies before `after`.
    ///
    /// "Days left" until a due date is `working_days_between(today, due)`: 0 on the last day, −1 a day late.
    #[must_use]
    pub fn working_days_between(&self, after: NaiveDate, through: NaiveDate) -> i64 {
        let (first, last, sign) = if through < after { (through, after, -1) } else { (after, through, 1) };
        first
            .iter_days()
            .skip(1)
            .take_while(|on| *on <= last)
            .map(|on| if self.is_working(on) { sign } else { 0 })
            .sum()
    }

    /// The `count`-th working day after `after`; `after` itself for 0.
    #[must_use]
    pub fn nth_working_day_after(&self, after: NaiveDate, count: u32) -> NaiveDate {
        let working = after.iter_days().skip(1).take(MAX_SPAN_DAYS).filter(|day| self.is_working(*day));
        working.zip(1..=count).last().map_or(after, |(day, _)| day)
    }

    /// `on` itself if it is a working day, else the next one.
    #[must_use]
    pub fn next_working_day(&self, on: NaiveDate) -> NaiveDate {
        on.iter_days().take(MAX_SPAN_DAYS).find(|day| self.is_working(*day)).unwrap_or(on)
    }

    /// The known years, oldest first.
    pub fn years(&self) -> impl Iterator<Item = &Year> {
        self.years.values()
    }

    /// The last year whose notice is known.
    #[must_use]
    pub fn last_announced_year(&self) -> Option<i32> {
        self.years.keys().next_back().copied()
    }
}

fn is_weekend(on: NaiveDate) -> bool {
    matches!(on.weekday(), Weekday::Sat | Weekday::Sun)
}

/// 1 January is the one holiday whose date no notice can move (全国年节及纪念日放假办法 art. 2).
fn assumed_working(on: NaiveDate) -> bool {
    !is_weekend(on) && on.ordinal() != 1
}
