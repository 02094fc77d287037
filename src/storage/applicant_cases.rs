//! When the cases of one applicant were received: what "how often this month" is counted from.
//!
//! Asked in two steps, the persons first and then their cases: in one, either database may walk through all cases of the
//! agency instead.

use super::conn::{Conn, MultiBackend};
use super::error::StoreError;
use super::people::{self, PersonIndex};
use super::schema::cases;
use super::types::Instant;
use crate::ids::{AgencyId, CaseId};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

/// More cases of one applicant at one agency are not counted: the newest are. Below SQLite's 32 766 values a statement.
const COUNTED_MAX: i64 = 20_000;

/// A case with a settled date of receipt, and its place among those of one day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Received {
    pub on: NaiveDate,
    pub created_at: DateTime<Utc>,
    pub receipt_no: String,
    pub id: CaseId,
}

/// The cases at `agency` whose applicant has this index, the newest first.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn, index: &PersonIndex, agency: AgencyId) -> Result<Vec<CaseId>, StoreError> {
    people::list_cases_by_index(conn, index, "applicant", &[agency], COUNTED_MAX)
}

/// Those of `ids` that were received from one day to another, both included, in the order of receipt. Cases without a
/// settled date of receipt are not among them, nor are corrections of records (art. 41).
///
/// # Errors
/// Only the database's own.
pub fn list_received(
    conn: &mut Conn,
    ids: &[CaseId],
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
) -> Result<Vec<Received>, StoreError> {
    let received_on = cases::received_on.assume_not_null();
    let mut query = cases::table
        .filter(cases::id.eq_any(ids))
        .filter(cases::received_on.is_not_null())
        .filter(cases::matter.eq("disclosure"))
        .order((received_on, cases::created_at, cases::receipt_no, cases::id))
        .select((received_on, cases::created_at, cases::receipt_no, cases::id))
        .into_boxed::<MultiBackend>();
    if let Some(from) = from {
        query = query.filter(received_on.ge(from));
    }
    if let Some(to) = to {
        query = query.filter(received_on.le(to));
    }
    let rows: Vec<(NaiveDate, Instant, String, CaseId)> = query.load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(on, at, receipt_no, id)| Received { on, created_at: at.into(), receipt_no, id })
        .collect())
}
