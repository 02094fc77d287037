//! The journals of the proceedings: appended, read, never changed, as those of the cases.

use super::conn::{Backend, Conn};
use super::error::StoreError;
use super::schema::{proceeding_journal, proceedings};
use super::types::Instant;
use crate::ids::{CaseId, ProceedingId};
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// One event as it is kept for ever.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = proceeding_journal, treat_none_as_default_value = false)]
pub struct ProceedingEntryRow {
    pub proceeding_id: ProceedingId,
    /// 1, 2, 3 … within the file.
    pub seq: i32,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub at: DateTime<Utc>,
    pub kind: String,
    pub version: i32,
    /// Who did it, in canonical text.
    pub actor: String,
    /// What happened, in canonical JSON: the very bytes that were hashed.
    pub body: String,
    pub algorithm: String,
    pub previous: String,
    pub hash: String,
}

/// Appends an event.
///
/// # Errors
/// [`StoreError::Conflict`] when the file already has an event with this number.
pub fn append(conn: &mut Conn, row: &ProceedingEntryRow) -> Result<(), StoreError> {
    // As with the cases: on SQLite a trigger stops a second entry of the number, and its error tells nobody what it was.
    if conn.backend() == Backend::Sqlite {
        let place = proceeding_journal::table.find((row.proceeding_id, row.seq));
        if place.select(proceeding_journal::seq).first::<i32>(conn).optional()?.is_some() {
            return Err(StoreError::Conflict);
        }
    }
    diesel::insert_into(proceeding_journal::table).values(row.clone()).execute(conn)?;
    Ok(())
}

/// All events of a file, in order.
///
/// # Errors
/// [`StoreError::Missing`] when there are none.
pub fn load(conn: &mut Conn, proceeding: ProceedingId) -> Result<Vec<ProceedingEntryRow>, StoreError> {
    let rows = list(conn, &[proceeding])?;
    if rows.is_empty() { Err(StoreError::Missing) } else { Ok(rows) }
}

/// All events of each of these files, file by file, oldest first.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn, files: &[ProceedingId]) -> Result<Vec<ProceedingEntryRow>, StoreError> {
    Ok(proceeding_journal::table
        .filter(proceeding_journal::proceeding_id.eq_any(files))
        .order((proceeding_journal::proceeding_id, proceeding_journal::seq))
        .select(ProceedingEntryRow::as_select())
        .load(conn)?)
}

/// The files that have an entry, in the order of their ids, `limit` of them behind `after`.
///
/// # Errors
/// Only the database's own.
pub fn list_files(conn: &mut Conn, after: Option<ProceedingId>, limit: i64) -> Result<Vec<ProceedingId>, StoreError> {
    let files = proceeding_journal::table
        .order(proceeding_journal::proceeding_id)
        .select(proceeding_journal::proceeding_id)
        .distinct()
        .limit(limit);
    Ok(match after {
        Some(after) => files.filter(proceeding_journal::proceeding_id.gt(after)).load(conn)?,
        None => files.load(conn)?,
    })
}

/// The files that have a row or an entry, of these cases or of none of any: whose rows are to be held against the journals.
///
/// # Errors
/// Only the database's own.
pub fn list_of_cases(conn: &mut Conn, cases: &[CaseId]) -> Result<Vec<(CaseId, ProceedingId)>, StoreError> {
    Ok(proceedings::table
        .filter(proceedings::case_id.eq_any(cases))
        .order((proceedings::case_id, proceedings::created_at, proceedings::id))
        .select((proceedings::case_id, proceedings::id))
        .load(conn)?)
}
