//! The calendars this system knows, and since when. Years built in or laid in the settings' folder are taken into the
//! database at start; a year that says something new becomes a new edition, known from that instant. Open cases that it
//! moves are re-dated by the next turn of the calendar, with an event each.

use chrono::{DateTime, Utc};

use super::Office;
use super::failure::Failure;
use crate::law::calendar::Year;
use crate::law::editions::{Calendars, Edition};
use crate::storage::calendars::{self, CalendarRow};
use crate::storage::{Conn, StoreError};

/// Takes the given years in and gives every edition known.
///
/// An empty database is taught each year as of the day its notice was published; a database in use learns a changed or
/// further year now, because that is when it came to know it.
///
/// # Errors
/// [`Failure::Broken`] for years that contradict themselves; the database's failures.
pub fn learn(conn: &mut Conn, years: &[Year], now: DateTime<Utc>) -> Result<Calendars, Failure> {
    let known = list(conn)?;
    for year in years {
        let last =
            known.iter().filter(|edition| edition.year.year == year.year).max_by_key(|edition| edition.known_from);
        let edition = match last {
            Some(edition) if edition.year == *year => continue,
            None if known.is_empty() => Edition::as_published(year.clone()),
            Some(_) | None => Edition { known_from: now, year: year.clone() },
        };
        let row = CalendarRow {
            year: year.year,
            known_from: edition.known_from,
            notice: year.notice.clone(),
            body: serde_json::to_string(year).map_err(Failure::broken)?,
        };
        match calendars::insert(conn, &row) {
            // Another instance that starts at the same moment was first.
            Err(StoreError::Conflict) => return Err(Failure::Busy),
            other => other?,
        }
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
    /// Takes further or changed years in, while running.
    ///
    /// # Errors
    /// As [`learn`].
    pub fn learn_calendars(&self, years: &[Year]) -> Result<(), Failure> {
        let now = self.now();
        let calendars = self.db().write_now(|conn| learn(conn, years, now))?;
        self.shared().replace_calendars(calendars);
        Ok(())
    }
}
