//! Texts of a case under its own key: subject, description, reasons, opinions, notes, letters.

use super::conn::Conn;
use super::error::StoreError;
use super::prepared::insert_all;
use super::schema::texts;
use super::types::Instant;
use crate::ids::{CaseId, TextId};
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// One text. Texts are added, not changed: the journal holds the digest of each, but for what was said in reminding of the
/// case by hand, to which only notices refer.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = texts, treat_none_as_default_value = false)]
pub struct TextRow {
    pub id: TextId,
    pub case_id: CaseId,
    pub kind: String,
    /// The text under the case's data key, behind the salt of its digest.
    pub sealed: Vec<u8>,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub created_at: DateTime<Utc>,
}

/// Adds texts.
///
/// # Errors
/// [`StoreError::Conflict`] when an id is taken.
pub fn insert(conn: &mut Conn, rows: &[TextRow]) -> Result<(), StoreError> {
    insert_all!(conn, texts::table, rows);
    Ok(())
}

/// The text with this id, if it is (still) there.
///
/// # Errors
/// Only the database's own.
pub fn find(conn: &mut Conn, id: TextId) -> Result<Option<TextRow>, StoreError> {
    Ok(texts::table.find(id).select(TextRow::as_select()).first(conn).optional()?)
}

/// The text with this id.
///
/// # Errors
/// [`StoreError::Missing`] when there is none, or the case's content was destroyed.
pub fn load(conn: &mut Conn, id: TextId) -> Result<TextRow, StoreError> {
    find(conn, id)?.ok_or(StoreError::Missing)
}

/// All texts of a case, oldest first.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn, case: CaseId) -> Result<Vec<TextRow>, StoreError> {
    Ok(texts::table
        .filter(texts::case_id.eq(case))
        .order((texts::created_at, texts::id))
        .select(TextRow::as_select())
        .load(conn)?)
}

/// The texts of one kind in any of `cases`, case by case, oldest first: the subjects of a page of a list.
///
/// # Errors
/// Only the database's own.
pub fn list_of_cases(conn: &mut Conn, cases: &[CaseId], kind: &str) -> Result<Vec<TextRow>, StoreError> {
    Ok(texts::table
        .filter(texts::case_id.eq_any(cases))
        .filter(texts::kind.eq(kind))
        .order((texts::case_id, texts::created_at, texts::id))
        .select(TextRow::as_select())
        .load(conn)?)
}
