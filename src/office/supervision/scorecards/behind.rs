//! What stands behind the points of a rule at one agency: cases, decisions or orders, each to be opened.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::counting::{Counting, kind_of, late_reports, overdue_at};
use super::period_asked;
use crate::clock::day_in_china;
use crate::config::scorecards::{Measure, Rule};
use crate::ids::{AgencyId, CaseId, OrderId, ProceedingId, ReportId};
use crate::office::failure::{Failure, Problem};
use crate::office::permission::{Deed, Officer, permit};
use crate::office::supervision::paging::Page;
use crate::office::views::AgencyName;
use crate::office::{Office, Shared, projection};
use crate::storage::annual_reports::FirstPublished;
use crate::storage::{Conn, agencies, cases, due_spans, orders, scorecards};

/// What of a score card is opened.
#[derive(Debug, Clone, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ScoredQuery {
    /// The agency, by its short name; without those below it.
    pub agency: String,
    /// The rule, by its code.
    pub rule: String,
    /// The period, as of the score card.
    pub period: Option<String>,
    /// Where the last page ended: its `next`.
    pub cursor: Option<String>,
    /// Rows a page: 1 to 200, 50 if missing.
    pub limit: Option<u32>,
}

/// One thing that was counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ScoredItem {
    /// The case; none for an order to the agency at large.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub case: Option<CaseId>,
    /// The file of the proceeding, where it is a decision.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub proceeding: Option<ProceedingId>,
    /// The order, where it is one.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub order: Option<OrderId>,
    /// The edition of the annual report, where it is one.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub report: Option<ReportId>,
    /// The number of the order, of the file or of the case; the year of the report.
    pub number: String,
    /// The day by which it is counted: of service, of the due day, of the decision, of the first notice, of publication.
    pub on: NaiveDate,
}

/// A page of what was counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ScoredPage {
    /// The agency.
    pub agency: AgencyName,
    /// The rule.
    pub rule: super::RuleView,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// What was counted; where a rule gives points for what did not happen, what might have.
    pub items: Vec<ScoredItem>,
    /// Where the next page begins; none on the last.
    pub next: Option<String>,
}

impl Office {
    /// What stands behind the points of a rule.
    ///
    /// # Errors
    /// [`Failure::Invalid`], [`Failure::Missing`] for an agency one may not see, [`Failure::Forbidden`]; the database's failures.
    pub async fn scored(&self, officer: &Officer, query: ScoredQuery) -> Result<ScoredPage, Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        self.db().read(move |conn| scored(conn, &shared, &officer, &query)).await
    }
}

/// A row with what a cursor says of it.
type Row = (NaiveDate, Uuid, ScoredItem);

fn scored(conn: &mut Conn, shared: &Shared, officer: &Officer, query: &ScoredQuery) -> Result<ScoredPage, Failure> {
    let today = day_in_china(shared.clock.now());
    let period = period_asked(query.period.as_deref(), today)?;
    let mut problems = Vec::new();
    let page = Page::read(query.cursor.as_deref(), query.limit, &mut problems, |cursor| {
        let (on, id) = cursor.split_once('|')?;
        Some((on.parse::<NaiveDate>().ok()?, id.parse::<Uuid>().ok()?))
    });
    let rule = shared.scorecard.rules.iter().find(|rule| rule.code == query.rule);
    if rule.is_none() {
        let known: Vec<&str> = shared.scorecard.rules.iter().map(|rule| rule.code.as_str()).collect();
        let (zh, en) = (format!("可选：{}。", known.join("、")), format!("One of: {}.", known.join(", ")));
        problems.push(Problem::at("?rule", zh, en));
    }
    let Some(rule) = rule.filter(|_| problems.is_empty()) else { return Err(Failure::Invalid(problems)) };
    let agency = agencies::find_by_slug(conn, &query.agency)?.ok_or(Failure::Missing)?;
    permit(officer, Deed::Supervise, &projection::lineage(conn, agency.id)?)?;
    let days = (period.from, period.to);
    let mut rows = rows(conn, rule, agency.id, days, today, page.after, page.asked())?;
    let next = page.cut(&mut rows, |(on, id, _)| format!("{on}|{id}"));
    let mut items: Vec<ScoredItem> = rows.into_iter().map(|(_, _, item)| item).collect();
    number(conn, &mut items)?;
    Ok(ScoredPage {
        agency: AgencyName { slug: agency.slug, name: agency.name },
        rule: super::view(rule),
        from: period.from,
        to: period.to,
        items,
        next,
    })
}

