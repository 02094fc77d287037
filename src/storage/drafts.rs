//! Applications that were begun and not sent: sealed content, found by the keyed digest of a code that is kept nowhere.

use super::conn::{Conn, touched};
use super::error::StoreError;
use super::schema::application_drafts;
use super::types::Instant;
use crate::ids::{AgencyId, DraftId};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

/// One draft.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = application_drafts)]
pub struct DraftRow {
    pub id: DraftId,
    pub agency_id: AgencyId,
    /// Keyed digest of the draft code.
    pub code_digest: String,
    /// The draft's own key under the master key.
    pub wrapped: Vec<u8>,
    /// What was entered, as JSON, under that key.
    pub sealed: Vec<u8>,
    /// The last day on which it can be opened.
    pub expires_on: NaiveDate,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub created_at: DateTime<Utc>,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub saved_at: DateTime<Utc>,
}

/// Adds a draft.
///
/// # Errors
/// [`StoreError::Conflict`] when the id or the digest is taken.
pub fn insert(conn: &mut Conn, row: &DraftRow) -> Result<(), StoreError> {
    diesel::insert_into(application_drafts::table).values(row.clone()).execute(conn)?;
    Ok(())
}

/// Writes a draft's whole row again.
///
/// # Errors
/// [`StoreError::Missing`] when it is gone.
pub fn update(conn: &mut Conn, row: &DraftRow) -> Result<(), StoreError> {
    let rows = diesel::update(application_drafts::table.find(row.id)).set(row.clone()).execute(conn);
    touched(rows, StoreError::Missing)
}

/// The draft with this digest, expired though it may be.
///
/// # Errors
/// Only the database's own.
pub fn find_by_digest(conn: &mut Conn, digest: &str) -> Result<Option<DraftRow>, StoreError> {
    Ok(application_drafts::table
        .filter(application_drafts::code_digest.eq(digest))
        .select(DraftRow::as_select())
        .first(conn)
        .optional()?)
}

/// Deletes a draft. Of two who do so at once, one gets the error.
///
/// # Errors
/// [`StoreError::Missing`] when it is gone already.
pub fn delete(conn: &mut Conn, id: DraftId) -> Result<(), StoreError> {
    touched(diesel::delete(application_drafts::table.find(id)).execute(conn), StoreError::Missing)
}

/// Deletes drafts whose last day was before `today`.
///
/// # Errors
/// Only the database's own.
pub fn prune(conn: &mut Conn, today: NaiveDate) -> Result<usize, StoreError> {
    Ok(diesel::delete(application_drafts::table.filter(application_drafts::expires_on.lt(today))).execute(conn)?)
}
