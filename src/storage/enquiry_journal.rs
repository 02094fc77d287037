//! The journals of the enquiries: appended, read, never changed, as those of the cases.

use super::conn::{Backend, Conn};
use super::error::StoreError;
use super::schema::enquiries::{enquiries, enquiry_journal};
use super::types::Instant;
use crate::ids::EnquiryId;
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// One event as it is kept for ever.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = enquiry_journal, treat_none_as_default_value = false)]
pub struct EnquiryEntryRow {
    pub enquiry_id: EnquiryId,
    /// 1, 2, 3 … within the enquiry.
    pub seq: i32,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub at: DateTime<Utc>,
    pub kind: String,
    pub version: i32,
    /// Who did it, in canonical text.
    pub actor: String,
    /// What happened, in canonical JSON: the very bytes that were hashed.
    pub body: String,
    pub algorithm: String,
    pub previous: String,
    pub hash: String,
}

/// Appends an event.
///
/// # Errors
/// [`StoreError::Conflict`] when the enquiry already has an event with this number.
pub fn append(conn: &mut Conn, row: &EnquiryEntryRow) -> Result<(), StoreError> {
    // As with the cases: on SQLite a trigger stops a second entry of the number, and its error tells nobody what it was.
    if conn.backend() == Backend::Sqlite {
        let place = enquiry_journal::table.find((row.enquiry_id, row.seq));
        if place.select(enquiry_journal::seq).first::<i32>(conn).optional()?.is_some() {
            return Err(StoreError::Conflict);
        }
    }
    diesel::insert_into(enquiry_journal::table).values(row.clone()).execute(conn)?;
    Ok(())
}

/// All events of an enquiry, in order.
///
/// # Errors
/// [`StoreError::Missing`] when there are none.
pub fn load(conn: &mut Conn, enquiry: EnquiryId) -> Result<Vec<EnquiryEntryRow>, StoreError> {
    let rows = list(conn, &[enquiry])?;
    if rows.is_empty() { Err(StoreError::Missing) } else { Ok(rows) }
}

/// All events of each of these enquiries, one after the other, oldest first.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn, of: &[EnquiryId]) -> Result<Vec<EnquiryEntryRow>, StoreError> {
    Ok(enquiry_journal::table
        .filter(enquiry_journal::enquiry_id.eq_any(of))
        .order((enquiry_journal::enquiry_id, enquiry_journal::seq))
        .select(EnquiryEntryRow::as_select())
        .load(conn)?)
}

/// The enquiries that have an entry, in the order of their ids, `limit` of them behind `after`.
///
/// # Errors
/// Only the database's own.
pub fn list_enquiries(conn: &mut Conn, after: Option<EnquiryId>, limit: i64) -> Result<Vec<EnquiryId>, StoreError> {
    let all = enquiry_journal::table
        .order(enquiry_journal::enquiry_id)
        .select(enquiry_journal::enquiry_id)
        .distinct()
        .limit(limit);
    Ok(match after {
        Some(after) => all.filter(enquiry_journal::enquiry_id.gt(after)).load(conn)?,
        None => all.load(conn)?,
    })
}

/// Rows of enquiries that have no entry: none unless somebody tampered.
///
/// # Errors
/// Only the database's own.
pub fn list_without_journal(conn: &mut Conn) -> Result<Vec<EnquiryId>, StoreError> {
    let written = enquiry_journal::table.select(enquiry_journal::enquiry_id);
    Ok(enquiries::table.filter(enquiries::id.ne_all(written)).order(enquiries::id).select(enquiries::id).load(conn)?)
}

/// The first events of these enquiries: how each began.
///
/// # Errors
/// Only the database's own.
pub fn list_first(conn: &mut Conn, of: &[EnquiryId]) -> Result<Vec<EnquiryEntryRow>, StoreError> {
    Ok(enquiry_journal::table
        .filter(enquiry_journal::enquiry_id.eq_any(of))
        .filter(enquiry_journal::seq.eq(1))
        .select(EnquiryEntryRow::as_select())
        .load(conn)?)
}
