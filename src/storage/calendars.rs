//! Editions of each year's calendar of working days, by the instant they became known.
//!
//! An amendment is a further edition, never a change of an earlier one: what was late under the
//! calendar of its time stays late.

use super::conn::Conn;
use super::error::StoreError;
use super::schema::calendar_editions;
use super::types::Instant;
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// One edition.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = calendar_editions, treat_none_as_default_value = false)]
pub struct CalendarRow {
    pub year: i32,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub known_from: DateTime<Utc>,
    /// The notice of the State Council's office that announced it.
    pub notice: String,
    /// The days off and the days worked in their place, as JSON.
    pub body: String,
}

/// Adds an edition.
///
/// # Errors
/// [`StoreError::Conflict`] when that year has an edition known from the same instant.
pub fn insert(conn: &mut Conn, row: &CalendarRow) -> Result<(), StoreError> {
    diesel::insert_into(calendar_editions::table).values(row.clone()).execute(conn)?;
    Ok(())
}

/// All editions, by year and by when they became known.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn) -> Result<Vec<CalendarRow>, StoreError> {
    Ok(calendar_editions::table
        .order((calendar_editions::year, calendar_editions::known_from))
        .select(CalendarRow::as_select())
        .load(conn)?)
}

/// What changes whenever an edition is added: how many there are, and since when the last is known.
///
/// # Errors
/// Only the database's own.
pub fn stamp(conn: &mut Conn) -> Result<Stamp, StoreError> {
    let (count, last): (i64, Option<Instant>) = calendar_editions::table
        .select((diesel::dsl::count_star(), diesel::dsl::max(calendar_editions::known_from)))
        .first(conn)?;
    Ok(Stamp { count, last: last.map(DateTime::from) })
}

/// See [`stamp`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stamp {
    count: i64,
    last: Option<DateTime<Utc>>,
}
