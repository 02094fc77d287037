//! Writing into the outbox, in the transaction of the cause: one row for one cause and one person, however often the cause is
//! looked at. What its reader has chosen decides whether it goes by itself or into the digest, and from when.

use chrono::{DateTime, NaiveDate, Utc};

use super::causes::{self, Cause, To};
use super::choices::{Choice, Choices};
use super::facts::Facts;
use super::hours::Hours;
use super::recipients;
use crate::case::milestone::Told;
use crate::case::terms::Recipient;
use crate::case::{Case, Entry};
use crate::ids::{AgencyId, CaseId, Entropy, NoticeId, PersonId, Randomness, StaffId};
use crate::law::calendar::Calendar;
use crate::law::editions::Calendars;
use crate::notices::Notice;
use crate::office::Shared;
use crate::office::failure::Failure;
use crate::office::projection::small;
use crate::storage::notices::{self, NoticeRow};
use crate::storage::{Conn, agencies};

/// What notices are written with.
pub struct Outbox<'a> {
    /// Ids come from here.
    pub randomness: Randomness,
    /// The calendar that the office's hours follow.
    pub calendar: &'a Calendar,
    /// Now.
    pub now: DateTime<Utc>,
}

/// What a notice is about, and what makes it unlike any other.
#[derive(Debug, Clone)]
pub struct About<'a> {
    /// The agency whose hours hold.
    pub agency: AgencyId,
    /// The case, where it is about one.
    pub case: Option<CaseId>,
    /// The journal entry it follows from.
    pub seq: Option<u32>,
    /// The name of the cause; with the reader's id it is unlike any other.
    pub cause: &'a str,
    /// The day it belongs to.
    pub fell_on: NaiveDate,
    /// Whether it is written down as overtaken: the case has moved on since.
    pub overtaken: bool,
}

