//! Worked dates of proceedings, each counted by hand on a wall calendar before it was asked of the program.

use dafu::law::article::Instrument;
use dafu::law::count::{ClockName, StepKind};
use dafu::law::judgment::Judgment;
use dafu::law::order::OrderPeriod;
use dafu::law::proceeding::Party;
use dafu::proceeding::milestone::{Rules, Timed, between, timings};
use dafu::proceeding::opening::Opening;
use dafu::proceeding::terms::{
    Appellant, DateKind, HearingKind, Level, Procedure, ProceedingKind, RetrialCause, SuspensionGround,
};
use dafu::proceeding::{Command, Stage, clocks::clocks};

use crate::support::proceeding::*;

#[test]
fn five_working_days_step_over_labour_day() {
    // 30 April is day 1; 1 to 5 May are free; 6, 7, 8, 9 May are days 2 to 5.
    let desk = Desk::opened(reconsideration(Procedure::Simplified, "2025-04-25", "2025-04-29"), "2025-04-29");
    assert_eq!((desk.due_on(), desk.due().party), (day("2025-05-09"), Party::Agency));
    assert_eq!(desk.due().clock, ClockName::ReconsiderationAnswerSimplified);
}

#[test]
fn ten_working_days_step_over_spring_festival_and_two_worked_saturdays() {
    // 10 to 14 February (the last a worked Saturday) are days 1 to 5; 15 to 23 are free; 24 to 27 are 6 to 9; the 28th, a worked Saturday, is 10.
    let desk = Desk::opened(reconsideration(Procedure::Ordinary, "2026-02-05", "2026-02-09"), "2026-02-09");
    assert_eq!(desk.due_on(), day("2026-02-28"));
}

#[test]
fn fifteen_days_for_the_defence_end_after_national_day() {
    // The 15th day is 7 October, a holiday; the 8th is one too in 2025.
    let desk = Desk::opened(suit(Procedure::Ordinary, "2025-09-18", "2025-09-22"), "2025-09-22");
    assert_eq!((desk.due_on(), desk.due().clock), (day("2025-10-09"), ClockName::Defence));
}

#[test]
fn a_supervising_authority_sets_the_day_itself() {
    let desk = Desk::opened(complaint("2025-03-03", "2025-03-14"), "2025-03-03");
    assert_eq!((desk.due_on(), desk.due().clock), (day("2025-03-14"), ClockName::SupervisionAnswer));
    let moved = Command::MoveAnswer { to: day("2025-03-21"), text: text() };
    assert_eq!(desk.after([("2025-03-12", moved)]).due_on(), day("2025-03-21"));
}

#[test]
fn a_switch_to_the_ordinary_procedure_gives_ten_days_from_the_copy() {
    let switch = Command::SwitchProcedure { to: Procedure::Ordinary, on: day("2025-05-08") };
    let desk = Desk::opened(reconsideration(Procedure::Simplified, "2025-04-25", "2025-04-29"), "2025-04-29")
        .after([("2025-05-08", switch)]);
    // Days 6 to 10 are 12 to 16 May.
    assert_eq!((desk.due_on(), desk.due().clock), (day("2025-05-16"), ClockName::ReconsiderationAnswer));
}

#[test]
fn a_switch_to_the_simplified_procedure_makes_nobody_late_and_gives_no_more_than_before() {
    let opened = || Desk::opened(reconsideration(Procedure::Ordinary, "2025-03-03", "2025-03-10"), "2025-03-10");
    let switch = |on| Command::SwitchProcedure { to: Procedure::Simplified, on: day(on) };
    assert_eq!(opened().due_on(), day("2025-03-24"));
    // Five working days from the notice of Wednesday the 12th.
    assert_eq!(opened().after([("2025-03-12", switch("2025-03-12"))]).due_on(), day("2025-03-19"));
    // From Friday the 21st they would end on the 28th: the day that stood stays.
    assert_eq!(opened().after([("2025-03-21", switch("2025-03-21"))]).due_on(), day("2025-03-24"));
}

#[test]
fn the_bodys_thirty_and_sixty_days_move_off_a_sunday() {
    let answered = |procedure| {
        Desk::opened(reconsideration(procedure, "2025-04-25", "2025-04-29"), "2025-04-29")
            .after([("2025-05-06", answer("2025-05-06"))])
            .stands_at(Stage::Deciding)
    };
    // 30 days end on Sunday 25 May; 60 on Tuesday 24 June.
    assert_eq!(answered(Procedure::Simplified).due_on(), day("2025-05-26"));
    assert_eq!(answered(Procedure::Simplified).due().party, Party::ReconsiderationBody);
    assert_eq!(answered(Procedure::Ordinary).due_on(), day("2025-06-24"));
}

