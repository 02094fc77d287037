//! One act with one enquiry: load it, ask whether this person may, decide, record.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::contents::{Sealer, TextKind};
use super::views::EnquiryView;
use super::{recording, telling};
use crate::case::terms::TextRef;
use crate::case::{Actor, Moment, Settings};
use crate::clock::day_in_china;
use crate::enquiry::{Act, Choice, Command, Enquiry, Entry, Event, Refusal, allowed, decide, guards, tick};
use crate::ids::{AgencyId, EnquiryId, StaffId};
use crate::law::editions::Calendars;
use crate::office::failure::Failure;
use crate::office::permission::{Deed, Lineage, Officer, permit};
use crate::office::{Shared, assignment, projection, standing_in};
use crate::storage::agencies::{self, AgencyRow};
use crate::storage::{Conn, staff};
use crate::vault::Digest;

/// What an act works with inside its transaction.
pub(super) struct Desk<'a> {
    pub conn: &'a mut Conn,
    pub shared: &'a Shared,
    pub enquiry: Enquiry,
    /// Whose duty it is now.
    pub agency: AgencyRow,
    pub lineage: Lineage,
    /// Who acts; the writer or the calendar for none.
    pub officer: Option<&'a Officer>,
    pub now: DateTime<Utc>,
    pub today: NaiveDate,
    pub calendars: Calendars,
    settings: Settings,
    actor: Actor,
    head: Digest,
}

impl<'a> Desk<'a> {
    /// Lays the enquiry on the desk.
    ///
    /// # Errors
    /// [`Failure::Missing`] if there is none; the database's failures.
    pub fn open(
        conn: &'a mut Conn,
        shared: &'a Shared,
        officer: Option<&'a Officer>,
        id: EnquiryId,
    ) -> Result<Self, Failure> {
        let (enquiry, head) = recording::load(conn, id)?;
        let agency = agencies::load(conn, enquiry.agency)?;
        let lineage = projection::lineage(conn, agency.id)?;
        // A journal's time only goes forward, should the clock have been set back.
        let now = shared.clock.now().max(enquiry.dated_at + TimeDelta::microseconds(1));
        let calendars = shared.calendars_in(conn)?;
        let settings = projection::settings_of(conn, &agency)?;
        let today = day_in_china(now);
        Ok(Self {
            conn,
            shared,
            enquiry,
            agency,
            lineage,
            officer,
            now,
            today,
            calendars,
            settings,
            actor: Actor::System,
            head,
        })
    }

    /// Whether whoever acts may do `act`; from here on the journal has them by name.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`].
    pub fn permits(&mut self, act: Act) -> Result<(), Failure> {
        match self.officer {
            Some(officer) => {
                permit(officer, Deed::Enquire(act), &self.lineage)?;
                self.actor = officer.acts_as(Deed::Enquire(act), &self.lineage);
                Ok(())
            }
            None if act == Act::Tick => Ok(()),
            None => Err(Deed::Enquire(act).forbidden()),
        }
    }

    /// The writer acts, whose code was found right.
    pub const fn of_writer(&mut self) {
        self.actor = Actor::Applicant;
    }

    /// Whether whoever looks may read it: at the agency that has it, or at one that had it and handed it over.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; the database's failures.
    pub fn can_read(&mut self) -> Result<(), Failure> {
        let Some(officer) = self.officer else { return Ok(()) };
        let here = permit(officer, Deed::Read, &self.lineage);
        if here.is_ok() {
            return here;
        }
        let before: Vec<AgencyId> = self.enquiry.hand_overs.iter().map(|one| one.from).collect();
        for agency in before {
            if permit(officer, Deed::Read, &projection::lineage(self.conn, agency)?).is_ok() {
                return Ok(());
            }
        }
        here
    }

    /// Whether they have read what stands.
    ///
    /// # Errors
    /// [`Failure::Stale`] with the enquiry as it is.
    pub fn is_current(&mut self, expected: u32) -> Result<(), Failure> {
        let version = self.enquiry.version;
        if version == expected {
            return Ok(());
        }
        let current = serde_json::to_value(self.view()?).map_err(Failure::broken)?;
        Err(Failure::Stale { current: Box::new(current), version })
    }

