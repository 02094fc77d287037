//! The calendar's turn: what has come due is found through what is timed, never by asking every case. Reminders first, then
//! what the calendar itself causes, and again until nothing is owed: days nobody looked at are made up in their order, each
//! with its own date. One bad case never stops the others; what was found is reported.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::Serialize;

use super::desk::{Ask, Who, perform};
use super::failure::Failure;
use super::projection::small;
use super::{Office, Shared};
use crate::case::{Act, Command, timing};
use crate::clock::day_in_china;
use crate::ids::CaseId;
use crate::storage::{Conn, attempts, drafts, idempotency, scheduler_runs, sessions, timings, tokens};

/// How long a repeated creation is recognised, and attempts are remembered (architecture: 24 hours).
const KEPT: TimeDelta = TimeDelta::hours(24);

/// How long the scheduler's log is kept.
const RUNS_KEPT: TimeDelta = TimeDelta::days(180);

/// Cases looked at in one batch.
pub(super) const BATCH: u32 = 200;

/// What a turn did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TickReport {
    /// Cases, timings or notices looked at.
    pub looked_at: u64,
    /// Those in which something had come due.
    pub changed: u64,
    /// Cases that could not be dealt with, each with the reason; the next turn asks again.
    pub failed: Vec<(CaseId, String)>,
}

impl TickReport {
    /// Counts one that was looked at.
    pub(super) fn saw(&mut self, case: CaseId, outcome: Result<bool, Failure>) {
        self.looked_at += 1;
        match outcome {
            Ok(changed) => self.changed += u64::from(changed),
            Err(failure) => self.failed.push((case, failure.to_string())),
        }
    }

    /// Adds what the next step of the same round found.
    pub fn and(&mut self, next: Self) {
        self.looked_at += next.looked_at;
        self.changed += next.changed;
        self.failed.extend(next.failed);
    }

    /// Adds what a further round found. Whatever failed is asked again in each round: the last word counts.
    pub fn then(&mut self, next: Self) {
        self.looked_at += next.looked_at;
        self.changed += next.changed;
        self.failed = next.failed;
    }
}

/// Hears how many were looked at.
pub type Progress<'a> = &'a mut dyn FnMut(u64);

/// One of the things a turn of the calendar consists of.
#[derive(Clone, Copy)]
pub struct Step {
    /// Its name in the scheduler's log.
    pub name: &'static str,
    /// What it does. No input; idempotent; safe beside other instances that do the same.
    pub run: fn(&Office, Progress<'_>) -> Result<TickReport, Failure>,
}

/// What a turn of the calendar consists of, in its order: reminders before what the calendar itself causes, so that what was
/// missed is told before what came of it.
pub const STEPS: &[Step] = &[
    Step { name: "agency_names", run: |office, _| office.take_up_agency_names() },
    Step { name: "timed", run: |office, _| office.time_untimed() },
    Step { name: "counted", run: |office, _| office.count_uncounted() },
    Step { name: "measured", run: |office, _| office.measure_unmeasured() },
    Step { name: "calendars", run: |office, _| office.take_up_calendars() },
    Step { name: "reminders", run: |office, progress| office.tell_milestones(progress) },
    Step { name: "lapses", run: |office, progress| office.act_for_calendar(progress) },
    Step { name: "automatic_lapses", run: |office, _| office.lapse_by_itself() },
    Step { name: "proceedings", run: |office, progress| office.look_at_proceedings(progress) },
    Step { name: "enquiries", run: |office, progress| office.look_at_enquiries(progress) },
];

impl Office {
    /// A whole turn of the calendar: its steps in order, again until nothing is owed.
    ///
    /// # Errors
    /// The database's failures while listing; a single case's failure is in the report.
    pub fn tick(&self, progress: Progress<'_>) -> Result<TickReport, Failure> {
        self.sweep()?;
        let mut report = TickReport::default();
        loop {
            let mut round = TickReport::default();
            for step in STEPS {
                round.and((step.run)(self, progress)?);
            }
            let settled = round.changed == 0;
            report.then(round);
            if settled {
                return Ok(report);
            }
        }
    }

    /// Sweeps away what has served its time: counted attempts, answers kept for repeats, tokens long run out, drafts whose
    /// last day has passed, old runs of the scheduler.
    ///
    /// # Errors
    /// The database's failures.
    pub fn sweep(&self) -> Result<(), Failure> {
        let now = self.now();
        self.db().write_now(|conn| sweep(conn, now))
    }

    /// Lets the calendar act on every case of which something has closed or passed.
    ///
    /// # Errors
    /// The database's failures while listing.
    pub fn act_for_calendar(&self, progress: Progress<'_>) -> Result<TickReport, Failure> {
        let (shared, today) = (self.shared(), self.today());
        let mut report = TickReport::default();
        let mut after = None;
        loop {
            let page: Vec<(NaiveDate, CaseId)> = self
                .db()
                .read_now(|conn| timings::list_to_be_acted_on(conn, today, after, BATCH).map_err(Failure::from))?;
            let Some(last) = page.last() else { return Ok(report) };
            after = Some(*last);
            for (_, case) in page {
                report.saw(case, self.db().write_now(|conn| act_on(conn, &shared, case, today)));
                progress(report.looked_at);
            }
        }
    }
}

fn sweep(conn: &mut Conn, now: DateTime<Utc>) -> Result<(), Failure> {
    attempts::prune(conn, now - KEPT)?;
    idempotency::prune(conn, now - KEPT)?;
    tokens::prune(conn, now - KEPT)?;
    sessions::prune(conn, now - KEPT)?;
    drafts::prune(conn, day_in_china(now))?;
    scheduler_runs::prune(conn, now - RUNS_KEPT)?;
    Ok(())
}

/// The calendar's act on one case, if no other instance has done it. Claim and act stand or fall together.
fn act_on(conn: &mut Conn, shared: &Arc<Shared>, case: CaseId, today: NaiveDate) -> Result<bool, Failure> {
    if !timings::claim_acting(conn, case, today)? {
        return Ok(false);
    }
    let before = crate::storage::cases::load(conn, case)?.version;
    let ask = Ask { who: Who::System, act: Act::Tick, case, expected: None };
    let after = perform(conn, shared, &ask, &|_| Ok(Command::Tick)).map(|desk| desk.case)?;
    // What was looked at early, because a calendar changed, is looked at again when its day comes.
    let calendar = shared.calendars_in(conn)?.known_at(shared.clock.now());
    for timing in timing::timings(&after, &calendar) {
        if let Some(acts_on) = timing.acts_on.filter(|on| *on > today) {
            timings::act_again(conn, case, timing.timed.as_str(), small(timing.part)?, acts_on)?;
        }
    }
    Ok(i64::from(after.version) != i64::from(before))
}
