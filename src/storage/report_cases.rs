//! What table 三 counts of each case: from when to when it was with the agency, how it ended, and the fee that was paid. A row that the
//! case's journal gives; cases that the table does not know have none.

use chrono::NaiveDate;
use diesel::dsl::count_star;
use diesel::prelude::*;

use super::conn::{Conn, MultiBackend};
use super::error::StoreError;
use super::prepared::Prepared;
use super::schema::{cases, report_cases};
use crate::ids::{AgencyId, CaseId};

/// The row of a case.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = report_cases, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct ReportCaseRow {
    pub case_id: CaseId,
    pub agency_id: AgencyId,
    pub applicant_kind: String,
    /// The day on which it came.
    pub from_on: NaiveDate,
    /// The day on which it ended.
    pub until_on: Option<NaiveDate>,
    /// The row of table 三 in which it ended.
    pub line: Option<String>,
    /// The day on which a fee was paid.
    pub fee_on: Option<NaiveDate>,
    /// How much, in whole yuan.
    pub fee: Option<i64>,
}

/// Writes the row of a case that has none yet.
///
/// # Errors
/// [`StoreError::Conflict`] where it has one.
pub fn insert(conn: &mut Conn, row: &ReportCaseRow) -> Result<(), StoreError> {
    diesel::insert_into(report_cases::table).values(row.clone()).execute(conn)?;
    Ok(())
}

/// Puts the row of a case in the place of the one there is.
///
/// # Errors
/// Only the database's own.
pub fn put(conn: &mut Conn, row: &ReportCaseRow) -> Result<(), StoreError> {
    let known = report_cases::table.find(row.case_id);
    match Prepared(diesel::update(known).set(row.clone())).execute(conn)? {
        0 => insert(conn, row),
        _ => Ok(()),
    }
}

/// The row of a case.
///
/// # Errors
/// Only the database's own.
pub fn find(conn: &mut Conn, case: CaseId) -> Result<Option<ReportCaseRow>, StoreError> {
    Ok(report_cases::table.find(case).select(ReportCaseRow::as_select()).first(conn).optional()?)
}

