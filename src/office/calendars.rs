//! The calendars this system knows, and since when. An empty database is taught the years built in or laid in the settings'
//! folder; in one that is in use a further or changed year is an edition once two have agreed (`calendar_proposals`), known
//! from a minute later. Open cases that it moves are re-dated by the next act or the next turn of the calendar, with an event
//! for each clock.

use chrono::{DateTime, TimeDelta, Utc};

use super::Office;
use super::failure::Failure;
use crate::law::calendar::Year;
use crate::law::editions::{Calendars, Edition};
use crate::storage::Conn;
use crate::storage::calendars::{self, CalendarRow};

/// Whether an opening of a database in use takes up the years it finds, or leaves the calendars as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Learning {
    /// Lays what it never knew before those who keep the calendars: serving.
    Takes,
    /// Leaves them: whoever only looks, or stands in for another day, teaches nobody anything.
    Leaves,
}

/// An edition is known from a little after it was written down, so that every act that could not see it yet is dated
/// before it, in whichever process it was done.
pub(super) const SETTLING: TimeDelta = TimeDelta::seconds(60);

/// Takes the given years in and gives every edition known.
///
/// An empty database is taught each year as of the day its notice was published. A database in use learns a further or
/// changed year now, because that is when it came to know it; what it has once known it does not learn again, so that
/// an older program beside a newer one takes nothing back.
///
/// # Errors
/// [`Failure::Broken`] for years that contradict themselves; the database's failures.
pub fn learn(conn: &mut Conn, years: &[Year], now: DateTime<Utc>) -> Result<Calendars, Failure> {
    let known = list(conn)?;
    for year in years.iter().filter(|year| known.iter().all(|edition| edition.year != **year)) {
        let edition = if known.is_empty() {
            Edition::as_published(year.clone())
        } else {
            Edition { known_from: now + SETTLING, year: year.clone() }
        };
        let row = CalendarRow {
            year: year.year,
            known_from: edition.known_from,
            notice: year.notice.clone(),
            body: serde_json::to_string(year).map_err(Failure::broken)?,
        };
        // Another instance that starts at the same moment was first; what it wrote is then known.
        calendars::insert(conn, &row).map_err(Failure::of_race)?;
    }
    Calendars::new(list(conn)?).map_err(Failure::broken)
}

/// Every edition in the database.
///
/// # Errors
/// [`Failure::Broken`] for a row that is no year; the database's failures.
pub fn list(conn: &mut Conn) -> Result<Vec<Edition>, Failure> {
    calendars::list(conn)?
        .into_iter()
        .map(|row| {
            let year = serde_json::from_str(&row.body).map_err(Failure::broken)?;
            Ok(Edition { known_from: row.known_from, year })
        })
        .collect()
}

impl Office {
    /// Takes further or changed years in, while running; they are known a minute later.
    ///
    /// # Errors
    /// As [`learn`].
    pub fn learn_calendars(&self, years: &[Year]) -> Result<(), Failure> {
        let now = self.now();
        self.db().write_now(|conn| learn(conn, years, now))?;
        Ok(())
    }
}
