//! The officers' queue: filtered, sorted, in pages that begin where the last one ended. One query for the rows, three for
//! what is shown beside them; never one a row.

pub mod counts;
mod finding;
mod listing;
mod text;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::failure::{Failure, Problem};
use super::log::{Kind, Note};
use super::permission::{Deed, Officer, reaches_below};
use super::views::{AgencyName, DueView, StaffName, Term};
use super::{Office, Shared, search};
use crate::case::Stage;
use crate::clock::day_in_china;
use crate::ids::{AgencyId, CaseId, StaffId};
use crate::law::outcome::Outcome;
use crate::law::receipt::Channel;
use crate::storage::case_list::{self, CaseFilter, CaseOrder, Direction};
use crate::storage::{Conn, agencies};

pub(super) use listing::summaries;

/// Cases a page has unless asked otherwise, and at most.
pub const PAGE: u32 = 50;
/// At most so many.
pub const PAGE_MAX: u32 = 200;

/// Cases that one may name one by one.
const IDS_MAX: usize = 200;

/// What to list.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CaseQuery {
    /// An agency by its short name, with all below it; all one may see if missing.
    pub agency: Option<String>,
    /// Stages, separated by commas.
    pub stage: Option<String>,
    /// The handler: an id, or `me`: oneself, and those one stands in for today.
    pub handler: Option<String>,
    /// Only cases one watches, or only those one does not.
    pub watched: Option<bool>,
    /// Only cases with this tag.
    pub tag: Option<String>,
    /// Only these cases: ids, separated by commas; 200 at most.
    pub ids: Option<String>,
    /// The channel.
    pub channel: Option<String>,
    /// The outcome.
    pub outcome: Option<String>,
    /// Received on that day or later.
    pub received_from: Option<NaiveDate>,
    /// Received on that day or earlier.
    pub received_to: Option<NaiveDate>,
    /// Due on that day or later.
    pub due_from: Option<NaiveDate>,
    /// Due on that day or earlier.
    pub due_to: Option<NaiveDate>,
    /// Closed on that day or later.
    pub closed_from: Option<NaiveDate>,
    /// Closed on that day or earlier.
    pub closed_to: Option<NaiveDate>,
    /// Only what is overdue today, or only what is not.
    pub overdue: Option<bool>,
    /// Only open cases, or only closed ones.
    pub open: Option<bool>,
    /// A piece of the subject, description or correction: two characters or more.
    pub q: Option<String>,
    /// The applicant's whole name, identity number, telephone or e-mail; for those who work on the agency's cases, among
    /// the cases of the agencies where they do.
    pub applicant: Option<String>,
    /// `due_on` (open cases only), `received_on` or `created_at`; with `-` before it, the other way round. `-created_at` if missing.
    pub sort: Option<String>,
    /// Where the last page ended: its `next`.
    pub cursor: Option<String>,
    /// Cases a page: 1 to 200, 50 if missing.
    pub limit: Option<u32>,
}

/// A case in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CaseSummary {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: CaseId,
    /// Its version.
    pub version: i32,
    /// The number on the receipt.
    pub receipt_no: String,
    /// The number in the register.
    pub number: Option<String>,
    /// The agency.
    pub agency: AgencyName,
    /// What is asked for; none once destroyed.
    pub subject: Option<String>,
    /// Who asks, masked for those who do not work on it.
    pub applicant: Option<String>,
    /// The annual report's class of the applicant.
    pub applicant_kind: Option<Term>,
    /// Where it stands.
    pub stage: Option<Term>,
    /// How it came.
    pub channel: Option<Term>,
    /// With whom it is.
    pub handler: Option<StaffName>,
    /// The day it arrived.
    pub arrived_on: NaiveDate,
    /// The legal date of receipt.
    pub received_on: Option<NaiveDate>,
    /// What is due.
    pub due: Option<DueView>,
    /// Whether it is extended.
    pub extended: bool,
    /// The tags on it.
    pub tags: Vec<String>,
    /// How it ended.
    pub outcome: Option<Term>,
    /// On which day.
    pub closed_on: Option<NaiveDate>,
    /// Whether the reply was late.
    pub late: Option<bool>,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CasePage {
    /// The cases.
    pub items: Vec<CaseSummary>,
    /// Where the next page begins; none on the last.
    pub next: Option<String>,
}

impl Office {
    /// A page of cases; the look is written down.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with every parameter that is wrong; [`Failure::Missing`] for an agency one may not see;
    /// [`Failure::Forbidden`] for a search by applicant where one sees names masked; the database's failures.
    pub async fn queue(&self, officer: &Officer, query: CaseQuery) -> Result<CasePage, Failure> {
        let kind = if query.q.is_some() || query.applicant.is_some() { Kind::Search } else { Kind::List };
        let note = Note::of_look(officer, kind, Deed::Read).word("query", query.text()?);
        let page = self.page_of_queue(officer, query).await?;
        self.write_down(note.fact("shown", page.items.len())).await?;
        Ok(page)
    }