/// How many came on these days, both included, by the kind of applicant.
///
/// # Errors
/// Only the database's own.
pub fn count_new(
    conn: &mut Conn,
    agencies: &[AgencyId],
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<(String, i64)>, StoreError> {
    Ok(report_cases::table
        .filter(report_cases::agency_id.eq_any(agencies))
        .filter(report_cases::from_on.between(from, to))
        .group_by(report_cases::applicant_kind)
        .select((report_cases::applicant_kind, count_star()))
        .load(conn)?)
}

/// How many came before a day, by the kind of applicant.
///
/// # Errors
/// Only the database's own.
pub fn count_before(conn: &mut Conn, agencies: &[AgencyId], day: NaiveDate) -> Result<Vec<(String, i64)>, StoreError> {
    Ok(report_cases::table
        .filter(report_cases::agency_id.eq_any(agencies))
        .filter(report_cases::from_on.lt(day))
        .group_by(report_cases::applicant_kind)
        .select((report_cases::applicant_kind, count_star()))
        .load(conn)?)
}

/// How many had ended before a day, by the kind of applicant.
///
/// # Errors
/// Only the database's own.
pub fn count_ended_before(
    conn: &mut Conn,
    agencies: &[AgencyId],
    day: NaiveDate,
) -> Result<Vec<(String, i64)>, StoreError> {
    Ok(report_cases::table
        .filter(report_cases::agency_id.eq_any(agencies))
        .filter(report_cases::until_on.is_not_null())
        .filter(report_cases::until_on.assume_not_null().lt(day))
        .group_by(report_cases::applicant_kind)
        .select((report_cases::applicant_kind, count_star()))
        .load(conn)?)
}

/// How many ended on these days, both included: by row of the table and kind of applicant.
///
/// # Errors
/// Only the database's own.
pub fn count_results(
    conn: &mut Conn,
    agencies: &[AgencyId],
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<(String, String, i64)>, StoreError> {
    Ok(report_cases::table
        .filter(report_cases::agency_id.eq_any(agencies))
        .filter(report_cases::until_on.is_not_null())
        .filter(report_cases::until_on.assume_not_null().between(from, to))
        .group_by((report_cases::line, report_cases::applicant_kind))
        .select((report_cases::line.assume_not_null(), report_cases::applicant_kind, count_star()))
        .load(conn)?)
}

/// How many fees were paid on these days, both included, and how much, in whole yuan.
///
/// # Errors
/// Only the database's own.
pub fn fees(
    conn: &mut Conn,
    agencies: &[AgencyId],
    (from, to): (NaiveDate, NaiveDate),
) -> Result<(i64, i64), StoreError> {
    // Fees are few different sums: grouped by them, neither database has to add into a wider type.
    let paid: Vec<(Option<i64>, i64)> = report_cases::table
        .filter(report_cases::agency_id.eq_any(agencies))
        .filter(report_cases::fee_on.is_not_null())
        .filter(report_cases::fee_on.assume_not_null().between(from, to))
        .group_by(report_cases::fee)
        .select((report_cases::fee, count_star()))
        .load(conn)?;
    Ok(paid.iter().fold((0, 0), |(count, sum), (fee, times)| (count + times, sum + fee.unwrap_or(0) * times)))
}

/// Which cases of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellFilter {
    /// Those that came on these days.
    New(NaiveDate, NaiveDate),
    /// Those that were open when this day began.
    OpenBefore(NaiveDate),
    /// Those that ended on these days, in any of these rows.
    Ended(NaiveDate, NaiveDate, Vec<String>),
    /// Those that were open when this day ended.
    OpenAfter(NaiveDate),
}

/// The cases of a cell, the first that came first, behind `after`, at most `limit`.
///
/// # Errors
/// Only the database's own.
pub fn list_cell(
    conn: &mut Conn,
    agencies: &[AgencyId],
    (cell, kind): (&CellFilter, Option<&str>),
    after: Option<(NaiveDate, CaseId)>,
    limit: i64,
) -> Result<Vec<ReportCaseRow>, StoreError> {
    let until = report_cases::until_on.assume_not_null();
    let mut query = report_cases::table
        .filter(report_cases::agency_id.eq_any(agencies.to_vec()))
        .order((report_cases::from_on, report_cases::case_id))
        .limit(limit)
        .select(ReportCaseRow::as_select())
        .into_boxed::<MultiBackend>();
    query = match cell.clone() {
        CellFilter::New(from, to) => query.filter(report_cases::from_on.between(from, to)),
        CellFilter::OpenBefore(day) => {
            query.filter(report_cases::from_on.lt(day)).filter(report_cases::until_on.is_null().or(until.ge(day)))
        }
        CellFilter::Ended(from, to, lines) => query
            .filter(report_cases::until_on.is_not_null())
            .filter(until.between(from, to))
            .filter(report_cases::line.assume_not_null().eq_any(lines)),
        CellFilter::OpenAfter(day) => {
            query.filter(report_cases::from_on.le(day)).filter(report_cases::until_on.is_null().or(until.gt(day)))
        }
    };
    if let Some(kind) = kind {
        query = query.filter(report_cases::applicant_kind.eq(kind.to_owned()));
    }
    if let Some((day, id)) = after {
        query = query
            .filter(report_cases::from_on.gt(day).or(report_cases::from_on.eq(day).and(report_cases::case_id.gt(id))));
    }
    Ok(query.load(conn)?)
}

/// Cases of `matter` that have no row yet, behind `after`, at most `limit`.
///
/// # Errors
/// Only the database's own.
pub fn list_missing(
    conn: &mut Conn,
    matter: &str,
    after: Option<CaseId>,
    limit: i64,
) -> Result<Vec<CaseId>, StoreError> {
    let mut query = cases::table
        .left_join(report_cases::table.on(report_cases::case_id.eq(cases::id)))
        .filter(report_cases::case_id.is_null())
        .filter(cases::matter.eq(matter.to_owned()))
        .order(cases::id)
        .limit(limit)
        .select(cases::id)
        .into_boxed::<MultiBackend>();
    if let Some(after) = after {
        query = query.filter(cases::id.gt(after));
    }
    Ok(query.load(conn)?)
}

/// The first day on which something came to these agencies.
///
/// # Errors
/// Only the database's own.
pub fn first_day(conn: &mut Conn, agencies: &[AgencyId]) -> Result<Option<NaiveDate>, StoreError> {
    Ok(report_cases::table
        .filter(report_cases::agency_id.eq_any(agencies))
        .select(diesel::dsl::min(report_cases::from_on))
        .first(conn)?)
}
