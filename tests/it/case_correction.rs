//! Correction (art. 30): asked for once, within seven working days; in time it restarts the reply, late it restarts
//! nothing; and nobody loses an application but by an officer's finding after the window.
//!
//! Received on 2 March 2026: the notice is in time until 11 March, the reply is due on 30 March.

use dafu::case::terms::ServiceWay;
use dafu::case::{Actor, Command, Event, Refusal, Stage};
use dafu::law::count::ClockName;
use dafu::law::outcome::Outcome;

use crate::support::case::*;

fn lapse() -> Command {
    Command::Lapse { finding: text(), letter: text() }
}

fn reinstate() -> Command {
    Command::Reinstate { reason: text() }
}

/// Asked for on 5 March, presumed received on the 10th: the window closes on 24 March.
fn asked() -> File {
    File::on_the_desk().after([("03-05", HANDLER, request_correction("03-05"))])
}

fn stands(stage: Stage, due: &str) -> (Stage, String) {
    (stage, due.to_owned())
}

#[test]
fn a_notice_is_in_time_until_the_seventh_working_day() {
    for (sent_on, in_time) in [("03-02", true), ("03-11", true), ("03-12", false), ("04-10", false)] {
        let mut file = File::on_the_desk();
        // On the last day of the reply; what is recorded later bears the day of its record.
        let recorded_on = if sent_on == "04-10" { sent_on } else { "03-30" };
        let requested = file.does(recorded_on, HANDLER, request_correction(sent_on));
        let expected = Event::CorrectionRequested { letter: text(), sent_on: day(sent_on), window_days: 10, in_time };
        assert_eq!(requested, [expected]);
        assert_eq!(file.case.stage, if in_time { Stage::Correcting } else { Stage::Handling }, "{sent_on}");
    }
}

#[test]
fn a_correction_restarts_the_reply_in_full() {
    let mut file = asked();
    assert_eq!(file.stands(), stands(Stage::Correcting, "03-24"), "what is due meanwhile is the applicant's window");
    file.does("03-20", Actor::Applicant, receive_correction("03-20"));
    assert_eq!(file.stands(), stands(Stage::Handling, "04-20"));
}

#[test]
fn the_window_runs_from_the_day_the_notice_was_received() {
    let mut file = asked();
    file.does("03-09", CLERK, Command::RecordCorrectionDelivery { on: day("03-06") });
    assert_eq!(file.stands(), stands(Stage::Correcting, "03-20"));
    let before_it_was_sent = Command::RecordCorrectionDelivery { on: day("03-04") };
    let refusal = Refusal::DateTooEarly { on: day("03-04"), earliest: day("03-05") };
    assert_eq!(file.refuses("03-09", CLERK, before_it_was_sent), refusal);
}

#[test]
fn a_late_notice_restarts_nothing_and_the_case_stays_on_the_desk() {
    let mut file = File::on_the_desk().after([("03-12", HANDLER, request_correction("03-12"))]);
    assert_eq!(file.stands(), stands(Stage::Handling, "03-30"));
    file.does("03-20", CLERK, receive_correction("03-20"));
    assert_eq!(file.stands(), stands(Stage::Handling, "03-30"));
    assert_eq!(file.tick("05-20").len(), 1, "the calendar proposes no lapse, it only tells that the reply is late");
}

#[test]
fn the_answer_to_a_late_notice_takes_no_draft_off_its_way() {
    let late = [("03-12", HANDLER, request_correction("03-12"))];
    let mut file = File::on_the_desk().after(late).after(to_signature("03-13"));
    file.does("03-16", Actor::Applicant, receive_correction("03-16"));
    assert_eq!(file.stands(), stands(Stage::Serving, "03-30"));
    file.does("03-16", CLERK, serve(ServiceWay::Post, "03-16"));
}

#[test]
fn it_is_asked_for_once_in_time_or_not() {
    for sent_on in ["03-05", "03-12"] {
        let file = File::on_the_desk()
            .after([("03-12", HANDLER, request_correction(sent_on)), ("03-13", CLERK, receive_correction("03-13"))]);
        let again = file.refuses("03-16", HANDLER, request_correction("03-16"));
        assert_eq!(again, Refusal::CorrectionAlreadyRequested);
    }
}

#[test]
fn a_reasonable_window_is_five_to_thirty_working_days() {
    let request = |days| Command::RequestCorrection { letter: text(), sent_on: day("03-05"), window_days: Some(days) };
    for days in [0, 4, 31] {
        let refusal = File::on_the_desk().refuses("03-05", HANDLER, request(days));
        assert_eq!(refusal, Refusal::CorrectionWindowUnreasonable { days });
    }
    for (days, due) in [(5, "03-17"), (30, "04-22")] {
        let file = File::on_the_desk().after([("03-05", HANDLER, request(days))]);
        assert_eq!(file.stands(), stands(Stage::Correcting, due));
    }
}

