//! The calendar's turn in the files: what has come due is found by the day on which each is looked at next. Whoever is to be told has
//! a row in the outbox, once for each cause; then what the calendar itself causes is recorded, and the next look is set.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::desk::{Desk, load};
use super::recording::next_look;
use super::reminding::rules_of;
use crate::case::milestone::{Alarm, Milestone};
use crate::ids::{ProceedingId, StaffId};
use crate::notices::Notice;
use crate::office::failure::Failure;
use crate::office::notices::facts::{Facts, InProceeding};
use crate::office::notices::outbox::{About, Outbox};
use crate::office::notices::recipients;
use crate::office::tick::{BATCH, Progress, TickReport};
use crate::office::{Office, Shared};
use crate::proceeding::Command;
use crate::proceeding::milestone::{self, Timed, Timing};
use crate::storage::{Conn, proceedings};

impl Office {
    /// Looks at every file whose day has come.
    ///
    /// # Errors
    /// The database's failures while listing; a single file's failure is in the report.
    pub fn look_at_proceedings(&self, progress: Progress<'_>) -> Result<TickReport, Failure> {
        let (shared, today) = (self.shared(), self.today());
        let mut report = TickReport::default();
        let mut after = None;
        loop {
            let page: Vec<(NaiveDate, ProceedingId)> = self
                .db()
                .read_now(|conn| proceedings::list_to_look_at(conn, today, after, BATCH).map_err(Failure::from))?;
            let Some(last) = page.last() else { return Ok(report) };
            after = Some(*last);
            for (next_on, id) in page {
                let case = self.db().read_now(|conn| Ok::<_, Failure>(proceedings::load(conn, id)?.case_id))?;
                report.saw(case, self.db().write_now(|conn| look(conn, &shared, id, next_on)));
                progress(report.looked_at);
            }
        }
    }
}

/// One file. True when somebody was told, or something recorded.
fn look(conn: &mut Conn, shared: &Shared, id: ProceedingId, next_on: NaiveDate) -> Result<bool, Failure> {
    if !proceedings::claim_look(conn, id, next_on)? {
        return Ok(false);
    }
    let told_on = proceedings::load(conn, id)?.told_on;
    let mut desk = Desk::open(conn, shared, None, id)?;
    let calendar = desk.calendars.known_at(desk.now);
    let from = told_on.succ_opt().unwrap_or(told_on);
    let rules = rules_of(desk.conn, desk.agency.id)?;
    let mut told = false;
    for timing in milestone::timings(&desk.proceeding, &calendar) {
        for one in milestone::between(&timing, &rules, &calendar, from, desk.today) {
            told |= announce(&mut desk, &timing, &one)?;
        }
    }
    let recorded = !desk.perform(Command::Tick)?.is_empty();
    let (today, file) = (desk.today, desk.proceeding.clone());
    proceedings::set_look(conn, id, today, next_look(&file, &rules, &calendar, today))?;
    Ok(told || recorded)
}

/// Lays the notices of one milestone in the outbox, one for each person. True where there was one that had not been written before.
fn announce(desk: &mut Desk<'_>, timing: &Timing, one: &Milestone) -> Result<bool, Failure> {
    let file = desk.proceeding.clone();
    let cause = format!("{}:{}#{}:{}:{}", file.id, timing.timed, timing.part, timing.on, one.code());
    let about = About {
        agency: desk.agency.id,
        case: Some(file.case()),
        seq: None,
        cause: &cause,
        fell_on: one.on,
        overtaken: false,
    };
    let facts = Facts {
        proceeding: Some(InProceeding { id: file.id, timed: Some(timing.timed) }),
        on: Some(timing.on),
        days: Some(one.days),
        ..Facts::default()
    };
    let notice = match one.alarm {
        Alarm::Overdue => Notice::ProceedingOverdue,
        Alarm::Reminder | Alarm::Stalled | Alarm::Chaser => Notice::ProceedingDue,
    };
    let calendar = desk.calendars.known_at(desk.now);
    let mut outbox =
        Outbox { randomness: desk.shared.randomness.clone(), calendar: &calendar, now: desk.shared.clock.now() };
    let mut seen: BTreeSet<StaffId> = BTreeSet::new();
    let mut written = false;
    for told in &one.told {
        for member in recipients::at_agency(desk.conn, file.opening.agency, file.handler, *told, one.on)? {
            if seen.insert(member) {
                written |= outbox.to_staff(desk.conn, &about, notice, member, facts, false)?;
            }
        }
    }
    Ok(written)
}

/// Has every open file looked at again: a further edition of the calendar may have moved its day.
///
/// # Errors
/// The database's failures.
pub(in crate::office) fn look_again(conn: &mut Conn, today: NaiveDate) -> Result<usize, Failure> {
    Ok(proceedings::look_at_all(conn, today)?)
}

/// Whether nothing of that kind is timed to that day any more: somebody has done since what a reminder reminds of.
///
/// # Errors
/// The database's failures.
pub(in crate::office) fn is_settled(
    conn: &mut Conn,
    shared: &Shared,
    id: ProceedingId,
    timed: Timed,
    on: NaiveDate,
) -> Result<bool, Failure> {
    let (file, _) = load(conn, id)?;
    let calendar = shared.calendars_in(conn)?.known_at(shared.clock.now());
    Ok(!milestone::timings(&file, &calendar).iter().any(|one| one.timed == timed && one.on == on))
}
