//! The files of the agencies one sees, by what is due next: filtered, in pages that begin where the last one ended.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::as_of;
use super::views::{ProceedingDue, ProceedingSummary};
use crate::clock::day_in_china;
use crate::ids::{CaseId, ProceedingId, StaffId};
use crate::law::count::ClockName;
use crate::law::judgment::Judgment;
use crate::law::overturn::OverturnReason;
use crate::office::failure::{Failure, Problem};
use crate::office::permission::{Deed, Officer};
use crate::office::queue::{handlers_asked, visible};
use crate::office::supervision::{day_asked_for, names_on};
use crate::office::views::{StaffName, Term, term};
use crate::office::{Office, Shared, bands};
use crate::proceeding::Stage;
use crate::proceeding::due::days_left;
use crate::proceeding::terms::{Challenged, CloseReason, Level, ProceedingKind};
use crate::storage::proceedings::{self, ProceedingFilter, ProceedingRow};
use crate::storage::{Conn, cases, staff};

/// Files a page has.
const PAGE: usize = 50;

/// What to list.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ProceedingQuery {
    /// An agency by its short name, with all below it; all one may see if missing.
    pub agency: Option<String>,
    /// Kinds, separated by commas.
    pub kind: Option<String>,
    /// Stages, separated by commas.
    pub stage: Option<String>,
    /// Who sees to it: an id, or `me`.
    pub handler: Option<String>,
    /// Only open ones, or only closed ones.
    pub open: Option<bool>,
    /// Only those in which this agency is late.
    pub overdue: Option<bool>,
    /// Only those that found the agency's act wrong.
    pub overturned: Option<bool>,
    /// As they lay at the end of that day: those that were open on it, or were closed on it. Today's if missing.
    pub as_of: Option<NaiveDate>,
    /// Where the last page ended: its `next`.
    pub cursor: Option<String>,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProceedingPage {
    /// The files.
    pub items: Vec<ProceedingSummary>,
    /// Where the next page begins; none on the last.
    pub next: Option<String>,
}

impl Office {
    /// A page of files.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with every parameter that is wrong; [`Failure::Missing`] for an agency one may not see; the database's
    /// failures.
    pub async fn proceedings(&self, officer: &Officer, query: ProceedingQuery) -> Result<ProceedingPage, Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        self.db()
            .read(move |conn| {
                let now = shared.clock.now();
                let mut filter = read(&officer, &query, now)?;
                filter.agencies = visible(conn, &officer, Deed::Read, query.agency.as_deref())?;
                let (at, mut rows) = match query.as_of {
                    Some(on) => (as_of::instant(&shared, on), as_of::list(conn, &shared, &filter, on, PAGE + 1)?),
                    None => (now, proceedings::list(conn, &filter, i64::try_from(PAGE + 1).unwrap_or(i64::MAX))?),
                };
                let more = rows.len() > PAGE;
                rows.truncate(PAGE);
                let next = rows.last().filter(|_| more).map(cursor_of);
                Ok(ProceedingPage { items: summaries_at(conn, &shared, rows, at)?, next })
            })
            .await
    }
}

fn read(officer: &Officer, query: &ProceedingQuery, now: DateTime<Utc>) -> Result<ProceedingFilter, Failure> {
    let mut problems = Vec::new();
    let day = day_asked_for(query.as_of, now).unwrap_or_else(|problem| {
        problems.push(problem);
        day_in_china(now)
    });
    let mut wrong = |name: &str, zh: &str, en: &str| problems.push(Problem::at(format!("?{name}"), zh, en));
    let codes = |list: Option<&str>| -> Vec<String> {
        list.map_or_else(Vec::new, |list| list.split(',').map(str::to_owned).collect())
    };
    let kinds = codes(query.kind.as_deref());
    if kinds.iter().any(|kind| kind.parse::<ProceedingKind>().is_err()) {
        wrong("kind", "没有这一类案卷。", "There is no such kind.");
    }
    let stages = codes(query.stage.as_deref());
    if stages.iter().any(|stage| stage.parse::<Stage>().is_err()) {
        wrong("stage", "没有这个阶段。", "There is no such stage.");
    }
    let handlers = handlers_asked(officer, query.handler.as_deref(), &mut wrong);
    let after = query.cursor.as_deref().map(cursor).and_then(|read| {
        if read.is_none() {
            wrong("cursor", "翻页标记无效，请从第一页开始。", "This is no cursor; begin with the first page.");
        }
        read
    });
    if !problems.is_empty() {
        return Err(Failure::Invalid(problems));
    }
    Ok(ProceedingFilter {
        agencies: Vec::new(),
        kinds,
        stages,
        handlers,
        open: query.open,
        overdue_before: query.overdue.filter(|overdue| *overdue).map(|_| day),
        overturned: query.overturned,
        after,
    })
}

