//! Figures over the rounds of cases, counted in the database and grouped by one column. Days to a reply come as how many took
//! how long, so that any percentile follows exactly and no case is ever read singly.

use super::conn::Conn;
use super::error::StoreError;
use super::schema::supervision::{case_rounds, case_steps};
use super::schema::{cases, proceedings};
use crate::ids::{AgencyId, CaseId, ProceedingId, StaffId};
use chrono::NaiveDate;
use diesel::dsl::{case_when, count_star, sum};
use diesel::prelude::*;
use diesel::sql_types::Integer;

/// The days and the agencies that are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The agencies whose cases may be seen; an empty list matches nothing.
    pub agencies: Vec<AgencyId>,
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// By which column figures are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The day on which a round began or closed.
    Day,
    Agency,
    Handler,
    Channel,
    ApplicantKind,
}

/// Rounds that began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    pub key: String,
    /// 0 for an application that arrived; the rest were to be answered anew.
    pub round: i32,
    pub count: i64,
}

/// Rounds that closed alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    pub key: String,
    pub outcome: String,
    pub late: Option<bool>,
    pub count: i64,
    pub extended: i64,
    pub corrected: i64,
}

/// Replies that took so many working days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Took {
    pub key: String,
    pub days: i32,
    pub count: i64,
}

/// What one step took in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepTotal {
    pub step: String,
    /// Working days of all rounds together.
    pub days: i64,
    /// Rounds that came to it.
    pub count: i64,
}

/// A proceeding, as far as it is counted.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Review {
    pub id: ProceedingId,
    pub case_id: CaseId,
    pub agency_id: AgencyId,
    pub case_handler: Option<StaffId>,
    pub channel: String,
    pub applicant_kind: String,
    pub kind: String,
    pub began_on: NaiveDate,
    pub decided_on: Option<NaiveDate>,
    pub judgment: Option<String>,
    pub overturned: bool,
    pub struck: Option<String>,
}

/// What a column that is grouped by holds, as text; nothing for nobody.
trait Key {
    fn text(self) -> String;
}

impl Key for String {
    fn text(self) -> String {
        self
    }
}

impl Key for AgencyId {
    fn text(self) -> String {
        self.to_string()
    }
}

impl Key for NaiveDate {
    fn text(self) -> String {
        self.to_string()
    }
}

impl Key for Option<NaiveDate> {
    fn text(self) -> String {
        self.map(Key::text).unwrap_or_default()
    }
}

impl Key for Option<StaffId> {
    fn text(self) -> String {
        self.map(|id| id.to_string()).unwrap_or_default()
    }
}

/// Runs one body with the column that figures are grouped by, and the type that it holds.
macro_rules! grouped {
    ($by:expr, $day:ty = $day_column:expr, |$column:ident| $body:expr) => {
        match $by {
            By::Day => {
                type Held = $day;
                let $column = $day_column;
                $body
            }
            By::Agency => {
                type Held = AgencyId;
                let $column = case_rounds::agency_id;
                $body
            }
            By::Handler => {
                type Held = Option<StaffId>;
                let $column = case_rounds::handler_id;
                $body
            }
            By::Channel => {
                type Held = String;
                let $column = case_rounds::channel;
                $body
            }
            By::ApplicantKind => {
                type Held = String;
                let $column = case_rounds::applicant_kind;
                $body
            }
        }
    };
}

/// Rounds that began within the span.
///
/// # Errors
/// Only the database's own.
pub fn begun(conn: &mut Conn, span: &Span, by: By) -> Result<Vec<Begun>, StoreError> {
    grouped!(by, NaiveDate = case_rounds::began_on, |column| {
        let found: Vec<(Held, i32, i64)> = case_rounds::table
            .filter(case_rounds::agency_id.eq_any(span.agencies.clone()))
            .filter(case_rounds::began_on.between(span.from, span.to))
            .group_by((column, case_rounds::round))
            .select((column, case_rounds::round, count_star()))
            .load(conn)?;
        Ok(found.into_iter().map(|(key, round, count)| Begun { key: key.text(), round, count }).collect())
    })
}

