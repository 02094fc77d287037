//! The file of an enquiry by itself, through the same door as the real one: decide, record, apply. Days are reckoned by hand beside the
//! calendar of March 2026; and one example of each event, spelled out, so that no rename slips through.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use dafu::case::{Actor, Moment, Role, Settings};
use dafu::enquiry::opening::Opening;
use dafu::enquiry::terms::{AnswerWay, CloseReason, EnquiryKind};
use dafu::enquiry::{Act, Command, Enquiry, Entry, Event, Refusal, Stage, allowed, choices, clock, decide, open, tick};
use dafu::ids::{AgencyId, CaseId, EnquiryId, StaffId};
use dafu::journal::{Algorithm, canonical, chain, verify};
use dafu::law::editions::Calendars;
use uuid::Uuid;

use crate::support::proceeding::{LAWYER, calendars, day, morning, text};

const fn agency(n: u128) -> AgencyId {
    AgencyId::from_uuid(Uuid::from_u128(0xA0 + n))
}

const fn id(n: u128) -> EnquiryId {
    EnquiryId::from_uuid(Uuid::from_u128(0xE0 + n))
}

const fn case() -> CaseId {
    CaseId::from_uuid(Uuid::from_u128(0xCA))
}

fn handler() -> StaffId {
    LAWYER.staff().unwrap()
}

fn opening(kind: EnquiryKind, arrived_on: NaiveDate) -> Opening {
    Opening {
        agency: agency(1),
        number: "YUNHE-L2026-000001".to_owned(),
        of: kind,
        arrived_on,
        days: if kind.is_handed_over() { 5 } else { 15 },
        writer: text(),
        subject: text(),
        content: text(),
        their_number: None,
        from_case: None,
        handler: None,
    }
}

/// A desk with a calendar.
struct Desk {
    calendars: Calendars,
}

impl Desk {
    fn new() -> Self {
        Self { calendars: calendars() }
    }

    fn moment(&self, on: &str, actor: Actor) -> Moment<'_> {
        let today = day(on);
        Moment { now: morning(today), today, calendars: &self.calendars, actor, settings: Settings::default() }
    }

    fn registered(&self, on: &str, kind: EnquiryKind) -> Enquiry {
        let at = self.moment(on, LAWYER);
        let event = open(opening(kind, day(on)), &at).unwrap();
        Enquiry::replay(Entry::follow(id(1), 0, at.now, LAWYER, vec![event])).unwrap()
    }

    fn act(&self, enquiry: &mut Enquiry, on: &str, command: Command) -> Result<Vec<Event>, Refusal> {
        let at = self.moment(on, LAWYER);
        let events = decide(enquiry, command, &at)?;
        for entry in Entry::follow(enquiry.id, enquiry.version, at.now, LAWYER, events.clone()) {
            enquiry.apply(entry);
        }
        Ok(events)
    }

    fn due(&self, enquiry: &Enquiry) -> NaiveDate {
        clock::clock(enquiry, &self.calendars.known_at(enquiry.dated_at)).due.on
    }
}

#[test]
fn days_are_counted_from_registration_and_a_hand_over_gives_its_own_or_those_that_stood() {
    let desk = Desk::new();
    let mut letter = desk.registered("2026-03-02", EnquiryKind::MailboxLetter);
    assert_eq!(desk.due(&letter), day("2026-03-23"));
    let over = |to| Command::HandOver { to: agency(to), days: 5, reason: text() };
    desk.act(&mut letter, "2026-03-03", over(2)).unwrap();
    assert_eq!(desk.due(&letter), day("2026-03-23"), "five days from the 3rd are fewer than what stood");
    desk.act(&mut letter, "2026-03-20", over(3)).unwrap();
    assert_eq!(desk.due(&letter), day("2026-03-27"));
    assert_eq!(desk.act(&mut letter, "2026-03-20", over(3)), Err(Refusal::HereAlready));
    assert_eq!(desk.due(&desk.registered("2026-03-02", EnquiryKind::Hotline)), day("2026-03-09"));
}

#[test]
fn only_what_has_happened_is_recorded_and_an_answer_is_late_from_the_day_after_its_day() {
    let desk = Desk::new();
    let mut letter = desk.registered("2026-03-02", EnquiryKind::Question);
    let send = |on: &str| Command::Send { way: AnswerWay::Spoken, on: day(on) };
    assert!(matches!(desk.act(&mut letter, "2026-03-24", send("2026-03-24")), Err(Refusal::NotInThisStage { .. })));
    desk.act(&mut letter, "2026-03-20", Command::Answer { text: text() }).unwrap();
    assert!(matches!(desk.act(&mut letter, "2026-03-24", send("2026-03-25")), Err(Refusal::DateInFuture { .. })));
    assert!(matches!(desk.act(&mut letter, "2026-03-24", send("2026-02-27")), Err(Refusal::DateTooEarly { .. })));
    for (on, was_late) in [("2026-03-23", false), ("2026-03-24", true)] {
        let mut one = letter.clone();
        let events = desk.act(&mut one, "2026-03-24", send(on)).unwrap();
        assert!(matches!(events.last(), Some(Event::AnswerSent { late, .. }) if *late == was_late), "{events:?}");
        assert_eq!(one.stage, Stage::Closed);
    }
    let tomorrow = desk.moment("2026-03-02", LAWYER);
    let early = open(opening(EnquiryKind::Question, day("2026-03-03")), &tomorrow);
    assert!(matches!(early, Err(Refusal::DateInFuture { .. })));
}

