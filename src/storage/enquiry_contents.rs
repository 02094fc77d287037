//! What was written in enquiries, sealed under a key for each, which the master key wraps.

use super::conn::Conn;
use super::error::StoreError;
use super::schema::enquiries::{enquiry_keys, enquiry_texts};
use super::types::Instant;
use crate::ids::{EnquiryId, TextId};
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// The key of an enquiry, useless without the master key.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = enquiry_keys, treat_none_as_default_value = false)]
pub struct EnquiryKeyRow {
    pub enquiry_id: EnquiryId,
    pub wrapped: Vec<u8>,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub created_at: DateTime<Utc>,
}

/// A sealed text.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = enquiry_texts, treat_none_as_default_value = false)]
pub struct EnquiryTextRow {
    pub id: TextId,
    pub enquiry_id: EnquiryId,
    pub kind: String,
    pub sealed: Vec<u8>,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub created_at: DateTime<Utc>,
}

/// Adds a key.
///
/// # Errors
/// [`StoreError::Conflict`] when the enquiry has one already.
pub fn insert_key(conn: &mut Conn, row: &EnquiryKeyRow) -> Result<(), StoreError> {
    diesel::insert_into(enquiry_keys::table).values(row.clone()).execute(conn)?;
    Ok(())
}

/// The keys of these enquiries.
///
/// # Errors
/// Only the database's own.
pub fn list_keys(conn: &mut Conn, of: &[EnquiryId]) -> Result<Vec<EnquiryKeyRow>, StoreError> {
    Ok(enquiry_keys::table.filter(enquiry_keys::enquiry_id.eq_any(of)).select(EnquiryKeyRow::as_select()).load(conn)?)
}

/// Adds a text.
///
/// # Errors
/// [`StoreError::Conflict`] when its id is taken.
pub fn insert_text(conn: &mut Conn, row: &EnquiryTextRow) -> Result<(), StoreError> {
    diesel::insert_into(enquiry_texts::table).values(row.clone()).execute(conn)?;
    Ok(())
}

/// The texts of these enquiries, those of one kind where one is given.
///
/// # Errors
/// Only the database's own.
pub fn list_texts(conn: &mut Conn, of: &[EnquiryId], kind: Option<&str>) -> Result<Vec<EnquiryTextRow>, StoreError> {
    let all = enquiry_texts::table
        .filter(enquiry_texts::enquiry_id.eq_any(of))
        .order((enquiry_texts::enquiry_id, enquiry_texts::id))
        .select(EnquiryTextRow::as_select());
    Ok(match kind {
        Some(kind) => all.filter(enquiry_texts::kind.eq(kind)).load(conn)?,
        None => all.load(conn)?,
    })
}
