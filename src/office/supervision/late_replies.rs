//! Replies that came late, over an agency and all below it: the breaches of art. 33 that a supervisor answers for. The
//! verdict is the one taken when the reply was served; no later calendar changes it.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{agency_name, names};
use crate::case::Event;
use crate::ids::CaseId;
use crate::law::editions::Calendars;
use crate::law::outcome::Outcome;
use crate::office::failure::{Failure, Problem};
use crate::office::permission::{Deed, Officer};
use crate::office::queue::{PAGE, PAGE_MAX, visible};
use crate::office::views::{AgencyName, StaffName, Term, term};
use crate::office::{Office, Shared, projection};
use crate::storage::late_replies::{self, LateFilter};
use crate::storage::{Conn, journal, staff};

/// Which late replies.
#[derive(Debug, Clone, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LateQuery {
    /// An agency by its short name, with all below it; all one may see if missing.
    pub agency: Option<String>,
    /// Served on that day or later.
    pub from: Option<NaiveDate>,
    /// Served on that day or earlier.
    pub to: Option<NaiveDate>,
    /// Where the last page ended: its `next`.
    pub cursor: Option<String>,
    /// Cases a page: 1 to 200, 50 if missing.
    pub limit: Option<u32>,
}

/// A reply that came late.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LateReply {
    /// The case.
    #[schema(value_type = String, format = "uuid")]
    pub id: CaseId,
    /// Its number in the register, or on the receipt.
    pub number: String,
    /// The agency.
    pub agency: AgencyName,
    /// With whom it was at the end.
    pub handler: Option<StaffName>,
    /// How it ended.
    pub outcome: Option<Term>,
    /// The legal date of receipt.
    pub received_on: Option<NaiveDate>,
    /// The day the reply was due, as found when it was served.
    pub due_on: NaiveDate,
    /// The day it was served.
    pub served_on: NaiveDate,
    /// Working days between the two, by the calendar known when it was served.
    pub days_late: i64,
    /// Whether the due day lay in a year without a published calendar: then the verdict is no last word.
    pub provisional: bool,
}

/// A page of late replies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LatePage {
    /// The replies, the latest served first.
    pub items: Vec<LateReply>,
    /// Where the next page begins; none on the last.
    pub next: Option<String>,
}

impl Office {
    /// Replies that came late.
    ///
    /// # Errors
    /// [`Failure::Invalid`], [`Failure::Missing`] for an agency one may not see, [`Failure::Forbidden`], the database's
    /// failures.
    pub async fn late_replies(&self, officer: &Officer, query: LateQuery) -> Result<LatePage, Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        let (after, limit) = page_of(&query)?;
        self.db().read(move |conn| list(conn, &shared, &officer, &query, after, limit)).await
    }
}

/// Behind which row a page begins, and how long it is.
type Page = (Option<(NaiveDate, CaseId)>, u32);

fn page_of(query: &LateQuery) -> Result<Page, Failure> {
    let mut problems = Vec::new();
    let limit = query.limit.unwrap_or(PAGE);
    if !(1..=PAGE_MAX).contains(&limit) {
        problems.push(Problem::at("?limit", "每页1至200件。", "A page has 1 to 200 cases."));
    }
    if query.from.zip(query.to).is_some_and(|(from, to)| from > to) {
        problems.push(Problem::at("?to", "不能早于起始日期。", "It cannot lie before `from`."));
    }
    let after = query.cursor.as_deref().and_then(|cursor| {
        let read = cursor.split_once('|').and_then(|(on, id)| Some((on.parse().ok()?, id.parse().ok()?)));
        if read.is_none() {
            let (zh, en) = ("请使用上一页给出的 next。", "Use the `next` of the page before.");
            problems.push(Problem::at("?cursor", zh, en));
        }
        read
    });
    if problems.is_empty() { Ok((after, limit)) } else { Err(Failure::Invalid(problems)) }
}

fn list(
    conn: &mut Conn,
    shared: &Shared,
    officer: &Officer,
    query: &LateQuery,
    after: Option<(NaiveDate, CaseId)>,
    limit: u32,
) -> Result<LatePage, Failure> {
    let agencies = visible(conn, officer, Deed::Supervise, query.agency.as_deref())?;
    let filter = LateFilter { agencies, from: query.from, to: query.to };
    // One more than the page holds tells whether there is a next page.
    let mut rows = late_replies::list(conn, &filter, after, limit.saturating_add(1))?;
    let more = u32::try_from(rows.len()).is_ok_and(|found| found > limit);
    if more {
        rows.pop();
    }
    let next =
        rows.last().filter(|_| more).and_then(|row| row.closed_on.map(|closed_on| format!("{closed_on}|{}", row.id)));
    let ids: Vec<CaseId> = rows.iter().map(|row| row.id).collect();
    let calendars = shared.calendars_in(conn)?;
    let verdicts = verdicts(conn, &ids, &calendars)?;
    let agencies = names(conn)?;
    let people: HashMap<_, String> = staff::list(conn)?.into_iter().map(|row| (row.id, row.name)).collect();
    let items = rows.into_iter().filter_map(|row| {
        let verdict = verdicts.get(&row.id)?;
        Some(LateReply {
            id: row.id,
            number: row.number.unwrap_or(row.receipt_no),
            agency: agency_name(&agencies, row.agency_id),
            handler: row.handler_id.map(|id| StaffName { id, name: people.get(&id).cloned().unwrap_or_default() }),
            outcome: row.outcome.and_then(|word| word.parse::<Outcome>().ok()).map(|outcome| term!(outcome)),
            received_on: row.received_on,
            due_on: verdict.due,
            served_on: verdict.on,
            days_late: verdict.days_late,
            provisional: verdict.provisional,
        })
    });
    Ok(LatePage { items: items.collect(), next })
}

/// What was found when a reply was served.
struct Verdict {
    due: NaiveDate,
    on: NaiveDate,
    days_late: i64,
    provisional: bool,
}

/// The verdicts of these cases, from their journals: a served reply is never annulled, so the last is the one that stands.
fn verdicts(conn: &mut Conn, cases: &[CaseId], calendars: &Calendars) -> Result<HashMap<CaseId, Verdict>, Failure> {
    let mut verdicts = HashMap::new();
    for row in journal::list_of_cases(conn, cases, SERVED)? {
        let entry = projection::entry_of(&row)?;
        if let Event::Served { on, due, provisional, .. } = entry.event {
            let days_late = days_late(due, on, entry.at, calendars);
            verdicts.insert(entry.case, Verdict { due, on, days_late, provisional });
        }
    }
    Ok(verdicts)
}

/// The kind under which the journal keeps the service of a reply.
const SERVED: &str = "served";

fn days_late(due: NaiveDate, served: NaiveDate, recorded_at: DateTime<Utc>, calendars: &Calendars) -> i64 {
    calendars.known_at(recorded_at).working_days_between(due, served)
}
