//! Reminders and escalation: every timing whose next day has come is claimed, its milestones that fell since are recorded, and
//! whoever is to be told has a row in the outbox, all in one transaction. A milestone is recorded once for ever, so nobody is
//! told twice; and one that was missed is recorded with the day it fell on.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::failure::Failure;
use super::notices::facts::Facts;
use super::notices::outbox::{About, Outbox};
use super::notices::recipients;
use super::permission::{Deed, Officer, permit};
use super::tick::{BATCH, Progress, TickReport};
use super::views::{Term, term};
use super::{Office, Shared, projection, reminders};
use crate::case::Case;
use crate::case::milestone::{self, Alarm, Milestone, Told};
use crate::case::timing::{Timed, Timing};
use crate::clock::day_in_china;
use crate::ids::{CaseId, StaffId};
use crate::law::calendar::Calendar;
use crate::notices::Notice;
use crate::storage::Conn;
use crate::storage::milestones::{self, MilestoneRow};
use crate::storage::timings::{self, TimingRow};

impl Office {
    /// Tells everybody what has come near or passed.
    ///
    /// # Errors
    /// The database's failures while listing.
    pub fn tell_milestones(&self, progress: Progress<'_>) -> Result<TickReport, Failure> {
        let (shared, today) = (self.shared(), self.today());
        let mut report = TickReport::default();
        loop {
            // Rows that failed keep their day and so stand at the head of the list.
            let skip = u32::try_from(report.failed.len()).unwrap_or(u32::MAX);
            let page =
                self.db().read_now(|conn| timings::list_to_be_told(conn, today, skip, BATCH).map_err(Failure::from))?;
            if page.is_empty() {
                return Ok(report);
            }
            for row in page {
                report.saw(row.case_id, self.db().write_now(|conn| tell(conn, &shared, &row)));
                progress(report.looked_at);
            }
        }
    }
}

/// One timing. True when a milestone was recorded.
fn tell(conn: &mut Conn, shared: &Shared, row: &TimingRow) -> Result<bool, Failure> {
    let now = shared.clock.now();
    let today = day_in_china(now);
    let calendar = shared.calendars_in(conn)?.known_at(now);
    let rules = reminders::rules_of(conn, row.agency_id)?;
    let timing = timing_of(row)?;
    let next = if row.to_at.is_some() { None } else { milestone::next_after(&timing, &rules, &calendar, today) };
    if !timings::claim_telling(conn, row, next)? {
        return Ok(false);
    }
    let through = row.to_at.map_or(today, |at| day_in_china(at).min(today));
    let mut recorded = false;
    let mut case: Option<Case> = None;
    for one in milestone::between(&timing, &rules, &calendar, row.since_on, through) {
        if !milestones::record(conn, &milestone_row(row, &one, shared))? {
            continue;
        }
        recorded = true;
        let case = match &case {
            Some(case) => case,
            None => case.insert(projection::load(conn, row.case_id)?.0),
        };
        announce(conn, shared, &calendar, case, row, &timing, &one)?;
    }
    Ok(recorded)
}

fn timing_of(row: &TimingRow) -> Result<Timing, Failure> {
    Ok(Timing {
        timed: row.timed.parse().map_err(Failure::broken)?,
        part: u32::try_from(row.part).map_err(Failure::broken)?,
        on: row.on_day,
        since_on: Some(row.since_on),
        acts_on: row.acts_on,
    })
}

fn milestone_row(row: &TimingRow, one: &Milestone, shared: &Shared) -> MilestoneRow {
    let told: Vec<&str> = one.told.iter().map(|told| told.as_str()).collect();
    MilestoneRow {
        case_id: row.case_id,
        timed: row.timed.clone(),
        part: row.part,
        on_day: row.on_day,
        milestone: one.code(),
        fell_on: one.on,
        told: told.join(","),
        recorded_at: shared.clock.now(),
    }
}

