//! Whole roads: what an office lives through from the first letter to the last entry.

use dafu::case::gate::CheckCode;
use dafu::law::defendant::Defendants;
use dafu::law::judgment::{Cell, Judgment, ReportRow};
use dafu::law::order::OrderPeriod;
use dafu::law::overturn::OverturnReason;
use dafu::proceeding::consequence::{Consequence, checks, consequence, defendants, overturned};
use dafu::proceeding::event::EvidenceItem;
use dafu::proceeding::opening::Opening;
use dafu::proceeding::report::table_four;
use dafu::proceeding::terms::{
    Appellant, CloseReason, DateKind, EvidenceKind, Level, Procedure, ProceedingKind, RetrialCause, Route,
};
use dafu::proceeding::{Act, Command, Event, Stage, allowed};

use crate::support::proceeding::*;

#[test]
fn a_refusal_is_revoked_answered_anew_and_the_new_reply_stands_in_court() {
    let opening = Opening {
        submitted_on: Some(day("2025-04-18")),
        ..reconsideration(Procedure::Simplified, "2025-04-25", "2025-04-29")
    };
    let body = Desk::opened(opening, "2025-04-29")
        .after([
            ("2025-04-30", Command::ListEvidence { item: item(), leave: None }),
            ("2025-05-08", answer("2025-05-08")),
        ])
        .stands_at(Stage::Deciding);
    assert!(!body.file.round.answer.unwrap().late);
    assert_eq!(consequence(&body.file, &body.calendars.latest()), Consequence::None);
    assert_eq!(table_four(&body.file, 2025), Some((ReportRow::Reconsideration, Cell::Pending)));

    let revoked =
        ordering(Judgment::ReconsiderationRevoked, "2025-05-22", "2025-05-23", OrderPeriod::WorkingDays { days: 15 });
    let body = body.after([("2025-05-23", revoked)]).stands_at(Stage::Performing);
    let Consequence::Reopen(reopen) = consequence(&body.file, &body.calendars.latest()) else {
        panic!("the application is taken up again");
    };
    assert_eq!((reopen.case, reopen.from, reopen.due.on), (case(), day("2025-05-23"), day("2025-06-16")));
    assert_eq!((reopen.period, reopen.proceeding), (OrderPeriod::WorkingDays { days: 15 }, body.file.id));
    let told = overturned(&body.file).unwrap();
    assert_eq!(told.zh(), "撤销：检索不充分");
    assert_eq!(told.en(), "revoked on reconsideration: no sufficient search record");
    assert_eq!(told.letter_number.as_deref(), Some("云政公开答〔2025〕12号"));
    assert_eq!(told.in_the_wording().count(), 0);
    assert_eq!(checks(OverturnReason::NoSearchRecord), [CheckCode::SearchRecord]);
    assert_eq!(defendants(&body.file), Some(Defendants::Body));

    let new_reply = Some("云政公开答〔2025〕31号".to_owned());
    let performed =
        Command::RecordPerformance { on: day("2025-06-12"), letter_number: new_reply.clone(), text: text() };
    let body = body.after([("2025-06-12", performed)]).stands_at(Stage::Closed);
    assert_eq!(table_four(&body.file, 2025), Some((ReportRow::Reconsideration, Cell::Corrected)));
    assert_eq!((table_four(&body.file, 2024), table_four(&body.file, 2026)), (None, None));

    let opening = Opening { letter_number: new_reply, ..suit(Procedure::Simplified, "2025-11-27", "2025-12-02") };
    let court = Desk::opened(opening, "2025-12-02");
    assert_eq!(court.due_on(), day("2025-12-17"));
    let court = court.after([("2025-12-15", answer("2025-12-15"))]);
    // 45 days end on Sunday 11 January 2026.
    assert_eq!(court.due_on(), day("2026-01-12"));
    let court = court.after([("2026-01-12", decided(Judgment::CourtDismissed, "2026-01-08", "2026-01-12"))]);
    assert_eq!((court.due_on(), court.file.stage), (day("2026-01-27"), Stage::Appealable));
    let court = court.after([("2026-01-28", Command::RecordEffect { on: day("2026-01-28") })]).stands_at(Stage::Closed);
    assert_eq!(consequence(&court.file, &court.calendars.latest()), Consequence::None);
    assert_eq!(overturned(&court.file), None);
    assert_eq!(table_four(&court.file, 2025), Some((ReportRow::SuitDirect, Cell::Pending)));
    assert_eq!(table_four(&court.file, 2026), Some((ReportRow::SuitDirect, Cell::Upheld)));
}