    /// A page of cases of which no look is written down: for what has written down the whole.
    pub(super) async fn page_of_queue(&self, officer: &Officer, query: CaseQuery) -> Result<CasePage, Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        self.db().read(move |conn| queue(conn, &shared, &officer, &query)).await
    }
}

/// Whose files are asked for: all if nobody is named, the officer's with those stood in for by `me`, or one member's.
pub(super) fn handlers_asked(
    officer: &Officer,
    asked: Option<&str>,
    wrong: &mut impl FnMut(&str, &str, &str),
) -> Vec<StaffId> {
    match asked {
        None => Vec::new(),
        Some("me") => std::iter::once(officer.id).chain(officer.stands_in_for()).collect(),
        Some(text) => text.parse::<StaffId>().map_or_else(
            |_source| {
                wrong("handler", "应为人员编号或者 me。", "This is an id, or `me`.");
                Vec::new()
            },
            |id| vec![id],
        ),
    }
}

/// The agencies over which this officer may do `deed`: all, or those at and below `slug`.
///
/// # Errors
/// [`Failure::Forbidden`] for somebody who may nowhere; [`Failure::Missing`] for an agency that is not there or not to be
/// seen.
pub(super) fn visible(
    conn: &mut Conn,
    officer: &Officer,
    deed: Deed,
    slug: Option<&str>,
) -> Result<Vec<AgencyId>, Failure> {
    let mut seen: Vec<AgencyId> = Vec::new();
    for held in &officer.roles {
        if !deed.roles().contains(&held.role) {
            continue;
        }
        if reaches_below(held.role) {
            seen.extend(agencies::subtree(conn, held.agency)?);
        } else {
            seen.push(held.agency);
        }
    }
    seen.sort_unstable();
    seen.dedup();
    if seen.is_empty() {
        return Err(deed.forbidden());
    }
    let Some(slug) = slug else { return Ok(seen) };
    let row = agencies::find_by_slug(conn, slug)?.ok_or(Failure::Missing)?;
    let below = agencies::subtree(conn, row.id)?;
    seen.retain(|agency| below.contains(agency));
    if seen.is_empty() { Err(Failure::Missing) } else { Ok(seen) }
}

fn queue(conn: &mut Conn, shared: &Shared, officer: &Officer, query: &CaseQuery) -> Result<CasePage, Failure> {
    let today = day_in_china(shared.clock.now());
    let wanted = Wanted::read(officer, query, today)?;
    let mut filter = wanted.filter;
    filter.agencies = visible(conn, officer, Deed::Read, query.agency.as_deref())?;
    filter.case_ids = narrowed(filter.case_ids, finding::found(conn, shared, officer, query, &filter.agencies)?);
    let page = case_list::list(conn, &filter, wanted.order, wanted.direction, wanted.limit)?;
    Ok(CasePage { items: summaries(conn, shared, officer, page.rows)?, next: page.next.as_ref().map(cursor_of) })
}

/// What both lists have, where there are two.
fn narrowed(one: Option<Vec<CaseId>>, other: Option<Vec<CaseId>>) -> Option<Vec<CaseId>> {
    match (one, other) {
        (Some(mut one), Some(other)) => {
            one.retain(|case| other.contains(case));
            Some(one)
        }
        (one, other) => one.or(other),
    }
}

/// How many cases the whole list has.
///
/// # Errors
/// As [`Office::queue`].
pub(super) fn count(conn: &mut Conn, shared: &Shared, officer: &Officer, query: &CaseQuery) -> Result<i64, Failure> {
    let wanted = Wanted::read(officer, query, day_in_china(shared.clock.now()))?;
    let mut filter = wanted.filter;
    filter.agencies = visible(conn, officer, Deed::Read, query.agency.as_deref())?;
    filter.case_ids = narrowed(filter.case_ids, finding::found(conn, shared, officer, query, &filter.agencies)?);
    Ok(case_list::count(conn, &filter)?)
}

/// Finds out whether the officer could list this: everything but the rows themselves.
///
/// # Errors
/// As [`Office::queue`].
pub(super) fn try_out(conn: &mut Conn, shared: &Shared, officer: &Officer, query: &CaseQuery) -> Result<(), Failure> {
    let query = CaseQuery { cursor: None, ..query.clone() };
    Wanted::read(officer, &query, day_in_china(shared.clock.now()))?;
    queue(conn, shared, officer, &CaseQuery { limit: Some(1), ..query }).map(drop)
}

/// The parameters, read.
struct Wanted {
    filter: CaseFilter,
    order: CaseOrder,
    direction: Direction,
    limit: u32,
}

