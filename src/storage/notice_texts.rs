//! Wordings of notices that an administrator has edited. An edit is a further row, and so is going back to what is built in.

use super::conn::Conn;
use super::error::StoreError;
use super::schema::notice_texts;
use super::types::Instant;
use crate::ids::{AgencyId, StaffId, WordingId};
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// One edition of one wording.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = notice_texts, treat_none_as_default_value = false)]
pub struct NoticeTextRow {
    pub id: WordingId,
    pub agency_id: AgencyId,
    pub kind: String,
    pub language: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// Whether this edition says: as built in.
    pub built_in: bool,
    pub changed_by: StaffId,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub changed_at: DateTime<Utc>,
}

/// Lays down an edition.
///
/// # Errors
/// Only the database's own.
pub fn insert(conn: &mut Conn, row: &NoticeTextRow) -> Result<(), StoreError> {
    diesel::insert_into(notice_texts::table).values(row.clone()).execute(conn)?;
    Ok(())
}

/// The edition in force, if the wording was ever edited.
///
/// # Errors
/// Only the database's own.
pub fn find(
    conn: &mut Conn,
    agency: AgencyId,
    kind: &str,
    language: &str,
) -> Result<Option<NoticeTextRow>, StoreError> {
    Ok(list(conn, agency, kind, language)?.into_iter().next())
}

/// Every edition of a wording, the newest first.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn, agency: AgencyId, kind: &str, language: &str) -> Result<Vec<NoticeTextRow>, StoreError> {
    Ok(notice_texts::table
        .filter(notice_texts::agency_id.eq(agency))
        .filter(notice_texts::kind.eq(kind))
        .filter(notice_texts::language.eq(language))
        .order((notice_texts::changed_at.desc(), notice_texts::id.desc()))
        .select(NoticeTextRow::as_select())
        .load(conn)?)
}
