//! Excessive applications in the case file: explanations that leave the clock running (art. 35), fees that wait for the
//! applicant (art. 42), and what each does to the day that is due.
//!
//! Received on 2 March 2026, due on 30 March.

use dafu::case::gate::CheckCode;
use dafu::case::terms::{ApprovalStep, WaiverReason};
use dafu::case::{Actor, Command, Event, Refusal, Stage};
use dafu::law::count::ClockName;
use dafu::law::outcome::Outcome;

use crate::support::case::*;

fn stands(stage: Stage, due: &str) -> (Stage, String) {
    (stage, due.to_owned())
}

fn lapse() -> Command {
    Command::Lapse { finding: text(), letter: text() }
}

#[test]
fn nobody_is_found_unreasonable_while_there_is_time_to_explain() {
    let mut file = File::on_the_desk().after([("03-05", HANDLER, request_explanation("03-05"))]);
    assert_eq!(file.stands(), stands(Stage::Handling, "03-30"), "the reply clock runs on");
    // Presumed received on 10 March; five working days are over on the 17th.
    let until = Refusal::ExplanationWindowOpen { until: day("03-17") };
    assert_eq!(file.refuses("03-17", HANDLER, decide_explanation(false, None)), until);
    file.does("03-06", CLERK, Command::RecordExplanationDelivery { on: day("03-06") });
    let until = Refusal::ExplanationWindowOpen { until: day("03-13") };
    assert_eq!(file.refuses("03-13", HANDLER, decide_explanation(false, None)), until);
    file.does("03-16", HANDLER, decide_explanation(false, None));
    assert_eq!(file.case.explanation.as_ref().and_then(|one| one.reasonable), Some(false));
}

#[test]
fn a_delayed_date_counts_from_its_notice_on_and_moves_off_a_rest_day() {
    let mut file = File::on_the_desk().after([
        ("03-05", HANDLER, request_explanation("03-05")),
        ("03-09", Actor::Applicant, receive_explanation("03-09")),
        // A Sunday.
        ("03-10", HANDLER, decide_explanation(true, Some("04-12"))),
    ]);
    assert_eq!(file.stands(), stands(Stage::Handling, "03-30"));
    file.does("03-11", CLERK, Command::NotifyDelay { letter: text(), sent_on: day("03-11") });
    assert_eq!(file.stands(), stands(Stage::Handling, "04-13"));
}

#[test]
fn a_payment_gives_a_fresh_period_and_a_waiver_gives_none() {
    let noticed = File::on_the_desk().after([("03-05", HANDLER, fee_by_page(44, "03-05"))]);
    // Presumed received on 10 March; twenty working days, Qingming left out, end on 8 April.
    assert_eq!(noticed.stands(), stands(Stage::Paying, "04-08"));
    let delivered = noticed.clone().after([("03-06", CLERK, Command::RecordFeeDelivery { on: day("03-06") })]);
    assert_eq!(delivered.stands(), stands(Stage::Paying, "04-03"));
    let paid = noticed.clone().after([("03-11", CLERK, pay("03-10"))]);
    assert_eq!(paid.stands(), stands(Stage::Handling, "04-08"), "twenty working days from the payment");
    let waived = noticed.after([
        ("03-09", HANDLER, Command::RequestWaiver { reason: WaiverReason::OwnAffairs, text: text() }),
        ("03-10", HEAD, Command::DecideWaiver { granted: true, reason: None }),
    ]);
    assert_eq!(waived.stands(), stands(Stage::Handling, "03-30"), "house rule 19");
}

#[test]
fn the_calendar_proposes_the_lapse_of_an_unpaid_fee_and_an_officer_finds_it() {
    let mut file = File::on_the_desk().after([
        ("03-05", HANDLER, fee_by_item(&[11], "03-05")),
        ("03-06", CLERK, Command::RecordFeeDelivery { on: day("03-06") }),
    ]);
    assert_eq!(file.tick("04-03"), [], "the last day is the applicant's");
    assert_eq!(file.tick("04-07"), [Event::LapseProposed { clock: ClockName::FeeWindow, ended_on: day("04-03") }]);
    assert_eq!(file.tick("04-08"), [], "said once, and nobody's overdue");
    let late = file.clone().after([("04-08", CLERK, pay("04-08"))]);
    assert_eq!(late.case.stage, Stage::Handling, "paid late and before any finding: nothing has lapsed by itself");
    file.does("04-08", HEAD, lapse());
    assert_eq!(file.case.stage, Stage::Closed);
    file.does("04-09", HEAD, Command::Reinstate { reason: text() });
    assert_eq!(file.stands(), stands(Stage::Paying, "05-11"), "a window of its own, from the day it was taken back");
    assert_eq!(file.refuses("05-11", HEAD, lapse()), Refusal::FeeWindowOpen { until: day("05-11") });
}

#[test]
fn an_extension_falls_with_the_period_that_a_payment_ends() {
    let file = File::on_the_desk().after([
        ("03-20", HANDLER, Command::RequestExtension { days: 10, reason: text() }),
        ("03-20", HEAD, Command::DecideExtension { granted: true, reason: None }),
        ("03-20", CLERK, Command::NotifyExtension { letter: text(), sent_on: day("03-20") }),
        ("03-23", HANDLER, fee_by_page(119, "03-23")),
        ("03-24", CLERK, pay("03-24")),
    ]);
    assert_eq!(file.stands(), stands(Stage::Handling, "04-22"), "twenty from the payment, not thirty");
    assert_eq!(file.case.extended_by(), None);
}

#[test]
fn an_annulled_fee_notice_was_the_one_there_is() {
    let mut file = File::on_the_desk().after([("03-05", HANDLER, fee_by_page(44, "03-05"))]);
    file.does("03-05", HEAD, annul(4));
    assert_eq!(file.stands(), stands(Stage::Handling, "03-30"));
    assert_eq!(file.refuses("03-06", HANDLER, fee_by_page(44, "03-06")), Refusal::FeeAlreadyNoticed);
}

#[test]
fn reasons_that_come_after_the_finding_are_heard_as_long_as_the_reply_is_not_out() {
    let mut file = File::on_the_desk().after([
        ("03-05", HANDLER, request_explanation("03-05")),
        ("03-06", CLERK, Command::RecordExplanationDelivery { on: day("03-06") }),
        ("03-16", HANDLER, decide_explanation(false, None)),
        ("03-16", HANDLER, draft(Outcome::NotProcessedExcessive)),
        ("03-16", REVIEWER, approve(ApprovalStep::Review)),
    ]);
    file.does("03-17", Actor::Applicant, receive_explanation("03-17"));
    let sign = approve(ApprovalStep::Signature);
    assert_eq!(
        file.refuses("03-17", SIGNER, sign),
        Refusal::GateClosed { checks: vec![CheckCode::Explanation] },
        "they are weighed before anything is signed"
    );
    file.does("03-18", HEAD, decide_explanation(true, None));
    assert_eq!(
        file.refuses("03-18", SIGNER, approve(ApprovalStep::Signature)),
        Refusal::GateClosed { checks: vec![CheckCode::Explanation] },
        "with good reasons it is not called excessive"
    );
    assert_eq!(file.refuses("03-18", Actor::Applicant, receive_explanation("03-18")), Refusal::NoExplanationAwaited);
}