/// `2026-03-04.<id>`, or `none.<id>`.
fn cursor_of(row: &ProceedingRow) -> String {
    row.due_on.map_or_else(|| format!("none.{}", row.id), |on| format!("{on}.{}", row.id))
}

fn cursor(text: &str) -> Option<(Option<NaiveDate>, ProceedingId)> {
    let (day, id) = text.split_once('.')?;
    let day = if day == "none" { None } else { Some(day.parse().ok()?) };
    Some((day, id.parse().ok()?))
}

/// Rows with what is shown beside them: three queries, whatever their number.
///
/// # Errors
/// [`Failure::Broken`] for a word that is none; the database's failures.
pub(super) fn summaries(
    conn: &mut Conn,
    shared: &Shared,
    rows: Vec<ProceedingRow>,
) -> Result<Vec<ProceedingSummary>, Failure> {
    summaries_at(conn, shared, rows, shared.clock.now())
}

/// The same with the days that were left at an earlier instant.
fn summaries_at(
    conn: &mut Conn,
    shared: &Shared,
    rows: Vec<ProceedingRow>,
    now: DateTime<Utc>,
) -> Result<Vec<ProceedingSummary>, Failure> {
    let ids: Vec<CaseId> = rows.iter().map(|row| row.case_id).collect();
    let numbers: HashMap<CaseId, String> =
        cases::list_of(conn, &ids)?.into_iter().map(|row| (row.id, row.number.unwrap_or(row.receipt_no))).collect();
    let people: Vec<StaffId> = rows.iter().filter_map(|row| row.handler_id).collect();
    let names: HashMap<StaffId, String> = staff::names_of(conn, &people)?.into_iter().collect();
    let calendar = shared.calendars_in(conn)?.known_at(now);
    let today = day_in_china(now);
    let offices = names_on(conn, today)?;
    rows.into_iter()
        .map(|row| {
            let due = row.due_on.zip(clock(&row)?).map(|(on, clock)| {
                let (left, overdue) = (days_left(today, on, &calendar), row.due_ours && today > on);
                let band = term!(bands::of(shared.bands, left, overdue));
                let provisional = row.due_provisional;
                ProceedingDue { clock, on, provisional, days_left: left, band, ours: row.due_ours, overdue }
            });
            Ok(ProceedingSummary {
                id: row.id,
                version: row.version,
                kind: term!(code::<ProceedingKind>(&row.kind)?),
                level: term!(code::<Level>(&row.level)?),
                challenged: term!(code::<Challenged>(&row.challenged)?),
                letter_number: row.letter_number,
                stage: term!(code::<Stage>(&row.stage)?),
                agency: offices.get(&row.agency_id).cloned().ok_or(Failure::Missing)?,
                case: row.case_id,
                case_number: numbers.get(&row.case_id).cloned().unwrap_or_default(),
                handler: row.handler_id.map(|id| StaffName { id, name: names.get(&id).cloned().unwrap_or_default() }),
                began_on: row.began_on,
                due,
                judgment: row.judgment.as_deref().map(code::<Judgment>).transpose()?.map(|one| term!(one)),
                decided_on: row.decided_on,
                reasons: reasons(&row.reasons)?,
                struck: row.struck.as_deref().map(code::<CloseReason>).transpose()?.map(|one| term!(one)),
                closed_on: row.closed_on,
                number: row.number,
            })
        })
        .collect()
}

fn clock(row: &ProceedingRow) -> Result<Option<Term>, Failure> {
    Ok(row.due_clock.as_deref().map(code::<ClockName>).transpose()?.map(|clock| term!(clock)))
}

/// The reasons of a row, as terms.
///
/// # Errors
/// [`Failure::Broken`] for a word that is none.
pub(in crate::office) fn reasons(codes: &str) -> Result<Vec<Term>, Failure> {
    let codes = codes.split(',').filter(|word| !word.is_empty());
    codes.map(|word| code::<OverturnReason>(word).map(|reason| term!(reason))).collect()
}

fn code<T: std::str::FromStr>(word: &str) -> Result<T, Failure>
where
    T::Err: std::error::Error + Send + Sync + 'static,
{
    word.parse().map_err(Failure::broken)
}
