//! The case as its journal makes it.

mod desk;
mod explanation;
mod fee;
mod files;
mod reopening;
mod reply;
mod retention;

use chrono::{DateTime, NaiveDate, Utc};

use super::entry::Entry;
use super::event::{Filed, Imported};
use super::moment::Actor;
use super::stage::Stage;
use super::terms::{
    ConfirmedBy, ConsultedParty, DeliveryRoute, Examined, FileRef, InformationForm, LinkKind, Matter, Opinion,
    PersonRef, TextRef,
};
use crate::ids::FileId;
use crate::ids::{AgencyId, CaseId, ConsultationId, StaffId, WordingId};
use crate::law::letter::LetterKind;
use crate::law::receipt::ApplicantKind;
use crate::law::third_party::ThirdPartyFinding;

pub use desk::{CoWork, Publication, Referral, Search};
pub use explanation::Explanation;
pub use fee::{FeeNotice, Waiver};
pub use files::{CaseFile, DeliveryLine, Fetched, Release};
pub use reopening::Reopening;
pub use reply::{AnsweredCheck, Closing, Draft, Served};
pub use retention::{Destroyed, HandedOver, Hold};

/// What the application says of itself, as the record now has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Particulars {
    /// The annual report's class of the applicant.
    pub applicant_kind: ApplicantKind,
    /// Who asks.
    pub applicant: PersonRef,
    /// The form wanted.
    pub form: InformationForm,
    /// The way of getting it.
    pub route: DeliveryRoute,
    /// What is applied for.
    pub matter: Matter,
    /// What is asked for, by title: narrowed when matters are split off.
    pub subject: TextRef,
}

/// A try to reach the applicant, so as to confirm receipt (art. 31).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contact {
    /// By which way.
    pub by: ConfirmedBy,
    /// Whether the applicant was reached.
    pub reached: bool,
    /// On which day.
    pub on: NaiveDate,
}

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
    /// What the agency made of the answer or the silence; for a third party.
    pub finding: Option<ThirdPartyFinding>,
    /// The day of that finding.
    pub weighed_on: Option<NaiveDate>,
    /// The day a third party was told that its information is disclosed all the same.
    pub told_on: Option<NaiveDate>,
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

/// A letter that was issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedLetter {
    /// The journal entry that issued it.
    pub seq: u32,
    /// The entry it was issued for.
    pub of: u32,
    /// Which.
    pub kind: LetterKind,
    /// Its number.
    pub number: String,
    /// The edition of its wording; none for what is built in.
    pub wording: Option<WordingId>,
    /// Its whole text.
    pub text: TextRef,
    /// It as it was set; none where there was no font.
    pub pdf: Option<FileRef>,
    /// The day it was issued.
    pub on: NaiveDate,
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
    /// What the ledger said from which it was brought in; none for what came here first.
    pub imported: Option<Imported>,
    /// How it ended first by that ledger.
    pub(super) first_of_ledger: Option<Closing>,
    /// Where it stands.
    pub stage: Stage,
    /// The day it came to stand there.
    pub stage_since: NaiveDate,
    /// With whom.
    pub handler: Option<StaffId>,
    /// The legal date of receipt (art. 31), once it is settled.
    pub received_on: Option<NaiveDate>,
    /// How it was confirmed, where it had to be.
    pub confirmed_by: Option<ConfirmedBy>,
    /// The particulars as they now stand.
    pub particulars: Particulars,
    /// Tries to reach the applicant before receipt was confirmed.
    pub contacts: Vec<Contact>,
    /// The first look, as last recorded.
    pub examination: Vec<Examined>,
    /// Cases that took over matters of this application.
    pub split_off: Vec<CaseId>,
    /// Cases this one was linked to, oldest first.
    pub links: Vec<(CaseId, LinkKind)>,
    /// Whether it was marked as sensitive by hand.
    pub sensitive: bool,
    /// The register's entry.
    pub registration: Option<Registration>,
    /// The correction, at most one.
    pub correction: Option<Correction>,
    /// Whether a correction notice went out whose record was annulled: it was the one the law allows.
    pub correction_spent: bool,
    /// The day it was reinstated after a lapse; the period counts from there.
    pub reinstated_on: Option<NaiveDate>,
    /// Each time a decision had it answered anew, oldest first.
    pub reopenings: Vec<Reopening>,
    /// The agency that succeeded to it, if one did.
    pub taken_over: Option<AgencyId>,
    /// Consultations, oldest first.
    pub consultations: Vec<Consultation>,
    /// The journal entry that last told the applicant of consultations.
    pub applicant_told: Option<u32>,
    /// The request to explain many applications, at most one.
    pub explanation: Option<Explanation>,
    /// Whether such a request went out whose record was annulled.
    pub explanation_spent: bool,
    /// The fee notice, at most one.
    pub fee: Option<FeeNotice>,
    /// Whether a fee notice went out whose record was annulled.
    pub fee_spent: bool,
    /// The waiver of the fee that was asked for last.
    pub waiver: Option<Waiver>,
    /// What units of the agency were asked to contribute.
    pub co_work: Vec<CoWork>,
    /// Searches, oldest first.
    pub searches: Vec<Search>,
    /// The agencies it was pointed to, in their order.
    pub referrals: Vec<Referral>,
    /// The information proposed for publication (art. 44).
    pub publication: Option<Publication>,
    /// The letters issued, oldest first: also one whose cause was annulled, for its number is given and it was read.
    pub letters: Vec<IssuedLetter>,
    /// Files, oldest first.
    pub files: Vec<CaseFile>,
    /// What was handed out, oldest first.
    pub releases: Vec<Release>,
    /// The register of service, oldest line first.
    pub deliveries: Vec<DeliveryLine>,
    /// What the applicant has fetched.
    pub fetched: Vec<Fetched>,
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
    /// Orders to keep the file, oldest first.
    pub holds: Vec<Hold>,
    /// The archive that has the file.
    pub handed_over: Option<HandedOver>,
    /// That what was in it is gone.
    pub destroyed: Option<Destroyed>,
    /// The due date for which it was already found overdue.
    pub overdue_since: Option<NaiveDate>,
    /// The journal, annulled entries included.
    pub(super) journal: Vec<Entry>,
}

