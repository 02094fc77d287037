//! Each refusal of a proceeding is raised by something one can ask for, and none is left that nothing raises.

use std::collections::BTreeSet;
use std::path::Path;

use dafu::law::judgment::Judgment;
use dafu::law::order::OrderPeriod;
use dafu::law::overturn::OverturnReason;
use dafu::proceeding::event::Decision;
use dafu::proceeding::opening::Opening;
use dafu::proceeding::terms::{
    Appellant, DateKind, HearingKind, Level, PaperKind, Procedure, ProceedingKind, RetrialCause, Route,
};
use dafu::proceeding::{Command, Refusal};

use crate::support::proceeding::*;

fn at_the_body() -> Desk {
    Desk::opened(reconsideration(Procedure::Ordinary, "2025-03-03", "2025-03-05"), "2025-03-05")
}

fn simplified() -> Desk {
    Desk::opened(reconsideration(Procedure::Simplified, "2025-03-03", "2025-03-05"), "2025-03-05")
}

fn answered() -> Desk {
    at_the_body().after([("2025-03-10", answer("2025-03-10"))])
}

fn in_court() -> Desk {
    Desk::opened(suit(Procedure::Ordinary, "2025-03-03", "2025-03-05"), "2025-03-05")
}

fn judged() -> Desk {
    in_court().after([
        ("2025-03-10", answer("2025-03-10")),
        ("2025-05-12", decided(Judgment::CourtRevoked, "2025-05-09", "2025-05-12")),
    ])
}

fn upheld() -> Desk {
    answered().after([("2025-04-10", decided(Judgment::ReconsiderationUpheld, "2025-04-09", "2025-04-10"))])
}

fn opens(opening: Opening) -> Refusal {
    Desk::try_open(opening, "2025-03-05").unwrap_err()
}

fn with(judgment: Judgment, change: impl FnOnce(&mut Decision)) -> Command {
    let mut changed = decision(judgment, "2025-04-09", "2025-04-10");
    change(&mut changed);
    Command::ReceiveDecision { decision: Box::new(changed) }
}

fn opinion(on: &str) -> Command {
    Command::ReceiveOpinion { on: day(on), text: text(), document: None }
}

fn retrial(heard_as: Level) -> Command {
    Command::RecordRetrial { cause: RetrialCause::Court, on: day("2025-06-02"), heard_as, authority: text() }
}

fn accept() -> Command {
    Command::RecordAcceptance { on: day("2025-03-03"), authority: None, number: None }
}

type Raise = fn() -> Refusal;