#[test]
fn a_suit_after_an_upheld_reconsideration_names_both_defendants_and_its_own_row() {
    let body = Desk::opened(reconsideration(Procedure::Ordinary, "2025-03-03", "2025-03-05"), "2025-03-05").after([
        ("2025-03-10", answer("2025-03-10")),
        ("2025-04-25", decided(Judgment::ReconsiderationUpheld, "2025-04-24", "2025-04-25")),
    ]);
    assert_eq!(defendants(&body.file), Some(Defendants::AgencyAndBody));
    let route = Some(Route::AfterReconsideration { proceeding: Some(body.file.id) });
    let court = Desk::opened(Opening { route, ..suit(Procedure::Ordinary, "2025-05-12", "2025-05-14") }, "2025-05-14");
    assert_eq!(table_four(&court.file, 2025), Some((ReportRow::SuitAfterReconsideration, Cell::Pending)));
    assert_eq!(defendants(&court.file), None);
}

#[test]
fn a_judgment_that_is_upheld_on_appeal_orders_from_then_on() {
    let order =
        ordering(Judgment::CourtPerformance, "2025-06-09", "2025-06-10", OrderPeriod::CalendarDays { days: 15 });
    let court = Desk::opened(suit(Procedure::Ordinary, "2025-02-10", "2025-02-12"), "2025-02-12")
        .after([
            ("2025-02-20", answer("2025-02-20")),
            ("2025-06-10", order),
            ("2025-06-20", Command::RecordAppeal { by: Appellant::Agency, on: day("2025-06-20") }),
            ("2025-07-02", Command::RecordAcceptance { on: day("2025-07-02"), authority: Some(text()), number: None }),
        ])
        .stands_at(Stage::Deciding);
    assert_eq!(consequence(&court.file, &court.calendars.latest()), Consequence::None, "not in effect");
    let court = court
        .after([("2025-09-02", decided(Judgment::CourtAppealDismissed, "2025-09-01", "2025-09-02"))])
        .stands_at(Stage::Performing);
    let Consequence::Reopen(reopen) = consequence(&court.file, &court.calendars.latest()) else {
        panic!("the judgment below stands");
    };
    assert_eq!(
        (reopen.judgment, reopen.from, reopen.due.on),
        (Judgment::CourtPerformance, day("2025-09-02"), day("2025-09-17"))
    );
    assert_eq!(table_four(&court.file, 2025), Some((ReportRow::SuitDirect, Cell::Corrected)));
}

#[test]
fn what_is_sent_back_is_heard_anew_and_not_sent_back_twice() {
    let court = Desk::opened(suit(Procedure::Simplified, "2025-02-10", "2025-02-12"), "2025-02-12")
        .after([
            ("2025-02-20", answer("2025-02-20")),
            ("2025-03-20", decided(Judgment::CourtDismissed, "2025-03-19", "2025-03-20")),
            ("2025-03-25", Command::RecordAppeal { by: Appellant::Plaintiff, on: day("2025-03-25") }),
            ("2025-04-01", Command::ReceiveCopy { on: day("2025-04-01"), answer_by: None }),
            ("2025-04-10", answer("2025-04-10")),
            ("2025-06-10", decided(Judgment::CourtRemanded, "2025-06-09", "2025-06-10")),
        ])
        .stands_at(Stage::Filing);
    assert_eq!(
        (court.file.past.len(), court.file.round.level, court.file.round.procedure),
        (2, Level::First, Procedure::Ordinary)
    );
    assert_eq!(table_four(&court.file, 2025), Some((ReportRow::SuitDirect, Cell::Pending)));
    let again = court
        .after([
            ("2025-06-16", Command::RecordAcceptance { on: day("2025-06-16"), authority: None, number: Some(text()) }),
            ("2025-09-01", decided(Judgment::CourtRevoked, "2025-08-29", "2025-09-01")),
            ("2025-09-10", Command::RecordAppeal { by: Appellant::Agency, on: day("2025-09-10") }),
            ("2025-09-20", Command::RecordAcceptance { on: day("2025-09-20"), authority: None, number: None }),
        ])
        .stands_at(Stage::Deciding);
    let refusal = again.clone().refuses("2025-11-01", decided(Judgment::CourtRemanded, "2025-10-31", "2025-11-01"));
    assert_eq!(refusal.rule(), "remanded_before");
    again
        .after([("2025-11-01", decided(Judgment::CourtAppealDismissed, "2025-10-31", "2025-11-01"))])
        .stands_at(Stage::Closed);
}

