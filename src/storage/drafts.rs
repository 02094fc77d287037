//! Applications that were begun and not sent: sealed content, found by the keyed digest of a code that is kept nowhere.

use super::conn::{Conn, touched};
use super::error::StoreError;
use super::schema::application_drafts;
use super::types::{Instant, MaybeInstant};
use crate::ids::{AgencyId, CaseId, DraftId};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

/// One draft.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = application_drafts, treat_none_as_default_value = false, treat_none_as_null = true)]
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
    /// When it was set aside, because a program seems to have sent it.
    #[diesel(serialize_as = MaybeInstant, deserialize_as = MaybeInstant)]
    pub held_at: Option<DateTime<Utc>>,
    /// Why, as a code.
    pub held_for: Option<String>,
    /// The case it became after somebody looked at it; nothing of what was entered is left here then.
    pub case_id: Option<CaseId>,
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

/// A draft by its id.
///
/// # Errors
/// Only the database's own.
pub fn find(conn: &mut Conn, id: DraftId) -> Result<Option<DraftRow>, StoreError> {
    Ok(application_drafts::table.find(id).select(DraftRow::as_select()).first(conn).optional()?)
}

/// Those that were set aside at `agencies` and are not settled yet, the oldest first.
///
/// # Errors
/// Only the database's own.
pub fn list_held(conn: &mut Conn, agencies: &[AgencyId], today: NaiveDate) -> Result<Vec<DraftRow>, StoreError> {
    Ok(application_drafts::table
        .filter(application_drafts::agency_id.eq_any(agencies.to_vec()))
        .filter(application_drafts::held_at.is_not_null())
        .filter(application_drafts::case_id.is_null())
        .filter(application_drafts::expires_on.ge(today))
        .order((application_drafts::held_at, application_drafts::id))
        .select(DraftRow::as_select())
        .load(conn)?)
}

/// How many those are.
///
/// # Errors
/// Only the database's own.
pub fn count_held(conn: &mut Conn, agencies: &[AgencyId], today: NaiveDate) -> Result<i64, StoreError> {
    Ok(application_drafts::table
        .filter(application_drafts::agency_id.eq_any(agencies.to_vec()))
        .filter(application_drafts::held_at.is_not_null())
        .filter(application_drafts::case_id.is_null())
        .filter(application_drafts::expires_on.ge(today))
        .count()
        .get_result(conn)?)
}

/// Locks one that was set aside and is not settled yet until the transaction ends, so that it is settled once.
///
/// # Errors
/// [`StoreError::Missing`] when there is none, or it is settled.
pub fn lock_held(conn: &mut Conn, id: DraftId) -> Result<(), StoreError> {
    let rows = diesel::update(
        application_drafts::table
            .find(id)
            .filter(application_drafts::held_at.is_not_null())
            .filter(application_drafts::case_id.is_null()),
    )
    .set(application_drafts::case_id.eq(None::<CaseId>))
    .execute(conn);
    touched(rows, StoreError::Missing)
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