/// Lays the notices of one milestone in the outbox, one for each person, by the first part they have in it.
fn announce(
    conn: &mut Conn,
    shared: &Shared,
    calendar: &Calendar,
    case: &Case,
    row: &TimingRow,
    timing: &Timing,
    one: &Milestone,
) -> Result<(), Failure> {
    let cause = format!("{}:{}#{}:{}:{}", row.case_id, row.timed, row.part, row.on_day, one.code());
    let about = About {
        agency: row.agency_id,
        case: Some(row.case_id),
        seq: None,
        cause: &cause,
        fell_on: one.on,
        // Somebody has done since what it would have reminded of.
        overtaken: row.by_act && row.to_at.is_some(),
    };
    let facts = facts(timing, one);
    let mut outbox = Outbox { randomness: shared.randomness.clone(), calendar, now: shared.clock.now() };
    let mut seen: BTreeSet<StaffId> = BTreeSet::new();
    for told in &one.told {
        let notice = notice(timing.timed, one.alarm, *told);
        for staff in recipients::of(conn, case, *told, timing.part, one.on)? {
            if seen.insert(staff) {
                outbox.to_staff(conn, &about, notice, staff, facts, false)?;
            }
        }
    }
    if one.told.contains(&Told::Handler) {
        let notice = notice(timing.timed, one.alarm, Told::Handler);
        for staff in recipients::followers(conn, case)? {
            if seen.insert(staff) {
                outbox.to_staff(conn, &about, notice, staff, facts, true)?;
            }
        }
    }
    Ok(())
}

fn facts(timing: &Timing, one: &Milestone) -> Facts {
    Facts {
        timed: Some(timing.timed),
        part: Some(timing.part),
        on: Some(timing.on),
        days: Some(one.days),
        ..Facts::default()
    }
}

/// Which notice somebody gets who hears of a milestone in that part.
const fn notice(timed: Timed, alarm: Alarm, told: Told) -> Notice {
    match (alarm, told) {
        (Alarm::Overdue, Told::Supervisor) => Notice::Supervision,
        (Alarm::Overdue, Told::OfficeHead | Told::Signer) | (Alarm::Stalled | Alarm::Chaser, Told::OfficeHead) => {
            Notice::Escalation
        }
        (Alarm::Overdue, _) => Notice::Overdue,
        (_, Told::Contributor) => Notice::ContributionAsked,
        (Alarm::Stalled, _) if matches!(timed, Timed::Finding) => Notice::FindingNeeded,
        (Alarm::Stalled | Alarm::Chaser, _) => Notice::Stalled,
        (Alarm::Reminder, _) => Notice::Due,
    }
}

/// A milestone on record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MilestoneView {
    /// What was timed.
    pub timed: Term,
    /// The day to which, or from which, it was reckoned.
    pub reckoned_on: NaiveDate,
    /// Why somebody was told.
    pub alarm: Term,
    /// Working days before or after that day.
    pub days: u32,
    /// The day the milestone belongs to.
    pub fell_on: NaiveDate,
    /// Who was to be told.
    pub told: Vec<Term>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
}

impl Office {
    /// Every milestone of a case, in the order of their days.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; the database's failures.
    pub async fn case_milestones(&self, officer: &Officer, id: CaseId) -> Result<Vec<MilestoneView>, Failure> {
        let officer = officer.clone();
        self.db()
            .read(move |conn| {
                let row = crate::storage::cases::load(conn, id)?;
                permit(&officer, Deed::Read, &projection::lineage(conn, row.agency_id)?)?;
                milestones::list(conn, id)?.iter().map(view).collect()
            })
            .await
    }
}

fn view(row: &MilestoneRow) -> Result<MilestoneView, Failure> {
    let timed: Timed = row.timed.parse().map_err(Failure::broken)?;
    let (alarm, days) = row.milestone.rsplit_once('_').ok_or_else(|| Failure::broken("a milestone without days"))?;
    let alarm: Alarm = alarm.parse().map_err(Failure::broken)?;
    let told = row.told.split(',').filter(|code| !code.is_empty()).map(|code| {
        let told: Told = code.parse().map_err(Failure::broken)?;
        Ok(term!(told))
    });
    Ok(MilestoneView {
        timed: term!(timed),
        reckoned_on: row.on_day,
        alarm: term!(alarm),
        days: days.parse().map_err(Failure::broken)?,
        fell_on: row.fell_on,
        told: told.collect::<Result<_, Failure>>()?,
        recorded_at: row.recorded_at,
    })
}