#[test]
fn a_day_that_passes_is_said_once_and_a_calendar_that_becomes_known_moves_it_by_an_entry() {
    // The notice for 2026 came on 4 November 2025: until then 1 January alone is free. Nineteen working days of November behind the
    // 3rd and twenty-three of December make 42; the 43rd is Friday 2 January, which the notice makes free; Sunday 4 January is worked.
    let desk = Desk::new();
    let at = desk.moment("2025-11-03", LAWYER);
    let long = Opening { days: 43, ..opening(EnquiryKind::MailboxLetter, day("2025-11-03")) };
    let entries = Entry::follow(id(1), 0, at.now, LAWYER, vec![open(long, &at).unwrap()]);
    let mut letter = Enquiry::replay(entries).unwrap();
    let moved = desk.act(&mut letter, "2025-11-05", Command::Tick).unwrap();
    assert_eq!(moved, [Event::DueMoved { from: day("2026-01-02"), to: day("2026-01-04") }]);
    assert_eq!(desk.act(&mut letter, "2025-11-06", Command::Tick), Ok(Vec::new()));
    let mut letter = desk.registered("2026-03-02", EnquiryKind::MailboxLetter);
    assert_eq!(tick::events(&letter, &desk.moment("2026-03-23", Actor::System)), []);
    let said = desk.act(&mut letter, "2026-03-24", Command::Tick).unwrap();
    assert_eq!(said, [Event::WentOverdue { due: day("2026-03-23") }]);
    assert_eq!(desk.act(&mut letter, "2026-03-25", Command::Tick), Ok(Vec::new()));
}

#[test]
fn what_is_allowed_is_what_is_not_refused_and_every_open_stage_has_a_way_on() {
    let desk = Desk::new();
    let mut letter = desk.registered("2026-03-02", EnquiryKind::MailboxLetter);
    let mut stages = BTreeSet::new();
    let way = [
        Command::Assign { handler: Some(handler()) },
        Command::Answer { text: text() },
        Command::Send { way: AnswerWay::Online, on: day("2026-03-05") },
    ];
    for command in way.into_iter().map(Some).chain([None]) {
        let at = desk.moment("2026-03-05", LAWYER);
        stages.insert(letter.stage);
        let open = allowed(&letter, &at);
        for choice in choices(&letter, Role::ALL, &at) {
            assert_eq!(choice.refusal.is_none(), open.contains(&choice.act), "{}", choice.act);
        }
        assert_eq!(letter.stage == Stage::Closed, !open.contains(&Act::Close));
        if let Some(command) = command {
            desk.act(&mut letter, "2026-03-05", command).unwrap();
        }
    }
    assert_eq!(stages.len(), Stage::ALL.len());
}

/// One of each, with every optional field given.
fn examples() -> Vec<Event> {
    let on = day("2026-03-05");
    vec![
        Event::Registered(Box::new(Opening {
            their_number: Some(text()),
            from_case: Some(case()),
            handler: Some(handler()),
            ..opening(EnquiryKind::Hotline, on)
        })),
        Event::Assigned { handler: Some(handler()) },
        Event::HandedOver { from: agency(1), to: agency(2), days: 5, reason: text() },
        Event::AnswerWritten { text: text() },
        Event::AnswerSent { way: AnswerWay::Platform, on, due: on, late: false, provisional: false },
        Event::Closed { reason: CloseReason::Duplicate, text: text(), of: Some(id(2)) },
        Event::TurnedIntoApplication { case: case() },
        Event::Noted { text: text() },
        Event::Rated { satisfaction: 5, comment: Some(text()) },
        Event::WentOverdue { due: on },
        Event::DueMoved { from: on, to: on },
    ]
}

#[test]
fn the_spelling_of_every_event_is_what_it_was_and_each_is_read_again() {
    let kinds: BTreeSet<&str> = examples().iter().map(Event::kind).collect();
    assert_eq!(kinds, Event::KINDS.iter().copied().collect(), "one of each");
    let lines: Vec<String> = examples().iter().map(|event| canonical::bytes(event).unwrap()).collect();
    for (line, event) in lines.iter().zip(examples()) {
        assert_eq!(serde_json::from_str::<Event>(line).unwrap(), event);
        assert!(line.contains(&format!("\"kind\":\"{}\"", event.kind())), "{line}");
    }
    insta::assert_snapshot!("enquiry_events", lines.join("\n"));
}

#[test]
fn a_journal_is_chained_from_a_beginning_of_its_own() {
    let entries = Entry::follow(id(1), 0, morning(day("2026-03-05")), LAWYER, examples());
    let mut head = None;
    let mut rows = Vec::new();
    for entry in &entries {
        let body = canonical::bytes(entry).unwrap();
        let link = chain::link(Algorithm::Sha256, id(1), head.as_ref(), &body);
        rows.push((entry.seq, body, link.previous.to_string(), link.hash.to_string()));
        head = Some(link.hash);
    }
    let stored = rows.iter().map(|(seq, body, previous, hash)| verify::Stored {
        seq: *seq,
        body,
        algorithm: "sha-256",
        previous,
        hash,
    });
    let stored: Vec<_> = stored.collect();
    assert!(verify::verify(id(1), stored.iter().copied()).is_ok());
    assert!(verify::verify(id(2), stored.iter().copied()).is_err(), "another's beginning");
    assert!(verify::verify(CaseId::from_uuid(id(1).uuid()), stored).is_err(), "a case of the same number");
}