    /// Whether the act is open now: asked before anything is laid down on its strength, such as an application.
    ///
    /// # Errors
    /// [`Failure::RefusedInEnquiry`].
    pub fn is_open(&self, act: Act) -> Result<(), Failure> {
        let moment = self.moment();
        let (_, enquiry) = tick::catch_up(&self.enquiry, &moment);
        guards::open(&enquiry, act, &moment).map_err(|refusal| self.refused(refusal))
    }

    /// The moment of the act.
    pub const fn moment(&self) -> Moment<'_> {
        Moment {
            now: self.now,
            today: self.today,
            calendars: &self.calendars,
            actor: self.actor,
            settings: self.settings,
        }
    }

    /// Decides and records.
    ///
    /// # Errors
    /// [`Failure::RefusedInEnquiry`] with what may be done instead; the database's failures.
    pub fn perform(&mut self, command: Command) -> Result<Vec<Event>, Failure> {
        let events = decide(&self.enquiry, command, &self.moment()).map_err(|refusal| self.refused(refusal))?;
        if events.is_empty() {
            return Ok(events);
        }
        let entries = Entry::follow(self.enquiry.id, self.enquiry.version, self.now, self.actor, events.clone());
        let before = (self.enquiry.clone(), self.head);
        for entry in &entries {
            self.enquiry.apply(entry.clone());
        }
        let calendar = self.calendars.known_at(self.now);
        self.head =
            recording::append(self.conn, self.shared, self.officer, Some(&before), &self.enquiry, &entries, &calendar)?;
        if self.enquiry.agency != self.agency.id {
            self.agency = agencies::load(self.conn, self.enquiry.agency)?;
            self.lineage = projection::lineage(self.conn, self.agency.id)?;
        }
        telling::of_act(self, &before.0, &entries)?;
        Ok(events)
    }

    fn refused(&self, refusal: Refusal) -> Failure {
        Failure::RefusedInEnquiry { refusal, allowed: self.choices() }
    }

    /// What whoever acts may do, and what stands in the way of the rest; by roles of their own first, then by lent ones.
    pub fn choices(&self) -> Vec<Choice> {
        let Some(officer) = self.officer else {
            return allowed::choices_of_writer(&self.enquiry, &self.moment());
        };
        let mut found: Vec<Choice> = Vec::new();
        for (actor, roles) in standing_in::roles_by_name(officer, &self.lineage) {
            let moment = Moment { actor, ..self.moment() };
            for choice in allowed::choices(&self.enquiry, &roles, &moment) {
                if !found.iter().any(|one| one.act == choice.act) {
                    found.push(choice);
                }
            }
        }
        found.sort_by_key(|choice| Act::ALL.iter().position(|act| *act == choice.act));
        found
    }

    /// The enquiry for whoever acts.
    ///
    /// # Errors
    /// The database's failures; [`Failure::Broken`] for rows that were tampered with.
    pub fn view(&mut self) -> Result<EnquiryView, Failure> {
        super::reading::view(self)
    }

    /// Seals a text under the enquiry's key.
    ///
    /// # Errors
    /// The vault's and the database's failures.
    pub fn text(&mut self, kind: TextKind, words: &str) -> Result<TextRef, Failure> {
        let mut sealer = Sealer::of(self.conn, self.shared, self.enquiry.id, self.now)?;
        sealer.text(self.conn, kind, words)
    }

    /// Somebody who works at the agency and can see to it.
    ///
    /// # Errors
    /// [`Failure::Invalid`] at `pointer`; the database's failures.
    pub fn sees_to_it(&mut self, pointer: &str, member: StaffId) -> Result<(), Failure> {
        sees_to_it(self.conn, self.agency.id, pointer, member)
    }
}

/// Whoever holds a role of those who answer enquiries.
///
/// # Errors
/// [`Failure::Invalid`] at `pointer`; the database's failures.
pub(super) fn sees_to_it(conn: &mut Conn, agency: AgencyId, pointer: &str, member: StaffId) -> Result<(), Failure> {
    let roles = Deed::Enquire(Act::Answer).roles();
    let held = staff::roles_of(conn, member)?;
    let fits = held.iter().any(|(at, role)| *at == agency && roles.iter().any(|one| one.as_str() == role));
    if fits && staff::load(conn, member)?.active { Ok(()) } else { Err(assignment::not_here(pointer)) }
}