#[test]
fn the_calendar_proposes_a_lapse_once_and_never_finds_it() {
    let mut file = asked();
    assert_eq!(file.tick("03-24"), []);
    let proposed = Event::LapseProposed { clock: ClockName::CorrectionWindow, ended_on: day("03-24") };
    assert_eq!(file.tick("03-25"), [proposed], "it is the applicant who is late: nothing of the office's is overdue");
    assert_eq!(file.tick("05-25"), []);
    assert_eq!(file.case.stage, Stage::Correcting);
}

#[test]
fn a_lapse_is_found_only_after_the_window() {
    let mut file = asked();
    assert_eq!(file.refuses("03-24", HEAD, lapse()), Refusal::CorrectionWindowOpen { until: day("03-24") });
    let found = file.does("03-25", HEAD, lapse());
    assert_eq!(
        found,
        [Event::Lapsed { outcome: Outcome::LapsedCorrection, finding: text(), letter: text(), on: day("03-25") }]
    );
    assert_eq!(file.stands(), stands(Stage::Closed, "-"));
    assert_eq!(file.case.closing.as_ref().and_then(|end| end.late), None, "nothing was owed by the office");
}

#[test]
fn a_window_that_turns_out_longer_protects_the_applicant_again() {
    let mut file = asked();
    file.tick("03-25");
    file.does("03-25", CLERK, Command::RecordCorrectionDelivery { on: day("03-20") });
    assert_eq!(file.refuses("03-25", HEAD, lapse()), Refusal::CorrectionWindowOpen { until: day("04-03") });
    let proposed = Event::LapseProposed { clock: ClockName::CorrectionWindow, ended_on: day("04-03") };
    assert_eq!(file.tick("04-07").first(), Some(&proposed), "the calendar asks anew");
}

#[test]
fn a_correction_after_the_window_is_good_until_an_officer_finds_otherwise() {
    let mut file = asked();
    file.tick("03-25");
    file.does("03-26", CLERK, receive_correction("03-26"));
    assert_eq!(file.stands(), stands(Stage::Handling, "04-24"));
}

#[test]
fn a_reinstated_case_has_a_full_period_from_that_day() {
    let mut file = asked().after([("03-25", HEAD, lapse())]);
    assert_eq!(file.does("04-02", SIGNER, reinstate()), [Event::Reinstated { reason: text(), on: day("04-02") }]);
    assert_eq!(file.stands(), stands(Stage::Handling, "05-06"));
    assert_eq!(file.case.closing, None);
}

#[test]
fn the_correction_that_reinstated_a_case_restarts_nothing_when_it_is_recorded_later() {
    let mut file = asked().after([
        ("03-25", HEAD, lapse()),
        ("04-02", HEAD, reinstate()),
        ("04-03", HANDLER, Command::RequestExtension { days: 5, reason: text() }),
        ("04-03", HEAD, Command::DecideExtension { granted: true, reason: None }),
        ("04-03", CLERK, Command::NotifyExtension { letter: text(), sent_on: day("04-03") }),
    ]);
    assert_eq!(file.stands(), stands(Stage::Handling, "05-12"), "five days on, 9 May being worked");
    file.does("04-07", CLERK, receive_correction("04-01"));
    assert_eq!(file.stands(), stands(Stage::Handling, "05-12"), "its extension stands too");
}

#[test]
fn only_what_lapsed_can_be_reinstated() {
    let served = File::on_the_desk().after(to_signature("03-05"));
    let served = served.after([("03-06", CLERK, serve(ServiceWay::Post, "03-06"))]);
    assert_eq!(served.refuses("03-09", HEAD, reinstate()), Refusal::NotLapsed);
    let withdrawn = asked().after([("03-06", CLERK, Command::Withdraw { reason: None })]);
    assert_eq!(withdrawn.refuses("03-09", HEAD, reinstate()), Refusal::NotLapsed);
}

#[test]
fn a_correction_cannot_come_before_it_was_asked_for() {
    let refusal = Refusal::DateTooEarly { on: day("03-04"), earliest: day("03-05") };
    assert_eq!(asked().refuses("03-06", CLERK, receive_correction("03-04")), refusal);
}

#[test]
fn the_answer_that_is_still_unclear_can_be_told_so() {
    let mut file = asked().after([("03-20", CLERK, receive_correction("03-20"))]);
    file.does("03-23", HANDLER, draft(Outcome::StillUnclear));
    assert_eq!(file.case.stage, Stage::Reviewing);
}