impl Wanted {
    fn read(officer: &Officer, query: &CaseQuery, today: NaiveDate) -> Result<Self, Failure> {
        let mut problems = Vec::new();
        let mut wrong = |name: &str, zh: &str, en: &str| problems.push(Problem::at(format!("?{name}"), zh, en));
        let stages = query.stage.as_deref().map_or_else(Vec::new, |list| list.split(',').map(str::to_owned).collect());
        if stages.iter().any(|stage| stage.parse::<Stage>().is_err()) {
            wrong("stage", "没有这个阶段。", "There is no such stage.");
        }
        if query.channel.as_deref().is_some_and(|word| word.parse::<Channel>().is_err()) {
            wrong("channel", "没有这个渠道。", "There is no such channel.");
        }
        if query.outcome.as_deref().is_some_and(|word| word.parse::<Outcome>().is_err()) {
            wrong("outcome", "没有这个处理结果。", "There is no such outcome.");
        }
        let handlers = handlers_asked(officer, query.handler.as_deref(), &mut wrong);
        let ids: Option<Vec<CaseId>> = match query.ids.as_deref().map(|list| list.split(',').map(str::parse).collect())
        {
            None => None,
            Some(Ok(ids)) => Some(ids).filter(|ids: &Vec<CaseId>| ids.len() <= IDS_MAX).or_else(|| {
                wrong("ids", "一次最多200件。", "200 at most.");
                None
            }),
            Some(Err::<Vec<CaseId>, _>(_no_id)) => {
                wrong("ids", "应为案件标识，用逗号分隔。", "Ids of cases, separated by commas.");
                None
            }
        };
        let limit = query.limit.unwrap_or(PAGE);
        if !(1..=PAGE_MAX).contains(&limit) {
            wrong("limit", "每页1至200件。", "A page has 1 to 200 cases.");
        }
        if query.q.as_deref().is_some_and(|piece| search::grams_of(piece).is_empty()) {
            wrong("q", "请输入两个以上的字。", "Give at least two characters.");
        }
        let (sort, direction) = match query.sort.as_deref().unwrap_or("-created_at").strip_prefix('-') {
            Some(sort) => (sort, Direction::Descending),
            None => (query.sort.as_deref().unwrap_or("created_at"), Direction::Ascending),
        };
        let order = read_order(sort, query.cursor.as_deref()).unwrap_or_else(|name| {
            match name {
                "sort" => wrong(
                    "sort",
                    "可按 due_on、received_on、created_at 排序，前加 - 为倒序。",
                    "Sort by due_on, received_on or created_at, with - before it for the other way round.",
                ),
                _ => wrong("cursor", "请使用上一页给出的 next。", "Use the `next` of the page before."),
            }
            CaseOrder::CreatedAt { after: None }
        });
        let filter = CaseFilter {
            stages,
            handlers,
            watched: query.watched.map(|watched| (officer.id, watched)),
            tag: query.tag.clone(),
            case_ids: ids,
            channel: query.channel.clone(),
            outcome: query.outcome.clone(),
            received_from: query.received_from,
            received_to: query.received_to,
            due_from: if query.overdue == Some(false) {
                Some(query.due_from.map_or(today, |from| from.max(today)))
            } else {
                query.due_from
            },
            due_to: query.due_to,
            closed_from: query.closed_from,
            closed_to: query.closed_to,
            overdue_on: (query.overdue == Some(true)).then_some(today),
            open: query.open,
            ..CaseFilter::default()
        };
        if problems.is_empty() { Ok(Self { filter, order, direction, limit }) } else { Err(Failure::Invalid(problems)) }
    }
}

/// The order with its cursor: `value|id`. The name of the parameter that is wrong otherwise.
pub(super) fn read_order(sort: &str, cursor: Option<&str>) -> Result<CaseOrder, &'static str> {
    fn split<T: std::str::FromStr>(cursor: Option<&str>) -> Result<Option<(T, CaseId)>, &'static str> {
        let Some(cursor) = cursor else { return Ok(None) };
        let (value, id) = cursor.split_once('|').ok_or("cursor")?;
        let value = value.parse().map_err(|_not_a_value| "cursor")?;
        let id = id.parse().map_err(|_not_an_id| "cursor")?;
        Ok(Some((value, id)))
    }
    match sort {
        "due_on" => Ok(CaseOrder::DueOn { after: split::<NaiveDate>(cursor)? }),
        "received_on" => Ok(CaseOrder::ReceivedOn { after: split::<NaiveDate>(cursor)? }),
        "created_at" => Ok(CaseOrder::CreatedAt { after: split::<DateTime<Utc>>(cursor)? }),
        _ => Err("sort"),
    }
}

/// Where the next page begins, as it goes back in `cursor`.
pub(super) fn cursor_of(order: &CaseOrder) -> String {
    match order {
        CaseOrder::DueOn { after: Some((value, id)) } | CaseOrder::ReceivedOn { after: Some((value, id)) } => {
            format!("{value}|{id}")
        }
        CaseOrder::CreatedAt { after: Some((value, id)) } => {
            format!("{}|{id}", value.to_rfc3339_opts(chrono::SecondsFormat::Micros, true))
        }
        CaseOrder::DueOn { after: None }
        | CaseOrder::ReceivedOn { after: None }
        | CaseOrder::CreatedAt { after: None } => String::new(),
    }
}
