//! What a ledger lists: agency by agency, what was there in a period, in the order in which it came. Keyset through an index of its
//! own, so that the millionth row costs what the first does.

use super::cases::CaseRow;
use super::conn::Conn;
use super::error::StoreError;
use super::proceedings::ProceedingRow;
use super::schema::{cases, counters, proceedings};
use crate::ids::{AgencyId, CaseId, ProceedingId};
use chrono::NaiveDate;
use diesel::prelude::*;

/// A period; both days belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub to: NaiveDate,
}

/// The next cases of an agency that had arrived by the end of the period and were not closed before it, behind `after`.
///
/// # Errors
/// Only the database's own.
pub fn list_cases(
    conn: &mut Conn,
    agency: AgencyId,
    period: Period,
    after: Option<(NaiveDate, CaseId)>,
    limit: i64,
) -> Result<Vec<CaseRow>, StoreError> {
    let mut query = cases::table
        .filter(cases::agency_id.eq(agency))
        .filter(cases::arrived_on.le(period.to))
        .filter(cases::closed_on.is_null().or(cases::closed_on.assume_not_null().ge(period.from)))
        .order((cases::arrived_on, cases::id))
        .select(CaseRow::as_select())
        .limit(limit)
        .into_boxed();
    if let Some((day, id)) = after {
        query = query.filter(cases::arrived_on.ge(day).and(cases::arrived_on.gt(day).or(cases::id.gt(id))));
    }
    Ok(query.load(conn)?)
}

/// The next proceedings of an agency that had begun by the end of the period and were not over before it, behind `after`.
///
/// # Errors
/// Only the database's own.
pub fn list_proceedings(
    conn: &mut Conn,
    agency: AgencyId,
    period: Period,
    after: Option<(NaiveDate, ProceedingId)>,
    limit: i64,
) -> Result<Vec<ProceedingRow>, StoreError> {
    let mut query = proceedings::table
        .filter(proceedings::agency_id.eq(agency))
        .filter(proceedings::began_on.le(period.to))
        .filter(proceedings::closed_on.is_null().or(proceedings::closed_on.assume_not_null().ge(period.from)))
        .order((proceedings::began_on, proceedings::id))
        .select(ProceedingRow::as_select())
        .limit(limit)
        .into_boxed();
    if let Some((day, id)) = after {
        let behind = proceedings::began_on.gt(day).or(proceedings::id.gt(id));
        query = query.filter(proceedings::began_on.ge(day).and(behind));
    }
    Ok(query.load(conn)?)
}

/// A case by its numbers: that in the register, that on the receipt, its agency, its id.
pub type KnownCase = (Option<String>, String, AgencyId, CaseId);

/// The cases of these that bear one of these numbers in the register or on the receipt.
///
/// # Errors
/// Only the database's own.
pub fn list_known(
    conn: &mut Conn,
    agency: AgencyId,
    numbers: &[String],
    receipt_nos: &[String],
) -> Result<Vec<KnownCase>, StoreError> {
    let columns = (cases::number, cases::receipt_no, cases::agency_id, cases::id);
    let mut known: Vec<KnownCase> = cases::table
        .filter(cases::agency_id.eq(agency))
        .filter(cases::number.assume_not_null().eq_any(numbers))
        .select(columns)
        .load(conn)?;
    // A receipt number is one agency's in the whole database.
    known.extend(cases::table.filter(cases::receipt_no.eq_any(receipt_nos)).select(columns).load::<(
        Option<String>,
        String,
        AgencyId,
        CaseId,
    )>(conn)?);
    Ok(known)
}

/// The numbers of these that files of the agency bear.
///
/// # Errors
/// Only the database's own.
pub fn list_known_proceedings(
    conn: &mut Conn,
    agency: AgencyId,
    numbers: &[String],
) -> Result<Vec<(String, ProceedingId)>, StoreError> {
    Ok(proceedings::table
        .filter(proceedings::agency_id.eq(agency))
        .filter(proceedings::number.eq_any(numbers))
        .select((proceedings::number, proceedings::id))
        .load(conn)?)
}

/// Has a series of an agency go on behind `given`, a number that was given elsewhere.
///
/// # Errors
/// Only the database's own.
pub fn count_on_behind(
    conn: &mut Conn,
    agency: AgencyId,
    year: i32,
    series: &str,
    given: i64,
) -> Result<(), StoreError> {
    let place = counters::table.find((agency, year, series));
    let behind = place.filter(counters::value.lt(given));
    if diesel::update(behind).set(counters::value.eq(given)).execute(conn)? == 1 {
        return Ok(());
    }
    if place.select(counters::value).first::<i64>(conn).optional()?.is_none() {
        let row = (
            counters::agency_id.eq(agency),
            counters::year.eq(year),
            counters::series.eq(series),
            counters::value.eq(given),
        );
        diesel::insert_into(counters::table).values(row).execute(conn)?;
    }
    Ok(())
}
