//! What an agency enters for the report of a year before it is frozen: table 二, and the sections in words.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::conn::{Conn, touched};
use super::error::StoreError;
use super::schema::report_drafts;
use super::types::Instant;
use crate::ids::AgencyId;

/// What is entered for a year.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = report_drafts, treat_none_as_default_value = false)]
pub struct ReportDraftRow {
    pub agency_id: AgencyId,
    pub year: i32,
    /// Counts the writes.
    pub version: i32,
    /// The form of table 三.
    pub form: String,
    /// Table 二, as JSON.
    pub two: String,
    /// The sections in words, as JSON.
    pub words: String,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub updated_at: DateTime<Utc>,
}

/// What is entered for a year.
///
/// # Errors
/// Only the database's own.
pub fn find(conn: &mut Conn, agency: AgencyId, year: i32) -> Result<Option<ReportDraftRow>, StoreError> {
    Ok(report_drafts::table.find((agency, year)).select(ReportDraftRow::as_select()).first(conn).optional()?)
}

/// What is entered for a year at any of these agencies.
///
/// # Errors
/// Only the database's own.
pub fn list_of_year(conn: &mut Conn, agencies: &[AgencyId], year: i32) -> Result<Vec<ReportDraftRow>, StoreError> {
    Ok(report_drafts::table
        .filter(report_drafts::agency_id.eq_any(agencies))
        .filter(report_drafts::year.eq(year))
        .order(report_drafts::agency_id)
        .select(ReportDraftRow::as_select())
        .load(conn)?)
}

/// All that an agency has entered, the earliest year first.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn, agency: AgencyId) -> Result<Vec<ReportDraftRow>, StoreError> {
    Ok(report_drafts::table
        .filter(report_drafts::agency_id.eq(agency))
        .order(report_drafts::year)
        .select(ReportDraftRow::as_select())
        .load(conn)?)
}

/// Writes what is entered; its version follows the one that was read (0 for none).
///
/// # Errors
/// [`StoreError::Conflict`] when somebody else wrote first.
pub fn put(conn: &mut Conn, row: &ReportDraftRow) -> Result<(), StoreError> {
    if row.version == 1 {
        diesel::insert_into(report_drafts::table).values(row.clone()).execute(conn)?;
        return Ok(());
    }
    let known = report_drafts::table.find((row.agency_id, row.year)).filter(report_drafts::version.eq(row.version - 1));
    touched(diesel::update(known).set(row.clone()).execute(conn), StoreError::Conflict)
}