/// Rounds that closed within the span.
///
/// # Errors
/// Only the database's own.
pub fn closed(conn: &mut Conn, span: &Span, by: By) -> Result<Vec<Closed>, StoreError> {
    type Found<K> = (K, Option<String>, Option<bool>, i64, Option<i64>, Option<i64>);
    grouped!(by, Option<NaiveDate> = case_rounds::closed_on, |column| {
        let one_where = || (1.into_sql::<Integer>(), 0.into_sql::<Integer>());
        let ((yes, no), (asked, unasked)) = (one_where(), one_where());
        let found: Vec<Found<Held>> = case_rounds::table
            .filter(case_rounds::agency_id.eq_any(span.agencies.clone()))
            .filter(case_rounds::closed_on.assume_not_null().between(span.from, span.to))
            .group_by((column, case_rounds::outcome, case_rounds::late))
            .select((
                column,
                case_rounds::outcome,
                case_rounds::late,
                count_star(),
                sum(case_when(case_rounds::extended.eq(true), yes).otherwise(no)),
                sum(case_when(case_rounds::corrected.eq(true), asked).otherwise(unasked)),
            ))
            .load(conn)?;
        Ok(found
            .into_iter()
            .map(|(key, outcome, late, count, extended, corrected)| Closed {
                key: key.text(),
                outcome: outcome.unwrap_or_default(),
                late,
                count,
                extended: extended.unwrap_or(0),
                corrected: corrected.unwrap_or(0),
            })
            .collect())
    })
}

/// How long the replies of the span took.
///
/// # Errors
/// Only the database's own.
pub fn took(conn: &mut Conn, span: &Span, by: By) -> Result<Vec<Took>, StoreError> {
    grouped!(by, Option<NaiveDate> = case_rounds::closed_on, |column| {
        let found: Vec<(Held, Option<i32>, i64)> = case_rounds::table
            .filter(case_rounds::agency_id.eq_any(span.agencies.clone()))
            .filter(case_rounds::closed_on.assume_not_null().between(span.from, span.to))
            .filter(case_rounds::days.is_not_null())
            .group_by((column, case_rounds::days))
            .select((column, case_rounds::days, count_star()))
            .load(conn)?;
        let taken = found.into_iter().filter_map(|(key, days, count)| Some((key, days?, count)));
        Ok(taken.map(|(key, days, count)| Took { key: key.text(), days, count }).collect())
    })
}

/// Rounds that were open when the day `on` began. By day, all are one.
///
/// # Errors
/// Only the database's own.
pub fn open_before(
    conn: &mut Conn,
    agencies: &[AgencyId],
    on: NaiveDate,
    by: By,
) -> Result<Vec<(String, i64)>, StoreError> {
    let by = if by == By::Day { By::Agency } else { by };
    let mut counts: Vec<(String, i64)> = Vec::new();
    // Asked twice, for each half has an index of its own: those that are still open, and those that closed later.
    for still_open in [true, false] {
        let found: Vec<(String, i64)> = grouped!(by, NaiveDate = case_rounds::began_on, |column| {
            let begun = case_rounds::table
                .filter(case_rounds::agency_id.eq_any(agencies.to_vec()))
                .filter(case_rounds::began_on.lt(on))
                .group_by(column)
                .select((column, count_star()));
            let rows: Vec<(Held, i64)> = if still_open {
                begun.filter(case_rounds::closed_on.is_null()).load(conn)?
            } else {
                begun.filter(case_rounds::closed_on.assume_not_null().ge(on)).load(conn)?
            };
            rows.into_iter().map(|(key, count)| (key.text(), count)).collect()
        });
        counts.extend(found);
    }
    Ok(counts)
}

/// What the rounds that closed within the span spent at each step.
///
/// # Errors
/// Only the database's own.
pub fn steps(conn: &mut Conn, span: &Span) -> Result<Vec<StepTotal>, StoreError> {
    let found: Vec<(String, Option<i64>, i64)> = case_steps::table
        .filter(case_steps::agency_id.eq_any(span.agencies.clone()))
        .filter(case_steps::closed_on.between(span.from, span.to))
        .group_by(case_steps::step)
        .select((case_steps::step, sum(case_steps::days), count_star()))
        .load(conn)?;
    Ok(found.into_iter().map(|(step, days, count)| StepTotal { step, days: days.unwrap_or(0), count }).collect())
}

/// Proceedings that began or were decided within the span: few among many cases.
///
/// # Errors
/// Only the database's own.
pub fn reviews(conn: &mut Conn, span: &Span) -> Result<Vec<Review>, StoreError> {
    let decided = proceedings::decided_on.assume_not_null();
    Ok(proceedings::table
        .inner_join(cases::table.on(cases::id.eq(proceedings::case_id)))
        .filter(proceedings::agency_id.eq_any(span.agencies.clone()))
        .filter(
            proceedings::began_on
                .between(span.from, span.to)
                .or(proceedings::decided_on.is_not_null().and(decided.between(span.from, span.to))),
        )
        .order(proceedings::id)
        .select((
            proceedings::id,
            proceedings::case_id,
            proceedings::agency_id,
            cases::handler_id,
            cases::channel,
            cases::applicant_kind,
            proceedings::kind,
            proceedings::began_on,
            proceedings::decided_on,
            proceedings::judgment,
            proceedings::overturned,
            proceedings::struck,
        ))
        .load(conn)?)
}
