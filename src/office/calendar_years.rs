//! The years in force: by which notice each is counted, since when that is known, and how many working days it has.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::calendar_proposals::{keeps_calendars, last_of};
use super::failure::Failure;
use super::{Office, Officer, calendars as editions};
use crate::law::calendar::Calendar;
use crate::law::editions::Edition;

/// An edition of a year that another has replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct EarlierEdition {
    /// Its notice, with what amended it.
    pub notice: String,
    /// Since when it was known here.
    pub known_from: DateTime<Utc>,
}

/// A year in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct YearView {
    /// The year.
    pub year: i32,
    /// Its notice, with what amends it.
    pub notice: String,
    /// The day the notice was published.
    pub published_on: NaiveDate,
    /// Its working days.
    pub working_days: usize,
    /// Since when this edition is known here.
    pub known_from: DateTime<Utc>,
    /// How many editions of the year there are, those not known yet included.
    pub editions: usize,
    /// Those that it replaced, oldest first: what was judged while one of them stood was judged by it.
    pub earlier: Vec<EarlierEdition>,
}

impl Office {
    /// The years in force, oldest first.
    ///
    /// # Errors
    /// [`Failure::Forbidden`]; the database's failures.
    pub async fn calendar_years(&self, officer: &Officer) -> Result<Vec<YearView>, Failure> {
        let (officer, now) = (officer.clone(), self.now());
        self.db()
            .read(move |conn| {
                keeps_calendars(conn, &officer)?;
                in_force(&editions::list(conn)?, now)
            })
            .await
    }

    /// The same for whoever has the machine.
    ///
    /// # Errors
    /// The database's failures.
    pub fn years_in_force(&self) -> Result<Vec<YearView>, Failure> {
        let now = self.now();
        self.db().read_now(|conn| in_force(&editions::list(conn)?, now))
    }
}

fn in_force(all: &[Edition], now: DateTime<Utc>) -> Result<Vec<YearView>, Failure> {
    let known: Vec<Edition> = all.iter().filter(|edition| edition.known_from <= now).cloned().collect();
    let mut numbers: Vec<i32> = known.iter().map(|edition| edition.year.year).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let last = numbers.into_iter().filter_map(|number| last_of(number, &known));
    last.map(|edition| {
        let year = &edition.year;
        let calendar = Calendar::new([year.clone()]).map_err(Failure::broken)?;
        let first = NaiveDate::from_ymd_opt(year.year, 1, 1).into_iter();
        let days = first.flat_map(|first| first.iter_days().take_while(|day| day.year() == year.year));
        Ok(YearView {
            year: year.year,
            notice: year.citation(),
            published_on: year.published_on,
            working_days: days.filter(|day| calendar.is_working(*day)).count(),
            known_from: edition.known_from,
            earlier: earlier_than(edition, &known),
            editions: all.iter().filter(|other| other.year.year == year.year).count(),
        })
    })
    .collect()
}

fn earlier_than(edition: &Edition, known: &[Edition]) -> Vec<EarlierEdition> {
    let same_year = known.iter().filter(|other| other.year.year == edition.year.year);
    let mut earlier: Vec<EarlierEdition> = same_year
        .filter(|other| other.known_from < edition.known_from)
        .map(|other| EarlierEdition { notice: other.year.citation(), known_from: other.known_from })
        .collect();
    earlier.sort_by_key(|one| one.known_from);
    earlier
}