const RAISED: &[(&str, Raise)] = &[
    ("not_in_this_kind", || at_the_body().refuses("2025-03-06", Command::RecordEffect { on: day("2025-03-06") })),
    ("not_in_this_stage", || answered().refuses("2025-03-11", answer("2025-03-11"))),
    ("date_in_future", || at_the_body().refuses("2025-03-06", answer("2025-03-07"))),
    ("date_too_early", || at_the_body().refuses("2025-03-06", answer("2025-03-04"))),
    ("date_too_late", || {
        let correct = Command::CorrectDate { date: DateKind::CopyReceived, on: day("2025-03-11"), reason: text() };
        answered().refuses("2025-03-12", correct)
    }),
    ("route_missing", || opens(Opening { route: None, ..suit(Procedure::Ordinary, "2025-03-03", "2025-03-05") })),
    ("route_out_of_place", || opens(Opening { route: Some(Route::Direct), ..opening(ProceedingKind::Complaint) })),
    ("letter_number_missing", || {
        opens(Opening { letter_number: Some(" ".to_owned()), ..opening(ProceedingKind::Reconsideration) })
    }),
    ("answer_day_missing", || opens(opening(ProceedingKind::Inspection))),
    ("answer_day_fixed_by_law", || {
        opens(Opening { answer_by: Some(day("2025-03-20")), ..opening(ProceedingKind::Litigation) })
    }),
    ("no_simplified_procedure", || {
        opens(Opening { procedure: Procedure::Simplified, ..complaint("2025-03-03", "2025-03-14") })
    }),
    ("procedure_unchanged", || {
        let switch = Command::SwitchProcedure { to: Procedure::Ordinary, on: day("2025-03-06") };
        at_the_body().refuses("2025-03-06", switch)
    }),
    ("accepted_already", || at_the_body().refuses("2025-03-06", accept())),
    ("no_correction_asked", || {
        Desk::opened(opening(ProceedingKind::Reconsideration), "2025-03-05")
            .refuses("2025-03-06", Command::RecordCorrected { on: day("2025-03-06") })
    }),
    ("copy_received_already", || {
        answered().refuses("2025-03-11", Command::ReceiveCopy { on: day("2025-03-11"), answer_by: None })
    }),
    ("nothing_to_answer", || {
        let suspend = Command::RecordSuspension {
            on: day("2025-03-11"),
            ground: dafu::proceeding::terms::SuspensionGround::Mediation,
            text: None,
        };
        answered().after([("2025-03-11", suspend)]).refuses("2025-03-12", answer("2025-03-12"))
    }),
    ("no_such_evidence", || at_the_body().refuses("2025-03-06", Command::RemoveEvidence { item: 9, reason: text() })),
    ("nothing_listed", || {
        let paper = PaperKind::EvidenceCatalogue;
        at_the_body().refuses("2025-03-06", Command::IssuePaper { paper, number: "云证1号".to_owned(), text: None })
    }),
    ("evidence_handed_in", || {
        at_the_body()
            .after([
                ("2025-03-06", Command::ListEvidence { item: item(), leave: None }),
                ("2025-03-10", answer("2025-03-10")),
            ])
            .refuses("2025-03-11", Command::RemoveEvidence { item: 2, reason: text() })
    }),
    ("evidence_needs_leave", || answered().refuses("2025-03-11", Command::ListEvidence { item: item(), leave: None })),
    ("no_such_hearing", || {
        let fix = Command::FixHearing { of: HearingKind::Views, on: day("2025-03-20"), place: text() };
        let moved = Command::MoveHearing { hearing: 7, to: day("2025-03-21") };
        at_the_body().after([("2025-03-06", fix)]).refuses("2025-03-07", moved)
    }),
    ("no_extension_when_simplified", || {
        simplified().refuses("2025-03-20", Command::RecordExtension { on: day("2025-03-20"), days: 10 })
    }),
    ("extended_already", || {
        let extend = || Command::RecordExtension { on: day("2025-03-20"), days: 10 };
        answered().after([("2025-03-20", extend())]).refuses("2025-03-21", extend())
    }),
    ("extension_too_long", || {
        answered().refuses("2025-03-20", Command::RecordExtension { on: day("2025-03-20"), days: 31 })
    }),
    ("outcome_of_another_forum", || answered().refuses("2025-04-10", with(Judgment::CourtDismissed, |_| {}))),
    ("outcome_of_another_level", || in_court().refuses("2025-04-10", with(Judgment::CourtAppealDismissed, |_| {}))),
    ("remanded_before", || {
        let appeal = |on| Command::RecordAppeal { by: Appellant::Agency, on: day(on) };
        judged()
            .after([
                ("2025-05-20", appeal("2025-05-20")),
                ("2025-07-01", decided(Judgment::CourtRemanded, "2025-06-30", "2025-07-01")),
                ("2025-09-01", decided(Judgment::CourtRevoked, "2025-08-29", "2025-09-01")),
                ("2025-09-05", appeal("2025-09-05")),
            ])
            .refuses("2025-11-03", decided(Judgment::CourtRemanded, "2025-10-31", "2025-11-03"))
    }),
    ("reasons_missing", || {
        answered().refuses("2025-04-10", with(Judgment::ReconsiderationRevoked, |one| one.reasons.clear()))
    }),
    ("reasons_out_of_place", || {
        let blamed = with(Judgment::ReconsiderationUpheld, |one| one.reasons.push(OverturnReason::Late));
        answered().refuses("2025-04-10", blamed)
    }),
    ("order_missing", || {
        answered().refuses("2025-04-10", with(Judgment::ReconsiderationPerformance, |one| one.order = None))
    }),
    ("order_out_of_place", || {
        let ordered = with(Judgment::ReconsiderationUpheld, |one| one.order = Some(OrderPeriod::Statutory));
        answered().refuses("2025-04-10", ordered)
    }),
    ("order_not_sensible", || {
        let nothing = |one: &mut Decision| one.order = Some(OrderPeriod::WorkingDays { days: 0 });
        answered().refuses("2025-04-10", with(Judgment::ReconsiderationRevoked, nothing))
    }),
    // 15 days from 12 May end on Tuesday the 27th.
    ("appeal_window_open", || judged().refuses("2025-05-27", Command::RecordEffect { on: day("2025-05-27") })),
    ("appeal_too_late", || {
        judged().refuses("2025-05-28", Command::RecordAppeal { by: Appellant::Agency, on: day("2025-05-28") })
    }),
    ("not_in_effect", || {
        let close = Command::Close { reason: dafu::proceeding::terms::CloseReason::Overtaken, text: text() };
        in_court().after([("2025-03-06", close)]).refuses("2025-06-02", retrial(Level::First))
    }),
    ("retrial_heard_as_what", || {
        judged()
            .after([("2025-05-28", Command::RecordEffect { on: day("2025-05-28") })])
            .refuses("2025-06-02", retrial(Level::Retrial))
    }),
    ("opinion_received_already", || {
        upheld().after([("2025-04-11", opinion("2025-04-11"))]).refuses("2025-04-14", opinion("2025-04-14"))
    }),
    ("no_opinion_to_report_on", || {
        at_the_body().refuses("2025-03-06", Command::ReportOpinion { on: day("2025-03-06"), text: text() })
    }),
    ("nothing_ordered", || {
        let performed = Command::RecordPerformance { on: day("2025-04-14"), letter_number: None, text: text() };
        upheld().after([("2025-04-11", opinion("2025-04-11"))]).refuses("2025-04-14", performed)
    }),
    ("no_date_to_correct", || {
        let correct = Command::CorrectDate { date: DateKind::Answered, on: day("2025-03-05"), reason: text() };
        at_the_body().refuses("2025-03-06", correct)
    }),
    ("not_the_last_step", || answered().refuses("2025-03-11", Command::Annul { seq: 1, reason: text() })),
    ("cannot_be_annulled", || at_the_body().refuses("2025-03-06", Command::Annul { seq: 1, reason: text() })),
];

