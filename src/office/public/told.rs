//! What the applicant is told of a case: a time line of what came, what went out and what ended it, and the letters to read.
//! The office's inner steps stay inside.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{DocumentRef, Milestone};
use crate::case::terms::TextRef;
use crate::case::{Actor, Case, Entry, Event};
use crate::clock::day_in_china;
use crate::law::letter::LetterKind;

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
                Event::Reopened { order } => order.from,
                Event::ConsultationSilent { ended_on, .. } => *ended_on,
                Event::ReceiptCorrected { .. }
                | Event::DueMoved { .. }
                | Event::MattersSplitOff { .. }
                | Event::WaiverDecided { granted: true, .. }
                | Event::Released { .. } => recorded,
                Event::FileAttached { .. } if entry.actor == Actor::Applicant => recorded,
                _ => return None,
            };
            Some(Milestone { on, kind: entry.event.kind(), zh: entry.event.zh(), en: entry.event.en() })
        })
        .collect()
}

/// The letters that went to the applicant: also one whose record was annulled, for it was read all the same. The reply only
/// once it is served.
pub(super) fn documents(case: &Case) -> Vec<DocumentRef> {
    let left_out = crate::case::apply::annulled(case.journal());
    let issued = case.letters.iter().filter(|one| one.kind.is_to_applicant() && one.kind != LetterKind::Reply);
    let mut documents = of_before(case, &left_out);
    documents.extend(issued.map(|one| DocumentRef {
        id: one.text.id,
        kind: word(one.kind),
        number: one.number.clone(),
        on: case.journal().iter().find(|entry| entry.seq == one.of).map_or(one.on, |entry| sent_on(entry, one.on)),
        annulled: left_out.contains(&one.of),
    }));
    documents.extend(case.replies().map(|(one, served)| DocumentRef {
        id: one.text.id,
        kind: word(one.kind),
        number: one.number.clone(),
        on: served.on,
        annulled: false,
    }));
    documents
}

/// Letters of the time before letters were issued with their acts: the officer's words are all there is of them.
fn of_before(case: &Case, left_out: &BTreeSet<u32>) -> Vec<DocumentRef> {
    let number =
        || case.registration.as_ref().map_or_else(|| case.filed.receipt_no.clone(), |entry| entry.number.clone());
    let unissued = case.journal().iter().filter(|entry| !case.letters.iter().any(|one| one.of == entry.seq));
    let mut documents: Vec<DocumentRef> = unissued
        .filter_map(|entry| {
            let (letter, kind) = letter_of(&entry.event)?;
            let on = sent_on(entry, day_in_china(entry.at));
            let annulled = left_out.contains(&entry.seq);
            Some(DocumentRef { id: letter.id, kind: word(kind), number: number(), on, annulled })
        })
        .collect();
    let signed = case.draft.as_ref().and_then(|draft| draft.signed);
    let is_issued = case.letters.iter().any(|one| one.kind == LetterKind::Reply);
    if let (Some(served), Some(signed), false) = (&case.served, signed, is_issued) {
        let kind = word(LetterKind::Reply);
        documents.push(DocumentRef { id: signed.id, kind, number: number(), on: served.on, annulled: false });
    }
    documents
}

/// The words of a letter to the applicant, by the entry that sent it.
const fn letter_of(event: &Event) -> Option<(TextRef, LetterKind)> {
    Some(match event {
        Event::CorrectionRequested { letter, .. } => (*letter, LetterKind::Correction),
        Event::ExtensionNotified { letter, .. } => (*letter, LetterKind::Extension),
        Event::ExplanationRequested { letter, .. } => (*letter, LetterKind::Explanation),
        Event::DelayNotified { letter, .. } => (*letter, LetterKind::Delay),
        Event::FeeNoticed { letter, .. } => (*letter, LetterKind::Fee),
        Event::ApplicantTold { letter, .. } => (*letter, LetterKind::ConsultationTold),
        Event::Lapsed { letter, .. } => (*letter, LetterKind::Lapse),
        _ => return None,
    })
}

/// What the applicant's letters are called in the API.
const fn word(kind: LetterKind) -> &'static str {
    match kind {
        LetterKind::Correction => "correction_notice",
        LetterKind::Extension => "extension_notice",
        LetterKind::Explanation => "explanation_request",
        LetterKind::Delay => "delay_notice",
        LetterKind::Fee => "fee_notice",
        LetterKind::ConsultationTold => "consultation_notice",
        LetterKind::Lapse => "lapse_notice",
        LetterKind::Referral => "referral_notice",
        LetterKind::WithdrawalConfirmed => "withdrawal_confirmation",
        LetterKind::Release => "release_notice",
        _ => "reply",
    }
}

/// The day the letter of an entry went.
const fn sent_on(entry: &Entry, recorded: NaiveDate) -> NaiveDate {
    match &entry.event {
        Event::CorrectionRequested { sent_on, .. }
        | Event::ExtensionNotified { sent_on, .. }
        | Event::ExplanationRequested { sent_on, .. }
        | Event::DelayNotified { sent_on, .. }
        | Event::FeeNoticed { sent_on, .. }
        | Event::ApplicantTold { sent_on, .. } => *sent_on,
        Event::Lapsed { on, .. } | Event::Referred { on, .. } | Event::Withdrawn { on, .. } => *on,
        _ => recorded,
    }
}
