//! An office's own way of approval, where it has laid one down.

use super::conn::{Conn, touched};
use super::error::StoreError;
use super::schema::approval_flows;
use super::types::Instant;
use crate::ids::AgencyId;
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// The way, as JSON.
///
/// # Errors
/// Only the database's own.
pub fn find(conn: &mut Conn, agency: AgencyId) -> Result<Option<String>, StoreError> {
    Ok(approval_flows::table.find(agency).select(approval_flows::body).first(conn).optional()?)
}

/// Lays it down, in place of what stood.
///
/// # Errors
/// Only the database's own.
pub fn set(conn: &mut Conn, agency: AgencyId, body: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
    let at = Instant::from(at);
    let changed = diesel::update(approval_flows::table.find(agency))
        .set((approval_flows::body.eq(body), approval_flows::changed_at.eq(at)))
        .execute(conn);
    match touched(changed, StoreError::Missing) {
        Err(StoreError::Missing) => {
            diesel::insert_into(approval_flows::table)
                .values((
                    approval_flows::agency_id.eq(agency),
                    approval_flows::body.eq(body),
                    approval_flows::changed_at.eq(at),
                ))
                .execute(conn)?;
            Ok(())
        }
        done => done,
    }
}
