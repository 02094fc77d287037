//! Sending what waits in the outbox. A row is claimed, written out, handed to the mail server with no transaction open, and
//! settled. Should the process die between the server's yes and the settling, the row is sent again under the same
//! Message-ID, so that the reader's side can tell; there is no way to do better with SMTP.

use chrono::{DateTime, TimeDelta, Utc};

use super::facts::Facts;
use super::outbox::{About, Outbox};
use super::written::{self, Post};
use crate::case::timing;
use crate::clock::day_in_china;
use crate::ids::{CaseId, Entropy, TaskId};
use crate::notices::transport::{SendFault, Transport};
use crate::notices::{Audience, Notice};
use crate::office::failure::Failure;
use crate::office::tick::TickReport;
use crate::office::{Office, Shared, enquiries, proceedings, projection};
use crate::storage::Conn;
use crate::storage::notices::{self, NoticeRow};
use crate::storage::tasks::{self, TaskRow};

/// The first wait after a transient failure.
const FIRST_WAIT: TimeDelta = TimeDelta::minutes(1);

/// The longest wait between two attempts.
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(4);

/// How long a round may take before it makes room: a server that hangs holds one mail, not the process's end.
const LONGEST_ROUND: TimeDelta = TimeDelta::seconds(20);

/// What came of one row.
enum Sent {
    Yes,
    Elsewhere,
    Settled,
}

impl Office {
    /// Sends what can be sent now, at most a batch. `instance` names this process in its claims.
    ///
    /// # Errors
    /// The database's failures while listing; one row's failure is in the report.
    pub fn send_notices(&self, transport: &Transport, instance: &str) -> Result<TickReport, Failure> {
        let shared = self.shared();
        let (now, alive_at, batch) = (self.now(), self.machine_time(), shared.scheduler.batch);
        let mut report = TickReport::default();
        self.answer_asked_for(batch)?;
        let rows =
            self.db().read_now(|conn| notices::list_sendable(conn, now, alive_at, batch).map_err(Failure::from))?;
        let end = alive_at + LONGEST_ROUND;
        for row in rows {
            if self.machine_time() > end {
                break;
            }
            let case = row.case_id.unwrap_or_else(|| CaseId::from_uuid(row.id.uuid()));
            let outcome = self.send(&shared, transport, instance, &row);
            report.saw(case, outcome.map(|sent| !matches!(sent, Sent::Elsewhere)));
        }
        Ok(report)
    }

    fn send(&self, shared: &Shared, transport: &Transport, instance: &str, row: &NoticeRow) -> Result<Sent, Failure> {
        let alive_at = self.machine_time();
        let until = alive_at + self.claim_time();
        let claimed = self
            .db()
            .write_now(|conn| notices::claim(conn, row.id, instance, alive_at, until).map_err(Failure::from))?;
        if !claimed {
            return Ok(Sent::Elsewhere);
        }
        let now = self.now();
        let settle = |state: &str, fault: Option<&str>| -> Result<Sent, Failure> {
            self.db()
                .write_now(|conn| notices::settle(conn, row.id, instance, state, fault, now).map_err(Failure::from))?;
            Ok(Sent::Settled)
        };
        if matches!(transport, Transport::Off) {
            return settle(notices::SWITCHED_OFF, Some("mail_off"));
        }
        if self.db().read_now(|conn| is_overtaken(conn, shared, row))? {
            return settle(notices::OVERTAKEN, None);
        }
        let post = post(shared);
        let letter = match self.db().read_now(|conn| written::letter(conn, shared, row, &post, now)) {
            Ok(Some(letter)) => letter,
            Ok(None) => return settle(notices::NO_ADDRESS, None),
            Err(failure @ (Failure::Busy | Failure::Unavailable)) => return Err(failure),
            // What cannot be written is tried again like what cannot be sent, and given up in the end.
            Err(failure) => {
                tracing::error!(notice = %row.id, %failure, "a notice cannot be written");
                let fault = SendFault::Transient { code: "unwritable".to_owned() };
                return self.failed(shared, instance, row, &fault, now);
            }
        };
        // A process that was held up for longer than its claim (a machine that slept) must not send what another has sent since.
        if self.machine_time() >= until {
            return Ok(Sent::Elsewhere);
        }
        match transport.send(&letter) {
            Ok(()) => {
                self.db().write_now(|conn| {
                    notices::settle(conn, row.id, instance, notices::SENT, None, now).map_err(Failure::from)
                })?;
                Ok(Sent::Yes)
            }
            Err(fault) => self.failed(shared, instance, row, &fault, now),
        }
    }

