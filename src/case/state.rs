//! The case as its journal makes it.

use chrono::{DateTime, NaiveDate, Utc};

use super::entry::Entry;
use super::event::Filed;
use super::moment::Actor;
use super::stage::Stage;
use super::terms::{ConfirmedBy, ConsultedParty, Opinion, PersonRef, ServiceWay, TextRef};
use crate::ids::{AgencyId, CaseId, ConsultationId, StaffId};
use crate::law::outcome::Outcome;

/// The register's entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// The case's number.
    pub number: String,
    /// The day it was registered.
    pub on: NaiveDate,
}

/// A correction asked for, and what came of it (art. 30).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The journal entry of the notice.
    pub seq: u32,
    /// The notice.
    pub letter: TextRef,
    /// The day it was sent.
    pub sent_on: NaiveDate,
    /// Working days given.
    pub window_days: u32,
    /// Whether it was sent within the seven working days; if not, it restarts nothing.
    pub in_time: bool,
    /// The day the applicant received the notice, once known.
    pub delivered_on: Option<NaiveDate>,
    /// The day the correction came.
    pub received_on: Option<NaiveDate>,
    /// Whether the calendar has called for a finding.
    pub lapse_proposed: bool,
}

/// A consultation, and what came of it (arts 32–34).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consultation {
    /// Its id.
    pub id: ConsultationId,
    /// The journal entry of the letter; its days are left out of the count under the label `#seq`.
    pub seq: u32,
    /// Who is asked.
    pub party: ConsultedParty,
    /// The one asked, by reference.
    pub addressee: PersonRef,
    /// The letter.
    pub letter: TextRef,
    /// The day it was sent.
    pub issued_on: NaiveDate,
    /// Working days given, from receipt.
    pub days: u32,
    /// The day they received it, once known.
    pub delivered_on: Option<NaiveDate>,
    /// Their opinion and the day it came.
    pub answer: Option<(Opinion, NaiveDate)>,
    /// The last day of their window, once it passed in silence.
    pub silent_since: Option<NaiveDate>,
}

impl Consultation {
    /// Whether one still waits for them.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.answer.is_none() && self.silent_since.is_none()
    }
}

/// How far an extension has come (art. 33).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Extension {
    /// Asked for.
    Requested {
        /// Working days.
        days: u32,
    },
    /// Consented to by the head of the office; without effect until the notice is sent.
    Granted {
        /// Working days.
        days: u32,
        /// The day of the consent; no notice can be older.
        on: NaiveDate,
    },
    /// Notified: in effect.
    Notified {
        /// Working days.
        days: u32,
        /// The day the notice was sent.
        sent_on: NaiveDate,
    },
}

/// The draft reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What it decides.
    pub outcome: Outcome,
    /// The grounds of what is withheld, where a part is granted.
    pub withheld: Vec<Outcome>,
    /// Its text.
    pub letter: TextRef,
    /// Who wrote it.
    pub author: Option<StaffId>,
    /// The day it was signed.
    pub signed_on: Option<NaiveDate>,
}

/// The reply as served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// The way.
    pub way: ServiceWay,
    /// The day that decides whether it was in time.
    pub on: NaiveDate,
    /// The day the applicant is proven to have received it, once known.
    pub received_on: Option<NaiveDate>,
    /// Whether the applicant has confirmed it.
    pub confirmed_by_applicant: bool,
}

/// How the case ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// With what.
    pub outcome: Outcome,
    /// On which day.
    pub on: NaiveDate,
    /// The verdict of that day on whether the reply was late; none where nothing was due from the office.
    pub late: Option<bool>,
    /// Whether that verdict rests on a day in a year without a published calendar.
    pub provisional: bool,
}

/// A case: everything that follows from its journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// The number of entries applied.
    pub version: u32,
    /// When the last entry was recorded: the instant whose calendar dates the case.
    pub dated_at: DateTime<Utc>,
    /// How it arrived.
    pub filed: Filed,
    /// When that was recorded.
    pub filed_at: DateTime<Utc>,
    /// Who recorded it.
    pub filed_by: Actor,
    /// Where it stands.
    pub stage: Stage,
    /// With whom.
    pub handler: Option<StaffId>,
    /// The legal date of receipt (art. 31), once it is settled.
    pub received_on: Option<NaiveDate>,
    /// How it was confirmed, where it had to be.
    pub confirmed_by: Option<ConfirmedBy>,
    /// The register's entry.
    pub registration: Option<Registration>,
    /// The correction, at most one.
    pub correction: Option<Correction>,
    /// Whether a correction notice went out whose record was annulled: it was the one the law allows.
    pub correction_spent: bool,
    /// The day it was reinstated after a lapse; the period counts from there.
    pub reinstated_on: Option<NaiveDate>,
    /// Consultations, oldest first.
    pub consultations: Vec<Consultation>,
    /// The extension, at most one.
    pub extension: Option<Extension>,
    /// Whether an extension was notified whose record was annulled.
    pub extension_spent: bool,
    /// The draft reply.
    pub draft: Option<Draft>,
    /// The reply as served.
    pub served: Option<Served>,
    /// How it ended.
    pub closing: Option<Closing>,
    /// The due date for which it was already found overdue.
    pub overdue_since: Option<NaiveDate>,
    /// The journal, annulled entries included.
    pub(super) journal: Vec<Entry>,
}

impl Case {
    /// The agency.
    #[must_use]
    pub const fn agency(&self) -> AgencyId {
        self.filed.agency
    }

    /// The journal, oldest entry first.
    #[must_use]
    pub fn journal(&self) -> &[Entry] {
        &self.journal
    }

    /// Whether it is closed.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.stage == Stage::Closed
    }

    /// A correction that was asked for, in time or not, and has not come.
    #[must_use]
    pub fn awaited_correction(&self) -> Option<&Correction> {
        self.correction.as_ref().filter(|correction| correction.received_on.is_none())
    }

    /// The consultation with that id.
    #[must_use]
    pub fn consultation(&self, id: ConsultationId) -> Option<&Consultation> {
        self.consultations.iter().find(|consultation| consultation.id == id)
    }

    /// Whether somebody is still being consulted.
    #[must_use]
    pub fn is_consulting(&self) -> bool {
        self.consultations.iter().any(Consultation::is_open)
    }

    /// Working days by which the period is extended, once that has taken effect.
    #[must_use]
    pub const fn extended_by(&self) -> Option<u32> {
        match self.extension {
            Some(Extension::Notified { days, .. }) => Some(days),
            Some(Extension::Requested { .. } | Extension::Granted { .. }) | None => None,
        }
    }

    /// The earliest day on which anything can have happened to it.
    #[must_use]
    pub fn began_on(&self) -> NaiveDate {
        self.received_on.map_or(self.filed.arrived_on, |received| received.min(self.filed.arrived_on))
    }

    /// The last step that still stands: the only one that can be annulled.
    #[must_use]
    pub fn last_step(&self) -> Option<&Entry> {
        let annulled = super::apply::annulled(&self.journal);
        self.journal.iter().rev().find(|entry| entry.event.is_step() && !annulled.contains(&entry.seq))
    }
}
