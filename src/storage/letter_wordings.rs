//! Wordings of letters that an administrator has edited, each edition with the day from which it is used.

use super::conn::Conn;
use super::error::StoreError;
use super::schema::letter_wordings;
use super::types::Instant;
use crate::ids::{AgencyId, StaffId, WordingId};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

/// One edition.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = letter_wordings, treat_none_as_default_value = false)]
pub struct LetterWordingRow {
    pub id: WordingId,
    pub agency_id: AgencyId,
    pub kind: String,
    /// What a reply or a lapse decides; empty for the others.
    pub outcome: String,
    pub source: String,
    /// Whether this edition says: as built in.
    pub built_in: bool,
    pub effective_from: NaiveDate,
    pub changed_by: StaffId,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub changed_at: DateTime<Utc>,
}

/// Lays down an edition.
///
/// # Errors
/// Only the database's own.
pub fn insert(conn: &mut Conn, row: &LetterWordingRow) -> Result<(), StoreError> {
    diesel::insert_into(letter_wordings::table).values(row.clone()).execute(conn)?;
    Ok(())
}

/// Every edition of an agency's wording, the one that comes into force last first; of one day, the latest laid down first.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn, agency: AgencyId, kind: &str, outcome: &str) -> Result<Vec<LetterWordingRow>, StoreError> {
    Ok(letter_wordings::table
        .filter(letter_wordings::agency_id.eq(agency))
        .filter(letter_wordings::kind.eq(kind))
        .filter(letter_wordings::outcome.eq(outcome))
        .order((letter_wordings::effective_from.desc(), letter_wordings::changed_at.desc(), letter_wordings::id.desc()))
        .select(LetterWordingRow::as_select())
        .load(conn)?)
}

/// An edition by its id.
///
/// # Errors
/// [`StoreError::Missing`] when there is none.
pub fn load(conn: &mut Conn, id: WordingId) -> Result<LetterWordingRow, StoreError> {
    Ok(letter_wordings::table.find(id).select(LetterWordingRow::as_select()).first(conn)?)
}

/// Takes away editions that have not come into force by `on`.
///
/// # Errors
/// Only the database's own.
pub fn delete_future(
    conn: &mut Conn,
    agency: AgencyId,
    kind: &str,
    outcome: &str,
    on: NaiveDate,
) -> Result<(), StoreError> {
    let future = letter_wordings::table
        .filter(letter_wordings::agency_id.eq(agency))
        .filter(letter_wordings::kind.eq(kind))
        .filter(letter_wordings::outcome.eq(outcome))
        .filter(letter_wordings::effective_from.gt(on));
    diesel::delete(future).execute(conn)?;
    Ok(())
}