#[test]
fn each_refusal_is_raised_by_something_one_can_ask_for() {
    for (rule, raise) in RAISED {
        let refusal = raise();
        assert_eq!(refusal.rule(), *rule, "{refusal}");
        assert!(refusal.zh().ends_with('。') && refusal.en().ends_with('.'), "{rule} is a sentence in both languages");
    }
}

#[test]
fn no_rule_is_left_that_nothing_raises() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/proceeding/refusal.rs");
    let source = std::fs::read_to_string(path).unwrap();
    let arms = source.split_once("fn rule(&self)").unwrap().1.split_once("\n    }\n").unwrap().0;
    let rules: BTreeSet<_> =
        arms.lines().filter_map(|line| Some(line.split_once("=> \"")?.1.split_once('"')?.0.to_owned())).collect();
    let raised: BTreeSet<_> = RAISED.iter().map(|(rule, _)| (*rule).to_owned()).collect();
    assert_eq!(raised.len(), RAISED.len(), "a rule stands here twice");
    assert_eq!(raised, rules);
}

#[test]
fn a_simplified_suit_that_was_sent_back_cannot_become_simplified() {
    let switch = Command::SwitchProcedure { to: Procedure::Simplified, on: day("2025-07-02") };
    let refusal = judged()
        .after([
            ("2025-05-20", Command::RecordAppeal { by: Appellant::Agency, on: day("2025-05-20") }),
            ("2025-07-01", decided(Judgment::CourtRemanded, "2025-06-30", "2025-07-01")),
        ])
        .refuses("2025-07-02", switch);
    assert_eq!(refusal.rule(), "no_simplified_procedure");
}