    /// What follows from a failure: another attempt later, or the end, told to whoever can do something about it.
    fn failed(
        &self,
        shared: &Shared,
        instance: &str,
        row: &NoticeRow,
        fault: &SendFault,
        now: DateTime<Utc>,
    ) -> Result<Sent, Failure> {
        let first = row.first_tried_at.unwrap_or(now);
        let give_up = TimeDelta::hours(i64::from(shared.mail.give_up_hours));
        let (code, over) = match fault {
            SendFault::Permanent { code } => (code, true),
            SendFault::Transient { code } => (code, now - first >= give_up),
        };
        let again_at = now + wait(row.attempts, &mut shared.randomness.clone());
        self.db().write_now(|conn| {
            if over {
                notices::settle(conn, row.id, instance, notices::DEAD, Some(code), now)?;
                bury(conn, shared, row, now)
            } else {
                Ok(notices::put_back(conn, row, instance, code, now, again_at)?)
            }
        })?;
        Ok(Sent::Settled)
    }
}

/// What is known of mail as a whole.
pub(super) fn post(shared: &Shared) -> Post<'_> {
    let from = shared.mail.from.as_str();
    let domain = from.rsplit_once('@').map_or("localhost", |(_, domain)| domain.trim_end_matches('>'));
    Post { from, domain, public_url: &shared.mail.public_url }
}

/// Twice as long each time, up to the longest; and up to half as much again, so that what failed together is not tried
/// together.
fn wait(attempts: i32, entropy: &mut dyn Entropy) -> TimeDelta {
    let doubled = FIRST_WAIT * 2_i32.saturating_pow(u32::try_from(attempts).unwrap_or_default().min(10));
    let base = doubled.min(LONGEST_WAIT);
    let mut byte = [0_u8; 1];
    entropy.fill(&mut byte);
    base + base * byte.iter().map(|byte| i32::from(*byte)).sum::<i32>() / 512
}

/// Whether somebody has done since what a reminder reminds of. What the calendar ended is told all the same.
pub(super) fn is_overtaken(conn: &mut Conn, shared: &Shared, row: &NoticeRow) -> Result<bool, Failure> {
    let facts = Facts::from_json(&row.facts)?;
    if let (Some(one), Some(on), Some(_)) = (facts.enquiry, facts.on, row.staff_id) {
        return enquiries::is_settled(conn, shared, one.id, on);
    }
    let (Some(case), None) = (row.case_id, row.seq) else { return Ok(false) };
    if let (Some(one), Some(on)) = (facts.proceeding, facts.on) {
        return one.timed.map_or(Ok(false), |timed| proceedings::is_settled(conn, shared, one.id, timed, on));
    }
    let (Some(timed), Some(on)) = (facts.timed, facts.on) else { return Ok(false) };
    let (case, _) = projection::load(conn, case)?;
    let calendars = shared.calendars_in(conn)?;
    let history = timing::history(case.journal(), &calendars).map_err(Failure::broken)?;
    let identity = (timed, facts.part.unwrap_or_default(), on);
    let last = history.iter().rev().find(|one| one.timing.identity() == identity);
    Ok(last.is_some_and(|one| one.to.is_some() && one.by_act))
}

/// A notice that will not arrive: a task on its case, and whoever handles it is told at once.
fn bury(conn: &mut Conn, shared: &Shared, row: &NoticeRow, now: DateTime<Utc>) -> Result<(), Failure> {
    let kind: Notice = row.kind.parse().map_err(Failure::broken)?;
    let calendar = shared.calendars_in(conn)?.known_at(now);
    let mut outbox = Outbox { randomness: shared.randomness.clone(), calendar: &calendar, now };
    let facts = Facts { about: Some(row.id), on: Some(row.fell_on), ..Facts::default() };
    let cause = format!("undelivered:{}", row.id);
    let (Some(case), Some(agency)) = (row.case_id, row.agency_id) else {
        return outbox.to_administrators(conn, Notice::Undelivered, &cause, day_in_china(now), facts, row.staff_id);
    };
    let task = TaskRow {
        id: TaskId::new(now, &mut shared.randomness.clone()),
        case_id: case,
        agency_id: agency,
        kind: Notice::Undelivered.as_str().to_owned(),
        notice_id: Some(row.id),
        raised_at: now,
        done_at: None,
        done_by: None,
        remark: None,
    };
    tasks::insert(conn, &task)?;
    // A mail that tells of a lost mail and is lost itself ends here: the task stands.
    if kind == Notice::Undelivered {
        return Ok(());
    }
    let (case, _) = projection::load(conn, case)?;
    let about =
        About { agency, case: Some(case.id), seq: None, cause: &cause, fell_on: day_in_china(now), overtaken: false };
    let told = if kind.audience() == Audience::Staff {
        crate::case::milestone::Told::OfficeHead
    } else {
        crate::case::milestone::Told::Handler
    };
    for staff in super::recipients::of(conn, &case, told, 0, day_in_china(now))? {
        // Whoever cannot be reached is not told that they cannot.
        if row.staff_id != Some(staff) {
            outbox.to_staff(conn, &about, Notice::Undelivered, staff, facts, false)?;
        }
    }
    Ok(())
}
