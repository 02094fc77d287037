//! Events are stored for ever: what is written today must be read by every later version, and holds no word about
//! anybody. One example of each, spelled out in a snapshot, so that no rename slips through unnoticed.
//!
//! If the snapshot differs, do not accept it: add a variant, or a field with a default, and raise `entry::VERSION`.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use dafu::case::event::Filed;
use dafu::case::terms::{
    ApprovalStep, ConfirmedBy, ConsultedParty, DeliveryRoute, InformationForm, Opinion, ServiceWay,
};
use dafu::case::{Actor, Entry, Event};
use dafu::ids::{AgencyId, CaseId, StaffId};
use dafu::law::count::ClockName;
use dafu::law::outcome::Outcome;
use dafu::law::receipt::{ApplicantKind, Channel};
use serde_json::Value;
use uuid::Uuid;

use crate::support::case::{HANDLER, consultation, day, handler, morning, person, source, text};

/// One of each, with every optional field given.
fn examples() -> Vec<Event> {
    let on = day("03-02");
    let consultation = consultation(1);
    vec![
        Event::Filed(Filed {
            agency: AgencyId::from_uuid(Uuid::from_u128(0xA1)),
            receipt_no: "YUNHE-2026-000012".to_owned(),
            channel: Channel::InPerson,
            arrived_on: on,
            received_on: Some(on),
            confirmation_days: 1,
            applicant_kind: ApplicantKind::NaturalPerson,
            applicant: person(),
            subject: text(),
            description: text(),
            form: InformationForm::Paper,
            route: DeliveryRoute::Post,
        }),
        Event::ReceiptConfirmed { received_on: on, by: ConfirmedBy::Telephone, evidence: Some(text()) },
        Event::Registered { number: "云政公开申〔2026〕12号".to_owned(), on, evidence: Some(text()) },
        Event::Assigned { handler: Some(handler()) },
        Event::Claimed { handler: handler() },
        Event::Returned { reason: text() },
        Event::CorrectionRequested { letter: text(), sent_on: on, window_days: 10, in_time: true },
        Event::CorrectionNoticeDelivered { on },
        Event::CorrectionReceived { text: text(), on },
        Event::LapseProposed { clock: ClockName::CorrectionWindow, ended_on: on },
        Event::Lapsed { outcome: Outcome::LapsedCorrection, finding: text(), letter: text(), on },
        Event::Reinstated { reason: text(), on },
        Event::ConsultationIssued {
            consultation,
            party: ConsultedParty::ThirdParty,
            addressee: person(),
            letter: text(),
            issued_on: on,
            days: 15,
        },
        Event::ConsultationDelivered { consultation, on },
        Event::OpinionReceived { consultation, opinion: Opinion::Objects, text: text(), on },
        Event::ConsultationSilent { consultation, ended_on: on },
        Event::ExtensionRequested { days: 20, reason: text() },
        Event::ExtensionDecided { granted: true, days: 20, reason: Some(text()) },
        Event::ExtensionNotified { letter: text(), sent_on: on },
        Event::Drafted {
            outcome: Outcome::PartlyGranted,
            withheld: vec![Outcome::RefusedThirdParty, Outcome::NotHeld],
            letter: text(),
            submitted: true,
        },
        Event::Approved { step: ApprovalStep::SecrecyReview, remark: Some(text()) },
        Event::SentBack { step: ApprovalStep::Signature, reason: text() },
        Event::Served { way: ServiceWay::InPerson, on, proof: Some(text()), due: on, late: false, provisional: false },
        Event::ServiceProven { proof: text(), on },
        Event::Withdrawn { reason: Some(text()), on },
        Event::Noted { text: text() },
        Event::ReceiptCorrected { received_on: on, correction_in_time: Some(true), reason: text() },
        Event::Annulled { seq: 4, reason: text() },
        Event::WentOverdue { clock: ClockName::Reply, due: on },
        Event::DueMoved { clock: ClockName::Reply, from: on, to: on },
    ]
}

/// The same with every optional field left out.
fn bare_examples() -> Vec<Event> {
    let on = day("03-02");
    vec![
        Event::ReceiptConfirmed { received_on: on, by: ConfirmedBy::Automatic, evidence: None },
        Event::Assigned { handler: None },
        Event::ExtensionDecided { granted: false, days: 5, reason: None },
        Event::Approved { step: ApprovalStep::Review, remark: None },
        Event::Served { way: ServiceWay::Electronic, on, proof: None, due: on, late: true, provisional: true },
        Event::Withdrawn { reason: None, on },
    ]
}

fn entry(event: Event) -> Entry {
    let case = CaseId::from_uuid(Uuid::from_u128(0xCA5E));
    Entry::follow(case, 0, morning(day("03-02")), HANDLER, vec![event]).remove(0)
}

/// The names under which events are stored, read from the arms of `Event::kind`.
fn kinds() -> BTreeSet<String> {
    let source = source("src/case/event.rs");
    let arms = source.split_once("fn kind(&self)").unwrap().1.split_once("\n    }\n").unwrap().0;
    arms.lines().filter_map(|line| Some(line.split_once("=> \"")?.1.split_once('"')?.0.to_owned())).collect()
}

