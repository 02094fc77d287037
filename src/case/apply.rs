//! From journal to case. `apply` never refuses and never panics: what stands in the journal has happened.
//!
//! An annulled entry stays where it is; the case is folded again without it.

mod consultation;
mod correction;
mod desk;
mod extension;
mod fee;
mod files;
mod imported;
mod registration;
mod reopening;
mod reply;
mod retention;

use std::collections::BTreeSet;

use super::entry::Entry;
use super::event::{Event, Filed};
use super::stage::Stage;
use super::state::{Case, Closing, IssuedLetter, Particulars};
use crate::clock::day_in_china;
use crate::law::outcome::Outcome;

/// Why a journal makes no case.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReplayFault {
    /// There is no entry at all.
    #[error("the journal is empty")]
    Empty,
    /// The first entry is not an arrival.
    #[error("the first entry of a journal must be the arrival of an application, found {found}")]
    NotFiled {
        /// The kind found instead.
        found: &'static str,
    },
}

/// The entries that have been annulled.
#[must_use]
pub fn annulled(journal: &[Entry]) -> BTreeSet<u32> {
    journal
        .iter()
        .filter_map(|entry| match entry.event {
            Event::Annulled { seq, .. } => Some(seq),
            _ => None,
        })
        .collect()
}

impl Case {
    /// The case that a journal makes.
    ///
    /// # Errors
    /// [`ReplayFault::Empty`] and [`ReplayFault::NotFiled`] for what is no journal of a case.
    pub fn replay(journal: impl IntoIterator<Item = Entry>) -> Result<Self, ReplayFault> {
        let mut entries = journal.into_iter();
        let first = entries.next().ok_or(ReplayFault::Empty)?;
        let mut case = Self::begin(first)?;
        for entry in entries {
            case.apply(entry);
        }
        Ok(case)
    }

    /// The case as its first entry makes it.
    ///
    /// # Errors
    /// [`ReplayFault::NotFiled`] if that entry is not an arrival.
    pub fn begin(entry: Entry) -> Result<Self, ReplayFault> {
        let Event::Filed(filed) = &entry.event else {
            return Err(ReplayFault::NotFiled { found: entry.event.kind() });
        };
        Ok(Self::filed(Filed::clone(filed), entry))
    }

    fn filed(filed: Filed, entry: Entry) -> Self {
        Self {
            id: entry.case,
            version: entry.seq,
            dated_at: entry.at,
            filed_at: entry.at,
            filed_by: entry.actor,
            stage_since: day_in_china(entry.at),
            stage: if filed.received_on.is_some() { Stage::Registering } else { Stage::Confirming },
            received_on: filed.received_on,
            imported: None,
            first_of_ledger: None,
            particulars: Particulars {
                applicant_kind: filed.applicant_kind,
                applicant: filed.applicant,
                form: filed.form,
                route: filed.route,
                subject: filed.subject,
                matter: filed.matter,
            },
            contacts: Vec::new(),
            examination: Vec::new(),
            split_off: Vec::new(),
            links: Vec::new(),
            sensitive: false,
            handler: None,
            confirmed_by: None,
            registration: None,
            correction: None,
            // One correction for one application, also when its matters are split (art. 30).
            correction_spent: filed.correction_asked,
            reinstated_on: None,
            reopenings: Vec::new(),
            taken_over: None,
            consultations: Vec::new(),
            applicant_told: None,
            explanation: None,
            explanation_spent: false,
            fee: None,
            fee_spent: false,
            waiver: None,
            co_work: Vec::new(),
            searches: Vec::new(),
            referrals: Vec::new(),
            publication: None,
            letters: Vec::new(),
            files: Vec::new(),
            releases: Vec::new(),
            deliveries: Vec::new(),
            fetched: Vec::new(),
            extension: None,
            extension_spent: false,
            draft: None,
            served: None,
            closing: None,
            holds: Vec::new(),
            handed_over: None,
            destroyed: None,
            overdue_since: None,
            filed,
            journal: vec![entry],
        }
    }

    /// Takes one more entry into the case.
    pub fn apply(&mut self, entry: Entry) {
        if matches!(entry.event, Event::Annulled { .. }) {
            self.journal.push(entry);
            self.fold_again();
            return;
        }
        self.take(&entry);
        self.journal.push(entry);
    }

    /// Folds the whole journal again, leaving out what has been annulled.
    fn fold_again(&mut self) {
        let journal = std::mem::take(&mut self.journal);
        let Some(first) = journal.first().cloned() else { return };
        let left_out = annulled(&journal);
        let mut folded = Self::filed(self.filed.clone(), first);
        for entry in journal.iter().skip(1) {
            // The entry that annuls comes after what it annuls, so version and date end up as the journal's own.
            if left_out.contains(&entry.seq) {
                folded.remember_what_went_out(&entry.event);
            } else {
                folded.take(entry);
            }
        }
        folded.journal = journal;
        *self = folded;
    }

    /// A notice that reached the applicant was the one the law allows, though its record was a mistake.
    const fn remember_what_went_out(&mut self, event: &Event) {
        match event {
            Event::CorrectionRequested { .. } => self.correction_spent = true,
            Event::ExtensionNotified { .. } => self.extension_spent = true,
            Event::ExplanationRequested { .. } => self.explanation_spent = true,
            Event::FeeNoticed { .. } => self.fee_spent = true,
            _ => {}
        }
    }