#[test]
fn an_extension_adds_its_days_and_not_more() {
    let answered = Desk::opened(reconsideration(Procedure::Ordinary, "2025-04-25", "2025-04-29"), "2025-04-29")
        .after([("2025-05-06", answer("2025-05-06"))]);
    let extend = |days| [("2025-06-20", Command::RecordExtension { on: day("2025-06-20"), days })];
    // 90 days end on Thursday 24 July; 70 on Friday 4 July.
    assert_eq!(answered.clone().after(extend(30)).due_on(), day("2025-07-24"));
    let ten = answered.after(extend(10));
    assert_eq!((ten.due_on(), ten.due().clock), (day("2025-07-04"), ClockName::ReconsiderationDecisionExtended));
}

#[test]
fn a_suspension_takes_its_days_out_of_the_bodys_period_and_not_of_the_agencys() {
    let suspend = Command::RecordSuspension { on: day("2025-04-30"), ground: SuspensionGround::OtherCase, text: None };
    let desk = Desk::opened(reconsideration(Procedure::Ordinary, "2025-04-25", "2025-04-29"), "2025-04-29")
        .after([("2025-04-30", suspend)])
        .stands_at(Stage::Suspended);
    // The answer: 30 April, 6 to 9 and 12 to 16 May.
    assert_eq!(desk.due_on(), day("2025-05-16"));
    let answered = desk.after([("2025-05-15", answer("2025-05-15"))]).stands_at(Stage::Suspended);
    // While it stands, the earliest day on which the decision could come.
    assert_eq!(answered.due_on(), day("2025-06-24"));
    let resumed = answered.after([("2025-05-20", Command::RecordResumption { on: day("2025-05-20") })]);
    // 20 days out, 1 to 20 May: 24 June and 20 days are Monday 14 July.
    assert_eq!((resumed.due_on(), resumed.file.stage), (day("2025-07-14"), Stage::Deciding));
    let calendar = resumed.calendars.latest();
    let all = clocks(&resumed.file, &calendar);
    let decision = all.iter().find(|one| one.clock.name == ClockName::ReconsiderationDecision).unwrap();
    let out = decision.clock.steps.iter().filter(|step| matches!(&step.kind, StepKind::Suspended { by } if by == "#2"));
    assert_eq!(out.count(), 20);
}

#[test]
fn before_the_copy_comes_the_day_is_the_authoritys() {
    let heard_of = Opening { submitted_on: Some(day("2025-09-29")), ..opening(ProceedingKind::Reconsideration) };
    let desk = Desk::opened(heard_of, "2025-09-29").stands_at(Stage::Filing);
    // 30 September; 1 to 8 October free; 9, 10, the worked Saturday 11, Monday 13.
    assert_eq!((desk.due_on(), desk.due().clock), (day("2025-10-13"), ClockName::ReconsiderationAcceptance));
    let desk = desk.after([("2025-10-10", Command::RecordCorrectionAsked { on: day("2025-10-10") })]);
    // Ten working days from Friday the 10th; the 11th is one of them.
    assert_eq!((desk.due_on(), desk.due().party), (day("2025-10-23"), Party::Applicant));
    let accept = Command::RecordAcceptance { on: day("2025-10-20"), authority: None, number: Some(text()) };
    let desk = desk.after([("2025-10-17", Command::RecordCorrected { on: day("2025-10-17") }), ("2025-10-20", accept)]);
    assert_eq!((desk.due_on(), desk.due().clock), (day("2025-10-29"), ClockName::ReconsiderationForward));
    let desk = desk.after([("2025-10-24", Command::ReceiveCopy { on: day("2025-10-24"), answer_by: None })]);
    assert_eq!((desk.due_on(), desk.file.stage), (day("2025-11-07"), Stage::Answering));
}

#[test]
fn a_judgment_is_open_to_appeal_for_fifteen_days_and_a_ruling_for_ten() {
    let after = |judgment| {
        Desk::opened(suit(Procedure::Ordinary, "2025-02-10", "2025-02-12"), "2025-02-12")
            .after([
                ("2025-02-20", answer("2025-02-20")),
                ("2025-06-10", decided(judgment, "2025-06-09", "2025-06-10")),
            ])
            .stands_at(Stage::Appealable)
    };
    assert_eq!(after(Judgment::CourtDismissed).due_on(), day("2025-06-25"));
    assert_eq!(after(Judgment::CourtRejected).due_on(), day("2025-06-20"));
    assert!(!after(Judgment::CourtDismissed).due().is_ours(), "to appeal is a right");
}

