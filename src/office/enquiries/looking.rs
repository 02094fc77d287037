//! The calendar's turn with the enquiries: what has come due is found by the day on which each is looked at next. Whoever is to be
//! told has a row in the outbox, once for each cause; then what the calendar itself causes is recorded, and the next look is set.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::desk::Desk;
use super::recording::{self, next_look};
use super::rules::rules_of;
use crate::case::milestone::{Alarm, Milestone};
use crate::enquiry::{Act, Command, clock, milestone};
use crate::ids::{CaseId, EnquiryId, StaffId};
use crate::notices::Notice;
use crate::office::failure::Failure;
use crate::office::notices::facts::{Facts, OfEnquiry};
use crate::office::notices::outbox::{About, Outbox};
use crate::office::notices::recipients;
use crate::office::tick::{BATCH, Progress, TickReport};
use crate::office::{Office, Shared};
use crate::storage::{Conn, enquiries};

impl Office {
    /// Looks at every enquiry whose day has come.
    ///
    /// # Errors
    /// The database's failures while listing; a single one's failure is in the report.
    pub fn look_at_enquiries(&self, progress: Progress<'_>) -> Result<TickReport, Failure> {
        let (shared, today) = (self.shared(), self.today());
        let mut report = TickReport::default();
        let mut after = None;
        loop {
            let page: Vec<(NaiveDate, EnquiryId)> = self
                .db()
                .read_now(|conn| enquiries::list_to_look_at(conn, today, after, BATCH).map_err(Failure::from))?;
            let Some(last) = page.last() else { return Ok(report) };
            after = Some(*last);
            for (next_on, id) in page {
                let outcome = self.db().write_now(|conn| look(conn, &shared, id, next_on));
                report.saw(CaseId::from_uuid(id.uuid()), outcome);
                progress(report.looked_at);
            }
        }
    }
}

/// One enquiry. True when somebody was told, or something recorded.
fn look(conn: &mut Conn, shared: &Shared, id: EnquiryId, next_on: NaiveDate) -> Result<bool, Failure> {
    if !enquiries::claim_look(conn, id, next_on)? {
        return Ok(false);
    }
    let told_on = enquiries::load(conn, id)?.told_on;
    let mut desk = Desk::open(conn, shared, None, id)?;
    desk.permits(Act::Tick)?;
    let calendar = desk.calendars.known_at(desk.now);
    let rules = rules_of(desk.conn, desk.agency.id)?;
    let from = told_on.succ_opt().unwrap_or(told_on);
    let mut told = false;
    for one in milestone::between(&desk.enquiry, &rules, &calendar, from, desk.today) {
        told |= announce(&mut desk, &one)?;
    }
    let recorded = !desk.perform(Command::Tick)?.is_empty();
    let (today, enquiry) = (desk.today, desk.enquiry.clone());
    enquiries::set_look(conn, id, today, next_look(&enquiry, &rules, &calendar, today))?;
    Ok(told || recorded)
}

/// Lays the notices of one milestone in the outbox, one for each person. True where one had not been written before.
fn announce(desk: &mut Desk<'_>, one: &Milestone) -> Result<bool, Failure> {
    let calendar = desk.calendars.known_at(desk.now);
    let Some(due) = clock::due(&desk.enquiry, &calendar) else { return Ok(false) };
    let cause = format!("{}:{}:{}", desk.enquiry.id, due.on, one.code());
    let about =
        About { agency: desk.agency.id, case: None, seq: None, cause: &cause, fell_on: one.on, overtaken: false };
    let facts = Facts {
        enquiry: Some(OfEnquiry { id: desk.enquiry.id, news: None }),
        on: Some(due.on),
        days: Some(one.days),
        ..Facts::default()
    };
    let notice = match one.alarm {
        Alarm::Overdue => Notice::EnquiryOverdue,
        Alarm::Reminder | Alarm::Stalled | Alarm::Chaser => Notice::EnquiryDue,
    };
    let mut outbox =
        Outbox { randomness: desk.shared.randomness.clone(), calendar: &calendar, now: desk.shared.clock.now() };
    let mut seen: BTreeSet<StaffId> = BTreeSet::new();
    let mut written = false;
    for told in &one.told {
        for member in recipients::at_agency(desk.conn, desk.agency.id, desk.enquiry.handler, *told, one.on)? {
            if seen.insert(member) {
                written |= outbox.to_staff(desk.conn, &about, notice, member, facts, false)?;
            }
        }
    }
    Ok(written)
}

/// Has every open enquiry looked at again: a further edition of the calendar may have moved its day.
///
/// # Errors
/// The database's failures.
pub(in crate::office) fn look_again(conn: &mut Conn, today: NaiveDate) -> Result<usize, Failure> {
    Ok(enquiries::look_at_all(conn, None, today)?)
}

/// Whether it is not due on that day any more: somebody has done since what a reminder reminds of.
///
/// # Errors
/// The database's failures.
pub(in crate::office) fn is_settled(
    conn: &mut Conn,
    shared: &Shared,
    id: EnquiryId,
    on: NaiveDate,
) -> Result<bool, Failure> {
    let (enquiry, _) = recording::load(conn, id)?;
    let calendar = shared.calendars_in(conn)?.known_at(shared.clock.now());
    Ok(clock::due(&enquiry, &calendar).is_none_or(|due| due.on != on))
}
