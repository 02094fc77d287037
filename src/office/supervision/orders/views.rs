//! Orders as both sides read them: a page of a list without words, and one whole. Reading the whole is an entry of the log, for its
//! words may name people.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::papers::{self, PaperView};
use super::words;
use super::{OrderAct, OrderKind, OrderState, Proof, is_overdue};
use crate::clock::day_in_china;
use crate::ids::{AgencyId, CaseId, FileId, OrderId, StaffId};
use crate::law::calendar::Calendar;
use crate::office::failure::{Failure, Problem};
use crate::office::log::{Kind, Note};
use crate::office::permission::{Deed, Officer, permit};
use crate::office::projection;
use crate::office::queue::visible;
use crate::office::supervision::paging::Page;
use crate::office::supervision::{agency_name, names};
use crate::office::views::{AgencyName, StaffName, Term, term};
use crate::office::{Office, Shared};
use crate::storage::orders::{self, EntryRow, OrderFilter, OrderRow};
use crate::storage::{Conn, cases, staff};

/// Which orders.
#[derive(Debug, Clone, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OrderQuery {
    /// An agency by its short name, with all below it; all one may see if missing.
    pub agency: Option<String>,
    /// `awaiting`, `answered`, `closed` or `withdrawn`; all if missing.
    pub state: Option<String>,
    /// Only those whose answer is overdue today.
    pub overdue: Option<bool>,
    /// Only those about this case.
    #[param(value_type = Option<String>, format = "uuid")]
    #[schema(value_type = Option<String>, format = "uuid")]
    pub case: Option<CaseId>,
    /// Where the last page ended: its `next`.
    pub cursor: Option<String>,
    /// Orders a page: 1 to 200, 50 if missing.
    pub limit: Option<u32>,
}

/// An order in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OrderLine {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: OrderId,
    /// Its number.
    pub number: String,
    /// What it is.
    pub kind: Term,
    /// Where it stands.
    pub state: Term,
    /// Who supervises.
    pub issuer: AgencyName,
    /// Who is to answer.
    pub agency: AgencyName,
    /// The case it is about.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub case: Option<CaseId>,
    /// That case's number in the register, or on the receipt.
    pub case_number: Option<String>,
    /// When it was issued.
    pub issued_on: NaiveDate,
    /// By when the answer is due that is waited for, or was due that came last.
    pub due_on: NaiveDate,
    /// Working days left while the answer is waited for; negative when overdue.
    pub days_left: Option<i64>,
    /// Whether the answer is waited for and its day has passed.
    pub overdue: bool,
    /// When it was answered last.
    pub answered_on: Option<NaiveDate>,
    /// Whether an answer came late; none before the first.
    pub late: Option<bool>,
    /// When it was closed or taken back.
    pub closed_on: Option<NaiveDate>,
}

/// A file that proves an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProofView {
    /// The case that has it; none for a document that was sent for the order itself.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub case: Option<CaseId>,
    /// The file.
    #[schema(value_type = String, format = "uuid")]
    pub file: FileId,
    /// What a document of the order is called; a file of a case does not tell its name.
    pub name: Option<String>,
}

/// An act in an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OrderEntry {
    /// 1, 2, 3 …
    pub seq: i32,
    /// What was done.
    pub act: Term,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: StaffName,
    /// The day it sets.
    pub due_on: Option<NaiveDate>,
    /// Whether an answer came late.
    pub late: Option<bool>,
    /// What was said; none where nothing was, or where it was destroyed with the case.
    pub text: Option<String>,
    /// Which of the things asked for are done, by their places.
    pub done: Vec<u32>,
    /// Files that prove it.
    pub files: Vec<ProofView>,
}

/// An order whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WholeOrder {
    /// As in the list.
    pub order: OrderLine,
    /// What is asked for, one by one.
    pub asks: Vec<String>,
    /// Every act, the first one first.
    pub entries: Vec<OrderEntry>,
    /// Documents that were sent for the answer and are named by none yet; for those who may answer.
    pub underway: Vec<PaperView>,
    /// Whether the reader may answer it now.
    pub may_answer: bool,
    /// Whether the reader may close it or send it back now.
    pub may_decide: bool,
    /// Whether the reader may take it back now.
    pub may_withdraw: bool,
}

