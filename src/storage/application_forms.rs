//! What agencies ask on the form beside what the law lists: versions that are added and never changed, for cases refer to
//! the one that was filled in.

use super::conn::Conn;
use super::error::StoreError;
use super::schema::application_forms;
use super::types::Instant;
use crate::ids::{AgencyId, StaffId};
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// One version of one agency's form.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = application_forms, treat_none_as_default_value = false)]
pub struct FormRow {
    pub agency_id: AgencyId,
    /// From 1 up.
    pub version: i32,
    /// The fields, as JSON.
    pub body: String,
    pub laid_by: StaffId,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub laid_at: DateTime<Utc>,
}

/// Adds a version.
///
/// # Errors
/// [`StoreError::Conflict`] when somebody else was first with this number.
pub fn insert(conn: &mut Conn, row: &FormRow) -> Result<(), StoreError> {
    diesel::insert_into(application_forms::table).values(row.clone()).execute(conn)?;
    Ok(())
}

/// One version.
///
/// # Errors
/// Only the database's own.
pub fn find(conn: &mut Conn, agency: AgencyId, version: i32) -> Result<Option<FormRow>, StoreError> {
    Ok(application_forms::table.find((agency, version)).select(FormRow::as_select()).first(conn).optional()?)
}

/// The version in force: the latest.
///
/// # Errors
/// Only the database's own.
pub fn latest(conn: &mut Conn, agency: AgencyId) -> Result<Option<FormRow>, StoreError> {
    Ok(application_forms::table
        .filter(application_forms::agency_id.eq(agency))
        .order(application_forms::version.desc())
        .select(FormRow::as_select())
        .first(conn)
        .optional()?)
}

/// Every version, the latest first.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn, agency: AgencyId) -> Result<Vec<FormRow>, StoreError> {
    Ok(application_forms::table
        .filter(application_forms::agency_id.eq(agency))
        .order(application_forms::version.desc())
        .select(FormRow::as_select())
        .load(conn)?)
}
