//! Closed cases whose reply was late: what a breach of the period amounts to, over any number of agencies.
//!
//! Few cases are late, so an index of these alone answers it; the condition must stand in the query word for word as in
//! the index, for a bound `true` tells neither database that the index holds what is asked for.

use super::cases::CaseRow;
use super::conn::{Conn, MultiBackend};
use super::error::StoreError;
use super::schema::cases;
use crate::ids::{AgencyId, CaseId};
use chrono::NaiveDate;
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