impl Outbox<'_> {
    /// What the entries of an act cause.
    ///
    /// # Errors
    /// The database's failures.
    pub fn of_act(
        &mut self,
        conn: &mut Conn,
        before: Option<&Case>,
        after: &Case,
        entries: &[Entry],
    ) -> Result<(), Failure> {
        for entry in entries {
            for (index, cause) in causes::of(entry, after, self.calendar).into_iter().enumerate() {
                self.caused(conn, after, entry, &cause, index)?;
            }
        }
        let moved = before.is_none_or(|before| before.stage != after.stage);
        if let (true, Some(cause), Some(entry)) = (moved, causes::of_stage(after.stage), entries.last()) {
            self.caused(conn, after, entry, &cause, usize::MAX)?;
        }
        Ok(())
    }

    fn caused(
        &mut self,
        conn: &mut Conn,
        case: &Case,
        entry: &Entry,
        cause: &Cause,
        index: usize,
    ) -> Result<(), Failure> {
        let place = if index == usize::MAX { "stage".to_owned() } else { index.to_string() };
        let name = format!("{}:{}:{place}", case.id, entry.seq);
        let about = About {
            agency: case.agency(),
            case: Some(case.id),
            seq: Some(entry.seq),
            cause: &name,
            fell_on: causes::own_day(entry),
            overtaken: false,
        };
        match cause.to {
            To::Applicant => self.to_person(conn, &about, cause.notice, addressee(case), cause.facts),
            To::Person(person) => self.to_person(conn, &about, cause.notice, person, cause.facts),
            To::Staff(staff) if entry.actor.staff() == Some(staff) => Ok(()),
            To::Staff(staff) => self.to_staff(conn, &about, cause.notice, staff, cause.facts, false).map(drop),
            To::Role(told) => {
                let mut people = recipients::of(conn, case, told, entry.seq, about.fell_on)?;
                if told == Told::Handler {
                    people.extend(recipients::of(conn, case, Told::Deputy, entry.seq, about.fell_on)?);
                }
                for staff in people {
                    // Nobody is told of what they did themselves.
                    if entry.actor.staff() != Some(staff) {
                        self.to_staff(conn, &about, cause.notice, staff, cause.facts, false)?;
                    }
                }
                if told == Told::Handler {
                    self.to_followers(conn, case, &about, cause.notice, cause.facts)?;
                }
                Ok(())
            }
        }
    }

    /// Those who follow the case read in their digest what its handler is told.
    ///
    /// # Errors
    /// The database's failures.
    pub fn to_followers(
        &mut self,
        conn: &mut Conn,
        case: &Case,
        about: &About<'_>,
        notice: Notice,
        facts: Facts,
    ) -> Result<(), Failure> {
        for staff in recipients::followers(conn, case)? {
            self.to_staff(conn, about, notice, staff, facts, true)?;
        }
        Ok(())
    }

    /// To somebody of a case. People are told at any hour: what they wait for is theirs.
    ///
    /// # Errors
    /// The database's failures.
    pub fn to_person(
        &mut self,
        conn: &mut Conn,
        about: &About<'_>,
        notice: Notice,
        person: PersonId,
        facts: Facts,
    ) -> Result<(), Failure> {
        let row = self.row(about, notice, &person.to_string(), facts)?;
        notices::insert(conn, &NoticeRow { person_id: Some(person), ..row })?;
        Ok(())
    }

    /// To whoever wrote the enquiry that `facts` names, by the address they gave.
    ///
    /// # Errors
    /// The database's failures.
    pub fn to_writer(
        &mut self,
        conn: &mut Conn,
        about: &About<'_>,
        notice: Notice,
        facts: Facts,
    ) -> Result<(), Failure> {
        let row = self.row(about, notice, "writer", facts)?;
        notices::insert(conn, &row)?;
        Ok(())
    }

    /// To a member of staff; `gathered` where it only ever goes into the digest. False where they were told of the cause before.
    ///
    /// # Errors
    /// The database's failures.
    pub fn to_staff(
        &mut self,
        conn: &mut Conn,
        about: &About<'_>,
        notice: Notice,
        staff: StaffId,
        facts: Facts,
        gathered: bool,
    ) -> Result<bool, Failure> {
        let row = self.staff_row(conn, about, notice, staff, facts, gathered)?;
        Ok(notices::insert(conn, &row)?)
    }

    /// The row of a notice to a member of staff, as their choices and the agency's hours have it.
    ///
    /// # Errors
    /// The database's failures.
    pub(super) fn staff_row(
        &mut self,
        conn: &mut Conn,
        about: &About<'_>,
        notice: Notice,
        staff: StaffId,
        facts: Facts,
        gathered: bool,
    ) -> Result<NoticeRow, Failure> {
        let choices = Choices::of(conn, staff)?;
        let choice = match choices.of_notice(notice) {
            Choice::AtOnce if gathered => Choice::Digest,
            choice => choice,
        };
        let hours = Hours::of(conn, about.agency)?;
        let row = self.row(about, notice, &staff.to_string(), facts)?;
        let not_before = match choice {
            Choice::Digest => hours.next_digest(self.now, self.calendar),
            Choice::AtOnce if choices.any_hour => self.now,
            Choice::AtOnce | Choice::Off => hours.next_open(self.now, self.calendar),
        };
        let switched_off = choice == Choice::Off && !about.overtaken;
        let state = if switched_off { notices::SWITCHED_OFF.to_owned() } else { row.state.clone() };
        let settled_at = row.settled_at.or(switched_off.then_some(self.now));
        let in_digest = choice == Choice::Digest;
        Ok(NoticeRow { staff_id: Some(staff), state, settled_at, in_digest, not_before, ..row })
    }

    /// To every administrator of the agencies at the top, but for `except`: what is about the system itself.
    ///
    /// # Errors
    /// The database's failures.
    pub fn to_administrators(
        &mut self,
        conn: &mut Conn,
        notice: Notice,
        cause: &str,
        fell_on: NaiveDate,
        facts: Facts,
        except: Option<StaffId>,
    ) -> Result<(), Failure> {
        for agency in agencies::list(conn)?.into_iter().filter(|row| row.parent_id.is_none()) {
            let about = About { agency: agency.id, case: None, seq: None, cause, fell_on, overtaken: false };
            let role = crate::case::Role::Administrator.as_str();
            let keepers = crate::storage::staff::list_holders(conn, &[agency.id], role)?;
            for staff in keepers.into_iter().filter(|staff| except != Some(*staff)) {
                self.to_staff(conn, &about, notice, staff, facts, false)?;
            }
        }
        Ok(())
    }

    /// To an address of the settings, by its mark; false where its cause has one already.
    ///
    /// # Errors
    /// The database's failures.
    pub fn to_keeper(
        &mut self,
        conn: &mut Conn,
        about: &About<'_>,
        notice: Notice,
        facts: Facts,
    ) -> Result<bool, Failure> {
        let reader = facts.keeper.map(|mark| mark.to_string()).unwrap_or_default();
        let row = self.row(about, notice, &reader, facts)?;
        Ok(notices::insert(conn, &row)?)
    }

    fn row(&mut self, about: &About<'_>, notice: Notice, reader: &str, facts: Facts) -> Result<NoticeRow, Failure> {
        let entropy: &mut dyn Entropy = &mut self.randomness;
        Ok(NoticeRow {
            id: NoticeId::new(self.now, entropy),
            cause: format!("{}:{}", about.cause, reader),
            kind: notice.as_str().to_owned(),
            agency_id: Some(about.agency),
            case_id: about.case,
            seq: about.seq.map(small).transpose()?,
            staff_id: None,
            person_id: None,
            facts: facts.to_json()?,
            fell_on: about.fell_on,
            created_at: self.now,
            state: if about.overtaken { notices::OVERTAKEN } else { notices::WAITING }.to_owned(),
            in_digest: false,
            digest_id: None,
            not_before: self.now,
            attempts: 0,
            first_tried_at: None,
            claimed_by: None,
            claimed_until: None,
            settled_at: about.overtaken.then_some(self.now),
            fault: None,
        })
    }
}

/// Whom letters of the case go to.
fn addressee(case: &Case) -> PersonId {
    let agent = case.filed.agent.as_ref().filter(|_| case.filed.recipient == Recipient::Agent);
    agent.map_or(case.particulars.applicant.id, |agent| agent.person.id)
}

/// Writes what an act causes.
///
/// # Errors
/// The database's failures.
pub fn write(
    conn: &mut Conn,
    shared: &Shared,
    before: Option<&Case>,
    after: &Case,
    entries: &[Entry],
    calendars: &Calendars,
) -> Result<(), Failure> {
    let calendar = calendars.known_at(after.dated_at);
    let mut outbox = Outbox { randomness: shared.randomness.clone(), calendar: &calendar, now: shared.clock.now() };
    outbox.of_act(conn, before, after, entries)
}
