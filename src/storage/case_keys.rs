//! Each case's data key, wrapped by the master key; and the destroying of both key and content.
//!
//! What is destroyed stays on a list, because a backup made before still holds it: restoring replays
//! the list.

use super::conn::Conn;
use super::error::StoreError;
use super::prepared::Prepared;
use super::schema::bundles::bundles;
use super::schema::{
    bigrams, case_keys, case_tag_changes, case_tags, destroyed_cases, fee_places, files, people, ratings, texts,
};
use super::types::Instant;
use super::vault_keys;
use crate::ids::{CaseId, FileId};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Binary, Text, Timestamp};

/// A case's data key, useless without the master key.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = case_keys, treat_none_as_default_value = false)]
pub struct CaseKeyRow {
    pub case_id: CaseId,
    pub wrapped: Vec<u8>,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub created_at: DateTime<Utc>,
}

/// A case whose content is gone.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = destroyed_cases, treat_none_as_default_value = false)]
pub struct DestroyedRow {
    pub case_id: CaseId,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub destroyed_at: DateTime<Utc>,
    pub reason_code: String,
}

/// Adds a case's key, which lies under the master key of this fingerprint. Whether it was added: not where another master is in force.
///
/// # Errors
/// [`StoreError::Conflict`] when the case has one already, or its content was destroyed: a case gets
/// a key once.
pub fn insert(conn: &mut Conn, row: &CaseKeyRow, master: &str) -> Result<bool, StoreError> {
    let added = sql_query(ADD)
        .bind::<Text, _>(row.case_id)
        .bind::<Binary, _>(&row.wrapped)
        .bind::<Timestamp, _>(Instant::from(row.created_at))
        .bind::<Text, _>(master);
    if Prepared(added).execute(conn)? > 0 {
        return Ok(true);
    }
    if vault_keys::is_master(conn, master)? { Err(StoreError::Conflict) } else { Ok(false) }
}

/// In one trip, as every application makes it. SQLite takes `$1` for a name, and counts names as they first come.
const ADD: &str = "INSERT INTO case_keys (case_id, wrapped, created_at) SELECT $1, $2, $3 \
     WHERE NOT EXISTS (SELECT 1 FROM destroyed_cases WHERE destroyed_cases.case_id = $1) \
     AND NOT EXISTS (SELECT 1 FROM vault_keys WHERE vault_keys.name = 'master' AND vault_keys.fingerprint <> $4)";

/// A case's key, if it is (still) there.
///
/// # Errors
/// Only the database's own.
pub fn find(conn: &mut Conn, case: CaseId) -> Result<Option<CaseKeyRow>, StoreError> {
    Ok(case_keys::table.find(case).select(CaseKeyRow::as_select()).first(conn).optional()?)
}

/// A case's key.
///
/// # Errors
/// [`StoreError::Missing`] when the case has none, or it was destroyed.
pub fn load(conn: &mut Conn, case: CaseId) -> Result<CaseKeyRow, StoreError> {
    find(conn, case)?.ok_or(StoreError::Missing)
}

/// The keys of `cases`, by case: one query for a page of a list.
///
/// # Errors
/// Only the database's own.
pub fn list_of_cases(conn: &mut Conn, cases: &[CaseId]) -> Result<Vec<CaseKeyRow>, StoreError> {
    Ok(case_keys::table
        .filter(case_keys::case_id.eq_any(cases))
        .order(case_keys::case_id)
        .select(CaseKeyRow::as_select())
        .load(conn)?)
}

/// Destroys a case's content: above all the key, and then people, texts, files' rows, search index, tags, the words of its
/// rating and by what its fees were found; and puts the case on the list. What the store holds of the files is taken away after. Its journal and its row stay. Call it inside [`Db::write`](super::Db::write); backups
/// are not reached, see the list.
///
/// # Errors
/// [`StoreError::Conflict`] when it is on the list already.
pub fn destroy(conn: &mut Conn, row: &DestroyedRow) -> Result<(), StoreError> {
    diesel::insert_into(destroyed_cases::table).values(row.clone()).execute(conn)?;
    erase(conn, row.case_id)
}

