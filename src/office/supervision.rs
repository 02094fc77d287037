//! Supervision: what is overdue, and what soon will be, over an agency and all below it, as of any day. Answered from the
//! stretches of time in `due_spans`, so that the past is answered as it stood then.

pub mod forecast;
pub mod indicators;
pub mod late_replies;
pub mod orders;
mod paging;
pub mod satisfaction;
pub mod scorecards;
pub mod stalled;
pub mod timeliness;
pub mod windows;
pub mod workload;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::failure::{Failure, Problem};
use super::log::{Kind, Note};
use super::permission::{Deed, Officer};
use super::queue::{PAGE, PAGE_MAX, visible};
use super::views::{AgencyName, StaffName, Term, term};
use super::{Office, Shared};
use crate::case::{Stage, due};
use crate::clock::{day_in_china, end_of_day_in_china, in_chinese};
use crate::ids::{AgencyId, CaseId, StaffId};
use crate::law::count::ClockName;
use crate::reports::csv;
use crate::storage::due_spans::{self, AsOf, DueSpanRow};
use crate::storage::{Conn, agencies, cases, staff};

/// Working days ahead that count as soon, unless asked otherwise.
const SOON: u32 = 5;
/// At most so many.
const SOON_MAX: u32 = 60;

/// What to list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SupervisionQuery {
    /// An agency by its short name, with all below it; all one may see if missing.
    pub agency: Option<String>,
    /// As of the end of that day; as of now if missing.
    pub as_of: Option<NaiveDate>,
    /// Only with this handler, by the account's id.
    #[param(value_type = Option<String>, format = "uuid")]
    #[schema(value_type = Option<String>, format = "uuid")]
    pub handler: Option<StaffId>,
    /// Only at this stage, by its code.
    #[param(value_type = Option<String>, example = "handling")]
    #[schema(value_type = Option<String>, example = "handling")]
    pub stage: Option<Stage>,
    /// For `due-soon`: working days ahead, 5 if missing.
    pub within: Option<u32>,
    /// Where the last page ended: its `next`.
    pub cursor: Option<String>,
    /// Cases a page: 1 to 200, 50 if missing.
    pub limit: Option<u32>,
}

/// A case that is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DueCase {
    /// The case.
    #[schema(value_type = String, format = "uuid")]
    pub id: CaseId,
    /// Its number in the register, or on the receipt.
    pub number: String,
    /// The agency.
    pub agency: AgencyName,
    /// Where it stood then.
    pub stage: Option<Term>,
    /// With whom it was then.
    pub handler: Option<StaffName>,
    /// The clock that ran then. A correction window that has closed is on the list as well: it waits for a finding.
    pub clock: Option<Term>,
    /// The day it was due, as then known.
    pub due_on: NaiveDate,
    /// Whether that day was provisional.
    pub provisional: bool,
    /// Working days left as of that day; negative when overdue.
    pub days_left: i64,
}

/// How many cases of an agency are on the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AgencyCount {
    /// The agency.
    pub agency: AgencyName,
    /// How many.
    pub count: i64,
}

/// A page of what is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DuePage {
    /// The day as of which it is answered.
    pub as_of: NaiveDate,
    /// How many there are in all.
    pub total: i64,
    /// How many at each agency.
    pub by_agency: Vec<AgencyCount>,
    /// The cases of this page, the longest due first.
    pub items: Vec<DueCase>,
    /// Where the next page begins; none on the last.
    pub next: Option<String>,
}

/// Which of the two lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    Overdue,
    Soon,
}

impl Office {
    /// What is overdue.
    ///
    /// # Errors
    /// [`Failure::Invalid`], [`Failure::Missing`] for an agency one may not see, [`Failure::Forbidden`], the database's
    /// failures.
    pub async fn overdue(&self, officer: &Officer, query: SupervisionQuery) -> Result<DuePage, Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        self.db().read(move |conn| list(conn, &shared, &officer, &query, Which::Overdue)).await
    }

    /// What will be due within some working days, and is not overdue yet.
    ///
    /// # Errors
    /// As [`Office::overdue`].
    pub async fn due_soon(&self, officer: &Officer, query: SupervisionQuery) -> Result<DuePage, Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        self.db().read(move |conn| list(conn, &shared, &officer, &query, Which::Soon)).await
    }
}