/// A page of orders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OrderPage {
    /// Today, by which the days are counted.
    pub today: NaiveDate,
    /// How many there are in all.
    pub total: i64,
    /// The orders, the newest first.
    pub items: Vec<OrderLine>,
    /// Where the next page begins; none on the last.
    pub next: Option<String>,
}

impl Office {
    /// A page of the orders that this officer may see.
    ///
    /// # Errors
    /// [`Failure::Invalid`], [`Failure::Missing`] for an agency one may not see, [`Failure::Forbidden`]; the database's failures.
    pub async fn orders(&self, officer: &Officer, query: OrderQuery) -> Result<OrderPage, Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        self.db().read(move |conn| list(conn, &shared, &officer, &query)).await
    }

    /// How many orders wait for the answer of the agencies of which this officer may read orders; none for whoever may read none.
    ///
    /// # Errors
    /// The database's failures.
    pub async fn orders_awaiting(&self, officer: &Officer) -> Result<i64, Failure> {
        if !officer.may_somewhere(Deed::SeeOrders) {
            return Ok(0);
        }
        let officer = officer.clone();
        self.db()
            .read(move |conn| {
                let agencies = visible(conn, &officer, Deed::SeeOrders, None)?;
                let state = Some(OrderState::Awaiting.as_str().to_owned());
                Ok(orders::count(conn, &OrderFilter { agencies, state, ..OrderFilter::default() })?)
            })
            .await
    }

    /// One order whole.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; the database's failures.
    pub async fn order(&self, officer: &Officer, id: OrderId) -> Result<WholeOrder, Failure> {
        let (shared, reader) = (self.shared(), officer.clone());
        let (whole, note) = self
            .db()
            .read(move |conn| {
                let row = orders::load(conn, id)?;
                let lineage = projection::lineage(conn, row.agency_id)?;
                permit(&reader, Deed::SeeOrders, &lineage)?;
                let absent = reader.acts_as(Deed::SeeOrders, &lineage).absent();
                let note = Note::by(&reader, Kind::Order).at(row.agency_id).in_place_of(absent);
                let note = note.fact("order", row.id).fact("number", &row.number);
                let note = if let Some(case) = row.case_id { note.of(case) } else { note };
                Ok::<_, Failure>((whole(conn, &shared, &reader, id)?, note))
            })
            .await?;
        if officer.visit.tells(format!("{} {id}", Kind::Order)) {
            self.write_down(note).await?;
        }
        Ok(whole)
    }
}

fn list(conn: &mut Conn, shared: &Shared, officer: &Officer, query: &OrderQuery) -> Result<OrderPage, Failure> {
    let mut problems = Vec::new();
    let page = Page::read(query.cursor.as_deref(), query.limit, &mut problems, |cursor| cursor.parse().ok());
    if query.state.as_deref().is_some_and(|state| state.parse::<OrderState>().is_err()) {
        let known: Vec<&str> = OrderState::ALL.iter().map(|one| one.as_str()).collect();
        let (zh, en) = (format!("可选：{}。", known.join("、")), format!("One of: {}.", known.join(", ")));
        problems.push(Problem::at("?state", zh, en));
    }
    if !problems.is_empty() {
        return Err(Failure::Invalid(problems));
    }
    let now = shared.clock.now();
    let today = day_in_china(now);
    let filter = OrderFilter {
        agencies: visible(conn, officer, Deed::SeeOrders, query.agency.as_deref())?,
        state: query.state.clone(),
        case: query.case,
        overdue_before: (query.overdue == Some(true)).then_some(today),
        after: None,
    };
    let total = orders::count(conn, &filter)?;
    let mut rows = orders::list(conn, &OrderFilter { after: page.after, ..filter }, page.asked())?;
    let next = page.cut(&mut rows, |row| row.id.to_string());
    let calendar = shared.calendars_in(conn)?.known_at(now);
    Ok(OrderPage { today, total, items: lines(conn, rows, today, &calendar)?, next })
}

