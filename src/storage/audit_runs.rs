//! What audits found, the last of which is shown. No evidence: whoever doubts it runs one.

use super::conn::Conn;
use super::error::StoreError;
use super::schema::audit_runs;
use super::types::Instant;
use crate::ids::RunId;
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// An audit that has ended.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = audit_runs, treat_none_as_default_value = false)]
pub struct AuditRow {
    pub id: RunId,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub at: DateTime<Utc>,
    /// On which machine and by which account of it.
    pub by_whom: String,
    pub cases: i64,
    /// Entries of journals and of named chains.
    pub entries: i64,
    pub leaves: i64,
    /// Entries that no seal covers yet.
    pub unsealed: i64,
    pub findings: i64,
    /// The first bad place; empty where all holds.
    pub first_zh: String,
    pub first_en: String,
    /// The number of the last seal that holds.
    pub seal: Option<i64>,
    /// Whether contents were held against their digests too.
    pub contents: bool,
}

/// Keeps what an audit found.
///
/// # Errors
/// [`StoreError::Conflict`] when the id is taken.
pub fn insert(conn: &mut Conn, row: &AuditRow) -> Result<(), StoreError> {
    diesel::insert_into(audit_runs::table).values(row.clone()).execute(conn)?;
    Ok(())
}

/// The last audit; none before the first.
///
/// # Errors
/// Only the database's own.
pub fn last(conn: &mut Conn) -> Result<Option<AuditRow>, StoreError> {
    Ok(audit_runs::table
        .order((audit_runs::at.desc(), audit_runs::id.desc()))
        .select(AuditRow::as_select())
        .first(conn)
        .optional()?)
}