#[test]
fn an_appeal_of_the_plaintiff_is_answered_in_fifteen_days_and_one_of_ours_needs_no_answer() {
    let appealed = |by| {
        Desk::opened(suit(Procedure::Ordinary, "2025-02-10", "2025-02-12"), "2025-02-12").after([
            ("2025-02-20", answer("2025-02-20")),
            ("2025-06-10", decided(Judgment::CourtRevoked, "2025-06-09", "2025-06-10")),
            ("2025-06-20", Command::RecordAppeal { by, on: day("2025-06-20") }),
        ])
    };
    let theirs = appealed(Appellant::Plaintiff).stands_at(Stage::Filing);
    assert_eq!((theirs.due_on(), theirs.due().clock), (day("2025-06-25"), ClockName::AppealForward));
    let theirs = theirs.after([("2025-06-26", Command::ReceiveCopy { on: day("2025-06-26"), answer_by: None })]);
    assert_eq!((theirs.due_on(), theirs.due().clock), (day("2025-07-11"), ClockName::AppealDefence));
    let accept = Command::RecordAcceptance { on: day("2025-07-02"), authority: Some(text()), number: None };
    let ours = appealed(Appellant::Agency).after([("2025-07-02", accept)]).stands_at(Stage::Deciding);
    // Three months from 2 July end on 2 October, a holiday; work begins again on the 9th.
    assert_eq!((ours.due_on(), ours.due().clock), (day("2025-10-09"), ClockName::SecondInstance));
}

#[test]
fn a_retrial_takes_the_time_of_the_instance_it_is_heard_as() {
    let retried = |heard_as| {
        let cause = RetrialCause::Procuratorate;
        let order = Command::RecordRetrial { cause, on: day("2025-09-01"), heard_as, authority: text() };
        Desk::opened(suit(Procedure::Ordinary, "2025-02-10", "2025-02-12"), "2025-02-12")
            .after([
                ("2025-02-20", answer("2025-02-20")),
                ("2025-06-10", decided(Judgment::CourtDismissed, "2025-06-09", "2025-06-10")),
                ("2025-06-26", Command::RecordEffect { on: day("2025-06-26") }),
            ])
            .stands_at(Stage::Closed)
            .after([("2025-09-01", order)])
            .stands_at(Stage::Deciding)
    };
    assert_eq!(retried(Level::Second).due_on(), day("2025-12-01"));
    // Six months end on Sunday 1 March 2026.
    assert_eq!(retried(Level::First).due_on(), day("2026-03-02"));
}

#[test]
fn an_opinion_is_reported_on_in_sixty_days() {
    let desk = Desk::opened(reconsideration(Procedure::Simplified, "2025-04-25", "2025-04-29"), "2025-04-29").after([
        ("2025-05-06", answer("2025-05-06")),
        ("2025-05-20", decided(Judgment::ReconsiderationUpheld, "2025-05-19", "2025-05-20")),
    ]);
    let opinion = Command::ReceiveOpinion { on: day("2025-05-22"), text: text(), document: None };
    let desk = desk.stands_at(Stage::Closed).after([("2025-05-22", opinion)]).stands_at(Stage::Performing);
    assert_eq!((desk.due_on(), desk.due().clock), (day("2025-07-21"), ClockName::OpinionReport));
    let report = Command::ReportOpinion { on: day("2025-07-10"), text: text() };
    desk.after([("2025-07-10", report)]).stands_at(Stage::Closed);
}