fn of_case(on: NaiveDate, case: CaseId) -> Row {
    let item = ScoredItem { case: Some(case), proceeding: None, order: None, report: None, number: String::new(), on };
    (on, case.uuid(), item)
}

fn rows(
    conn: &mut Conn,
    rule: &Rule,
    agency: AgencyId,
    days: (NaiveDate, NaiveDate),
    today: NaiveDate,
    after: Option<(NaiveDate, Uuid)>,
    limit: u32,
) -> Result<Vec<Row>, Failure> {
    let of = |after: Option<(NaiveDate, Uuid)>| after.map(|(on, id)| (on, CaseId::from_uuid(id)));
    Ok(match rule.counts {
        Measure::LateReply => {
            let found = scorecards::list_late(conn, agency, days, of(after), limit)?;
            found.into_iter().map(|(on, case)| of_case(on, case)).collect()
        }
        Measure::OverdueCase => {
            let found = due_spans::list_as_of(conn, &overdue_at(days.1, &[agency]), of(after), limit)?;
            found.into_iter().map(|row| of_case(row.due_on, row.case_id)).collect()
        }
        Measure::StalledStep => {
            let behind = after.map(|(_, id)| CaseId::from_uuid(id));
            let found = scorecards::list_stalled(conn, agency, days, behind, limit)?;
            found.into_iter().filter_map(|(case, on)| Some(of_case(on?, case))).collect()
        }
        Measure::CorrectedInReview | Measure::CorrectedInSuit => {
            let behind = after.map(|(on, id)| (on, ProceedingId::from_uuid(id)));
            let found = scorecards::list_overturned(conn, agency, kind_of(rule.counts), days, behind, limit)?;
            let row = |(on, id, number, case): (NaiveDate, ProceedingId, String, CaseId)| {
                let item = ScoredItem { case: Some(case), proceeding: Some(id), order: None, report: None, number, on };
                (on, id.uuid(), item)
            };
            found.into_iter().map(row).collect()
        }
        Measure::MissedOrder => {
            let behind = after.map(|(on, id)| (on, OrderId::from_uuid(id)));
            let found = orders::list_missed(conn, &[agency], days, today, behind, limit)?;
            let row = |row: orders::OrderRow| {
                let (on, id) = (row.first_due_on, row.id);
                let item = ScoredItem {
                    case: row.case_id,
                    proceeding: None,
                    order: Some(id),
                    report: None,
                    number: row.number,
                    on,
                };
                (on, id.uuid(), item)
            };
            found.into_iter().map(row).collect()
        }
        Measure::LateAnnualReport => {
            let behind = |one: &FirstPublished| after.is_none_or(|after| (one.published_on, one.id.uuid()) > after);
            let found = late_reports(conn, &[agency], days)?
                .into_iter()
                .filter(behind)
                .take(usize::try_from(limit).unwrap_or(usize::MAX));
            let row = |one: FirstPublished| {
                let (on, report, number) = (one.published_on, Some(one.id), one.year.to_string());
                let item = ScoredItem { case: None, proceeding: None, order: None, report, number, on };
                (on, one.id.uuid(), item)
            };
            found.map(row).collect()
        }
        // What it was earned with: every reply that was served, none of them late.
        Measure::NothingLate => {
            let counting = Counting { agencies: &[agency], days, today };
            if counting.of(conn, rule.counts)?.is_empty() {
                return Ok(Vec::new());
            }
            let found = scorecards::list_replies(conn, agency, days, of(after), limit)?;
            found.into_iter().map(|(on, case)| of_case(on, case)).collect()
        }
    })
}

/// Gives those without a number of their own that of their case.
fn number(conn: &mut Conn, items: &mut [ScoredItem]) -> Result<(), Failure> {
    let ids: Vec<CaseId> = items.iter().filter(|item| item.number.is_empty()).filter_map(|item| item.case).collect();
    let numbers: HashMap<CaseId, String> =
        cases::list_of(conn, &ids)?.into_iter().map(|row| (row.id, row.number.unwrap_or(row.receipt_no))).collect();
    for item in items.iter_mut().filter(|item| item.number.is_empty()) {
        item.number = item.case.and_then(|case| numbers.get(&case).cloned()).unwrap_or_default();
    }
    Ok(())
}
