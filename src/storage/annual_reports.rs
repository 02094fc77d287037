//! Annual reports as they were frozen, edition by edition, and as others have published them.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use super::conn::{Conn, touched};
use super::error::StoreError;
use super::schema::annual_reports;
use super::types::{Instant, MaybeInstant};
use crate::ids::{AgencyId, ReportId, StaffId};

/// An edition of a report.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = annual_reports, treat_none_as_default_value = false)]
pub struct AnnualReportRow {
    pub id: ReportId,
    pub agency_id: AgencyId,
    pub year: i32,
    /// From 1; a later one restates an earlier.
    pub edition: i32,
    /// Whether it was reckoned here or published by others.
    pub origin: String,
    /// Whether it takes in the agencies below.
    pub below: bool,
    /// The report, as JSON.
    pub body: String,
    /// SHA-256 of the body.
    pub digest: String,
    /// Why it restates the one before.
    pub reason: Option<String>,
    pub frozen_by: StaffId,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub frozen_at: DateTime<Utc>,
    pub signed_by: Option<StaffId>,
    #[diesel(serialize_as = MaybeInstant, deserialize_as = MaybeInstant)]
    pub signed_at: Option<DateTime<Utc>>,
    pub published_by: Option<StaffId>,
    pub published_on: Option<NaiveDate>,
}

/// Adds an edition.
///
/// # Errors
/// [`StoreError::Conflict`] when there is one of that number.
pub fn insert(conn: &mut Conn, row: &AnnualReportRow) -> Result<(), StoreError> {
    diesel::insert_into(annual_reports::table).values(row.clone()).execute(conn)?;
    Ok(())
}

/// One edition.
///
/// # Errors
/// [`StoreError::Missing`] when there is none.
pub fn load(conn: &mut Conn, id: ReportId) -> Result<AnnualReportRow, StoreError> {
    Ok(annual_reports::table.find(id).select(AnnualReportRow::as_select()).first(conn)?)
}

/// The editions of a year, the latest first.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn, agency: AgencyId, year: i32) -> Result<Vec<AnnualReportRow>, StoreError> {
    Ok(annual_reports::table
        .filter(annual_reports::agency_id.eq(agency))
        .filter(annual_reports::year.eq(year))
        .order(annual_reports::edition.desc())
        .select(AnnualReportRow::as_select())
        .load(conn)?)
}

/// The head of the office has signed it.
///
/// # Errors
/// [`StoreError::Conflict`] when it is signed.
pub fn sign(conn: &mut Conn, id: ReportId, by: StaffId, at: DateTime<Utc>) -> Result<(), StoreError> {
    let open = annual_reports::table.find(id).filter(annual_reports::signed_at.is_null());
    let set = (annual_reports::signed_by.eq(by), annual_reports::signed_at.eq(Instant::from(at)));
    touched(diesel::update(open).set(set).execute(conn), StoreError::Conflict)
}

/// It was published on a day.
///
/// # Errors
/// [`StoreError::Conflict`] when it was published before, or is not signed.
pub fn publish(conn: &mut Conn, id: ReportId, by: StaffId, on: NaiveDate) -> Result<(), StoreError> {
    let ready = annual_reports::table
        .find(id)
        .filter(annual_reports::signed_at.is_not_null())
        .filter(annual_reports::published_on.is_null());
    let set = (annual_reports::published_by.eq(by), annual_reports::published_on.eq(on));
    touched(diesel::update(ready).set(set).execute(conn), StoreError::Conflict)
}

/// Every edition of a year of these agencies, the latest of each first.
///
/// # Errors
/// Only the database's own.
pub fn list_of_agencies(conn: &mut Conn, agencies: &[AgencyId], year: i32) -> Result<Vec<AnnualReportRow>, StoreError> {
    Ok(annual_reports::table
        .filter(annual_reports::agency_id.eq_any(agencies))
        .filter(annual_reports::year.eq(year))
        .order((annual_reports::agency_id, annual_reports::edition.desc()))
        .select(AnnualReportRow::as_select())
        .load(conn)?)
}

/// What is published, the latest year first; of each report every edition, the latest first. At most `limit`.
///
/// # Errors
/// Only the database's own.
pub fn list_published(
    conn: &mut Conn,
    agency: Option<AgencyId>,
    limit: i64,
) -> Result<Vec<AnnualReportRow>, StoreError> {
    let mut query = annual_reports::table
        .filter(annual_reports::published_on.is_not_null())
        .filter(annual_reports::signed_at.is_not_null())
        .order((
            annual_reports::year.desc(),
            annual_reports::agency_id,
            annual_reports::below,
            annual_reports::edition.desc(),
        ))
        .limit(limit)
        .select(AnnualReportRow::as_select())
        .into_boxed::<super::conn::MultiBackend>();
    if let Some(agency) = agency {
        query = query.filter(annual_reports::agency_id.eq(agency));
    }
    Ok(query.load(conn)?)
}

/// A report as it was published first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable)]
pub struct FirstPublished {
    pub id: ReportId,
    pub agency_id: AgencyId,
    pub year: i32,
    pub below: bool,
    pub published_on: NaiveDate,
}

/// The reports of these agencies in their first published editions, no later than a day: the earliest first. One agency has few.
///
/// # Errors
/// Only the database's own.
pub fn list_first_published(
    conn: &mut Conn,
    agencies: &[AgencyId],
    to: NaiveDate,
) -> Result<Vec<FirstPublished>, StoreError> {
    let published = annual_reports::published_on.assume_not_null();
    let editions: Vec<FirstPublished> = annual_reports::table
        .filter(annual_reports::published_on.is_not_null())
        .filter(annual_reports::agency_id.eq_any(agencies))
        .filter(published.le(to))
        .order((published, annual_reports::id))
        .select((annual_reports::id, annual_reports::agency_id, annual_reports::year, annual_reports::below, published))
        .load(conn)?;
    let mut seen = BTreeSet::new();
    Ok(editions.into_iter().filter(|one| seen.insert((one.agency_id, one.year, one.below))).collect())
}