#[test]
fn a_complaint_is_founded_and_put_right_in_the_time_that_was_set() {
    let rectify = ordering(
        Judgment::SupervisionRectification,
        "2025-04-01",
        "2025-04-02",
        OrderPeriod::Until { on: day("2025-04-30") },
    );
    let desk = Desk::opened(complaint("2025-03-03", "2025-03-14"), "2025-03-03")
        .after([("2025-03-12", answer("2025-03-12"))])
        .stands_at(Stage::Deciding)
        .after([("2025-04-02", rectify)])
        .stands_at(Stage::Performing);
    assert_eq!(desk.due_on(), day("2025-04-30"));
    assert_eq!(consequence(&desk.file, &desk.calendars.latest()), Consequence::None, "no new reply is ordered");
    assert_eq!(table_four(&desk.file, 2025), None, "table four knows no complaints");
    let done = Command::RecordPerformance { on: day("2025-04-20"), letter_number: None, text: text() };
    desk.after([("2025-04-20", done)]).stands_at(Stage::Closed);
}

#[test]
fn an_inspection_without_findings_ends_with_them() {
    let opening = Opening { of: ProceedingKind::Inspection, ..complaint("2025-03-03", "2025-03-14") };
    let desk = Desk::opened(opening, "2025-03-03").after([
        ("2025-03-12", answer("2025-03-12")),
        ("2025-04-02", decided(Judgment::SupervisionUnfounded, "2025-04-01", "2025-04-02")),
    ]);
    assert_eq!(desk.file.stage, Stage::Closed);
}

#[test]
fn a_withdrawal_ends_it_and_counts_as_another_result() {
    let desk = Desk::opened(reconsideration(Procedure::Ordinary, "2025-03-03", "2025-03-05"), "2025-03-05")
        .after([("2025-03-10", Command::RecordWithdrawal { on: day("2025-03-10"), text: None })])
        .stands_at(Stage::Closed);
    assert_eq!(table_four(&desk.file, 2025), Some((ReportRow::Reconsideration, Cell::Other)));
}

#[test]
fn a_file_opened_by_mistake_is_closed_and_stands_nowhere() {
    let close = Command::Close { reason: CloseReason::Mistaken, text: text() };
    let desk = Desk::opened(reconsideration(Procedure::Ordinary, "2025-03-03", "2025-03-05"), "2025-03-05")
        .after([("2025-03-06", close)])
        .stands_at(Stage::Closed);
    assert_eq!(table_four(&desk.file, 2025), None);
}

#[test]
fn a_step_annulled_is_as_if_it_had_not_been_recorded_and_stays_in_the_journal() {
    let before = Desk::opened(reconsideration(Procedure::Ordinary, "2025-03-03", "2025-03-05"), "2025-03-05");
    let after = before
        .clone()
        .after([("2025-03-06", answer("2025-03-06")), ("2025-03-07", Command::Annul { seq: 2, reason: text() })]);
    assert_eq!(after.file.journal().len(), 3);
    assert_eq!((after.file.stage, &after.file.round), (Stage::Answering, &before.file.round));
    assert!(allowed(&after.file, &after.moment(day("2025-03-07"))).contains(&Act::Answer));
}

