//! Closed cases whose reply was late: what a breach of the period amounts to, over any number of agencies; and how many
//! replies were not.
//!
//! Few cases are late, so an index of these alone answers it; the condition must stand in the query word for word as in
//! the index, for a bound `true` tells neither database that the index holds what is asked for.

use super::cases::CaseRow;
use super::conn::{Conn, MultiBackend};
use super::error::StoreError;
use super::schema::cases;
use crate::ids::{AgencyId, CaseId};
use chrono::NaiveDate;
use diesel::dsl::count_star;
use diesel::prelude::*;

/// Which late replies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LateFilter {
    /// The agencies whose cases may be seen; an empty list matches nothing.
    pub agencies: Vec<AgencyId>,
    /// Closed on this day or later.
    pub from: Option<NaiveDate>,
    /// Closed on this day or earlier.
    pub to: Option<NaiveDate>,
}

/// The latest closed first, at most `limit`, behind `after`.
///
/// # Errors
/// Only the database's own.
pub fn list(
    conn: &mut Conn,
    filter: &LateFilter,
    after: Option<(NaiveDate, CaseId)>,
    limit: u32,
) -> Result<Vec<CaseRow>, StoreError> {
    let closed_on = cases::closed_on.assume_not_null();
    let mut query = cases::table
        .filter(cases::late.assume_not_null())
        .filter(cases::agency_id.eq_any(filter.agencies.clone()))
        .order((closed_on.desc(), cases::id.desc()))
        .limit(i64::from(limit))
        .select(CaseRow::as_select())
        .into_boxed::<MultiBackend>();
    if let Some(from) = filter.from {
        query = query.filter(closed_on.ge(from));
    }
    if let Some(to) = filter.to {
        query = query.filter(closed_on.le(to));
    }
    // Never `closed < c OR (closed = c AND id < i)`: see case_list.rs.
    if let Some((on, id)) = after {
        query = query.filter(closed_on.le(on).and(closed_on.lt(on).or(cases::id.lt(id))));
    }
    Ok(query.load(conn)?)
}

/// How many replies were in time and how many late, on each day on which any was served; `true` for late.
///
/// # Errors
/// Only the database's own.
pub fn count_by_day(conn: &mut Conn, filter: &LateFilter) -> Result<Vec<(NaiveDate, bool, i64)>, StoreError> {
    let mut query = cases::table
        .filter(cases::late.is_not_null())
        .filter(cases::closed_on.is_not_null())
        .filter(cases::agency_id.eq_any(filter.agencies.clone()))
        .group_by((cases::closed_on, cases::late))
        .select((cases::closed_on, cases::late, count_star()))
        .into_boxed::<MultiBackend>();
    if let Some(from) = filter.from {
        query = query.filter(cases::closed_on.assume_not_null().ge(from));
    }
    if let Some(to) = filter.to {
        query = query.filter(cases::closed_on.assume_not_null().le(to));
    }
    let found: Vec<(Option<NaiveDate>, Option<bool>, i64)> = query.load(conn)?;
    Ok(found.into_iter().filter_map(|(on, late, count)| Some((on?, late?, count))).collect())
}