impl Case {
    /// The agency: that it was addressed to, or the last that succeeded to it.
    #[must_use]
    pub const fn agency(&self) -> AgencyId {
        match self.taken_over {
            Some(successor) => successor,
            None => self.filed.agency,
        }
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

    /// The fee that was noticed and is neither paid nor waived.
    #[must_use]
    pub fn unpaid_fee(&self) -> Option<&FeeNotice> {
        self.fee.as_ref().filter(|fee| fee.paid_on.is_none() && !self.fee_is_waived())
    }

    /// Whether the fee was waived.
    #[must_use]
    pub fn fee_is_waived(&self) -> bool {
        self.waiver.as_ref().is_some_and(|waiver| waiver.granted == Some(true))
    }

    /// A request to explain that was not answered, and not decided in the applicant's favour: reasons that come late are heard
    /// as long as the reply is not out, and weighed anew.
    #[must_use]
    pub fn awaited_explanation(&self) -> Option<&Explanation> {
        self.explanation.as_ref().filter(|one| one.received_on.is_none() && one.reasonable != Some(true))
    }

    /// A referral that waits for its confirmation: that of entry `seq`, or the earliest.
    #[must_use]
    pub fn awaited_referral(&self, seq: Option<u32>) -> Option<&Referral> {
        self.referrals.iter().find(|one| one.confirmed_on.is_none() && seq.is_none_or(|seq| one.seq == seq))
    }

    /// The contribution with that id.
    #[must_use]
    pub fn co_work(&self, id: crate::ids::CoWorkId) -> Option<&CoWork> {
        self.co_work.iter().find(|one| one.id == id)
    }

    /// Consultations the applicant has not been told of.
    pub fn untold_consultations(&self) -> impl Iterator<Item = &Consultation> + '_ {
        let told = self.applicant_told.unwrap_or_default();
        self.consultations.iter().filter(move |one| one.seq > told)
    }

    /// Working days by which the period is extended, once that has taken effect.
    #[must_use]
    pub const fn extended_by(&self) -> Option<u32> {
        match self.extension {
            Some(Extension::Notified { days, .. }) => Some(days),
            Some(Extension::Requested { .. } | Extension::Granted { .. }) | None => None,
        }
    }

    /// The file with that id.
    #[must_use]
    pub fn file(&self, id: FileId) -> Option<&CaseFile> {
        self.files.iter().find(|one| one.file.id == id)
    }

    /// The letter that entry `seq` issued.
    #[must_use]
    pub fn letter(&self, seq: u32) -> Option<&IssuedLetter> {
        self.letters.iter().find(|one| one.seq == seq)
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