/// Replays a list on a restored database: erases the content again, also of cases that are on the
/// database's own list. Replaying twice is harmless.
///
/// # Errors
/// Only the database's own.
pub fn replay_destroyed(conn: &mut Conn, list: &[DestroyedRow]) -> Result<(), StoreError> {
    for row in list {
        if find_destroyed(conn, row.case_id)?.is_none() {
            diesel::insert_into(destroyed_cases::table).values(row.clone()).execute(conn)?;
        }
        erase(conn, row.case_id)?;
    }
    Ok(())
}

fn erase(conn: &mut Conn, case: CaseId) -> Result<(), StoreError> {
    // The key first: were the rest to fail in some way that no transaction undoes, nobody could read it any more.
    diesel::delete(case_keys::table.find(case)).execute(conn)?;
    diesel::delete(bigrams::table.filter(bigrams::case_id.eq(case))).execute(conn)?;
    diesel::delete(texts::table.filter(texts::case_id.eq(case))).execute(conn)?;
    diesel::delete(people::table.filter(people::case_id.eq(case))).execute(conn)?;
    diesel::delete(files::table.filter(files::case_id.eq(case))).execute(conn)?;
    let bundles_of_it = bundles::table.filter(bundles::case_id.eq(case));
    diesel::update(bundles_of_it)
        .set((bundles::state.eq(super::bundles::REMOVED), bundles::file_id.eq(None::<FileId>)))
        .execute(conn)?;
    diesel::delete(case_tags::table.filter(case_tags::case_id.eq(case))).execute(conn)?;
    diesel::delete(case_tag_changes::table.filter(case_tag_changes::case_id.eq(case))).execute(conn)?;
    diesel::delete(fee_places::table.filter(fee_places::case_id.eq(case))).execute(conn)?;
    diesel::update(ratings::table.find(case)).set(ratings::comment.eq(None::<Vec<u8>>)).execute(conn)?;
    Ok(())
}

/// Whether, when and why a case's content was destroyed.
///
/// # Errors
/// Only the database's own.
pub fn find_destroyed(conn: &mut Conn, case: CaseId) -> Result<Option<DestroyedRow>, StoreError> {
    Ok(destroyed_cases::table.find(case).select(DestroyedRow::as_select()).first(conn).optional()?)
}

/// Which of `cases` are on the list.
///
/// # Errors
/// Only the database's own.
pub fn list_destroyed_of(conn: &mut Conn, cases: &[CaseId]) -> Result<Vec<CaseId>, StoreError> {
    Ok(destroyed_cases::table
        .filter(destroyed_cases::case_id.eq_any(cases))
        .select(destroyed_cases::case_id)
        .load(conn)?)
}

/// Whether anything is left of a case's contents: its key, people, texts, rows of files or of the search index.
///
/// # Errors
/// Only the database's own.
pub fn has_remains(conn: &mut Conn, case: CaseId) -> Result<bool, StoreError> {
    let remains = [
        case_keys::table.filter(case_keys::case_id.eq(case)).count().get_result::<i64>(conn)?,
        people::table.filter(people::case_id.eq(case)).count().get_result(conn)?,
        texts::table.filter(texts::case_id.eq(case)).count().get_result(conn)?,
        files::table.filter(files::case_id.eq(case)).count().get_result(conn)?,
        bigrams::table.filter(bigrams::case_id.eq(case)).count().get_result(conn)?,
    ];
    Ok(remains.iter().any(|rows| *rows > 0))
}

/// The whole list, in the order of destroying.
///
/// # Errors
/// Only the database's own.
pub fn list_destroyed(conn: &mut Conn) -> Result<Vec<DestroyedRow>, StoreError> {
    Ok(destroyed_cases::table
        .order((destroyed_cases::destroyed_at, destroyed_cases::case_id))
        .select(DestroyedRow::as_select())
        .load(conn)?)
}
