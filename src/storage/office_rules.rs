//! What an office has laid down as rules of its own: one text of JSON for each kind of rule.

use super::conn::{Conn, touched};
use super::error::StoreError;
use super::schema::office_rules;
use super::types::Instant;
use crate::ids::AgencyId;
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// The rules of one kind, as JSON; none where nothing was laid down.
///
/// # Errors
/// Only the database's own.
pub fn find(conn: &mut Conn, agency: AgencyId, kind: &str) -> Result<Option<String>, StoreError> {
    Ok(office_rules::table.find((agency, kind)).select(office_rules::body).first(conn).optional()?)
}

/// The rules of one kind of any of `agencies`, as JSON; those that have laid down nothing are left out.
///
/// # Errors
/// Only the database's own.
pub fn list_of(conn: &mut Conn, agencies: &[AgencyId], kind: &str) -> Result<Vec<(AgencyId, String)>, StoreError> {
    Ok(office_rules::table
        .filter(office_rules::kind.eq(kind))
        .filter(office_rules::agency_id.eq_any(agencies))
        .select((office_rules::agency_id, office_rules::body))
        .load(conn)?)
}

/// Lays them down, in place of what stood.
///
/// # Errors
/// Only the database's own.
pub fn set(conn: &mut Conn, agency: AgencyId, kind: &str, body: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
    let at = Instant::from(at);
    let changed = diesel::update(office_rules::table.find((agency, kind)))
        .set((office_rules::body.eq(body), office_rules::changed_at.eq(at)))
        .execute(conn);
    match touched(changed, StoreError::Missing) {
        Err(StoreError::Missing) => {
            diesel::insert_into(office_rules::table)
                .values((
                    office_rules::agency_id.eq(agency),
                    office_rules::kind.eq(kind),
                    office_rules::body.eq(body),
                    office_rules::changed_at.eq(at),
                ))
                .execute(conn)?;
            Ok(())
        }
        done => done,
    }
}
