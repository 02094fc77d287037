//! Which letter an entry of the journal sends out: one table.

use crate::case::Event;
use crate::case::terms::{ApprovalStep, ConsultedParty};
use crate::law::letter::LetterKind;

/// The letter that goes out with this event; none for most.
#[must_use]
pub const fn letter_for(event: &Event) -> Option<LetterKind> {
    Some(match event {
        Event::CorrectionRequested { .. } => LetterKind::Correction,
        Event::ExplanationRequested { .. } => LetterKind::Explanation,
        Event::DelayNotified { .. } => LetterKind::Delay,
        Event::ExtensionNotified { .. } => LetterKind::Extension,
        Event::ConsultationIssued { party: ConsultedParty::ThirdParty, .. } => LetterKind::ThirdParty,
        Event::ConsultationIssued { party: ConsultedParty::CoMaker, .. } => LetterKind::CoMaker,
        Event::ConsultationIssued { .. } => LetterKind::Assisting,
        Event::ApplicantTold { .. } => LetterKind::ConsultationTold,
        Event::ThirdPartyTold { .. } => LetterKind::Override,
        Event::FeeNoticed { .. } => LetterKind::Fee,
        Event::Referred { .. } => LetterKind::Referral,
        Event::Lapsed { .. } => LetterKind::Lapse,
        Event::Withdrawn { .. } => LetterKind::WithdrawalConfirmed,
        Event::Released { .. } => LetterKind::Release,
        // The reply is numbered when it is signed, and goes out when it is served.
        Event::Approved { step: ApprovalStep::Signature, .. } => LetterKind::Reply,
        _ => return None,
    })
}
