//! The journal's rows: appended, read, never changed.
//!
//! Triggers in both databases refuse to change or delete a row; the hashes are made and checked above.
//! Two writers who both append the next event meet in the key (case, seq), and one gets
//! [`StoreError::Conflict`].

use super::conn::{Backend, Conn};
use super::error::StoreError;
use super::prepared::insert_all;
use super::schema::journal;
use super::types::Instant;
use crate::ids::CaseId;
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// One event as it is kept for ever.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = journal, treat_none_as_default_value = false)]
pub struct JournalRow {
    pub case_id: CaseId,
    /// 1, 2, 3 … within the case.
    pub seq: i32,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub at: DateTime<Utc>,
    pub kind: String,
    /// The version of the event's form, so that old events stay readable.
    pub version: i32,
    /// Who did it, in canonical text.
    pub actor: String,
    /// What happened, in canonical JSON: the very bytes that were hashed.
    pub body: String,
    /// Which hash.
    pub algorithm: String,
    /// The hash of the event before.
    pub previous: String,
    pub hash: String,
}

/// Appends the events of one act, which follow one another.
///
/// # Errors
/// [`StoreError::Conflict`] when the case already has an event with the number of the first.
pub fn append(conn: &mut Conn, rows: &[JournalRow]) -> Result<(), StoreError> {
    let Some(first) = rows.first() else { return Ok(()) };
    // On SQLite a trigger stops a second entry of the number, whatever the statement, and its error tells nobody what it
    // was. There is one writer there, so what is asked first still holds when the entry is written.
    if conn.backend() == Backend::Sqlite {
        let stands = journal::table.find((first.case_id, first.seq));
        if stands.select(journal::seq).first::<i32>(conn).optional()?.is_some() {
            return Err(StoreError::Conflict);
        }
    }
    insert_all!(conn, journal::table, rows);
    Ok(())
}

/// All events of a case, in order.
///
/// # Errors
/// [`StoreError::Missing`] when there are none: every case has at least its first.
pub fn load(conn: &mut Conn, case: CaseId) -> Result<Vec<JournalRow>, StoreError> {
    let rows: Vec<JournalRow> = journal::table
        .filter(journal::case_id.eq(case))
        .order(journal::seq)
        .select(JournalRow::as_select())
        .load(conn)?;
    if rows.is_empty() { Err(StoreError::Missing) } else { Ok(rows) }
}

/// All events of each of `cases`, case by case, oldest first: one query for a page of them.
///
/// # Errors
/// Only the database's own.
pub fn load_many(conn: &mut Conn, cases: &[CaseId]) -> Result<Vec<JournalRow>, StoreError> {
    Ok(journal::table
        .filter(journal::case_id.eq_any(cases))
        .order((journal::case_id, journal::seq))
        .select(JournalRow::as_select())
        .load(conn)?)
}

/// All events of the cases whose ids lie between these two, both included, case by case, oldest first.
///
/// # Errors
/// Only the database's own.
pub fn load_between(conn: &mut Conn, first: CaseId, last: CaseId) -> Result<Vec<JournalRow>, StoreError> {
    Ok(journal::table
        .filter(journal::case_id.between(first, last))
        .order((journal::case_id, journal::seq))
        .select(JournalRow::as_select())
        .load(conn)?)
}

/// The events of one kind in any of `cases`, case by case, oldest first: one query for a page of a list.
///
/// # Errors
/// Only the database's own.
pub fn list_of_cases(conn: &mut Conn, cases: &[CaseId], kind: &str) -> Result<Vec<JournalRow>, StoreError> {
    Ok(journal::table
        .filter(journal::case_id.eq_any(cases))
        .filter(journal::kind.eq(kind))
        .order((journal::case_id, journal::seq))
        .select(JournalRow::as_select())
        .load(conn)?)
}

/// How many events there are in all.
///
/// # Errors
/// Only the database's own.
pub fn count(conn: &mut Conn) -> Result<i64, StoreError> {
    Ok(journal::table.count().get_result(conn)?)
}

/// The next `limit` cases that have a journal, by id, after `after`: to walk through all of them in
/// bounded steps.
///
/// # Errors
/// Only the database's own.
pub fn list_cases(conn: &mut Conn, after: Option<CaseId>, limit: i64) -> Result<Vec<CaseId>, StoreError> {
    let heads = journal::table.filter(journal::seq.eq(1)).order(journal::case_id).select(journal::case_id).limit(limit);
    Ok(match after {
        Some(after) => heads.filter(journal::case_id.gt(after)).load(conn)?,
        None => heads.load(conn)?,
    })
}

/// The next `limit` cases with any entry at all, by id, after `after`: also those whose first entry is gone.
///
/// # Errors
/// Only the database's own.
pub fn list_all_cases(conn: &mut Conn, after: Option<CaseId>, limit: i64) -> Result<Vec<CaseId>, StoreError> {
    let cases = journal::table.order(journal::case_id).select(journal::case_id).distinct().limit(limit);
    Ok(match after {
        Some(after) => cases.filter(journal::case_id.gt(after)).load(conn)?,
        None => cases.load(conn)?,
    })
}
