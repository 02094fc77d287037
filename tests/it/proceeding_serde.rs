//! Events of proceedings are stored for ever: one example of each, spelled out in a snapshot, so that no rename slips through.
//!
//! If the snapshot differs, do not accept it: add a variant, or a field with a default, and raise `entry::VERSION`.

use std::collections::BTreeSet;

use dafu::case::Actor;
use dafu::ids::{CaseId, ImportId};
use dafu::journal::{Algorithm, canonical, chain, verify};
use dafu::law::count::ClockName;
use dafu::law::judgment::Judgment;
use dafu::law::letter::LetterKind;
use dafu::law::order::OrderPeriod;
use dafu::law::overturn::OverturnReason;
use dafu::proceeding::event::{Decision, Imported, ImportedAnswer, ImportedRound, ImportedStriking};
use dafu::proceeding::opening::Opening;
use dafu::proceeding::terms::{
    Appellant, CloseReason, DateKind, HearingKind, Level, Procedure, ProceedingKind, RetrialCause, Route,
    SuspensionGround,
};
use dafu::proceeding::{Command, Entry, Event, Proceeding};
use serde_json::Value;
use uuid::Uuid;

use crate::support::proceeding::*;

/// One of each, with every optional field given.
fn examples() -> Vec<Event> {
    let on = day("2025-03-05");
    let staff = LAWYER.staff().unwrap();
    vec![
        Event::Opened(Box::new(Opening {
            route: Some(Route::AfterReconsideration { proceeding: Some(proceeding(2)) }),
            authority_number: Some(text()),
            submitted_on: Some(on),
            accepted_on: Some(on),
            received_on: Some(on),
            answer_by: Some(on),
            document: Some(file_id()),
            handler: Some(staff),
            ..opening(ProceedingKind::Litigation)
        })),
        Event::Imported(Box::new(Imported {
            import: ImportId::from_uuid(Uuid::from_u128(0xA7)),
            row: 12,
            began_on: on,
            earlier: vec![ImportedRound { from: on, judgment: Judgment::CourtDismissed, on }],
            level: Level::Retrial,
            heard_as: Level::Second,
            answered: Some(ImportedAnswer { on, late: true, text: text() }),
            decision: Some(Decision {
                judgment: Judgment::CourtRevoked,
                made_on: on,
                received_on: on,
                reasons: vec![OverturnReason::NoReasons],
                order: Some(OrderPeriod::Statutory),
                number: None,
                text: None,
                document: None,
            }),
            took_effect_on: Some(on),
            performed_on: Some(on),
            struck: Some(ImportedStriking { reason: CloseReason::Merged, on }),
            closed_on: Some(on),
        })),
        Event::Assigned { handler: Some(staff) },
        Event::CorrectionAsked { on },
        Event::Corrected { on },
        Event::Accepted { on, authority: Some(text()), number: Some(text()) },
        Event::CopyReceived { on, answer_by: Some(on) },
        Event::ProcedureSwitched { to: Procedure::Ordinary, on },
        Event::AnswerMoved { to: on, text: text() },
        Event::EvidenceListed { item: item(), leave: Some(text()) },
        Event::PaperIssued {
            letter: LetterKind::ReconsiderationAnswer,
            number: "云政公开复答〔2025〕1号".to_owned(),
            text: Some(text()),
        },
        Event::EvidenceRemoved { item: 7, reason: text() },
        Event::Answered { on, text: text(), files: vec![file_id()], due: on, late: false, provisional: false },
        Event::HearingFixed { of: HearingKind::Session, on, place: text() },
        Event::HearingMoved { hearing: 7, to: on },
        Event::HearingHeld { hearing: 7, on, head_attended: true, minutes: Some(text()) },
        Event::HearingDropped { hearing: 7, reason: text() },
        Event::MediationRecorded { on, agreed: true, text: text() },
        Event::Suspended { on, ground: SuspensionGround::OtherCase, text: Some(text()) },
        Event::Resumed { on },
        Event::DecisionExtended { on, days: 30 },
        Event::Decided(Box::new(Decision {
            judgment: Judgment::ReconsiderationRevoked,
            made_on: on,
            received_on: on,
            reasons: vec![OverturnReason::NoSearchRecord, OverturnReason::NoReasons],
            order: Some(OrderPeriod::WorkingDays { days: 15 }),
            number: Some(text()),
            text: Some(text()),
            document: Some(file_id()),
        })),
        Event::TookEffect { on },
        Event::OpinionReceived { on, text: text(), document: Some(file_id()) },
        Event::OpinionReported { on, text: text() },
        Event::Performed { on, letter_number: Some("云政公开答〔2025〕31号".to_owned()), text: text() },
        Event::Appealed { by: Appellant::Plaintiff, on },
        Event::RetrialOrdered { cause: RetrialCause::Procuratorate, on, heard_as: Level::Second, authority: text() },
        Event::Withdrawn { on, text: Some(text()) },
        Event::Closed { reason: CloseReason::Merged, text: text() },
        Event::FileAttached { file: file(), title: text() },
        Event::Linked { case: case() },
        Event::Noted { text: text(), mentions: vec![staff] },
        Event::DateCorrected { date: DateKind::CopyReceived, on, answer_late: Some(true), reason: text() },
        Event::Annulled { seq: 4, reason: text() },
        Event::WentOverdue { clock: ClockName::Defence, due: on },
        Event::DueMoved { clock: ClockName::Defence, from: on, to: on },
    ]
}

