//! What waits now: windows that somebody else has, by their last day, and steps of the office, by the day since which they
//! lie. Read from the current rows of `timings`, for supervision.

use super::conn::{Conn, MultiBackend};
use super::error::StoreError;
use super::schema::{cases, timings};
use super::timings::TimingRow;
use crate::ids::{AgencyId, CaseId};
use chrono::NaiveDate;
use diesel::dsl::{case_when, count_star, sum};
use diesel::expression::BoxableExpression;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Integer};

diesel::allow_columns_to_appear_in_same_group_by_clause!(timings::timed, cases::stage);

/// Which windows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Windows<'a> {
    /// The kinds of what is timed.
    pub timed: &'a [&'a str],
    /// The agencies whose cases may be seen; an empty list matches nothing.
    pub agencies: &'a [AgencyId],
    /// With this last day or an earlier one.
    pub through: NaiveDate,
}

/// Where a page of windows ended: the last day, the case, what is timed and which of its kind.
pub type WindowKey = (NaiveDate, CaseId, String, i32);

/// A page of windows, the earliest last day first, at most `limit`, behind `after`.
///
/// # Errors
/// Only the database's own.
pub fn list_windows(
    conn: &mut Conn,
    windows: &Windows<'_>,
    after: Option<WindowKey>,
    limit: u32,
) -> Result<Vec<TimingRow>, StoreError> {
    let mut query = timings::table
        .filter(timings::to_at.is_null())
        .filter(timings::timed.eq_any(windows.timed.to_vec()))
        .filter(timings::agency_id.eq_any(windows.agencies.to_vec()))
        .filter(timings::on_day.le(windows.through))
        .order((timings::on_day, timings::case_id, timings::timed, timings::part))
        .limit(i64::from(limit))
        .select(TimingRow::as_select())
        .into_boxed::<MultiBackend>();
    // The first condition alone bounds what is read: see case_list.rs.
    if let Some((on, case, timed, part)) = after {
        let of_the_kind = timings::timed.gt(timed.clone()).or(timings::timed.eq(timed).and(timings::part.gt(part)));
        let of_the_day = timings::case_id.gt(case).or(timings::case_id.eq(case).and(of_the_kind));
        query = query.filter(timings::on_day.ge(on).and(timings::on_day.gt(on).or(of_the_day)));
    }
    Ok(query.load(conn)?)
}

/// How many windows of a kind there are, in cases that stand in a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindowCount {
    pub timed: String,
    pub stage: String,
    pub count: i64,
    /// With a last day before the day.
    pub passed: i64,
}

/// How many of these windows there are, kind by kind, and how many of them have passed by `day`.
///
/// # Errors
/// Only the database's own.
pub fn count_windows(conn: &mut Conn, windows: &Windows<'_>, day: NaiveDate) -> Result<Vec<WindowCount>, StoreError> {
    let passed = case_when(timings::on_day.lt(day), 1.into_sql::<Integer>()).otherwise(0.into_sql::<Integer>());
    let found: Vec<(String, String, i64, Option<i64>)> = timings::table
        .inner_join(cases::table.on(cases::id.eq(timings::case_id)))
        .filter(timings::to_at.is_null())
        .filter(timings::timed.eq_any(windows.timed.to_vec()))
        .filter(timings::agency_id.eq_any(windows.agencies.to_vec()))
        .filter(timings::on_day.le(windows.through))
        .group_by((timings::timed, cases::stage))
        .select((timings::timed, cases::stage, count_star(), sum(passed)))
        .load(conn)?;
    let count = |(timed, stage, count, passed): (_, _, _, Option<i64>)| WindowCount {
        timed,
        stage,
        count,
        passed: passed.unwrap_or_default(),
    };
    Ok(found.into_iter().map(count).collect())
}

/// Agencies that share a rule: at these, what has lain since that day or an earlier one lies too long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Since {
    pub agencies: Vec<AgencyId>,
    pub since: NaiveDate,
}

type Condition = Box<dyn BoxableExpression<timings::table, MultiBackend, SqlType = Bool>>;

/// Current steps of these kinds that lie too long at any of these agencies; nothing where there are none.
fn stalled(timed: &[&str], rules: &[Since]) -> Option<Condition> {
    let mut any: Option<Condition> = None;
    for rule in rules {
        let here = timings::agency_id.eq_any(rule.agencies.clone()).and(timings::since_on.le(rule.since));
        any = Some(match any {
            Some(others) => Box::new(others.or(here)),
            None => Box::new(here),
        });
    }
    let timed: Vec<String> = timed.iter().map(|one| (*one).to_owned()).collect();
    let current = timings::to_at.is_null().and(timings::timed.eq_any(timed));
    any.map(|any| -> Condition { Box::new(current.and(any)) })
}

/// A page of steps that lie too long, the longest first, at most `limit`, behind `after`.
///
/// # Errors
/// Only the database's own.
pub fn list_stalled(
    conn: &mut Conn,
    timed: &[&str],
    rules: &[Since],
    after: Option<(NaiveDate, CaseId)>,
    limit: u32,
) -> Result<Vec<TimingRow>, StoreError> {
    let Some(condition) = stalled(timed, rules) else { return Ok(Vec::new()) };
    let mut query = timings::table
        .filter(condition)
        .order((timings::since_on, timings::case_id))
        .limit(i64::from(limit))
        .select(TimingRow::as_select())
        .into_boxed::<MultiBackend>();
    if let Some((since, case)) = after {
        let since_on = timings::since_on;
        query = query.filter(since_on.ge(since).and(since_on.gt(since).or(timings::case_id.gt(case))));
    }
    Ok(query.load(conn)?)
}

/// How many steps lie too long, kind by kind; kinds with none are left out.
///
/// # Errors
/// Only the database's own.
pub fn count_stalled(conn: &mut Conn, timed: &[&str], rules: &[Since]) -> Result<Vec<(String, i64)>, StoreError> {
    let Some(condition) = stalled(timed, rules) else { return Ok(Vec::new()) };
    Ok(timings::table.filter(condition).group_by(timings::timed).select((timings::timed, count_star())).load(conn)?)
}