/// The columns of the table.
const COLUMNS: &[&str] =
    &["编号", "机关", "环节", "承办人", "期限", "到期日期", "剩余工作日", "到期日期是否暂定", "截至"];

impl Office {
    /// What is overdue as a table for other programs (RFC 4180), every case of it; that it was taken out is written down.
    ///
    /// # Errors
    /// As [`Office::overdue`].
    pub async fn overdue_table(&self, officer: &Officer, query: SupervisionQuery) -> Result<String, Failure> {
        let mut text = csv::BYTE_ORDER_MARK.to_owned() + &csv::line(COLUMNS);
        let as_of = query.as_of.unwrap_or_else(|| self.today());
        let mut query = SupervisionQuery { cursor: None, limit: Some(PAGE_MAX), ..query };
        loop {
            let page = self.overdue(officer, query.clone()).await?;
            for case in &page.items {
                text.push_str(&csv::line(cells(case, page.as_of)));
            }
            query.cursor = page.next;
            if query.cursor.is_none() {
                break;
            }
        }
        let note = Note::of_look(officer, Kind::Export, Deed::Supervise).fact("what", "overdue").fact("as_of", as_of);
        self.write_down(note).await?;
        Ok(text)
    }
}

fn cells(case: &DueCase, as_of: NaiveDate) -> impl Iterator<Item = String> {
    let word = |term: &Option<Term>| term.as_ref().map(|term| term.zh.to_owned()).unwrap_or_default();
    [
        case.number.clone(),
        case.agency.name.clone(),
        word(&case.stage),
        case.handler.as_ref().map(|handler| handler.name.clone()).unwrap_or_default(),
        word(&case.clock),
        in_chinese(case.due_on),
        case.days_left.to_string(),
        if case.provisional { "是" } else { "否" }.to_owned(),
        in_chinese(as_of),
    ]
    .into_iter()
}

/// The parameters, read.
struct Wanted {
    day: NaiveDate,
    at: DateTime<Utc>,
    within: u32,
    after: Option<(NaiveDate, CaseId)>,
    limit: u32,
}

impl Wanted {
    fn read(query: &SupervisionQuery, now: DateTime<Utc>) -> Result<Self, Failure> {
        let mut problems = Vec::new();
        let day = day_asked_for(query.as_of, now).unwrap_or_else(|problem| {
            problems.push(problem);
            day_in_china(now)
        });
        let mut wrong = |name: &str, zh: &str, en: &str| problems.push(Problem::at(format!("?{name}"), zh, en));
        let within = query.within.unwrap_or(SOON);
        if within > SOON_MAX {
            wrong("within", "最多60个工作日。", "At most 60 working days.");
        }
        let limit = query.limit.unwrap_or(PAGE);
        if !(1..=PAGE_MAX).contains(&limit) {
            wrong("limit", "每页1至200件。", "A page has 1 to 200 cases.");
        }
        let after = query.cursor.as_deref().and_then(|cursor| {
            let read = cursor.split_once('|').and_then(|(on, id)| Some((on.parse().ok()?, id.parse().ok()?)));
            if read.is_none() {
                wrong("cursor", "请使用上一页给出的 next。", "Use the `next` of the page before.");
            }
            read
        });
        // Nothing is recorded after now, so the end of today is now.
        let at = end_of_day_in_china(day);
        if problems.is_empty() { Ok(Self { day, at, within, after, limit }) } else { Err(Failure::Invalid(problems)) }
    }
}

/// The day as of which something is asked: today if missing.
pub(super) fn day_asked_for(as_of: Option<NaiveDate>, now: DateTime<Utc>) -> Result<NaiveDate, Problem> {
    let today = day_in_china(now);
    let day = as_of.unwrap_or(today);
    if day > today {
        return Err(Problem::at("?as_of", "不能查询未来的日期。", "A day in the future cannot be asked for."));
    }
    Ok(day)
}

