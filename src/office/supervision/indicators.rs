//! Indicators: what came in, what was closed and how, how long it took and where the days went, over an agency and all below it,
//! by month, agency, handler, channel or kind of applicant. Counted in the database from the rounds of cases, never by reading a
//! journal; what each figure is and is not stands in docs/SUPERVISION.md.

mod asked;
mod figures;
mod table;

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::names;
use super::workload::{Counts, WorkloadQuery, workload};
use crate::case::Stage;
use crate::case::rounds::Party;
use crate::clock::day_in_china;
use crate::enquiry::terms::Ending;
use crate::ids::{AgencyId, StaffId};
use crate::law::judgment::Judgment;
use crate::law::outcome::Outcome;
use crate::law::receipt::{ApplicantKind, Channel};
use crate::office::failure::Failure;
use crate::office::permission::{Deed, Officer};
use crate::office::queue::visible;
use crate::office::views::{Term, term};
use crate::office::{Office, Shared};
use crate::proceeding::terms::{CloseReason, ProceedingKind};
use crate::storage::indicators::{self, By, Closed, Review, Span};
use crate::storage::orders::{self, OrderFacts};
use crate::storage::{Conn, enquiry_counts, staff};
use asked::Asked;
pub use asked::{Grouping, IndicatorQuery};
pub use figures::{Counted, DaysTaken, EnquiryFigures, Figures, OrderFigures, ReviewFigures, Share};
use figures::{EnquiryTally, Tally};

/// The figures of one group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Group {
    /// What tells it from the others: a month (`2026-03`), a short name, an id, a code; empty for what lies with nobody.
    pub key: String,
    /// Its name.
    pub zh: String,
    /// The same in English, where there is an English name.
    pub en: String,
    /// Its figures.
    pub figures: Figures,
}

/// What cases that were closed spent at one step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StepFigure {
    /// Where they stood.
    pub step: Term,
    /// Whom they waited for.
    pub party: Term,
    /// Working days of all together.
    pub days: i64,
    /// Cases that came to it.
    pub cases: i64,
    /// Working days a case, in tenths, rounded half up.
    pub tenths_a_case: i64,
    /// Part of all the days, in a thousand, rounded down.
    pub per_mille: i64,
}

/// How long cases waited for somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PartyFigure {
    /// Whom.
    pub party: Term,
    /// Working days of all together.
    pub days: i64,
    /// Part of all the days, in a thousand, rounded down.
    pub per_mille: i64,
}

/// The indicators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Indicators {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// By what they are grouped.
    pub by: Term,
    /// Cases that were open when the first day began.
    pub open_before: i64,
    /// All together.
    pub total: Figures,
    /// Group by group; months in their order, also those without anything.
    pub groups: Vec<Group>,
    /// Where the working days of the closed cases went, in the order of the steps.
    pub steps: Vec<StepFigure>,
    /// The same by whom they waited for.
    pub parties: Vec<PartyFigure>,
    /// What lies open now, whatever the span.
    pub now: Counts,
    /// Enquiries that lie open now.
    pub enquiries_now: EnquiriesNow,
}

/// Letters, questions and hand-overs that lie open now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct EnquiriesNow {
    /// All.
    pub open: i64,
    /// Of these, past their day.
    pub overdue: i64,
}

impl Office {
    /// The indicators.
    ///
    /// # Errors
    /// [`Failure::Invalid`], [`Failure::Missing`] for an agency one may not see, [`Failure::Forbidden`], the database's
    /// failures.
    pub async fn indicators(&self, officer: &Officer, query: IndicatorQuery) -> Result<Indicators, Failure> {
        let (shared, officer, now) = (self.shared(), officer.clone(), self.now());
        let asked = Asked::read(&query, day_in_china(now))?;
        self.db().read(move |conn| gather(conn, &shared, &officer, query.agency, asked, now)).await
    }

    /// The same as a table for other programs (RFC 4180), a line a group and one for all.
    ///
    /// # Errors
    /// As [`Office::indicators`].
    pub async fn indicator_table(&self, officer: &Officer, query: IndicatorQuery) -> Result<String, Failure> {
        Ok(table::of(&self.indicators(officer, query).await?))
    }
}

