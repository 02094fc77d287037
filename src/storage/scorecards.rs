//! What score cards count, agency by agency, and the cases behind each count. Every count and its list have the same condition, so
//! that a point always opens what it stands for.

use super::conn::{Conn, MultiBackend};
use super::error::StoreError;
use super::schema::supervision::case_rounds;
use super::schema::{cases, milestones, proceedings};
use crate::ids::{AgencyId, CaseId, ProceedingId};
use chrono::NaiveDate;
use diesel::dsl::{count, count_star, min};
use diesel::prelude::*;
use diesel::sql_types::Bool;

/// The first days and the last of a period.
pub type Period = (NaiveDate, NaiveDate);

/// Counts by agency; who has none is not among them.
pub type Counts = Vec<(AgencyId, i64)>;

/// Codes of the milestones that tell of a step that lay too long begin with this.
const STALLED: &str = "stalled%";

/// Replies served within the period, late or not.
///
/// # Errors
/// Only the database's own.
pub fn count_replies(conn: &mut Conn, agencies: &[AgencyId], (from, to): Period) -> Result<Counts, StoreError> {
    Ok(case_rounds::table
        .filter(case_rounds::agency_id.eq_any(agencies))
        .filter(case_rounds::closed_on.assume_not_null().between(from, to))
        .filter(case_rounds::late.is_not_null())
        .group_by(case_rounds::agency_id)
        .select((case_rounds::agency_id, count_star()))
        .load(conn)?)
}

/// Those that were late.
///
/// # Errors
/// Only the database's own.
pub fn count_late(conn: &mut Conn, agencies: &[AgencyId], (from, to): Period) -> Result<Counts, StoreError> {
    Ok(case_rounds::table
        // Word for word as in the index.
        .filter(case_rounds::late.assume_not_null())
        .filter(case_rounds::agency_id.eq_any(agencies))
        .filter(case_rounds::closed_on.assume_not_null().between(from, to))
        .group_by(case_rounds::agency_id)
        .select((case_rounds::agency_id, count_star()))
        .load(conn)?)
}

/// The cases of these at one agency, by the day they were served, behind `after`.
///
/// # Errors
/// Only the database's own.
pub fn list_late(
    conn: &mut Conn,
    agency: AgencyId,
    period: Period,
    after: Option<(NaiveDate, CaseId)>,
    limit: u32,
) -> Result<Vec<(NaiveDate, CaseId)>, StoreError> {
    // Word for word as in the index.
    list_served(conn, Box::new(case_rounds::late.assume_not_null()), agency, period, after, limit)
}

/// The cases of [`count_replies`] at one agency, by the day they were served, behind `after`.
///
/// # Errors
/// Only the database's own.
pub fn list_replies(
    conn: &mut Conn,
    agency: AgencyId,
    period: Period,
    after: Option<(NaiveDate, CaseId)>,
    limit: u32,
) -> Result<Vec<(NaiveDate, CaseId)>, StoreError> {
    list_served(conn, Box::new(case_rounds::late.is_not_null()), agency, period, after, limit)
}

fn list_served(
    conn: &mut Conn,
    which: Box<dyn BoxableExpression<case_rounds::table, MultiBackend, SqlType = Bool>>,
    agency: AgencyId,
    (from, to): Period,
    after: Option<(NaiveDate, CaseId)>,
    limit: u32,
) -> Result<Vec<(NaiveDate, CaseId)>, StoreError> {
    let served = case_rounds::closed_on.assume_not_null();
    let mut query = case_rounds::table
        .filter(which)
        .filter(case_rounds::agency_id.eq(agency))
        .filter(served.between(from, to))
        .order((served, case_rounds::case_id))
        .limit(i64::from(limit))
        .select((served, case_rounds::case_id))
        .into_boxed::<MultiBackend>();
    if let Some((on, case)) = after {
        query = query.filter(served.ge(on).and(served.gt(on).or(case_rounds::case_id.gt(case))));
    }
    Ok(query.load(conn)?)
}

/// Binding decisions of this kind that found the act wrong, by the day of the decision.
///
/// # Errors
/// Only the database's own.
pub fn count_overturned(
    conn: &mut Conn,
    agencies: &[AgencyId],
    kind: &str,
    (from, to): Period,
) -> Result<Counts, StoreError> {
    Ok(proceedings::table
        .filter(proceedings::agency_id.eq_any(agencies))
        .filter(proceedings::kind.eq(kind))
        .filter(proceedings::overturned.eq(true))
        .filter(proceedings::decided_on.assume_not_null().between(from, to))
        .group_by(proceedings::agency_id)
        .select((proceedings::agency_id, count_star()))
        .load(conn)?)
}

/// The files of these at one agency: day of the decision, file, number of the file, case.
///
/// # Errors
/// Only the database's own.
pub fn list_overturned(
    conn: &mut Conn,
    agency: AgencyId,
    kind: &str,
    (from, to): Period,
    after: Option<(NaiveDate, ProceedingId)>,
    limit: u32,
) -> Result<Vec<(NaiveDate, ProceedingId, String, CaseId)>, StoreError> {
    let decided = proceedings::decided_on.assume_not_null();
    let mut query = proceedings::table
        .filter(proceedings::agency_id.eq(agency))
        .filter(proceedings::kind.eq(kind))
        .filter(proceedings::overturned.eq(true))
        .filter(decided.between(from, to))
        .order((decided, proceedings::id))
        .limit(i64::from(limit))
        .select((decided, proceedings::id, proceedings::number, proceedings::case_id))
        .into_boxed::<MultiBackend>();
    if let Some((on, id)) = after {
        query = query.filter(decided.ge(on).and(decided.gt(on).or(proceedings::id.gt(id))));
    }
    Ok(query.load(conn)?)
}

/// Cases at which a step lay so long that somebody was told within the period.
///
/// # Errors
/// Only the database's own.
pub fn count_stalled(conn: &mut Conn, agencies: &[AgencyId], (from, to): Period) -> Result<Counts, StoreError> {
    Ok(milestones::table
        .inner_join(cases::table.on(cases::id.eq(milestones::case_id)))
        .filter(cases::agency_id.eq_any(agencies))
        .filter(milestones::fell_on.between(from, to))
        .filter(milestones::milestone.like(STALLED))
        .group_by(cases::agency_id)
        .select((cases::agency_id, count(milestones::case_id).aggregate_distinct()))
        .load(conn)?)
}

/// The cases of these at one agency, by id, each with the first day on which somebody was told.
///
/// # Errors
/// Only the database's own.
pub fn list_stalled(
    conn: &mut Conn,
    agency: AgencyId,
    (from, to): Period,
    after: Option<CaseId>,
    limit: u32,
) -> Result<Vec<(CaseId, Option<NaiveDate>)>, StoreError> {
    let told = milestones::table
        .inner_join(cases::table.on(cases::id.eq(milestones::case_id)))
        .filter(cases::agency_id.eq(agency))
        .filter(milestones::fell_on.between(from, to))
        .filter(milestones::milestone.like(STALLED));
    let grouped = told.group_by(milestones::case_id).order(milestones::case_id).limit(i64::from(limit));
    let chosen = grouped.select((milestones::case_id, min(milestones::fell_on)));
    Ok(match after {
        Some(after) => chosen.filter(milestones::case_id.gt(after)).load(conn)?,
        None => chosen.load(conn)?,
    })
}
