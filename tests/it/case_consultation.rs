//! Consultation (arts 32–34): the reply clock stands from the letter to the opinion or to the end of the window, and
//! no reply goes out over the head of somebody who still has time.
//!
//! Received on 2 March 2026, due on 30 March. The letter of 6 March leaves four days used; received on the 9th its
//! fifteen working days end on 30 March, presumed received on the 11th they end on 1 April.

use dafu::case::terms::{ApprovalStep, ConsultedParty, Opinion, ServiceWay};
use dafu::case::{Actor, Command, Event, Refusal, Stage};
use dafu::law::outcome::Outcome;

use crate::support::case::*;

use ConsultedParty::{CoMaker, OtherAgency, ThirdParty};

fn stands(stage: Stage, due: &str) -> (Stage, String) {
    (stage, due.to_owned())
}

/// One letter, sent on 6 March.
fn asked(party: ConsultedParty) -> File {
    File::on_the_desk().after([("03-06", HANDLER, consult(1, party, "03-06"))])
}

#[test]
fn the_clock_stands_to_the_end_of_the_window_known_or_presumed() {
    let mut file = asked(ThirdParty);
    assert_eq!(file.stands(), stands(Stage::Consulting, "04-24"), "as if silent, from the presumed receipt");
    file.does("03-10", CLERK, delivered(1, "03-09"));
    assert_eq!(file.stands(), stands(Stage::Consulting, "04-22"), "from the true receipt");
}

#[test]
fn an_opinion_sets_the_clock_going_again() {
    for party in [ThirdParty, CoMaker, OtherAgency] {
        let mut file = asked(party).after([("03-10", CLERK, delivered(1, "03-09"))]);
        let came = file.does("03-18", CLERK, opinion(1, "03-18"));
        let (consultation, opinion) = (consultation(1), Opinion::Objects);
        assert_eq!(came, [Event::OpinionReceived { consultation, opinion, text: text(), on: day("03-18") }]);
        assert_eq!(file.stands(), stands(Stage::Handling, "04-10"), "{party:?}");
    }
}

#[test]
fn silence_ends_the_waiting_the_day_after_the_window() {
    let known = [("03-10", CLERK, delivered(1, "03-09"))];
    for (steps, last, after, due) in [(&known[..], "03-30", "03-31", "04-22"), (&[][..], "04-01", "04-02", "04-24")] {
        let mut file = asked(ThirdParty).after(steps.iter().cloned());
        assert_eq!(file.tick(last), []);
        let silent = Event::ConsultationSilent { consultation: consultation(1), ended_on: day(last) };
        assert_eq!(file.tick(after), [silent]);
        assert_eq!(file.stands(), stands(Stage::Handling, due));
        assert_eq!(file.tick(after), []);
    }
}

#[test]
fn a_late_opinion_is_taken_in_and_moves_nothing() {
    let mut file = asked(ThirdParty).after([("03-10", CLERK, delivered(1, "03-09"))]);
    file.tick("03-31");
    file.does("04-02", CLERK, opinion(1, "04-02"));
    assert_eq!(file.stands(), stands(Stage::Handling, "04-22"));
    assert_eq!(file.case.consultations.first().and_then(|one| one.answer), Some((Opinion::Objects, day("04-02"))));
}

#[test]
fn two_that_overlap_are_taken_out_once() {
    let mut file = asked(ThirdParty).after([
        ("03-10", HANDLER, consult(2, CoMaker, "03-10")),
        ("03-11", CLERK, delivered(1, "03-09")),
        ("03-11", CLERK, delivered(2, "03-11")),
        ("03-18", CLERK, opinion(1, "03-18")),
    ]);
    assert_eq!(file.case.stage, Stage::Consulting, "the second has not answered");
    file.does("03-24", CLERK, opinion(2, "03-24"));
    assert_eq!(file.stands(), stands(Stage::Handling, "04-16"));
}

#[test]
fn the_window_of_the_law_cannot_be_set_otherwise() {
    for party in [ThirdParty, CoMaker] {
        for days in [0, 14, 16] {
            let refusal = File::on_the_desk().refuses("03-06", HANDLER, for_days(party, Some(days)));
            assert_eq!(refusal, Refusal::WindowFixedByLaw { party, days: 15 });
        }
        File::on_the_desk().does("03-06", HANDLER, for_days(party, Some(15)));
    }
}

#[test]
fn another_agency_is_given_what_the_letter_says_up_to_the_cap() {
    for (asked, given, due) in [(None, 15, "04-22"), (Some(5), 5, "04-08"), (Some(15), 15, "04-22")] {
        let mut file = File::on_the_desk();
        file.does("03-06", HANDLER, for_days(OtherAgency, asked));
        file.does("03-09", CLERK, delivered(1, "03-09"));
        assert_eq!(file.case.consultations.first().map(|one| one.days), Some(given));
        assert_eq!(file.stands(), stands(Stage::Consulting, due), "{asked:?}");
    }
}