fn entry(event: Event) -> Entry {
    Entry::follow(proceeding(1), 0, morning(day("2025-03-05")), LAWYER, vec![event]).remove(0)
}

#[test]
fn there_is_an_example_of_every_kind() {
    let shown: BTreeSet<_> = examples().iter().map(Event::kind).collect();
    assert_eq!(shown.len(), examples().len());
    assert_eq!(shown, Event::KINDS.iter().copied().collect());
}

#[test]
fn every_event_is_read_back_as_it_was_written_and_stored_under_its_kind() {
    for event in examples() {
        assert_eq!(serde_json::to_value(&event).unwrap()["kind"], event.kind());
        let written = serde_json::to_string(&entry(event.clone())).unwrap();
        assert_eq!(serde_json::from_str::<Entry>(&written).unwrap(), entry(event), "{written}");
    }
}

#[test]
fn an_item_of_evidence_may_say_how_many_pages_it_has_and_one_of_before_says_nothing() {
    let before = serde_json::to_value(item()).unwrap();
    assert!(before.get("pages").is_none(), "spelled as ever: {before}");
    let counted = dafu::proceeding::event::EvidenceItem { pages: Some(3), ..item() };
    let written = serde_json::to_value(&counted).unwrap();
    assert_eq!(serde_json::from_value::<dafu::proceeding::event::EvidenceItem>(written).unwrap(), counted);
}

#[test]
fn every_order_of_a_decision_is_read_back() {
    let orders = [
        OrderPeriod::WorkingDays { days: 15 },
        OrderPeriod::CalendarDays { days: 15 },
        OrderPeriod::Until { on: day("2025-04-30") },
        OrderPeriod::Statutory,
    ];
    let written = serde_json::to_string(&orders).unwrap();
    assert_eq!(
        written,
        r#"[{"unit":"working_days","days":15},{"unit":"calendar_days","days":15},{"unit":"until","on":"2025-04-30"},{"unit":"statutory"}]"#
    );
    assert_eq!(serde_json::from_str::<Vec<OrderPeriod>>(&written).unwrap(), orders);
}

#[test]
fn an_entry_with_a_field_nobody_knows_is_not_read() {
    let mut written = serde_json::to_value(entry(Event::Noted { text: text(), mentions: vec![] })).unwrap();
    written["remark"] = Value::from("read by a version that would drop it");
    assert!(serde_json::from_value::<Entry>(written).is_err());
}

#[test]
fn the_spelling_of_every_event_is_what_it_was() {
    let lines: Vec<_> = examples().iter().map(|event| canonical::bytes(event).unwrap()).collect();
    insta::assert_snapshot!("events", lines.join("\n"));
}

#[test]
fn the_spelling_of_an_entry_is_what_it_was() {
    let noted = || Event::Noted { text: text(), mentions: vec![] };
    let lines: Vec<_> = [LAWYER, Actor::System]
        .into_iter()
        .map(|actor| canonical::bytes(&Entry { actor, ..entry(noted()) }).unwrap())
        .collect();
    insta::assert_snapshot!("entries", lines.join("\n"));
}

#[test]
fn a_journal_of_a_proceeding_is_chained_and_verified_like_a_cases() {
    let desk = Desk::opened(reconsideration(Procedure::Simplified, "2025-04-25", "2025-04-29"), "2025-04-29").after([
        ("2025-05-08", answer("2025-05-08")),
        ("2025-05-23", decided(Judgment::ReconsiderationUpheld, "2025-05-22", "2025-05-23")),
        ("2025-05-26", Command::Note { text: text(), mentions: vec![] }),
    ]);
    // The chain wants sixteen bytes of an id and no more: those of the file.
    let id = CaseId::from_uuid(desk.file.id.uuid());
    let mut previous = None;
    let mut rows = Vec::new();
    for entry in desk.file.journal() {
        let body = canonical::bytes(entry).unwrap();
        let link = chain::link(Algorithm::Sha256, id, previous.as_ref(), &body);
        previous = Some(link.hash);
        rows.push((entry.seq, body, link.previous.to_string(), link.hash.to_string()));
    }
    let stored = |rows: &[(u32, String, String, String)]| {
        let rows = rows.iter().map(|(seq, body, previous, hash)| verify::Stored {
            seq: *seq,
            body,
            algorithm: "sha-256",
            previous,
            hash,
        });
        verify::verify(id, rows)
    };
    assert_eq!(stored(&rows).unwrap(), previous);
    let replayed: Vec<Entry> = rows.iter().map(|row| serde_json::from_str(&row.1).unwrap()).collect();
    assert_eq!(Proceeding::replay(replayed).unwrap(), desk.file);
    rows[1].1 = rows[1].1.replace("2025-05-08", "2025-05-07");
    assert_eq!(stored(&rows).unwrap_err().seq, 2);
}