fn gather(
    conn: &mut Conn,
    shared: &Shared,
    officer: &Officer,
    agency: Option<String>,
    asked: Asked,
    now: DateTime<Utc>,
) -> Result<Indicators, Failure> {
    let agencies = visible(conn, officer, Deed::Supervise, agency.as_deref())?;
    let span = Span { agencies, from: asked.from, to: asked.to };
    let (mut tallies, beside) = tallies(conn, &span, asked.by, day_in_china(now))?;
    let before = indicators::open_before(conn, &span.agencies, span.from, By::Agency)?;
    let open_before: i64 = before.iter().map(|(_, count)| count).sum();
    if asked.by == Grouping::Month {
        let mut open = open_before;
        for (first, _) in asked.months() {
            let tally = tallies.entry(month_of(first)).or_default();
            open += tally.received + tally.again - tally.closed;
            tally.open_at_end = open;
        }
    } else {
        let behind = span.to.succ_opt().unwrap_or(span.to);
        for (key, count) in indicators::open_before(conn, &span.agencies, behind, asked.by.column())? {
            tallies.entry(key).or_default().open_at_end += count;
        }
    }
    let mut total = Tally::default();
    tallies.values().chain([&beside]).for_each(|tally| total.add(tally));
    total.open_at_end = open_before + total.received + total.again - total.closed;
    let (steps, parties) = where_days_went(&indicators::steps(conn, &span)?);
    let load = WorkloadQuery { agency, as_of: None };
    let lying = enquiry_counts::lying(conn, &span.agencies, day_in_china(now))?;
    Ok(Indicators {
        from: span.from,
        to: span.to,
        by: term!(asked.by),
        open_before,
        total: total.figures(),
        groups: named(conn, &span, asked.by, tallies)?,
        steps,
        parties,
        now: workload(conn, shared, officer, &load)?.total,
        enquiries_now: EnquiriesNow { open: lying.open, overdue: lying.overdue },
    })
}

/// What was counted, group by group, and what belongs to none of them: orders know neither handler nor applicant, enquiries no
/// channel of applications. By month the key is the month, whatever the day.
fn tallies(
    conn: &mut Conn,
    span: &Span,
    by: Grouping,
    today: NaiveDate,
) -> Result<(BTreeMap<String, Tally>, Tally), Failure> {
    let (mut tallies, mut beside): (BTreeMap<String, Tally>, Tally) = Default::default();
    let key = |key: &str| if by == Grouping::Month { key.chars().take(7).collect() } else { key.to_owned() };
    for one in indicators::begun(conn, span, by.column())? {
        let tally = tallies.entry(key(&one.key)).or_default();
        *(if one.round == 0 { &mut tally.received } else { &mut tally.again }) += one.count;
    }
    for one in indicators::closed(conn, span, by.column())? {
        close(tallies.entry(key(&one.key)).or_default(), &one)?;
    }
    for one in indicators::took(conn, span, by.column())? {
        *tallies.entry(key(&one.key)).or_default().took.entry(one.days).or_default() += one.count;
    }
    for one in indicators::reviews(conn, span)? {
        review(&mut tallies, span, by, &one)?;
    }
    for one in orders::list_of_span(conn, &span.agencies, span.from, span.to)? {
        let key = match by {
            Grouping::Month => month_of(one.issued_on),
            Grouping::Agency => one.agency_id.to_string(),
            Grouping::Handler | Grouping::Channel | Grouping::ApplicantKind => {
                order(&mut beside, &one, today);
                continue;
            }
        };
        order(tallies.entry(key).or_default(), &one, today);
    }
    enquiries(conn, span, by, &mut tallies, &mut beside)?;
    Ok((tallies, beside))
}

fn enquiries(
    conn: &mut Conn,
    span: &Span,
    by: Grouping,
    tallies: &mut BTreeMap<String, Tally>,
    beside: &mut Tally,
) -> Result<(), Failure> {
    let mut place = |on: NaiveDate, agency: AgencyId, handler: Option<StaffId>, count: &dyn Fn(&mut EnquiryTally)| {
        let key = match by {
            Grouping::Month => month_of(on),
            Grouping::Agency => agency.to_string(),
            Grouping::Handler => handler.map(|id| id.to_string()).unwrap_or_default(),
            Grouping::Channel | Grouping::ApplicantKind => return count(&mut beside.enquiries),
        };
        count(&mut tallies.entry(key).or_default().enquiries);
    };
    for one in enquiry_counts::registered(conn, span)? {
        place(one.on, one.agency_id, one.handler_id, &|tally| tally.registered += one.count);
    }
    for one in enquiry_counts::ended(conn, span)? {
        let Some(on) = one.on else { continue };
        let ending: Option<Ending> = one.ending.as_deref().map(str::parse).transpose().map_err(Failure::broken)?;
        place(on, one.agency_id, one.handler_id, &|tally| {
            match (ending, one.late) {
                (Some(Ending::Answered), Some(true)) => tally.late += one.count,
                (Some(Ending::Answered), _) => tally.in_time += one.count,
                (Some(Ending::Turned), _) => tally.turned += one.count,
                _ => tally.closed += one.count,
            }
            if let Some(value) = one.satisfaction {
                tally.rated += one.count;
                tally.given += i64::from(value) * one.count;
            }
        });
    }
    Ok(())
}

fn close(tally: &mut Tally, one: &Closed) -> Result<(), Failure> {
    let outcome: Outcome = one.outcome.parse().map_err(Failure::broken)?;
    tally.closed += one.count;
    tally.extended += one.extended;
    tally.corrected += one.corrected;
    *tally.outcomes.entry(outcome).or_default() += one.count;
    match one.late {
        Some(true) => tally.late += one.count,
        Some(false) => tally.in_time += one.count,
        None => {}
    }
    Ok(())
}

