//! What was due when: the spans from which "overdue as of any date" is answered exactly.
//!
//! A span says: from one instant to another, this case had this due date, at this agency, in these
//! hands. A new fact closes the current span and begins the next; nothing is ever changed after that.
//! What is asked as of an instant is asked twice, of the spans that are still current and of those that
//! ended later, because each has an index of its own; a case stands in at most one of the two.

use super::conn::{Conn, MultiBackend};
use super::error::StoreError;
use super::prepared::Prepared;
use super::schema::due_spans;
use super::types::{Instant, MaybeInstant};
use crate::ids::{AgencyId, CaseId, StaffId};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::dsl::{case_when, count_star, sum};
use diesel::expression::BoxableExpression;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Integer};
use std::collections::BTreeMap;

/// One case's due date over one stretch of time.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = due_spans, treat_none_as_default_value = false)]
pub struct DueSpanRow {
    pub case_id: CaseId,
    /// 1, 2, 3 … within the case.
    pub seq: i32,
    pub agency_id: AgencyId,
    pub handler_id: Option<StaffId>,
    pub stage: String,
    /// Which clock, or which wait, the date belongs to.
    pub clock: String,
    pub due_on: NaiveDate,
    pub provisional: bool,
    /// From this instant, the instant included.
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub from_at: DateTime<Utc>,
    /// To this instant, the instant excluded; None while it lasts.
    #[diesel(serialize_as = MaybeInstant, deserialize_as = MaybeInstant)]
    pub to_at: Option<DateTime<Utc>>,
}

/// What stood at an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsOf {
    pub at: DateTime<Utc>,
    /// The agencies whose cases may be seen; an empty list matches nothing.
    pub agencies: Vec<AgencyId>,
    pub handler: Option<StaffId>,
    /// Only what stood at this stage.
    pub stage: Option<String>,
    /// Due on this day or later.
    pub due_from: Option<NaiveDate>,
    /// Due before this day: with the day of `at`, what was overdue then.
    pub due_before: Option<NaiveDate>,
}

/// Begins a case's next span.
///
/// # Errors
/// [`StoreError::Conflict`] when the case still has a current span, or one with this number.
pub fn insert(conn: &mut Conn, row: &DueSpanRow) -> Result<(), StoreError> {
    diesel::insert_into(due_spans::table).values(row.clone()).execute(conn)?;
    Ok(())
}

/// Ends a case's current span at `at`. False when it has none: the case was closed, or is new.
///
/// # Errors
/// [`StoreError::Broken`] when `at` lies before the span's beginning.
pub fn close_current(conn: &mut Conn, case: CaseId, at: DateTime<Utc>) -> Result<bool, StoreError> {
    let current = due_spans::table.filter(due_spans::case_id.eq(case)).filter(due_spans::to_at.is_null());
    let closed = diesel::update(current).set(due_spans::to_at.eq(Instant::from(at)));
    Ok(Prepared(closed).execute(conn)? > 0)
}

/// All spans of a case, in order.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn, case: CaseId) -> Result<Vec<DueSpanRow>, StoreError> {
    Ok(due_spans::table
        .filter(due_spans::case_id.eq(case))
        .order(due_spans::seq)
        .select(DueSpanRow::as_select())
        .load(conn)?)
}

/// What was due as of an instant, the earliest due first, at most `limit`, behind `after`.
///
/// # Errors
/// Only the database's own.
pub fn list_as_of(
    conn: &mut Conn,
    as_of: &AsOf,
    after: Option<(NaiveDate, CaseId)>,
    limit: u32,
) -> Result<Vec<DueSpanRow>, StoreError> {
    let mut rows: Vec<DueSpanRow> = Vec::new();
    for part in Part::BOTH {
        let query = due_spans::table
            .filter(condition(as_of, part))
            .order((due_spans::due_on, due_spans::case_id))
            .limit(i64::from(limit))
            .select(DueSpanRow::as_select())
            .into_boxed::<MultiBackend>();
        // Never `due > d OR (due = d AND id > i)`: see case_list.rs.
        let query = match after {
            Some((due, case)) => {
                query.filter(due_spans::due_on.ge(due).and(due_spans::due_on.gt(due).or(due_spans::case_id.gt(case))))
            }
            None => query,
        };
        rows.extend(query.load::<DueSpanRow>(conn)?);
    }
    rows.sort_by_key(|row| (row.due_on, row.case_id));
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(rows)
}