#[test]
fn what_is_ordered_binds_from_the_day_it_came_and_cites_the_law_that_has_it_performed() {
    let order =
        ordering(Judgment::ReconsiderationRevoked, "2025-05-22", "2025-05-23", OrderPeriod::WorkingDays { days: 15 });
    let desk = Desk::opened(reconsideration(Procedure::Simplified, "2025-04-25", "2025-04-29"), "2025-04-29")
        .after([("2025-05-08", answer("2025-05-08")), ("2025-05-23", order)])
        .stands_at(Stage::Performing);
    // 26 to 30 May are 1 to 5; 2 June is Dragon Boat; 3 to 6 are 6 to 9, 9 to 13 are 10 to 14, the 16th is 15.
    assert_eq!((desk.due_on(), desk.due().clock), (day("2025-06-16"), ClockName::Performance));
    let calendar = desk.calendars.latest();
    let all = clocks(&desk.file, &calendar);
    let order = all.iter().find(|one| one.clock.name == ClockName::Performance).unwrap();
    assert_eq!((order.clock.article.instrument, order.clock.article.number), (Instrument::ReconsiderationLaw, 77));
    // The applicant's own window against the decision stands beside it: 15 days end on Saturday 7 June.
    let suit = all.iter().find(|one| one.clock.name == ClockName::SuitAfterReconsideration).unwrap();
    assert_eq!((suit.clock.due.on, suit.party, suit.runs), (day("2025-06-09"), Party::Applicant, false));
}

#[test]
fn a_receipt_set_right_counts_the_answer_anew() {
    let desk = Desk::opened(reconsideration(Procedure::Simplified, "2025-04-25", "2025-04-29"), "2025-04-29")
        .after([("2025-05-12", answer("2025-05-12"))]);
    assert!(desk.file.round.answer.unwrap().late);
    let right = Command::CorrectDate { date: DateKind::CopyReceived, on: day("2025-04-30"), reason: text() };
    let desk = desk.after([("2025-05-13", right)]);
    // Counted from the 30th the fifth working day is 12 May.
    assert!(!desk.file.round.answer.unwrap().late);
}

#[test]
fn one_is_told_three_one_and_no_days_before_the_answer_is_due_and_the_heads_the_day_after() {
    let desk = Desk::opened(reconsideration(Procedure::Simplified, "2025-04-25", "2025-04-29"), "2025-04-29");
    let calendar = desk.calendars.latest();
    let timing = timings(&desk.file, &calendar).into_iter().find(|one| one.timed == Timed::Answer).unwrap();
    let told = between(&timing, &Rules::default(), &calendar, day("2025-04-29"), day("2025-05-30"));
    let days: Vec<_> = told.iter().map(|one| (one.code(), one.on.to_string())).collect();
    let expected = [
        ("reminder_3", "2025-05-06"),
        ("reminder_1", "2025-05-08"),
        ("reminder_0", "2025-05-09"),
        ("overdue_0", "2025-05-12"),
        ("overdue_3", "2025-05-15"),
    ];
    assert_eq!(days, expected.map(|(code, on)| (code.to_owned(), on.to_owned())));
}

#[test]
fn a_hearing_ahead_is_timed_until_it_is_held_or_dropped() {
    let fix = Command::FixHearing { of: HearingKind::Hearing, on: day("2025-05-20"), place: text() };
    let desk = Desk::opened(reconsideration(Procedure::Ordinary, "2025-04-25", "2025-04-29"), "2025-04-29")
        .after([("2025-05-06", fix)]);
    let hearing = |desk: &Desk| {
        let calendar = desk.calendars.latest();
        timings(&desk.file, &calendar).into_iter().find(|one| one.timed == Timed::Hearing).map(|one| (one.part, one.on))
    };
    assert_eq!(hearing(&desk), Some((2, day("2025-05-20"))));
    let desk = desk.after([("2025-05-15", Command::MoveHearing { hearing: 2, to: day("2025-05-27") })]);
    assert_eq!(hearing(&desk), Some((2, day("2025-05-27"))));
    let held = Command::RecordHearing { hearing: 2, on: day("2025-05-27"), head_attended: true, minutes: None };
    assert_eq!(hearing(&desk.after([("2025-05-27", held)])), None);
}

#[test]
fn a_day_that_passes_is_said_once_and_only_of_what_the_agency_owes() {
    let mut desk = Desk::opened(reconsideration(Procedure::Simplified, "2025-04-25", "2025-04-29"), "2025-04-29");
    assert_eq!(desk.put(day("2025-05-09"), Command::Tick).unwrap(), []);
    assert_eq!(desk.put(day("2025-05-12"), Command::Tick).unwrap().len(), 1);
    assert_eq!(desk.put(day("2025-05-13"), Command::Tick).unwrap(), []);
    let mut answered = desk.after([("2025-05-13", answer("2025-05-13"))]);
    assert!(answered.file.round.answer.unwrap().late);
    assert_eq!(answered.put(day("2025-09-01"), Command::Tick).unwrap(), [], "the body is late, not the agency");
}