/// A file that was opened by mistake never was a proceeding.
fn review(tallies: &mut BTreeMap<String, Tally>, span: &Span, by: Grouping, one: &Review) -> Result<(), Failure> {
    if one.struck.as_deref() == Some(CloseReason::Mistaken.as_str()) {
        return Ok(());
    }
    let key = |on: NaiveDate| match by {
        Grouping::Month => month_of(on),
        Grouping::Agency => one.agency_id.to_string(),
        Grouping::Handler => one.case_handler.map(|id| id.to_string()).unwrap_or_default(),
        Grouping::Channel => one.channel.clone(),
        Grouping::ApplicantKind => one.applicant_kind.clone(),
    };
    let within = |on: NaiveDate| span.from <= on && on <= span.to;
    if within(one.began_on) {
        let kind: ProceedingKind = one.kind.parse().map_err(Failure::broken)?;
        *tallies.entry(key(one.began_on)).or_default().reviews.entry(kind).or_default() += 1;
    }
    if let (Some(on), Some(judgment)) = (one.decided_on.filter(|on| within(*on)), &one.judgment) {
        let judgment: Judgment = judgment.parse().map_err(Failure::broken)?;
        let tally = tallies.entry(key(on)).or_default();
        *tally.results.entry(judgment).or_default() += 1;
        tally.decided += 1;
        tally.overturned += i64::from(one.overturned);
    }
    Ok(())
}

fn order(tally: &mut Tally, one: &OrderFacts, today: NaiveDate) {
    tally.orders.issued += 1;
    tally.orders.late += i64::from(one.late == Some(true));
    tally.orders.overdue += i64::from(one.is_awaited() && one.due_on < today);
    tally.orders.closed += i64::from(one.closed_on.is_some());
}

/// `2026-03`.
fn month_of(day: NaiveDate) -> String {
    day.format("%Y-%m").to_string()
}

/// Steps in the order in which a case comes to them, and the sums by whom they wait for.
fn where_days_went(found: &[indicators::StepTotal]) -> (Vec<StepFigure>, Vec<PartyFigure>) {
    let all: i64 = found.iter().map(|one| one.days).sum();
    let part = |days: i64| (days * 1000).checked_div(all).unwrap_or(0);
    let mut steps = Vec::new();
    for stage in Stage::ALL.iter().copied() {
        let Some(one) = found.iter().find(|one| one.step == stage.as_str()) else { continue };
        steps.push(StepFigure {
            step: term!(stage),
            party: term!(Party::of_stage(stage)),
            days: one.days,
            cases: one.count,
            tenths_a_case: (one.days * 20 + one.count).checked_div(one.count * 2).unwrap_or(0),
            per_mille: part(one.days),
        });
    }
    let sum = |party: &Party| {
        let days = steps.iter().filter(|one| one.party.code == party.as_str()).map(|one| one.days).sum();
        PartyFigure { party: term!(*party), days, per_mille: part(days) }
    };
    let parties = Party::ALL.iter().map(sum).collect();
    (steps, parties)
}

/// Each group with its name, in an order that a reader expects.
fn named(conn: &mut Conn, span: &Span, by: Grouping, tallies: BTreeMap<String, Tally>) -> Result<Vec<Group>, Failure> {
    let known: HashMap<String, (usize, String, String, String)> = match by {
        Grouping::Month => HashMap::new(),
        Grouping::Agency => {
            let mut all: Vec<_> = names(conn)?.into_iter().filter(|(id, _)| span.agencies.contains(id)).collect();
            all.sort_by(|one, other| one.1.slug.cmp(&other.1.slug));
            let told = |(place, (id, name)): (usize, (AgencyId, crate::office::views::AgencyName))| {
                (id.to_string(), (place, name.slug, name.name.clone(), name.name))
            };
            all.into_iter().enumerate().map(told).collect()
        }
        Grouping::Handler => {
            let people = staff::list(conn)?.into_iter().enumerate();
            people
                .map(|(place, row)| (row.id.to_string(), (place, row.id.to_string(), row.name.clone(), row.name)))
                .collect()
        }
        Grouping::Channel => terms(Channel::ALL.iter().map(|one| term!(*one))),
        Grouping::ApplicantKind => terms(ApplicantKind::ALL.iter().map(|one| term!(*one))),
    };
    let mut groups: Vec<(usize, Group)> = tallies
        .into_iter()
        .map(|(key, tally)| {
            let (place, key, zh, en) = match known.get(&key) {
                Some((place, key, zh, en)) => (*place, key.clone(), zh.clone(), en.clone()),
                None if by == Grouping::Month => (0, key.clone(), key.replacen('-', "年", 1) + "月", key),
                None => (usize::MAX, key, "尚未分办".to_owned(), "not assigned".to_owned()),
            };
            (place, Group { key, zh, en, figures: tally.figures() })
        })
        .collect();
    // The months are in order already, and a stable sort leaves them there.
    groups.sort_by_key(|(place, _)| *place);
    Ok(groups.into_iter().map(|(_, group)| group).collect())
}

fn terms(all: impl Iterator<Item = Term>) -> HashMap<String, (usize, String, String, String)> {
    all.enumerate()
        .map(|(place, one)| (one.code.to_owned(), (place, one.code.to_owned(), one.zh.to_owned(), one.en.to_owned())))
        .collect()
}
