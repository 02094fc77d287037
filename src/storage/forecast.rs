//! What a forecast is reckoned from: the open cases in the order of their due days, and how many were closed in a span.

use super::conn::Conn;
use super::error::StoreError;
use super::schema::cases;
use super::schema::supervision::case_rounds;
use crate::ids::{AgencyId, CaseId, StaffId};
use chrono::NaiveDate;
use diesel::dsl::count_star;
use diesel::prelude::*;

/// An open case, as narrow as it is needed.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct OpenCase {
    pub id: CaseId,
    pub agency_id: AgencyId,
    pub handler_id: Option<StaffId>,
    pub stage: String,
    pub due_on: NaiveDate,
}

/// Open cases of these agencies that are due before a day, the earliest due first.
///
/// # Errors
/// Only the database's own.
pub fn list_open(conn: &mut Conn, agencies: &[AgencyId], before: NaiveDate) -> Result<Vec<OpenCase>, StoreError> {
    Ok(cases::table
        .filter(cases::agency_id.eq_any(agencies))
        .filter(cases::closed_on.is_null())
        .filter(cases::due_on.assume_not_null().lt(before))
        .order((cases::due_on.assume_not_null(), cases::id))
        .select((cases::id, cases::agency_id, cases::handler_id, cases::stage, cases::due_on.assume_not_null()))
        .load(conn)?)
}

/// How many cases each handler of each agency closed within the span; None: nobody's.
///
/// # Errors
/// Only the database's own.
pub fn count_closed(
    conn: &mut Conn,
    agencies: &[AgencyId],
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<(AgencyId, Option<StaffId>, i64)>, StoreError> {
    Ok(case_rounds::table
        .filter(case_rounds::agency_id.eq_any(agencies))
        .filter(case_rounds::closed_on.assume_not_null().between(from, to))
        .group_by((case_rounds::agency_id, case_rounds::handler_id))
        .select((case_rounds::agency_id, case_rounds::handler_id, count_star()))
        .load(conn)?)
}
