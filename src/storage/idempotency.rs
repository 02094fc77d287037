//! Which requests were already carried out, so that one sent twice has one effect.
//!
//! The row is written in the transaction of the act itself. It holds references only; the answer is
//! made anew when it is asked for again. Two equal requests at the same moment meet in the key, and
//! the later gets [`StoreError::Conflict`] and reads again.

use super::conn::Conn;
use super::error::StoreError;
use super::schema::idempotency;
use super::types::Instant;
use crate::ids::{CaseId, EnquiryId, OrderId};
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// A request that was carried out.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = idempotency, treat_none_as_default_value = false)]
pub struct IdempotencyRow {
    /// Who asked and for what act: a key means something only within it.
    pub scope: String,
    pub key: String,
    /// Tells a request sent twice from a key used twice.
    pub request_digest: String,
    pub case_id: Option<CaseId>,
    /// The HTTP status that was answered.
    pub status: i32,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub created_at: DateTime<Utc>,
    pub enquiry_id: Option<EnquiryId>,
    pub order_id: Option<OrderId>,
}

/// Notes that a request was carried out.
///
/// # Errors
/// [`StoreError::Conflict`] when it was carried out before.
pub fn insert(conn: &mut Conn, row: &IdempotencyRow) -> Result<(), StoreError> {
    diesel::insert_into(idempotency::table).values(row.clone()).execute(conn)?;
    Ok(())
}

/// The request carried out under this key.
///
/// # Errors
/// Only the database's own.
pub fn find(conn: &mut Conn, scope: &str, key: &str) -> Result<Option<IdempotencyRow>, StoreError> {
    Ok(idempotency::table.find((scope, key)).select(IdempotencyRow::as_select()).first(conn).optional()?)
}

/// Deletes rows made before `before`.
///
/// # Errors
/// Only the database's own.
pub fn prune(conn: &mut Conn, before: DateTime<Utc>) -> Result<usize, StoreError> {
    Ok(diesel::delete(idempotency::table.filter(idempotency::created_at.lt(Instant::from(before)))).execute(conn)?)
}
