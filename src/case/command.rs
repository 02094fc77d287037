//! What somebody wants done with a case: imperative, with its particulars. Texts and people are already sealed into
//! rows of their own; a command carries references.

#![expect(missing_docs, reason = "the fields of a command say by name and type what they are")]

use chrono::NaiveDate;

use super::act::Act;
use super::terms::{ApprovalStep, ConfirmedBy, ConsultedParty, Opinion, PersonRef, ServiceWay, TextRef};
use crate::ids::{ConsultationId, StaffId};
use crate::law::outcome::Outcome;

/// Something to be done. Where a day is given it is the day the thing took place, which may lie before today;
/// never after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Confirm the date of receipt.
    ConfirmReceipt { received_on: NaiveDate, by: ConfirmedBy, evidence: Option<TextRef> },
    /// Register under `number`, which the register's counter has given. `evidence`: what proves the date of receipt.
    Register { number: String, evidence: Option<TextRef> },
    /// Give to a handler, or lay out for claiming.
    Assign { handler: Option<StaffId> },
    /// Take up oneself.
    Claim,
    /// Give back.
    Return { reason: TextRef },
    /// Ask for a correction. `window_days`: working days given, or the agency's usual.
    RequestCorrection { letter: TextRef, sent_on: NaiveDate, window_days: Option<u32> },
    /// The applicant received the correction notice on that day.
    RecordCorrectionDelivery { on: NaiveDate },
    /// The correction came on that day.
    ReceiveCorrection { text: TextRef, on: NaiveDate },
    /// No good reason is found for the missing correction; `letter` tells the applicant.
    Lapse { finding: TextRef, letter: TextRef },
    /// Good reason is shown.
    Reinstate { reason: TextRef },
    /// Ask for an opinion. `days` only for another agency: its cap, or the agency's usual.
    Consult {
        consultation: ConsultationId,
        party: ConsultedParty,
        addressee: PersonRef,
        letter: TextRef,
        issued_on: NaiveDate,
        days: Option<u32>,
    },
    /// They received the letter on that day.
    RecordConsultationDelivery { consultation: ConsultationId, on: NaiveDate },
    /// Their opinion came on that day.
    ReceiveOpinion { consultation: ConsultationId, opinion: Opinion, text: TextRef, on: NaiveDate },
    /// Ask for so many more working days.
    RequestExtension { days: u32, reason: TextRef },
    /// Consent, or not.
    DecideExtension { granted: bool, reason: Option<TextRef> },
    /// The notice was sent on that day.
    NotifyExtension { letter: TextRef, sent_on: NaiveDate },
    /// Write the reply. `withheld`: the grounds of what is withheld, for a reply that grants a part.
    Draft { outcome: Outcome, withheld: Vec<Outcome>, letter: TextRef, submit: bool },
    /// Pass the draft on at a step of approval.
    Approve { step: ApprovalStep, remark: Option<TextRef> },
    /// Send the draft back from a step of approval.
    SendBack { step: ApprovalStep, reason: TextRef },
    /// The reply was served on that day, by that way.
    Serve { way: ServiceWay, on: NaiveDate, proof: Option<TextRef> },
    /// Proof of service came in.
    RecordServiceProof { proof: TextRef, on: NaiveDate },
    /// The applicant withdraws.
    Withdraw { reason: Option<TextRef> },
    /// Leave a note.
    Note { text: TextRef },
    /// The date of receipt was recorded wrongly; it is this one.
    CorrectReceipt { received_on: NaiveDate, reason: TextRef },
    /// Entry `seq` was a mistake.
    Annul { seq: u32, reason: TextRef },
    /// Let the calendar act.
    Tick,
}

impl Command {
    /// Its kind.
    #[must_use]
    pub const fn act(&self) -> Act {
        match self {
            Self::ConfirmReceipt { .. } => Act::ConfirmReceipt,
            Self::Register { .. } => Act::Register,
            Self::Assign { .. } => Act::Assign,
            Self::Claim => Act::Claim,
            Self::Return { .. } => Act::Return,
            Self::RequestCorrection { .. } => Act::RequestCorrection,
            Self::RecordCorrectionDelivery { .. } => Act::RecordCorrectionDelivery,
            Self::ReceiveCorrection { .. } => Act::ReceiveCorrection,
            Self::Lapse { .. } => Act::Lapse,
            Self::Reinstate { .. } => Act::Reinstate,
            Self::Consult { .. } => Act::Consult,
            Self::RecordConsultationDelivery { .. } => Act::RecordConsultationDelivery,
            Self::ReceiveOpinion { .. } => Act::ReceiveOpinion,
            Self::RequestExtension { .. } => Act::RequestExtension,
            Self::DecideExtension { .. } => Act::DecideExtension,
            Self::NotifyExtension { .. } => Act::NotifyExtension,
            Self::Draft { .. } => Act::Draft,
            Self::Approve { step, .. } | Self::SendBack { step, .. } => step.act(),
            Self::Serve { .. } => Act::Serve,
            Self::RecordServiceProof { .. } => Act::RecordServiceProof,
            Self::Withdraw { .. } => Act::Withdraw,
            Self::Note { .. } => Act::Note,
            Self::CorrectReceipt { .. } => Act::CorrectReceipt,
            Self::Annul { .. } => Act::Annul,
            Self::Tick => Act::Tick,
        }
    }
}

impl ApprovalStep {
    /// The act that passes a draft on, or sends it back, at this step.
    #[must_use]
    pub const fn act(self) -> Act {
        match self {
            Self::Review => Act::Review,
            Self::SecrecyReview => Act::ReviewSecrecy,
            Self::Signature => Act::Sign,
        }
    }
}
