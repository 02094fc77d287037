//! From journal to case. `apply` never refuses and never panics: what stands in the journal has happened.
//!
//! An annulled entry stays where it is; the case is folded again without it.

use std::collections::BTreeSet;

use super::entry::Entry;
use super::event::{Event, Filed};
use super::moment::Actor;
use super::stage::Stage;
use super::state::{Case, Closing, Consultation, Correction, Draft, Extension, Registration, Served};
use super::terms::ApprovalStep;
use crate::law::outcome::{self, Outcome};

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
        Ok(Self::filed(filed.clone(), entry))
    }

    fn filed(filed: Filed, entry: Entry) -> Self {
        Self {
            id: entry.case,
            version: entry.seq,
            dated_at: entry.at,
            filed_at: entry.at,
            filed_by: entry.actor,
            stage: if filed.received_on.is_some() { Stage::Registering } else { Stage::Confirming },
            received_on: filed.received_on,
            filed,
            handler: None,
            confirmed_by: None,
            registration: None,
            correction: None,
            correction_spent: false,
            reinstated_on: None,
            consultations: Vec::new(),
            extension: None,
            extension_spent: false,
            draft: None,
            served: None,
            closing: None,
            overdue_since: None,
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
            _ => {}
        }
    }

    /// What one entry that stands does to the case.
    fn take(&mut self, entry: &Entry) {
        self.version = entry.seq;
        self.dated_at = entry.at;
        match &entry.event {
            Event::Filed(_) | Event::Noted { .. } | Event::Annulled { .. } | Event::DueMoved { .. } => {}
            Event::ServiceProven { on, .. } => {
                if let Some(served) = &mut self.served {
                    served.received_on = Some(*on);
                    served.confirmed_by_applicant |= entry.actor == Actor::Applicant;
                }
            }
            Event::ReceiptConfirmed { received_on, by, .. } => {
                self.received_on = Some(*received_on);
                self.confirmed_by = Some(*by);
                self.stage = Stage::Registering;
            }
            Event::ReceiptCorrected { received_on, correction_in_time, .. } => {
                // Once the confirmation it corrected is annulled, there is no receipt to correct.
                if let Some(recorded) = &mut self.received_on {
                    *recorded = *received_on;
                }
                if let (Some(correction), Some(in_time)) = (&mut self.correction, correction_in_time) {
                    correction.in_time = *in_time;
                }
                if matches!(self.stage, Stage::Assigning | Stage::Handling | Stage::Correcting | Stage::Consulting) {
                    self.settle();
                }
            }
            Event::Registered { number, on, .. } => {
                self.registration = Some(Registration { number: number.clone(), on: *on });
                self.stage = Stage::Assigning;
            }
            Event::Assigned { handler } => {
                self.handler = *handler;
                self.settle();
            }
            Event::Claimed { handler } => {
                self.handler = Some(*handler);
                self.settle();
            }
            Event::Returned { .. } => {
                self.handler = None;
                self.stage = Stage::Assigning;
            }
            Event::WentOverdue { due, .. } => self.overdue_since = Some(*due),
            Event::Withdrawn { on, .. } => {
                self.close(Closing { outcome: Outcome::Withdrawn, on: *on, late: None, provisional: false });
            }
            Event::CorrectionRequested { .. }
            | Event::CorrectionNoticeDelivered { .. }
            | Event::CorrectionReceived { .. }
            | Event::LapseProposed { .. }
            | Event::Lapsed { .. }
            | Event::Reinstated { .. } => self.take_correction(entry),
            Event::ConsultationIssued { .. }
            | Event::ConsultationDelivered { .. }
            | Event::OpinionReceived { .. }
            | Event::ConsultationSilent { .. } => self.take_consultation(entry),
            Event::ExtensionRequested { .. } | Event::ExtensionDecided { .. } | Event::ExtensionNotified { .. } => {
                self.take_extension(entry);
            }
            Event::Drafted { .. } | Event::Approved { .. } | Event::SentBack { .. } | Event::Served { .. } => {
                self.take_reply(entry);
            }
        }
    }

    fn take_correction(&mut self, entry: &Entry) {
        match &entry.event {
            Event::CorrectionRequested { letter, sent_on, window_days, in_time } => {
                self.correction = Some(Correction {
                    seq: entry.seq,
                    letter: *letter,
                    sent_on: *sent_on,
                    window_days: *window_days,
                    in_time: *in_time,
                    delivered_on: None,
                    received_on: None,
                    lapse_proposed: false,
                });
                // A notice sent too late stops nothing (law.md §9): the case stays on the desk.
                if *in_time {
                    self.stage = Stage::Correcting;
                }
            }
            Event::CorrectionNoticeDelivered { on } => {
                if let Some(correction) = &mut self.correction {
                    correction.delivered_on = Some(*on);
                    correction.lapse_proposed = false;
                }
            }
            Event::CorrectionReceived { on, .. } => {
                if let Some(correction) = &mut self.correction {
                    correction.received_on = Some(*on);
                    // The period starts afresh, and an extension of the earlier one falls with it; a reinstatement
                    // on that day or later has begun a period of its own already.
                    if correction.in_time && self.reinstated_on.is_none_or(|reinstated| reinstated < *on) {
                        self.extension = None;
                    }
                }
                // Only a case that waited for it moves: the answer to a late notice takes no draft off its way.
                if self.stage == Stage::Correcting {
                    self.settle();
                }
            }
            Event::LapseProposed { .. } => {
                if let Some(correction) = &mut self.correction {
                    correction.lapse_proposed = true;
                }
            }
            Event::Lapsed { outcome, on, .. } => {
                self.close(Closing { outcome: *outcome, on: *on, late: None, provisional: false });
            }
            Event::Reinstated { on, .. } => {
                self.reinstated_on = Some(*on);
                self.closing = None;
                self.extension = None;
                self.settle();
            }
            _ => {}
        }
    }

    fn take_consultation(&mut self, entry: &Entry) {
        match &entry.event {
            Event::ConsultationIssued { consultation, party, addressee, letter, issued_on, days } => {
                self.consultations.push(Consultation {
                    id: *consultation,
                    seq: entry.seq,
                    party: *party,
                    addressee: *addressee,
                    letter: *letter,
                    issued_on: *issued_on,
                    days: *days,
                    delivered_on: None,
                    answer: None,
                    silent_since: None,
                });
            }
            Event::ConsultationDelivered { consultation, on } => {
                for one in self.consultations.iter_mut().filter(|one| one.id == *consultation) {
                    one.delivered_on = Some(*on);
                    // Silence was found from a presumed receipt; now that the day is known it is asked again.
                    one.silent_since = None;
                }
            }
            Event::OpinionReceived { consultation, opinion, on, .. } => {
                for one in self.consultations.iter_mut().filter(|one| one.id == *consultation) {
                    one.answer = Some((*opinion, *on));
                }
            }
            Event::ConsultationSilent { consultation, ended_on } => {
                for one in self.consultations.iter_mut().filter(|one| one.id == *consultation) {
                    one.silent_since = Some(*ended_on);
                }
            }
            _ => {}
        }
        if matches!(self.stage, Stage::Handling | Stage::Consulting) {
            self.settle();
        }
    }

    fn take_extension(&mut self, entry: &Entry) {
        match &entry.event {
            Event::ExtensionRequested { days, .. } => self.extension = Some(Extension::Requested { days: *days }),
            Event::ExtensionDecided { granted: true, days, .. } => {
                self.extension = Some(Extension::Granted { days: *days, on: crate::clock::day_in_china(entry.at) });
            }
            Event::ExtensionDecided { granted: false, .. } => self.extension = None,
            Event::ExtensionNotified { sent_on, .. } => {
                if let Some(Extension::Granted { days, .. }) = self.extension {
                    self.extension = Some(Extension::Notified { days, sent_on: *sent_on });
                }
            }
            _ => {}
        }
    }

    fn take_reply(&mut self, entry: &Entry) {
        match &entry.event {
            Event::Drafted { outcome, withheld, letter, submitted } => {
                self.draft = Some(Draft {
                    outcome: *outcome,
                    withheld: withheld.clone(),
                    letter: *letter,
                    author: entry.actor.staff(),
                    signed_on: None,
                });
                if *submitted {
                    self.stage = Stage::Reviewing;
                }
            }
            Event::Approved { step, .. } => self.pass(*step, entry),
            Event::SentBack { .. } => {
                self.stage = Stage::Handling;
                self.settle();
            }
            Event::Served { way, on, late, provisional, .. } => {
                self.served = Some(Served { way: *way, on: *on, received_on: None, confirmed_by_applicant: false });
                let outcome = self.draft.as_ref().map_or(Outcome::Other, |draft| draft.outcome);
                self.close(Closing { outcome, on: *on, late: Some(*late), provisional: *provisional });
            }
            _ => {}
        }
    }

    fn pass(&mut self, step: ApprovalStep, entry: &Entry) {
        let Some(draft) = &mut self.draft else { return };
        self.stage = match step {
            ApprovalStep::Review if outcome::rule(draft.outcome).needs_secrecy_review => Stage::SecrecyReviewing,
            ApprovalStep::Review | ApprovalStep::SecrecyReview => Stage::Signing,
            ApprovalStep::Signature => {
                draft.signed_on = Some(crate::clock::day_in_china(entry.at));
                Stage::Serving
            }
        };
    }

    fn close(&mut self, closing: Closing) {
        self.closing = Some(closing);
        self.stage = Stage::Closed;
    }

    /// Puts the case where it belongs once nothing waits for the applicant any more.
    fn settle(&mut self) {
        self.stage =
            if self.awaited_correction().is_some_and(|correction| correction.in_time) && self.reinstated_on.is_none() {
                Stage::Correcting
            } else if self.is_consulting() {
                Stage::Consulting
            } else if self.handler.is_some() {
                Stage::Handling
            } else {
                Stage::Assigning
            };
    }
}
