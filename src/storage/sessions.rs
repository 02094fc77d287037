//! Sign-ins that live in a browser's cookie: only the digest of the cookie is kept.

use super::conn::{Conn, touched};
use super::error::StoreError;
use super::schema::browser_sessions;
use super::types::{Instant, MaybeInstant};
use crate::ids::{StaffId, TokenId};
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// One sign-in in one browser.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = browser_sessions, treat_none_as_default_value = false)]
pub struct SessionRow {
    pub id: TokenId,
    pub staff_id: StaffId,
    /// Digest of the cookie; the cookie itself is nowhere.
    pub digest: String,
    /// What the browser calls itself, cut to 200 characters.
    pub browser: String,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub started_at: DateTime<Utc>,
    /// When it was last used, to the minute.
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub seen_at: DateTime<Utc>,
    #[diesel(serialize_as = MaybeInstant, deserialize_as = MaybeInstant)]
    pub ended_at: Option<DateTime<Utc>>,
}

/// Adds a sign-in.
///
/// # Errors
/// [`StoreError::Conflict`] when the digest or the id is taken.
pub fn insert(conn: &mut Conn, row: &SessionRow) -> Result<(), StoreError> {
    diesel::insert_into(browser_sessions::table).values(row.clone()).execute(conn)?;
    Ok(())
}

/// The sign-in with this digest, ended though it may be.
///
/// # Errors
/// Only the database's own.
pub fn find_by_digest(conn: &mut Conn, digest: &str) -> Result<Option<SessionRow>, StoreError> {
    Ok(browser_sessions::table
        .filter(browser_sessions::digest.eq(digest))
        .select(SessionRow::as_select())
        .first(conn)
        .optional()?)
}

/// The sign-ins of a member of staff that were used since `since` and not ended, the last used first.
///
/// # Errors
/// Only the database's own.
pub fn list_of(conn: &mut Conn, staff: StaffId, since: DateTime<Utc>) -> Result<Vec<SessionRow>, StoreError> {
    Ok(browser_sessions::table
        .filter(browser_sessions::staff_id.eq(staff))
        .filter(browser_sessions::ended_at.is_null())
        .filter(browser_sessions::seen_at.ge(Instant::from(since)))
        .order((browser_sessions::seen_at.desc(), browser_sessions::id.desc()))
        .select(SessionRow::as_select())
        .load(conn)?)
}

/// Notes that a sign-in was used.
///
/// # Errors
/// [`StoreError::Missing`] when there is none.
pub fn touch(conn: &mut Conn, id: TokenId, at: DateTime<Utc>) -> Result<(), StoreError> {
    let rows = diesel::update(browser_sessions::table.find(id))
        .set(browser_sessions::seen_at.eq(Instant::from(at)))
        .execute(conn);
    touched(rows, StoreError::Missing)
}

/// Ends a sign-in of this member of staff.
///
/// # Errors
/// [`StoreError::Missing`] when there is none that is theirs and not ended.
pub fn end(conn: &mut Conn, staff: StaffId, id: TokenId, at: DateTime<Utc>) -> Result<(), StoreError> {
    let rows = diesel::update(
        browser_sessions::table
            .find(id)
            .filter(browser_sessions::staff_id.eq(staff))
            .filter(browser_sessions::ended_at.is_null()),
    )
    .set(browser_sessions::ended_at.eq(Instant::from(at)))
    .execute(conn);
    touched(rows, StoreError::Missing)
}

/// Ends every sign-in of a member of staff except `kept`: a new password, or someone who left.
///
/// # Errors
/// Only the database's own.
pub fn end_all_of(
    conn: &mut Conn,
    staff: StaffId,
    kept: Option<TokenId>,
    at: DateTime<Utc>,
) -> Result<usize, StoreError> {
    // No sign-in has the nil id.
    let kept = kept.unwrap_or(TokenId::from_uuid(uuid::Uuid::nil()));
    Ok(diesel::update(
        browser_sessions::table
            .filter(browser_sessions::staff_id.eq(staff))
            .filter(browser_sessions::id.ne(kept))
            .filter(browser_sessions::ended_at.is_null()),
    )
    .set(browser_sessions::ended_at.eq(Instant::from(at)))
    .execute(conn)?)
}

/// Deletes sign-ins last used before `before`.
///
/// # Errors
/// Only the database's own.
pub fn prune(conn: &mut Conn, before: DateTime<Utc>) -> Result<usize, StoreError> {
    Ok(diesel::delete(browser_sessions::table.filter(browser_sessions::seen_at.lt(Instant::from(before))))
        .execute(conn)?)
}
