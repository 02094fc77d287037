//! Refresh tokens: only digests, each usable once.
//!
//! A token that comes a second time was stolen or replayed; whoever sees that revokes the whole family,
//! thief and owner alike. That two requests cannot both use one token rests on the condition in
//! [`mark_used`], not on reading first.

use super::conn::Conn;
use super::error::StoreError;
use super::schema::refresh_tokens;
use super::types::{Instant, MaybeInstant};
use crate::ids::{StaffId, TokenId};
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// One refresh token of one sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = refresh_tokens, treat_none_as_default_value = false)]
pub struct TokenRow {
    pub id: TokenId,
    /// The sign-in all its successors share.
    pub family_id: TokenId,
    pub staff_id: StaffId,
    /// Digest of the token; the token itself is nowhere.
    pub digest: String,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub issued_at: DateTime<Utc>,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub expires_at: DateTime<Utc>,
    #[diesel(serialize_as = MaybeInstant, deserialize_as = MaybeInstant)]
    pub used_at: Option<DateTime<Utc>>,
    #[diesel(serialize_as = MaybeInstant, deserialize_as = MaybeInstant)]
    pub revoked_at: Option<DateTime<Utc>>,
}

/// Adds a token.
///
/// # Errors
/// [`StoreError::Conflict`] when the digest or the id is taken.
pub fn insert(conn: &mut Conn, row: &TokenRow) -> Result<(), StoreError> {
    diesel::insert_into(refresh_tokens::table).values(row.clone()).execute(conn)?;
    Ok(())
}

/// The token with this digest, used, revoked or expired though it may be.
///
/// # Errors
/// Only the database's own.
pub fn find_by_digest(conn: &mut Conn, digest: &str) -> Result<Option<TokenRow>, StoreError> {
    Ok(refresh_tokens::table
        .filter(refresh_tokens::digest.eq(digest))
        .select(TokenRow::as_select())
        .first(conn)
        .optional()?)
}

/// Uses a token up. True when this caller is the one who used it; false when it was used or revoked
/// before.
///
/// # Errors
/// Only the database's own.
pub fn mark_used(conn: &mut Conn, id: TokenId, at: DateTime<Utc>) -> Result<bool, StoreError> {
    let rows = diesel::update(
        refresh_tokens::table
            .find(id)
            .filter(refresh_tokens::used_at.is_null())
            .filter(refresh_tokens::revoked_at.is_null()),
    )
    .set(refresh_tokens::used_at.eq(Instant::from(at)))
    .execute(conn)?;
    Ok(rows == 1)
}

/// Ends a sign-in: none of its tokens can be used from now on. Returns how many were still good.
///
/// # Errors
/// Only the database's own.
pub fn revoke_family(conn: &mut Conn, family: TokenId, at: DateTime<Utc>) -> Result<usize, StoreError> {
    Ok(diesel::update(
        refresh_tokens::table.filter(refresh_tokens::family_id.eq(family)).filter(refresh_tokens::revoked_at.is_null()),
    )
    .set(refresh_tokens::revoked_at.eq(Instant::from(at)))
    .execute(conn)?)
}

/// Ends every sign-in of a member of staff: a new password, or someone who left.
///
/// # Errors
/// Only the database's own.
pub fn revoke_all_of(conn: &mut Conn, staff: StaffId, at: DateTime<Utc>) -> Result<usize, StoreError> {
    Ok(diesel::update(
        refresh_tokens::table.filter(refresh_tokens::staff_id.eq(staff)).filter(refresh_tokens::revoked_at.is_null()),
    )
    .set(refresh_tokens::revoked_at.eq(Instant::from(at)))
    .execute(conn)?)
}

/// Deletes tokens that expired before `before`; a replay of those is refused as unknown.
///
/// # Errors
/// Only the database's own.
pub fn prune(conn: &mut Conn, before: DateTime<Utc>) -> Result<usize, StoreError> {
    Ok(diesel::delete(refresh_tokens::table.filter(refresh_tokens::expires_at.lt(Instant::from(before))))
        .execute(conn)?)
}

/// Whether a sign-in was voided.
///
/// # Errors
/// The database's own.
pub fn is_revoked(conn: &mut Conn, family: TokenId) -> Result<bool, StoreError> {
    let voided = refresh_tokens::table
        .filter(refresh_tokens::family_id.eq(family))
        .filter(refresh_tokens::revoked_at.is_not_null());
    Ok(diesel::select(diesel::dsl::exists(voided)).get_result(conn)?)
}
