//! Windows that somebody else has and that are about to close: the applicant's correction, reasons or payment, the opinion
//! of those consulted; and those that have closed without the finding that is called for. Over an agency and all below it.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::paging::Page;
use super::{SOON, SOON_MAX, agency_name, names};
use crate::case::timing::Timed;
use crate::case::{Stage, due};
use crate::clock::day_in_china;
use crate::ids::{CaseId, StaffId};
use crate::office::failure::{Failure, Problem};
use crate::office::permission::{Deed, Officer};
use crate::office::queue::visible;
use crate::office::views::{AgencyName, StaffName, Term, term};
use crate::office::{Office, Shared};
use crate::storage::cases::CaseRow;
use crate::storage::timings::TimingRow;
use crate::storage::waiting::{self, WindowKey, Windows};
use crate::storage::{Conn, cases, staff};

/// The windows, in the order in which they are told.
const WINDOWS: &[Timed] = &[Timed::CorrectionWindow, Timed::ExplanationWindow, Timed::FeeWindow, Timed::Consultation];

/// Which windows.
#[derive(Debug, Clone, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WindowQuery {
    /// An agency by its short name, with all below it; all one may see if missing.
    pub agency: Option<String>,
    /// Working days ahead, 5 if missing; 0 for what closes today or has closed.
    pub within: Option<u32>,
    /// Where the last page ended: its `next`.
    pub cursor: Option<String>,
    /// Windows a page: 1 to 200, 50 if missing.
    pub limit: Option<u32>,
}

/// A window that closes soon, or has closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WindowCase {
    /// The case.
    #[schema(value_type = String, format = "uuid")]
    pub id: CaseId,
    /// Its number in the register, or on the receipt.
    pub number: String,
    /// The agency.
    pub agency: AgencyName,
    /// With whom it is.
    pub handler: Option<StaffName>,
    /// Which window.
    pub window: Term,
    /// Its last day.
    pub last_on: NaiveDate,
    /// Working days left; negative once it has closed.
    pub days_left: i64,
    /// Whether it has closed: then a finding, or what was waited for, is owed.
    pub closed: bool,
}

/// How many windows of a kind there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct KindCount {
    /// Which window.
    pub window: Term,
    /// How many, those that have closed among them.
    pub count: i64,
    /// How many have closed.
    pub closed: i64,
}

/// A page of windows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WindowPage {
    /// Today, by which the days are counted.
    pub today: NaiveDate,
    /// How many there are in all.
    pub total: i64,
    /// How many of each kind; kinds with none as well.
    pub by_window: Vec<KindCount>,
    /// The windows of this page, the earliest last day first.
    pub items: Vec<WindowCase>,
    /// Where the next page begins; none on the last.
    pub next: Option<String>,
}

impl Office {
    /// Windows with somebody else that close within some working days, or have closed.
    ///
    /// # Errors
    /// [`Failure::Invalid`], [`Failure::Missing`] for an agency one may not see, [`Failure::Forbidden`], the database's
    /// failures.
    pub async fn closing_windows(&self, officer: &Officer, query: WindowQuery) -> Result<WindowPage, Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        self.db().read(move |conn| list(conn, &shared, &officer, &query)).await
    }
}

fn list(conn: &mut Conn, shared: &Shared, officer: &Officer, query: &WindowQuery) -> Result<WindowPage, Failure> {
    let mut problems = Vec::new();
    let page = Page::read(query.cursor.as_deref(), query.limit, &mut problems, key);
    let within = query.within.unwrap_or(SOON);
    if within > SOON_MAX {
        problems.push(Problem::at("?within", "最多60个工作日。", "At most 60 working days."));
    }
    if !problems.is_empty() {
        return Err(Failure::Invalid(problems));
    }
    let now = shared.clock.now();
    let today = day_in_china(now);
    let calendar = shared.calendars_in(conn)?.known_at(now);
    let agencies = visible(conn, officer, Deed::Supervise, query.agency.as_deref())?;
    let timed: Vec<&str> = WINDOWS.iter().chain([&Timed::Finding]).map(|timed| timed.as_str()).collect();
    let through = calendar.nth_working_day_after(today, within);
    let windows = Windows { timed: &timed, agencies: &agencies, through };
    let mut rows = waiting::list_windows(conn, &windows, page.after.clone(), page.asked())?;
    let next = page.cut(&mut rows, |row| format!("{}|{}|{}|{}", row.on_day, row.case_id, row.timed, row.part));
    let by_window = counts(conn, &windows, today)?;
    let ids: Vec<CaseId> = rows.iter().map(|row| row.case_id).collect();
    let known: HashMap<CaseId, CaseRow> = cases::list_of(conn, &ids)?.into_iter().map(|row| (row.id, row)).collect();
    let agencies = names(conn)?;
    let people: HashMap<StaffId, String> = staff::list(conn)?.into_iter().map(|row| (row.id, row.name)).collect();
    let items = rows.into_iter().filter_map(|row| {
        let case = known.get(&row.case_id)?;
        Some(WindowCase {
            id: case.id,
            number: case.number.clone().unwrap_or_else(|| case.receipt_no.clone()),
            agency: agency_name(&agencies, case.agency_id),
            handler: case.handler_id.map(|id| StaffName { id, name: people.get(&id).cloned().unwrap_or_default() }),
            window: window_of(&row.timed, &case.stage).map(|window| term!(window))?,
            last_on: row.on_day,
            days_left: due::days_left(today, row.on_day, &calendar),
            closed: has_closed(&row, today),
        })
    });
    let items = items.collect();
    Ok(WindowPage { today, total: by_window.iter().map(|one| one.count).sum(), by_window, items, next })
}

fn has_closed(row: &TimingRow, today: NaiveDate) -> bool {
    row.timed == Timed::Finding.as_str() || row.on_day < today
}

/// The window behind what is timed: a finding is owed on the one that the case's stage waits for.
fn window_of(timed: &str, stage: &str) -> Option<Timed> {
    match (timed.parse().ok()?, stage.parse::<Stage>().ok()?) {
        (Timed::Finding, Stage::Paying) => Some(Timed::FeeWindow),
        (Timed::Finding, _) => Some(Timed::CorrectionWindow),
        (timed, _) => Some(timed),
    }
}

fn counts(conn: &mut Conn, windows: &Windows<'_>, today: NaiveDate) -> Result<Vec<KindCount>, Failure> {
    let mut counts: Vec<KindCount> =
        WINDOWS.iter().map(|window| KindCount { window: term!(*window), count: 0, closed: 0 }).collect();
    for found in waiting::count_windows(conn, windows, today)? {
        let window = window_of(&found.timed, &found.stage).map(Timed::as_str);
        let closed = if found.timed == Timed::Finding.as_str() { found.count } else { found.passed };
        for one in counts.iter_mut().filter(|one| Some(one.window.code) == window) {
            one.count += found.count;
            one.closed += closed;
        }
    }
    Ok(counts)
}

fn key(cursor: &str) -> Option<WindowKey> {
    let mut parts = cursor.splitn(4, '|');
    let (on, case) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some((on, case, parts.next()?.to_owned(), parts.next()?.parse().ok()?))
}