#[test]
fn no_letter_is_dated_back_into_a_period_that_has_run_out() {
    let file = File::on_the_desk();
    let refusal = file.refuses("04-01", HANDLER, consult(1, OtherAgency, "03-10"));
    assert_eq!(refusal, Refusal::DateTooEarly { on: day("03-10"), earliest: day("04-01") });
}

#[test]
fn a_window_that_has_closed_holds_up_no_reply_though_nobody_turned_the_calendar() {
    let file = asked(ThirdParty);
    assert_eq!(file.case.stage, Stage::Consulting);
    let mut file = file;
    let events = file.does("04-02", HANDLER, draft(Outcome::Granted));
    assert_eq!(events.iter().map(Event::kind).collect::<Vec<_>>(), ["consultation_silent", "drafted"]);
}

#[test]
fn no_reply_is_written_while_somebody_still_has_time() {
    let refusal = asked(CoMaker).refuses("03-20", HANDLER, draft(Outcome::Granted));
    assert!(matches!(refusal, Refusal::NotInThisStage { stage: Stage::Consulting, .. }), "{refusal}");
}

#[test]
fn a_window_reopened_by_its_true_receipt_holds_up_signature_and_service() {
    let mut file = asked(ThirdParty);
    file.tick("04-02");
    let drafted = [
        ("04-02", CLERK, tell_applicant("04-02")),
        ("04-02", HANDLER, draft(Outcome::NotThisAgency)),
        ("04-02", REVIEWER, approve(ApprovalStep::Review)),
    ];
    let file = file.after(drafted);
    // Received on 20 March only: they have until 13 April.
    let open = Refusal::ConsultationOpen { until: day("04-13") };

    let learnt_before = file.clone().after([("04-03", CLERK, delivered(1, "03-20"))]);
    assert_eq!(learnt_before.refuses("04-13", SIGNER, approve(ApprovalStep::Signature)), open);
    learnt_before.clone().does("04-14", SIGNER, approve(ApprovalStep::Signature));
    let mut sent_back = learnt_before;
    sent_back.does("04-03", SIGNER, send_back(ApprovalStep::Signature));
    assert_eq!(sent_back.case.stage, Stage::Consulting, "and there it waits");

    let learnt_after =
        file.after([("04-02", SIGNER, approve(ApprovalStep::Signature)), ("04-03", CLERK, delivered(1, "03-20"))]);
    assert_eq!(learnt_after.refuses("04-13", CLERK, serve(ServiceWay::Post, "04-13")), open);
    let mut answered = learnt_after.after([("04-07", CLERK, opinion(1, "04-07"))]);
    answered.does("04-07", CLERK, serve(ServiceWay::Post, "04-07"));
}

#[test]
fn an_answer_is_given_once_and_only_by_those_who_were_asked() {
    let file = asked(ThirdParty).after([("03-18", CLERK, opinion(1, "03-18"))]);
    assert_eq!(file.refuses("03-19", CLERK, opinion(1, "03-19")), Refusal::ConsultationAnswered);
    assert_eq!(file.refuses("03-19", CLERK, delivered(1, "03-09")), Refusal::ConsultationAnswered);
    let file = file.after([("03-19", HANDLER, consult(2, CoMaker, "03-19"))]);
    assert_eq!(file.refuses("03-19", CLERK, opinion(3, "03-19")), Refusal::NoSuchConsultation);
    assert_eq!(file.refuses("03-19", CLERK, opinion(1, "03-19")), Refusal::ConsultationAnswered);
}

#[test]
fn days_stand_in_the_order_in_which_they_can_have_come() {
    let file = asked(ThirdParty);
    let too_early = |on: &str, earliest: &str| Refusal::DateTooEarly { on: day(on), earliest: day(earliest) };
    assert_eq!(file.refuses("03-09", CLERK, delivered(1, "03-05")), too_early("03-05", "03-06"));
    assert_eq!(file.refuses("03-09", CLERK, opinion(1, "03-05")), too_early("03-05", "03-06"));
    let file = file.after([("03-10", CLERK, delivered(1, "03-09"))]);
    assert_eq!(file.refuses("03-10", CLERK, opinion(1, "03-06")), too_early("03-06", "03-09"));
    let future = Refusal::DateInFuture { on: day("03-11"), today: day("03-10") };
    assert_eq!(file.refuses("03-10", CLERK, opinion(1, "03-11")), future);
    let before_receipt = File::on_the_desk().refuses("03-06", HANDLER, consult(1, ThirdParty, "02-27"));
    assert_eq!(before_receipt, too_early("02-27", "03-02"));
}

#[test]
fn a_letter_sent_after_the_last_day_saves_nothing() {
    let mut file = File::on_the_desk();
    file.does("03-31", HANDLER, consult(1, ThirdParty, "03-31"));
    assert_eq!(file.stands(), stands(Stage::Consulting, "03-30"));
    assert_eq!(file.does("03-31", Actor::System, Command::Tick).len(), 1, "it went overdue all the same");
}
