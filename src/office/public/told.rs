//! What the applicant is told of a case: a time line of what came, what went out and what ended it, and the letters to read.
//! The office's inner steps stay inside.

use chrono::NaiveDate;

use super::{DocumentRef, Milestone};
use crate::case::terms::TextRef;
use crate::case::{Case, Event};
use crate::clock::day_in_china;

/// What the applicant is told of the journal: what came, what went out, and what ended it; not the office's inner steps.
pub(super) fn timeline(case: &Case) -> Vec<Milestone> {
    let left_out = crate::case::apply::annulled(case.journal());
    case.journal()
        .iter()
        .filter(|entry| !left_out.contains(&entry.seq))
        .filter_map(|entry| {
            let recorded = day_in_china(entry.at);
            let on = match &entry.event {
                Event::Filed(filed) => filed.arrived_on,
                Event::ReceiptConfirmed { received_on, .. } => *received_on,
                Event::CorrectionRequested { sent_on, .. }
                | Event::ExtensionNotified { sent_on, .. }
                | Event::ExplanationRequested { sent_on, .. }
                | Event::DelayNotified { sent_on, .. }
                | Event::FeeNoticed { sent_on, .. }
                | Event::ApplicantTold { sent_on, .. } => *sent_on,
                Event::ConsultationIssued { issued_on, .. } => *issued_on,
                Event::Registered { on, .. }
                | Event::CorrectionReceived { on, .. }
                | Event::ExplanationReceived { on, .. }
                | Event::PaymentReported { on, .. }
                | Event::FeePaid { on, .. }
                | Event::Referred { on, .. }
                | Event::OpinionReceived { on, .. }
                | Event::Lapsed { on, .. }
                | Event::Reinstated { on, .. }
                | Event::Served { on, .. }
                | Event::Withdrawn { on, .. } => *on,
                Event::ConsultationSilent { ended_on, .. } => *ended_on,
                Event::ReceiptCorrected { .. }
                | Event::DueMoved { .. }
                | Event::MattersSplitOff { .. }
                | Event::WaiverDecided { granted: true, .. } => recorded,
                _ => return None,
            };
            Some(Milestone { on, kind: entry.event.kind(), zh: entry.event.zh(), en: entry.event.en() })
        })
        .collect()
}

/// The letters that went to the applicant: also one whose record was annulled, for it was read all the same.
pub(super) fn documents(case: &Case) -> Vec<DocumentRef> {
    let left_out = crate::case::apply::annulled(case.journal());
    let mut documents: Vec<DocumentRef> = case
        .journal()
        .iter()
        .filter_map(|entry| {
            let (letter, kind, on) = letter(&entry.event)?;
            Some(DocumentRef { id: letter.id, kind, on, annulled: left_out.contains(&entry.seq) })
        })
        .collect();
    if let (Some(served), Some(draft)) = (&case.served, &case.draft) {
        let whole = draft.signed.unwrap_or(draft.letter);
        documents.push(DocumentRef { id: whole.id, kind: "reply", on: served.on, annulled: false });
    }
    documents
}

/// The letter of an event, what it is, and the day it went.
const fn letter(event: &Event) -> Option<(TextRef, &'static str, NaiveDate)> {
    Some(match event {
        Event::CorrectionRequested { letter, sent_on, .. } => (*letter, "correction_notice", *sent_on),
        Event::ExtensionNotified { letter, sent_on } => (*letter, "extension_notice", *sent_on),
        Event::ExplanationRequested { letter, sent_on, .. } => (*letter, "explanation_request", *sent_on),
        Event::DelayNotified { letter, sent_on } => (*letter, "delay_notice", *sent_on),
        Event::FeeNoticed { letter, sent_on, .. } => (*letter, "fee_notice", *sent_on),
        Event::ApplicantTold { letter, sent_on } => (*letter, "consultation_notice", *sent_on),
        Event::Lapsed { letter, on, .. } => (*letter, "lapse_notice", *on),
        _ => return None,
    })
}
