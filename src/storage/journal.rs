//! The journal's rows: appended, read, never changed.
//!
//! Triggers in both databases refuse to change or delete a row; the hashes are made and checked above.
//! Two writers who both append the next event meet in the key (case, seq), and one gets
//! [`StoreError::Conflict`].

use super::conn::{Backend, Conn};
use super::error::StoreError;
use super::prepared::{Prepared, insert_all};
use super::schema::journal;
use super::types::Instant;
use crate::ids::CaseId;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Array, Integer, Text};

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

/// An entry's place and its hash.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct HashRow {
    #[diesel(sql_type = Text)]
    pub case_id: CaseId,
    #[diesel(sql_type = Integer)]
    pub seq: i32,
    #[diesel(sql_type = Text)]
    pub hash: String,
}

const AT_SQLITE: &str = "SELECT journal.case_id, journal.seq, journal.hash FROM json_each(?1) AS place CROSS JOIN journal \
     WHERE journal.case_id = place.value ->> 0 AND journal.seq = place.value ->> 1";

const AT_POSTGRES: &str = "SELECT journal.case_id, journal.seq, journal.hash FROM unnest($1, $2) AS place (case_id, seq) \
     JOIN journal ON journal.case_id = place.case_id AND journal.seq = place.seq";

/// The hashes of the entries that stand at these places, in no order; of a place where none stands there is none.
///
/// # Errors
/// Only the database's own.
pub fn list_hashes_at(conn: &mut Conn, places: &[(CaseId, i32)]) -> Result<Vec<HashRow>, StoreError> {
    Ok(match conn {
        Conn::Pg(pg) => {
            let (cases, seqs): (Vec<CaseId>, Vec<i32>) = places.iter().copied().unzip();
            let asked = sql_query(AT_POSTGRES).bind::<Array<Text>, _>(cases).bind::<Array<Integer>, _>(seqs);
            Prepared(asked).load(pg)?
        }
        Conn::Sqlite(sqlite) => {
            let places = serde_json::to_string(places).map_err(StoreError::broken)?;
            Prepared(sql_query(AT_SQLITE).bind::<Text, _>(places)).load(sqlite)?
        }
    })
}

/// Number and hash of every entry of these cases.
///
/// # Errors
/// Only the database's own.
pub fn list_hashes(conn: &mut Conn, cases: &[CaseId]) -> Result<Vec<(CaseId, i32, String)>, StoreError> {
    Ok(journal::table
        .filter(journal::case_id.eq_any(cases))
        .select((journal::case_id, journal::seq, journal::hash))
        .load(conn)?)
}
