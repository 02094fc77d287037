//! Applications that were set aside and found to be nobody's: that, by whom and why, and nothing of what they said.

use super::conn::Conn;
use super::error::StoreError;
use super::schema::discarded_applications;
use super::types::Instant;
use crate::ids::{AgencyId, DraftId, StaffId};
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = discarded_applications, treat_none_as_default_value = false)]
pub struct DiscardedRow {
    pub draft_id: DraftId,
    pub agency_id: AgencyId,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub held_at: DateTime<Utc>,
    pub held_for: String,
    pub discarded_by: StaffId,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub discarded_at: DateTime<Utc>,
    pub reason: String,
}

/// Adds one.
///
/// # Errors
/// [`StoreError::Conflict`] when it was discarded already.
pub fn insert(conn: &mut Conn, row: &DiscardedRow) -> Result<(), StoreError> {
    diesel::insert_into(discarded_applications::table).values(row.clone()).execute(conn)?;
    Ok(())
}

/// Those of an agency, the latest first.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn, agency: AgencyId) -> Result<Vec<DiscardedRow>, StoreError> {
    Ok(discarded_applications::table
        .filter(discarded_applications::agency_id.eq(agency))
        .order((discarded_applications::discarded_at.desc(), discarded_applications::draft_id))
        .select(DiscardedRow::as_select())
        .load(conn)?)
}
