//! Closed files by the day of their closing: from these days and the schedule follows what is due, so a schedule that is
//! changed needs nothing written anew.

use super::conn::Conn;
use super::error::StoreError;
use super::schema::retention::disposal_items;
use super::schema::{cases, destroyed_cases};
use crate::ids::{AgencyId, CaseId};
use chrono::NaiveDate;
use diesel::dsl::{count_star, exists, not};
use diesel::prelude::*;

diesel::allow_columns_to_appear_in_same_group_by_clause!(cases::closed_on, cases::outcome);

/// A closed file.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct ClosedRow {
    pub case_id: CaseId,
    /// In the register, or on the receipt.
    pub number: Option<String>,
    pub receipt_no: String,
    pub closed_on: NaiveDate,
    pub outcome: String,
}

/// How many files of an agency were closed on a day with an outcome; what was destroyed is left out.
///
/// # Errors
/// Only the database's own.
pub fn count_closed(conn: &mut Conn, agency: AgencyId) -> Result<Vec<(NaiveDate, String, i64)>, StoreError> {
    let gone = destroyed_cases::table.filter(destroyed_cases::case_id.eq(cases::id));
    Ok(cases::table
        .filter(cases::agency_id.eq(agency))
        .filter(cases::closed_on.is_not_null())
        .filter(cases::outcome.is_not_null())
        .filter(not(exists(gone)))
        .group_by((cases::closed_on, cases::outcome))
        .select((cases::closed_on.assume_not_null(), cases::outcome.assume_not_null(), count_star()))
        .order((cases::closed_on, cases::outcome))
        .load(conn)?)
}

/// The days and outcomes of those of `ids` that are closed and not destroyed.
///
/// # Errors
/// Only the database's own.
pub fn closings(conn: &mut Conn, ids: &[CaseId]) -> Result<Vec<(CaseId, NaiveDate, String)>, StoreError> {
    let gone = destroyed_cases::table.filter(destroyed_cases::case_id.eq(cases::id));
    Ok(cases::table
        .filter(cases::id.eq_any(ids))
        .filter(cases::closed_on.is_not_null())
        .filter(cases::outcome.is_not_null())
        .filter(not(exists(gone)))
        .select((cases::id, cases::closed_on.assume_not_null(), cases::outcome.assume_not_null()))
        .load(conn)?)
}

/// Files of an agency that were closed on `from` or later and up to `through`, the earliest first, behind `after`, at most `limit`;
/// without what was destroyed and, unless `listed_too`, without what stands on a list.
///
/// # Errors
/// Only the database's own.
pub fn list_closed(
    conn: &mut Conn,
    agency: AgencyId,
    (from, through): (NaiveDate, NaiveDate),
    listed_too: bool,
    after: Option<(NaiveDate, CaseId)>,
    limit: i64,
) -> Result<Vec<ClosedRow>, StoreError> {
    let gone = destroyed_cases::table.filter(destroyed_cases::case_id.eq(cases::id));
    let listed =
        disposal_items::table.filter(disposal_items::case_id.eq(cases::id)).filter(disposal_items::struck_at.is_null());
    let mut query = cases::table
        .filter(cases::agency_id.eq(agency))
        .filter(cases::closed_on.ge(from))
        .filter(cases::closed_on.le(through))
        .filter(cases::outcome.is_not_null())
        .filter(not(exists(gone)))
        .order((cases::closed_on, cases::id))
        .limit(limit)
        .select((
            cases::id,
            cases::number,
            cases::receipt_no,
            cases::closed_on.assume_not_null(),
            cases::outcome.assume_not_null(),
        ))
        .into_boxed::<super::conn::MultiBackend>();
    if !listed_too {
        query = query.filter(not(exists(listed)));
    }
    if let Some((on, case)) = after {
        query = query.filter(cases::closed_on.gt(on).or(cases::closed_on.eq(on).and(cases::id.gt(case))));
    }
    Ok(query.load(conn)?)
}