/// How many cases that was, agency by agency; agencies with none are left out.
///
/// # Errors
/// Only the database's own.
pub fn count_by_agency(conn: &mut Conn, as_of: &AsOf) -> Result<BTreeMap<AgencyId, i64>, StoreError> {
    let mut counts = BTreeMap::new();
    for part in Part::BOTH {
        let found: Vec<(AgencyId, i64)> = due_spans::table
            .filter(condition(as_of, part))
            .group_by(due_spans::agency_id)
            .select((due_spans::agency_id, count_star()))
            .load(conn)?;
        for (agency, count) in found {
            *counts.entry(agency).or_insert(0) += count;
        }
    }
    Ok(counts)
}

/// How much lay at one desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Load {
    pub open: i64,
    /// Due from the day on and before the day that no longer counts as soon.
    pub soon: i64,
    /// Due before the day.
    pub overdue: i64,
    /// In a stage that waits for somebody outside.
    pub waiting: i64,
}

/// What lay with each handler of each agency as of an instant; None: with nobody yet. `day` is the day of `as_of.at`, `end`
/// the first day that is not soon any more, `waiting` the stages that wait for others.
///
/// # Errors
/// Only the database's own.
pub fn count_by_handler(
    conn: &mut Conn,
    as_of: &AsOf,
    day: NaiveDate,
    end: NaiveDate,
    waiting: &[&str],
) -> Result<BTreeMap<(AgencyId, Option<StaffId>), Load>, StoreError> {
    type Counted = (AgencyId, Option<StaffId>, i64, Option<i64>, Option<i64>, Option<i64>);
    let mut loads: BTreeMap<_, Load> = BTreeMap::new();
    for part in Part::BOTH {
        let (one, none) = (|| 1.into_sql::<Integer>(), || 0.into_sql::<Integer>());
        let soon = due_spans::due_on.ge(day).and(due_spans::due_on.lt(end));
        let found: Vec<Counted> = due_spans::table
            .filter(condition(as_of, part))
            .group_by((due_spans::agency_id, due_spans::handler_id))
            .select((
                due_spans::agency_id,
                due_spans::handler_id,
                count_star(),
                sum(case_when(soon, one()).otherwise(none())),
                sum(case_when(due_spans::due_on.lt(day), one()).otherwise(none())),
                sum(case_when(due_spans::stage.eq_any(waiting), one()).otherwise(none())),
            ))
            .load(conn)?;
        for (agency, handler, open, soon, overdue, waits) in found {
            let load = loads.entry((agency, handler)).or_default();
            load.open += open;
            load.soon += soon.unwrap_or(0);
            load.overdue += overdue.unwrap_or(0);
            load.waiting += waits.unwrap_or(0);
        }
    }
    Ok(loads)
}

/// The two halves of what stood at an instant.
#[derive(Debug, Clone, Copy)]
enum Part {
    StillCurrent,
    EndedLater,
}

impl Part {
    const BOTH: [Self; 2] = [Self::StillCurrent, Self::EndedLater];
}

type Condition = Box<dyn BoxableExpression<due_spans::table, MultiBackend, SqlType = Bool>>;

fn condition(as_of: &AsOf, part: Part) -> Condition {
    let at = Instant::from(as_of.at);
    let visible = due_spans::agency_id.eq_any(as_of.agencies.clone());
    let stood = visible.and(due_spans::from_at.le(at));
    let mut all: Condition = match part {
        Part::StillCurrent => Box::new(stood.and(due_spans::to_at.is_null())),
        Part::EndedLater => {
            let ended = due_spans::to_at.is_not_null();
            Box::new(stood.and(ended).and(due_spans::to_at.assume_not_null().gt(at)))
        }
    };
    if let Some(handler) = as_of.handler {
        all = Box::new(all.and(due_spans::handler_id.assume_not_null().eq(handler)));
    }
    if let Some(stage) = as_of.stage.clone() {
        all = Box::new(all.and(due_spans::stage.eq(stage)));
    }
    if let Some(from) = as_of.due_from {
        all = Box::new(all.and(due_spans::due_on.ge(from)));
    }
    if let Some(before) = as_of.due_before {
        all = Box::new(all.and(due_spans::due_on.lt(before)));
    }
    all
}
