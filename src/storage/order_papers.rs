//! Documents that answer an order to an agency at large: sealed each under its own key; on its way until an answer names it.

use super::conn::{Conn, touched};
use super::error::StoreError;
use super::schema::supervision::order_papers;
use super::types::Instant;
use crate::ids::{FileId, OrderId, StaffId};
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// One document with its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = order_papers, treat_none_as_default_value = false)]
pub struct PaperRow {
    pub id: FileId,
    pub order_id: OrderId,
    /// The answer that names it; none while it is on its way.
    pub seq: Option<i32>,
    pub sent_by: StaffId,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub sent_at: DateTime<Utc>,
    pub format: String,
    /// In bytes, as it was sent.
    pub size: i64,
    /// Its key under the master key.
    pub wrapped: Vec<u8>,
    /// Its name under that key.
    pub name: Vec<u8>,
    /// Its bytes under that key.
    pub content: Vec<u8>,
}

/// What a list needs of a document: all but its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = order_papers)]
pub struct PaperHead {
    pub id: FileId,
    pub seq: Option<i32>,
    pub wrapped: Vec<u8>,
    pub name: Vec<u8>,
}

/// Adds one.
///
/// # Errors
/// [`StoreError::Conflict`] when its id is taken.
pub fn insert(conn: &mut Conn, row: &PaperRow) -> Result<(), StoreError> {
    diesel::insert_into(order_papers::table).values(row.clone()).execute(conn)?;
    Ok(())
}

/// The one of this id in that order, with its bytes.
///
/// # Errors
/// [`StoreError::Missing`] when there is none.
pub fn load(conn: &mut Conn, order: OrderId, id: FileId) -> Result<PaperRow, StoreError> {
    let place = order_papers::table.find(id).filter(order_papers::order_id.eq(order));
    place.select(PaperRow::as_select()).first(conn).optional()?.ok_or(StoreError::Missing)
}

/// Those of an order, in the order in which they came, without their bytes.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn, order: OrderId) -> Result<Vec<PaperHead>, StoreError> {
    Ok(order_papers::table
        .filter(order_papers::order_id.eq(order))
        .order((order_papers::sent_at, order_papers::id))
        .select(PaperHead::as_select())
        .load(conn)?)
}

/// The answer `seq` of the order names this one.
///
/// # Errors
/// [`StoreError::Missing`] when it is on its way no more.
pub fn claim(conn: &mut Conn, order: OrderId, id: FileId, seq: i32) -> Result<(), StoreError> {
    let place =
        order_papers::table.find(id).filter(order_papers::order_id.eq(order)).filter(order_papers::seq.is_null());
    touched(diesel::update(place).set(order_papers::seq.eq(seq)).execute(conn), StoreError::Missing)
}

/// Takes away what was sent and no answer named.
///
/// # Errors
/// Only the database's own.
pub fn delete_unclaimed(conn: &mut Conn, order: OrderId) -> Result<(), StoreError> {
    let place = order_papers::table.filter(order_papers::order_id.eq(order)).filter(order_papers::seq.is_null());
    diesel::delete(place).execute(conn)?;
    Ok(())
}