fn list(
    conn: &mut Conn,
    shared: &Shared,
    officer: &Officer,
    query: &SupervisionQuery,
    which: Which,
) -> Result<DuePage, Failure> {
    let wanted = Wanted::read(query, shared.clock.now())?;
    let calendar = shared.calendars_in(conn)?.known_at(wanted.at);
    let (due_from, due_before) = match which {
        Which::Overdue => (None, wanted.day),
        Which::Soon => {
            let last = calendar.nth_working_day_after(wanted.day, wanted.within);
            (Some(wanted.day), last.succ_opt().unwrap_or(last))
        }
    };
    let as_of = AsOf {
        at: wanted.at,
        agencies: visible(conn, officer, Deed::Supervise, query.agency.as_deref())?,
        handler: query.handler,
        stage: query.stage.map(|stage| stage.as_str().to_owned()),
        due_from,
        due_before: Some(due_before),
    };
    let mut rows = due_spans::list_as_of(conn, &as_of, wanted.after, wanted.limit + 1)?;
    let more = u32::try_from(rows.len()).is_ok_and(|found| found > wanted.limit);
    if more {
        rows.pop();
    }
    let next = rows.last().filter(|_| more).map(|row| format!("{}|{}", row.due_on, row.case_id));
    let counts = due_spans::count_by_agency(conn, &as_of)?;
    let names = names_on(conn, wanted.day)?;
    let items = due_cases(conn, rows, &names, |due_on| due::days_left(wanted.day, due_on, &calendar))?;
    Ok(DuePage {
        as_of: wanted.day,
        total: counts.values().sum(),
        by_agency: counts
            .into_iter()
            .filter_map(|(agency, count)| names.get(&agency).cloned().map(|agency| AgencyCount { agency, count }))
            .collect(),
        items,
        next,
    })
}

/// The name of every agency.
///
/// # Errors
/// The database's failures.
pub(in crate::office) fn names(conn: &mut Conn) -> Result<HashMap<AgencyId, AgencyName>, Failure> {
    Ok(agencies::list(conn)?.into_iter().map(|row| (row.id, AgencyName { slug: row.slug, name: row.name })).collect())
}

/// What every agency was called on that day.
///
/// # Errors
/// The database's failures.
pub(super) fn names_on(conn: &mut Conn, day: NaiveDate) -> Result<HashMap<AgencyId, AgencyName>, Failure> {
    let mut called = crate::storage::agency_history::names_on(conn, day)?;
    let mut names = names(conn)?;
    for (id, name) in &mut names {
        if let Some(called) = called.remove(id) {
            name.name = called;
        }
    }
    Ok(names)
}

/// Its name among them; blank for one that is not there.
pub(in crate::office) fn agency_name(names: &HashMap<AgencyId, AgencyName>, id: AgencyId) -> AgencyName {
    names.get(&id).cloned().unwrap_or_else(|| AgencyName { slug: String::new(), name: String::new() })
}

fn due_cases(
    conn: &mut Conn,
    rows: Vec<DueSpanRow>,
    agencies: &HashMap<AgencyId, AgencyName>,
    days_left: impl Fn(NaiveDate) -> i64,
) -> Result<Vec<DueCase>, Failure> {
    let ids: Vec<CaseId> = rows.iter().map(|row| row.case_id).collect();
    let numbers: HashMap<CaseId, String> =
        cases::list_of(conn, &ids)?.into_iter().map(|row| (row.id, row.number.unwrap_or(row.receipt_no))).collect();
    let staff: HashMap<StaffId, String> = staff::list(conn)?.into_iter().map(|row| (row.id, row.name)).collect();
    Ok(rows
        .into_iter()
        .map(|row| DueCase {
            id: row.case_id,
            number: numbers.get(&row.case_id).cloned().unwrap_or_default(),
            agency: agency_name(agencies, row.agency_id),
            stage: row.stage.parse::<Stage>().ok().map(|stage| term!(stage)),
            handler: row.handler_id.map(|id| StaffName { id, name: staff.get(&id).cloned().unwrap_or_default() }),
            clock: row.clock.parse::<ClockName>().ok().map(|clock| term!(clock)),
            due_on: row.due_on,
            provisional: row.provisional,
            days_left: days_left(row.due_on),
        })
        .collect())
}
