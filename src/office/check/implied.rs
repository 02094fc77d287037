//! What an entry implies of the rows it refers to: of a text its kind, of a person the part they play.

use crate::case::Event;
use crate::case::terms::{PersonRef, TextRef};
use crate::office::sealing::{TextKind, part};

/// The texts of this event with their kinds, in the order of [`Event::texts`].
pub(super) fn kinds(event: &Event) -> Vec<(TextRef, TextKind)> {
    let all = |kind: TextKind| event.texts().into_iter().map(|text| (text, kind)).collect();
    // The first of these kinds for the first text, and so on; the last for all behind.
    match event {
        Event::Filed(filed) => {
            let some = |text: Option<TextRef>, kind| text.map(|text| (text, kind));
            [(filed.subject, TextKind::Subject), (filed.description, TextKind::Description)]
                .into_iter()
                .chain(some(filed.agent.and_then(|agent| agent.authority), TextKind::Evidence))
                .chain(some(filed.evidence, TextKind::Evidence))
                .chain(some(filed.extra, TextKind::Extra))
                .collect()
        }
        Event::Drafted { .. } => in_turn(event, &[TextKind::Letter, TextKind::Reply]),
        Event::Released { .. } => in_turn(event, &[TextKind::Letter, TextKind::Reason]),
        Event::MattersSplitOff { .. } => in_turn(event, &[TextKind::Subject, TextKind::Reason]),
        Event::Lapsed { .. } | Event::Referred { .. } => in_turn(event, &[TextKind::Reason, TextKind::Letter]),
        Event::Approved { signed, .. } => event
            .texts()
            .into_iter()
            .map(|text| (text, if Some(text) == *signed { TextKind::SignedReply } else { TextKind::Reason }))
            .collect(),
        Event::ReceiptConfirmed { .. }
        | Event::Registered { .. }
        | Event::ContactAttempted { .. }
        | Event::Served { .. }
        | Event::PaymentReported { .. }
        | Event::FeePaid { .. }
        | Event::ReferralConfirmed { .. }
        | Event::ServiceProven { .. }
        | Event::Published { .. } => all(TextKind::Evidence),
        Event::Imported(_)
        | Event::CorrectionRequested { .. }
        | Event::ExplanationRequested { .. }
        | Event::DelayNotified { .. }
        | Event::FeeNoticed { .. }
        | Event::ConsultationIssued { .. }
        | Event::ThirdPartyTold { .. }
        | Event::ApplicantTold { .. }
        | Event::ExtensionNotified { .. } => all(TextKind::Letter),
        Event::CorrectionReceived { .. } | Event::ExplanationReceived { .. } => all(TextKind::Correction),
        Event::FileAttached { .. } => all(TextKind::Redaction),
        Event::DeliveryRecorded { .. } => all(TextKind::Delivery),
        Event::SearchRecorded { .. } => all(TextKind::Search),
        Event::CoWorkOpened { .. } | Event::CoWorkAnswered { .. } => all(TextKind::CoWork),
        Event::OpinionReceived { .. } => all(TextKind::Opinion),
        Event::Noted { .. } => all(TextKind::Note),
        Event::LetterIssued { .. } => all(TextKind::IssuedLetter),
        // Every other event says why, or nothing.
        _ => all(TextKind::Reason),
    }
}

fn in_turn(event: &Event, kinds: &[TextKind]) -> Vec<(TextRef, TextKind)> {
    let last = kinds.last().copied().unwrap_or(TextKind::Reason);
    let kinds = kinds.iter().copied().chain(std::iter::repeat(last));
    event.texts().into_iter().zip(kinds).collect()
}

/// The people of this event with their parts.
pub(super) fn parts(event: &Event) -> Vec<(PersonRef, &'static str)> {
    match event {
        Event::Filed(filed) => std::iter::once((filed.applicant, part::APPLICANT))
            .chain(filed.co_applicants.iter().map(|one| (*one, part::CO_APPLICANT)))
            .chain(filed.agent.map(|agent| (agent.person, part::AGENT)))
            .collect(),
        Event::ParticularsCorrected { applicant, .. } => {
            applicant.iter().map(|person| (*person, part::APPLICANT)).collect()
        }
        Event::ConsultationIssued { addressee, party, .. } => vec![(*addressee, party.as_str())],
        _ => Vec::new(),
    }
}