#[test]
fn a_calendar_that_becomes_known_later_moves_the_day_and_says_so() {
    // The notice for 2026 came on 4 November 2025: until then 1 January alone is free.
    let opening = reconsideration(Procedure::Simplified, "2025-10-27", "2025-10-29");
    let mut desk = Desk::opened(Opening { procedure: Procedure::Ordinary, ..opening }, "2025-10-29")
        .after([("2025-10-30", answer("2025-10-30"))]);
    let extend = Command::RecordExtension { on: day("2025-10-31"), days: 7 };
    // 67 days from 27 October end on Friday 2 January 2026, which the notice makes free; Sunday 4 January is worked.
    desk.put(day("2025-10-31"), extend).unwrap();
    let events = desk.put(day("2025-11-05"), Command::Tick).unwrap();
    assert!(
        matches!(events.as_slice(), [Event::DueMoved { from, to, .. }] if (*from, *to) == (day("2026-01-02"), day("2026-01-04"))),
        "{events:?}"
    );
    assert_eq!(desk.put(day("2025-11-06"), Command::Tick).unwrap(), []);
}

#[test]
fn the_copy_of_an_appeal_comes_before_the_court_above_has_the_papers() {
    let court = Desk::opened(suit(Procedure::Ordinary, "2025-02-10", "2025-02-12"), "2025-02-12")
        .after([
            ("2025-02-20", answer("2025-02-20")),
            ("2025-06-10", decided(Judgment::CourtDismissed, "2025-06-09", "2025-06-10")),
            ("2025-06-20", Command::RecordAppeal { by: Appellant::Plaintiff, on: day("2025-06-18") }),
            ("2025-06-25", Command::ReceiveCopy { on: day("2025-06-25"), answer_by: None }),
            ("2025-07-09", answer("2025-07-09")),
            ("2025-07-21", Command::RecordAcceptance { on: day("2025-07-18"), authority: Some(text()), number: None }),
        ])
        .stands_at(Stage::Deciding);
    // Three months from 18 July end on Saturday 18 October.
    assert_eq!(court.due_on(), day("2025-10-20"));
    let correct = Command::CorrectDate { date: DateKind::Accepted, on: day("2025-07-17"), reason: text() };
    assert_eq!(court.after([("2025-07-22", correct)]).due_on(), day("2025-10-17"));
}

#[test]
fn before_the_answer_goes_in_one_is_told_which_usual_papers_are_missing() {
    let paper = |evidence| Command::ListEvidence { item: EvidenceItem { evidence, ..item() }, leave: None };
    let desk = Desk::opened(reconsideration(Procedure::Ordinary, "2025-03-03", "2025-03-05"), "2025-03-05").after([
        ("2025-03-06", paper(EvidenceKind::Application)),
        ("2025-03-06", paper(EvidenceKind::Reply)),
        ("2025-03-06", paper(EvidenceKind::Search)),
    ]);
    let missing: Vec<_> = desk.file.usual_papers_missing().collect();
    assert_eq!(missing, [EvidenceKind::Approval, EvidenceKind::Basis]);
}

#[test]
fn what_was_done_under_an_earlier_judgment_does_not_do_what_a_retrial_orders() {
    let retrial = Command::RecordRetrial {
        cause: RetrialCause::Court,
        on: day("2025-09-01"),
        heard_as: Level::Second,
        authority: text(),
    };
    let performed = |on| Command::RecordPerformance {
        on: day(on),
        letter_number: Some("云政公开答〔2025〕31号".to_owned()),
        text: text(),
    };
    let order = OrderPeriod::CalendarDays { days: 15 };
    let retried = Desk::opened(suit(Procedure::Ordinary, "2025-02-10", "2025-02-12"), "2025-02-12")
        .after([
            ("2025-02-20", answer("2025-02-20")),
            ("2025-06-10", ordering(Judgment::CourtRevoked, "2025-06-09", "2025-06-10", order)),
            ("2025-06-26", Command::RecordEffect { on: day("2025-06-26") }),
            ("2025-07-01", performed("2025-07-01")),
        ])
        .stands_at(Stage::Closed)
        .after([("2025-09-01", retrial)]);
    let upheld = decided(Judgment::CourtAppealDismissed, "2025-10-13", "2025-10-14");
    retried.clone().after([("2025-10-14", upheld)]).stands_at(Stage::Closed);
    let changed = ordering(Judgment::CourtPerformance, "2025-10-13", "2025-10-14", order);
    let owing = retried.after([("2025-10-14", changed)]).stands_at(Stage::Performing);
    assert_eq!(owing.due_on(), day("2025-10-29"));
    owing.after([("2025-10-20", performed("2025-10-20"))]).stands_at(Stage::Closed);
}
