//! What table 四 counts of each proceeding: the stretches of time during which it was pending, and the cell in which each ended.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::conn::Conn;
use super::error::StoreError;
use super::schema::{proceedings, report_proceedings};
use crate::ids::{AgencyId, CaseId, ProceedingId};

/// A stretch of a proceeding.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = report_proceedings, treat_none_as_default_value = false)]
pub struct ReportProceedingRow {
    pub proceeding_id: ProceedingId,
    /// Its place: a retrial makes a proceeding pending once more.
    pub part: i32,
    pub case_id: CaseId,
    pub agency_id: AgencyId,
    /// The row of table 四.
    pub line: String,
    pub from_on: NaiveDate,
    /// None while it is pending.
    pub until_on: Option<NaiveDate>,
    /// The cell; none for a file that was closed without an outcome.
    pub cell: Option<String>,
}

/// Puts the stretches of a proceeding in the place of those there are.
///
/// # Errors
/// Only the database's own.
pub fn put(conn: &mut Conn, proceeding: ProceedingId, rows: &[ReportProceedingRow]) -> Result<(), StoreError> {
    if list(conn, proceeding)? == rows {
        return Ok(());
    }
    let known = report_proceedings::table.filter(report_proceedings::proceeding_id.eq(proceeding));
    diesel::delete(known).execute(conn)?;
    for row in rows {
        diesel::insert_into(report_proceedings::table).values(row.clone()).execute(conn)?;
    }
    Ok(())
}

/// The stretches of a proceeding, in their order.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn, proceeding: ProceedingId) -> Result<Vec<ReportProceedingRow>, StoreError> {
    Ok(report_proceedings::table
        .filter(report_proceedings::proceeding_id.eq(proceeding))
        .order(report_proceedings::part)
        .select(ReportProceedingRow::as_select())
        .load(conn)?)
}

/// The stretches at these agencies that lie on these days in part or whole, proceeding by proceeding.
///
/// # Errors
/// Only the database's own.
pub fn list_within(
    conn: &mut Conn,
    agencies: &[AgencyId],
    (first, last): (NaiveDate, NaiveDate),
) -> Result<Vec<ReportProceedingRow>, StoreError> {
    Ok(report_proceedings::table
        .filter(report_proceedings::agency_id.eq_any(agencies))
        .filter(report_proceedings::from_on.le(last))
        .filter(report_proceedings::until_on.is_null().or(report_proceedings::until_on.assume_not_null().ge(first)))
        .order((report_proceedings::proceeding_id, report_proceedings::part))
        .select(ReportProceedingRow::as_select())
        .load(conn)?)
}

/// Reconsiderations and suits that have no row yet and are not those opened by mistake, at most `limit`.
///
/// # Errors
/// Only the database's own.
pub fn list_missing(
    conn: &mut Conn,
    kinds: &[&str],
    after: Option<ProceedingId>,
    limit: i64,
) -> Result<Vec<ProceedingId>, StoreError> {
    let mut query = proceedings::table
        .left_join(report_proceedings::table.on(report_proceedings::proceeding_id.eq(proceedings::id)))
        .filter(report_proceedings::proceeding_id.is_null())
        .filter(proceedings::kind.eq_any(kinds.iter().map(|kind| (*kind).to_owned())))
        .order(proceedings::id)
        .limit(limit)
        .select(proceedings::id)
        .into_boxed::<super::conn::MultiBackend>();
    if let Some(after) = after {
        query = query.filter(proceedings::id.gt(after));
    }
    Ok(query.load(conn)?)
}
