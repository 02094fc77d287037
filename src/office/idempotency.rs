//! Creations that may be sent twice: the same key and body answer the same result, another body under it is refused.
//! The row is written in the transaction of the creation itself and holds a reference; the answer is made anew.
//!
//! What is kept of the body is a keyed digest: a bare one would let whoever has the database try out whose application
//! it was, and would outlive the destruction of the case's key.

use chrono::{DateTime, Utc};

use super::failure::Failure;
use crate::ids::{CaseId, EnquiryId, OrderId};
use crate::storage::{Conn, idempotency};
use crate::vault::{Keys, blind};

/// A creation that was done.
const CREATED: i32 = 201;

/// What came in the `Idempotency-Key` header, with the digest of the body it came with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// The key, as the client chose it.
    pub key: String,
    /// SHA-256 of the canonical body, in hexadecimal. Never kept as it is.
    pub digest: String,
}

impl IdempotencyKey {
    /// What is kept of the body.
    fn kept(&self, keys: &Keys) -> String {
        blind::blind(keys, "idempotency", &self.digest)
    }
}

/// What a key has made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Made {
    /// A case.
    Case(CaseId),
    /// An enquiry.
    Enquiry(EnquiryId),
    /// A supervision order.
    Order(OrderId),
}

/// The case that this key has made already.
///
/// # Errors
/// [`Failure::KeyReused`] when it was used with another body; the database's failures.
pub fn made_before(
    conn: &mut Conn,
    keys: &Keys,
    scope: &str,
    key: Option<&IdempotencyKey>,
) -> Result<Option<CaseId>, Failure> {
    Ok(found(conn, keys, scope, key)?.and_then(|row| row.case_id))
}

/// The enquiry that this key has made already.
///
/// # Errors
/// As [`made_before`].
pub fn enquiry_made_before(
    conn: &mut Conn,
    keys: &Keys,
    scope: &str,
    key: Option<&IdempotencyKey>,
) -> Result<Option<EnquiryId>, Failure> {
    Ok(found(conn, keys, scope, key)?.and_then(|row| row.enquiry_id))
}

/// The order that this key has made already.
///
/// # Errors
/// As [`made_before`].
pub fn order_made_before(
    conn: &mut Conn,
    keys: &Keys,
    scope: &str,
    key: Option<&IdempotencyKey>,
) -> Result<Option<OrderId>, Failure> {
    Ok(found(conn, keys, scope, key)?.and_then(|row| row.order_id))
}

fn found(
    conn: &mut Conn,
    keys: &Keys,
    scope: &str,
    key: Option<&IdempotencyKey>,
) -> Result<Option<idempotency::IdempotencyRow>, Failure> {
    let Some(key) = key else { return Ok(None) };
    match idempotency::find(conn, scope, &key.key)? {
        Some(row) if row.request_digest == key.kept(keys) => Ok(Some(row)),
        Some(_) => Err(Failure::KeyReused),
        None => Ok(None),
    }
}

/// Remembers what the key has made.
///
/// # Errors
/// The database's failures; a key taken in the same moment by another request is [`Failure::Busy`], so that the
/// transaction is repeated and then finds what that request made.
pub fn remember(
    conn: &mut Conn,
    keys: &Keys,
    scope: &str,
    key: Option<&IdempotencyKey>,
    made: Made,
    at: DateTime<Utc>,
) -> Result<(), Failure> {
    let Some(key) = key else { return Ok(()) };
    let row = idempotency::IdempotencyRow {
        scope: scope.to_owned(),
        key: key.key.clone(),
        request_digest: key.kept(keys),
        case_id: if let Made::Case(case) = made { Some(case) } else { None },
        status: CREATED,
        created_at: at,
        enquiry_id: if let Made::Enquiry(enquiry) = made { Some(enquiry) } else { None },
        order_id: if let Made::Order(order) = made { Some(order) } else { None },
    };
    idempotency::insert(conn, &row).map_err(Failure::of_race)
}