#[test]
fn there_is_an_example_of_every_kind() {
    let examples = examples();
    let shown: BTreeSet<_> = examples.iter().map(|event| event.kind().to_owned()).collect();
    assert_eq!(shown.len(), examples.len());
    assert_eq!(shown, kinds());
}

#[test]
fn every_event_is_read_back_as_it_was_written() {
    for event in examples().into_iter().chain(bare_examples()) {
        let written = serde_json::to_string(&event).unwrap();
        assert_eq!(serde_json::from_str::<Event>(&written).unwrap(), event, "{written}");
        let entry = entry(event);
        let written = serde_json::to_string(&entry).unwrap();
        assert_eq!(serde_json::from_str::<Entry>(&written).unwrap(), entry, "{written}");
    }
}

#[test]
fn an_event_is_stored_under_its_kind() {
    for event in examples() {
        assert_eq!(serde_json::to_value(&event).unwrap()["kind"], event.kind());
    }
}

#[test]
fn an_entry_with_a_field_nobody_knows_is_not_read() {
    let mut written = serde_json::to_value(entry(Event::Noted { text: text() })).unwrap();
    written["remark"] = Value::from("read by a version that would drop it");
    assert!(serde_json::from_value::<Entry>(written).is_err());
}

#[test]
fn the_spelling_of_every_event_is_what_it_was() {
    let lines: Vec<_> = examples().iter().map(|event| dafu::journal::canonical::bytes(event).unwrap()).collect();
    insta::assert_snapshot!("events", lines.join("\n"));
}

#[test]
fn the_spelling_of_an_entry_is_what_it_was() {
    let delegate = Actor::Delegate { id: handler(), absent: StaffId::from_uuid(Uuid::from_u128(0x5F)) };
    let actors = [Actor::Applicant, HANDLER, Actor::System, delegate];
    let lines: Vec<_> = actors
        .into_iter()
        .map(|actor| Entry { actor, ..entry(Event::Noted { text: text() }) })
        .map(|entry| dafu::journal::canonical::bytes(&entry).unwrap())
        .collect();
    insta::assert_snapshot!("entries", lines.join("\n"));
}

/// Every word that the vocabularies of case and law allow.
fn vocabulary() -> BTreeSet<&'static str> {
    fn words<T: Copy>(all: &'static [T], word: fn(T) -> &'static str) -> impl Iterator<Item = &'static str> {
        all.iter().copied().map(word)
    }
    words(Channel::ALL, Channel::as_str)
        .chain(words(ApplicantKind::ALL, ApplicantKind::as_str))
        .chain(words(InformationForm::ALL, InformationForm::as_str))
        .chain(words(DeliveryRoute::ALL, DeliveryRoute::as_str))
        .chain(words(ConfirmedBy::ALL, ConfirmedBy::as_str))
        .chain(words(ConsultedParty::ALL, ConsultedParty::as_str))
        .chain(words(Opinion::ALL, Opinion::as_str))
        .chain(words(ServiceWay::ALL, ServiceWay::as_str))
        .chain(words(ApprovalStep::ALL, ApprovalStep::as_str))
        .chain(words(ClockName::ALL, ClockName::as_str))
        .chain(words(Outcome::ALL, Outcome::as_str))
        .collect()
}

/// What is wrong with a value under that key: none if it says nothing about anybody.
fn tells_something(key: &str, value: &Value, words: &BTreeSet<&str>) -> Option<String> {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
        Value::Array(items) => items.iter().find_map(|item| tells_something(key, item, words)),
        Value::Object(fields) => fields.iter().find_map(|(key, value)| tells_something(key, value, words)),
        Value::String(said) => {
            let harmless = match key {
                "kind" => kinds().contains(said),
                "number" | "receipt_no" => true,
                "digest" => said.len() == 64 && said.bytes().all(|byte| byte.is_ascii_hexdigit()),
                _ => words.contains(said.as_str()) || said.parse::<NaiveDate>().is_ok() || said.parse::<Uuid>().is_ok(),
            };
            (!harmless).then(|| format!("{key}: {said:?}"))
        }
    }
}

#[test]
fn an_event_holds_kinds_dates_numbers_ids_and_digests_only() {
    let words = vocabulary();
    for event in examples() {
        let told = tells_something("", &serde_json::to_value(&event).unwrap(), &words);
        assert_eq!(told, None, "{}", event.kind());
    }
}

#[test]
fn the_two_numbers_are_the_only_strings_an_event_can_hold() {
    let source = source("src/case/event.rs");
    let events = source.split_once("impl Event").unwrap().0;
    let free: Vec<_> = events
        .split([',', '{', '\n'])
        .map(str::trim)
        .filter(|field| !field.starts_with("//") && (field.contains("String") || field.contains("Value")))
        .collect();
    assert_eq!(free, ["pub receipt_no: String", "number: String"]);
}
