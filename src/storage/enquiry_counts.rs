//! How many enquiries came and how they ended, counted in the database and grouped: for the indicators. None of it is in the annual
//! report. An enquiry counts at the agency that has it now.

use super::conn::Conn;
use super::error::StoreError;
use super::indicators::Span;
use super::schema::enquiries::enquiries;
use crate::ids::{AgencyId, StaffId};
use chrono::NaiveDate;
use diesel::dsl::count_star;
use diesel::prelude::*;

/// Enquiries that were registered on a day.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Registered {
    pub agency_id: AgencyId,
    pub handler_id: Option<StaffId>,
    pub on: NaiveDate,
    pub count: i64,
}

/// Enquiries that ended alike on a day.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Ended {
    pub agency_id: AgencyId,
    pub handler_id: Option<StaffId>,
    pub on: Option<NaiveDate>,
    pub ending: Option<String>,
    pub late: Option<bool>,
    /// What the writer gave, 1 to 5.
    pub satisfaction: Option<i32>,
    pub count: i64,
}

/// Enquiries that lie open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lying {
    pub open: i64,
    /// Of these, past their day.
    pub overdue: i64,
}

/// Those that were registered within the span.
///
/// # Errors
/// Only the database's own.
pub fn registered(conn: &mut Conn, span: &Span) -> Result<Vec<Registered>, StoreError> {
    let key = (enquiries::agency_id, enquiries::handler_id, enquiries::registered_on);
    Ok(enquiries::table
        .filter(enquiries::agency_id.eq_any(&span.agencies))
        .filter(enquiries::registered_on.between(span.from, span.to))
        .group_by(key)
        .select((enquiries::agency_id, enquiries::handler_id, enquiries::registered_on, count_star()))
        .load(conn)?)
}

/// Those that ended within the span.
///
/// # Errors
/// Only the database's own.
pub fn ended(conn: &mut Conn, span: &Span) -> Result<Vec<Ended>, StoreError> {
    let alike = (
        enquiries::agency_id,
        enquiries::handler_id,
        enquiries::closed_on,
        enquiries::ending,
        enquiries::late,
        enquiries::satisfaction,
    );
    Ok(enquiries::table
        .filter(enquiries::agency_id.eq_any(&span.agencies))
        .filter(enquiries::closed_on.assume_not_null().between(span.from, span.to))
        .group_by(alike)
        .select((
            enquiries::agency_id,
            enquiries::handler_id,
            enquiries::closed_on,
            enquiries::ending,
            enquiries::late,
            enquiries::satisfaction,
            count_star(),
        ))
        .load(conn)?)
}

/// Those that lie open now, and of these the ones whose day was before `today`.
///
/// # Errors
/// Only the database's own.
pub fn lying(conn: &mut Conn, agencies: &[AgencyId], today: NaiveDate) -> Result<Lying, StoreError> {
    let open = || enquiries::table.filter(enquiries::agency_id.eq_any(agencies)).filter(enquiries::closed_on.is_null());
    Ok(Lying {
        open: open().count().get_result(conn)?,
        overdue: open().filter(enquiries::due_on.assume_not_null().lt(today)).count().get_result(conn)?,
    })
}
