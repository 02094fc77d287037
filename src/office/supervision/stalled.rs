//! Steps that lie: open cases at which registration, assignment, approval or service, or the confirmation of a receipt, has
//! waited for as many working days as the office's own rule allows. The same days on which the reminders go out.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::paging::{Page, day_and_case};
use super::{agency_name, names};
use crate::case::milestone;
use crate::case::timing::{Reckoned, Timed};
use crate::clock::day_in_china;
use crate::ids::{AgencyId, CaseId, StaffId};
use crate::office::failure::{Failure, Problem};
use crate::office::permission::{Deed, Officer};
use crate::office::queue::visible;
use crate::office::reminders;
use crate::office::views::{AgencyName, StaffName, Term, term};
use crate::office::{Office, Shared};
use crate::storage::cases::CaseRow;
use crate::storage::waiting::{self, Since};
use crate::storage::{Conn, cases, staff};

/// Which steps.
#[derive(Debug, Clone, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StalledQuery {
    /// An agency by its short name, with all below it; all one may see if missing.
    pub agency: Option<String>,
    /// Only this step, by its code: `confirmation`, `registering`, `assigning`, `reviewing` …
    pub step: Option<String>,
    /// Where the last page ended: its `next`.
    pub cursor: Option<String>,
    /// Cases a page: 1 to 200, 50 if missing.
    pub limit: Option<u32>,
}

/// A case at which a step lies too long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StalledCase {
    /// The case.
    #[schema(value_type = String, format = "uuid")]
    pub id: CaseId,
    /// Its number in the register, or on the receipt.
    pub number: String,
    /// The agency.
    pub agency: AgencyName,
    /// With whom it is; null for what lies with nobody yet.
    pub handler: Option<StaffName>,
    /// Which step.
    pub step: Term,
    /// The day since which it lies.
    pub since: NaiveDate,
    /// Working days after that day.
    pub days: i64,
    /// Working days after which the office's rule has it raised.
    pub allowed: u32,
}

/// How many cases lie at a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StepCount {
    /// Which step.
    pub step: Term,
    /// How many.
    pub count: i64,
}

/// A page of steps that lie too long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StalledPage {
    /// Today, by which the days are counted.
    pub today: NaiveDate,
    /// How many there are in all; with `step`, of that step.
    pub total: i64,
    /// How many at each step, whatever `step` says; steps with none as well.
    pub by_step: Vec<StepCount>,
    /// The cases of this page, the longest first.
    pub items: Vec<StalledCase>,
    /// Where the next page begins; none on the last.
    pub next: Option<String>,
}

impl Office {
    /// Steps that lie longer than their office's own rule.
    ///
    /// # Errors
    /// [`Failure::Invalid`], [`Failure::Missing`] for an agency one may not see, [`Failure::Forbidden`], the database's
    /// failures.
    pub async fn stalled(&self, officer: &Officer, query: StalledQuery) -> Result<StalledPage, Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        self.db().read(move |conn| list(conn, &shared, &officer, &query)).await
    }
}

/// The steps there are, in the order in which a case comes to them.
fn steps() -> Vec<Timed> {
    let is_step = |timed: &Timed| {
        *timed == Timed::Confirmation || timed.reckoned() == Reckoned::FromIt && *timed != Timed::Finding
    };
    Timed::ALL.iter().copied().filter(is_step).collect()
}

fn list(conn: &mut Conn, shared: &Shared, officer: &Officer, query: &StalledQuery) -> Result<StalledPage, Failure> {
    let mut problems = Vec::new();
    let page = Page::read(query.cursor.as_deref(), query.limit, &mut problems, day_and_case);
    let steps: Vec<&str> = steps().into_iter().map(Timed::as_str).collect();
    let wanted: Vec<&str> =
        steps.iter().copied().filter(|step| query.step.as_deref().is_none_or(|one| one == *step)).collect();
    if wanted.is_empty() {
        problems.push(Problem::at("?step", "没有这个环节。", "There is no such step."));
    }
    if !problems.is_empty() {
        return Err(Failure::Invalid(problems));
    }
    let now = shared.clock.now();
    let today = day_in_china(now);
    let calendar = shared.calendars_in(conn)?.known_at(now);
    let agencies = visible(conn, officer, Deed::Supervise, query.agency.as_deref())?;
    let allowed = reminders::steps_of(conn, &agencies)?;
    let rules = by_rule(&allowed, |step| milestone::stalled_since(step, today, &calendar));
    let mut rows = waiting::list_stalled(conn, &wanted, &rules, page.after, page.asked())?;
    let next = page.cut(&mut rows, |row| format!("{}|{}", row.since_on, row.case_id));
    let by_step = counts(&waiting::count_stalled(conn, &steps, &rules)?);
    let ids: Vec<CaseId> = rows.iter().map(|row| row.case_id).collect();
    let known: HashMap<CaseId, CaseRow> = cases::list_of(conn, &ids)?.into_iter().map(|row| (row.id, row)).collect();
    let names = names(conn)?;
    let people: HashMap<StaffId, String> = staff::list(conn)?.into_iter().map(|row| (row.id, row.name)).collect();
    let items = rows.into_iter().filter_map(|row| {
        let case = known.get(&row.case_id)?;
        Some(StalledCase {
            id: case.id,
            number: case.number.clone().unwrap_or_else(|| case.receipt_no.clone()),
            agency: agency_name(&names, case.agency_id),
            handler: case.handler_id.map(|id| StaffName { id, name: people.get(&id).cloned().unwrap_or_default() }),
            step: row.timed.parse::<Timed>().ok().map(|step| term!(step))?,
            since: row.since_on,
            days: calendar.working_days_between(row.since_on, today),
            allowed: allowed.get(&row.agency_id).copied().unwrap_or_default(),
        })
    });
    let items = items.collect();
    let total = by_step.iter().filter(|one| wanted.contains(&one.step.code)).map(|one| one.count).sum();
    Ok(StalledPage { today, total, by_step, items, next })
}

/// The agencies, put together where their rule is the same.
fn by_rule(allowed: &BTreeMap<AgencyId, u32>, since: impl Fn(u32) -> NaiveDate) -> Vec<Since> {
    let mut rules: BTreeMap<u32, Vec<AgencyId>> = BTreeMap::new();
    for (agency, step) in allowed {
        rules.entry(*step).or_default().push(*agency);
    }
    rules.into_iter().map(|(step, agencies)| Since { agencies, since: since(step) }).collect()
}

fn counts(found: &[(String, i64)]) -> Vec<StepCount> {
    let count = |step: Timed| found.iter().find(|(timed, _)| timed == step.as_str()).map_or(0, |(_, count)| *count);
    steps().into_iter().map(|step| StepCount { step: term!(step), count: count(step) }).collect()
}