/// The lines of these rows: two queries for all of them.
pub(in crate::office::supervision) fn lines(
    conn: &mut Conn,
    rows: Vec<OrderRow>,
    today: NaiveDate,
    calendar: &Calendar,
) -> Result<Vec<OrderLine>, Failure> {
    let agencies: HashMap<AgencyId, AgencyName> = names(conn)?;
    let about: Vec<CaseId> = rows.iter().filter_map(|row| row.case_id).collect();
    let numbers: HashMap<CaseId, String> =
        cases::list_of(conn, &about)?.into_iter().map(|row| (row.id, row.number.unwrap_or(row.receipt_no))).collect();
    let mut lines = Vec::new();
    for row in rows {
        let kind: OrderKind = row.kind.parse().map_err(Failure::broken)?;
        let state: OrderState = row.state.parse().map_err(Failure::broken)?;
        let awaited = state == OrderState::Awaiting;
        lines.push(OrderLine {
            kind: term!(kind),
            state: term!(state),
            issuer: agency_name(&agencies, row.issuer_id),
            agency: agency_name(&agencies, row.agency_id),
            case_number: row.case_id.and_then(|case| numbers.get(&case).cloned()),
            days_left: awaited.then(|| calendar.working_days_between(today, row.due_on)),
            overdue: is_overdue(&row, today),
            id: row.id,
            number: row.number,
            case: row.case_id,
            issued_on: row.issued_on,
            due_on: row.due_on,
            answered_on: row.answered_on,
            late: row.late,
            closed_on: row.closed_on,
        });
    }
    Ok(lines)
}

/// One order with all that was said, for somebody who may see it.
///
/// # Errors
/// [`Failure::Missing`] for an order that is not there; [`Failure::Broken`] for words that do not open; the database's failures.
pub(super) fn whole(conn: &mut Conn, shared: &Shared, officer: &Officer, id: OrderId) -> Result<WholeOrder, Failure> {
    let row = orders::load(conn, id)?;
    let lineage = projection::lineage(conn, row.agency_id)?;
    let (answers, issues) =
        (permit(officer, Deed::AnswerOrder, &lineage).is_ok(), permit(officer, Deed::IssueOrder, &lineage).is_ok());
    let now = shared.clock.now();
    let calendar = shared.calendars_in(conn)?.known_at(now);
    let entries = orders::entries(conn, id)?;
    let said = words::read(conn, shared, &row, &entries)?;
    let people: HashMap<StaffId, String> = staff::list(conn)?.into_iter().map(|row| (row.id, row.name)).collect();
    let state: OrderState = row.state.parse().map_err(Failure::broken)?;
    let (papers, underway) = papers::names(conn, shared, id)?;
    let entries = entries.iter().map(|entry| view(entry, &said, &people, &papers)).collect::<Result<_, _>>()?;
    let order = lines(conn, vec![row], day_in_china(now), &calendar)?.pop().ok_or(Failure::Missing)?;
    Ok(WholeOrder {
        order,
        asks: said.get(&1).map(|words| words.asks.clone()).unwrap_or_default(),
        entries,
        may_answer: answers && state == OrderState::Awaiting,
        underway: if answers { underway } else { Vec::new() },
        may_decide: issues && state == OrderState::Answered,
        may_withdraw: issues && matches!(state, OrderState::Awaiting | OrderState::Answered),
    })
}

fn view(
    entry: &EntryRow,
    said: &HashMap<i32, words::Words>,
    people: &HashMap<StaffId, String>,
    papers: &HashMap<FileId, String>,
) -> Result<OrderEntry, Failure> {
    let act: OrderAct = entry.kind.parse().map_err(Failure::broken)?;
    let proofs: Vec<Proof> = serde_json::from_str(&entry.files).map_err(Failure::broken)?;
    let words = said.get(&entry.seq);
    Ok(OrderEntry {
        seq: entry.seq,
        act: term!(act),
        at: entry.at,
        by: StaffName { id: entry.staff_id, name: people.get(&entry.staff_id).cloned().unwrap_or_default() },
        due_on: entry.due_on,
        late: entry.late,
        text: words.map(|words| words.text.clone()),
        done: words.map(|words| words.done.clone()).unwrap_or_default(),
        files: proofs
            .into_iter()
            .map(|one| ProofView { case: one.case, file: one.file, name: papers.get(&one.file).cloned() })
            .collect(),
    })
}