    /// What one entry that stands does to the case.
    fn take(&mut self, entry: &Entry) {
        let was = self.stage;
        self.version = entry.seq;
        self.dated_at = entry.at;
        self.take_event(entry);
        if self.stage != was {
            self.stage_since = day_in_china(entry.at);
        }
    }

    fn take_event(&mut self, entry: &Entry) {
        match &entry.event {
            Event::Filed(_)
            | Event::Noted { .. }
            | Event::Annulled { .. }
            | Event::DueMoved { .. }
            | Event::EnquiryTied { .. }
            | Event::ProceedingAnchored { .. } => {}
            Event::TakenOver { to, .. } => self.taken_over = Some(*to),
            Event::WentOverdue { due, .. } => self.overdue_since = Some(*due),
            Event::LetterIssued { of, letter, number, wording, text, pdf } => self.letters.push(IssuedLetter {
                seq: entry.seq,
                of: *of,
                kind: *letter,
                number: number.clone(),
                wording: *wording,
                text: *text,
                pdf: *pdf,
                on: day_in_china(entry.at),
            }),
            Event::Imported(imported) => self.take_imported(entry.seq, imported),
            Event::Withdrawn { on, .. } => {
                self.close(Closing { outcome: Outcome::Withdrawn, on: *on, late: None, provisional: false });
            }
            Event::ReceiptConfirmed { .. }
            | Event::ContactAttempted { .. }
            | Event::ReceiptCorrected { .. }
            | Event::Registered { .. }
            | Event::ParticularsCorrected { .. }
            | Event::Examined { .. }
            | Event::MattersSplitOff { .. }
            | Event::Linked { .. }
            | Event::SensitivityMarked { .. }
            | Event::Assigned { .. }
            | Event::Claimed { .. }
            | Event::Returned { .. } => self.take_registration(entry),
            Event::CorrectionRequested { .. }
            | Event::CorrectionNoticeDelivered { .. }
            | Event::CorrectionReceived { .. }
            | Event::LapseProposed { .. }
            | Event::Lapsed { .. }
            | Event::Reinstated { .. } => self.take_correction(entry),
            Event::Reopened { order } => self.take_up_again(entry.seq, order),
            Event::ExplanationRequested { .. }
            | Event::ExplanationRequestDelivered { .. }
            | Event::ExplanationReceived { .. }
            | Event::ExplanationDecided { .. }
            | Event::DelayNotified { .. } => self.take_explanation(entry),
            Event::FeeNoticed { .. }
            | Event::FeeNoticeDelivered { .. }
            | Event::PaymentReported { .. }
            | Event::FeePaid { .. }
            | Event::WaiverRequested { .. }
            | Event::WaiverDecided { .. } => self.take_fee(entry),
            Event::CoWorkOpened { .. }
            | Event::CoWorkAnswered { .. }
            | Event::CoWorkRecalled { .. }
            | Event::SearchRecorded { .. }
            | Event::Referred { .. }
            | Event::ReferralConfirmed { .. }
            | Event::PublicationProposed { .. }
            | Event::Published { .. } => self.take_from_the_desk(entry),
            Event::FileAttached { .. }
            | Event::FileShown { .. }
            | Event::FileChecked { .. }
            | Event::Released { .. }
            | Event::DeliveryRecorded { .. }
            | Event::Downloaded { .. } => self.take_file(entry),
            Event::HoldPlaced { .. } | Event::HoldLifted { .. } | Event::HandedOver(_) | Event::Destroyed(_) => {
                self.take_retention(entry);
            }
            Event::ConsultationIssued { .. }
            | Event::ConsultationDelivered { .. }
            | Event::OpinionReceived { .. }
            | Event::ConsultationSilent { .. }
            | Event::ConsultationWeighed { .. }
            | Event::ThirdPartyTold { .. }
            | Event::ApplicantTold { .. } => self.take_consultation(entry),
            Event::ExtensionRequested { .. } | Event::ExtensionDecided { .. } | Event::ExtensionNotified { .. } => {
                self.take_extension(entry);
            }
            Event::Drafted { .. }
            | Event::Approved { .. }
            | Event::SentBack { .. }
            | Event::CheckAnswered { .. }
            | Event::Recalled { .. }
            | Event::Served { .. }
            | Event::ServiceProven { .. } => self.take_reply(entry),
        }
    }

    fn close(&mut self, closing: Closing) {
        self.closing = Some(closing);
        self.stage = Stage::Closed;
    }

    /// Puts the case where it belongs once nothing waits for the applicant any more.
    fn settle(&mut self) {
        self.stage = if self.awaited_correction().is_some_and(|correction| correction.in_time)
            && self.reinstated_on.is_none()
            && self.reopenings.is_empty()
        {
            Stage::Correcting
        } else if self.unpaid_fee().is_some() {
            Stage::Paying
        } else if self.is_consulting() {
            Stage::Consulting
        } else if self.handler.is_some() {
            Stage::Handling
        } else {
            Stage::Assigning
        };
    }
}
