//! Setting the record right: a wrong date of receipt is stated anew, the last step is annulled, newest first; what
//! left the house or got a number stays. And what a later edition of the calendar does to an open case.

use chrono::{Days, NaiveDate};
use dafu::case::due::spans;
use dafu::case::terms::{ApprovalStep, ConfirmedBy, ConsultedParty, ServiceWay};
use dafu::case::{Act, Actor, Command, Event, Refusal, Stage, choices};
use dafu::case::{Role, allowed};
use dafu::law::count::ClockName;
use dafu::law::editions::{Calendars, Edition};
use dafu::law::outcome::Outcome;
use dafu::law::receipt::Channel;

use crate::support::case::*;

fn correct_receipt(on: &str) -> Command {
    Command::CorrectReceipt { received_on: day(on), reason: text() }
}

fn stands(stage: Stage, due: &str) -> (Stage, String) {
    (stage, due.to_owned())
}

#[test]
fn a_corrected_receipt_moves_every_day_that_hangs_on_it() {
    let mut file = File::on_the_desk();
    let corrected = file.does("03-10", HEAD, correct_receipt("02-27"));
    assert_eq!(
        corrected,
        [Event::ReceiptCorrected { received_on: day("02-27"), correction_in_time: None, reason: text() }]
    );
    assert_eq!(file.stands(), stands(Stage::Handling, "03-26"), "28 February is worked and the first of the twenty");
    let future = Refusal::DateInFuture { on: day("03-11"), today: day("03-10") };
    assert_eq!(file.refuses("03-10", HEAD, correct_receipt("03-11")), future);
}

#[test]
fn what_had_to_be_confirmed_cannot_have_been_received_before_it_came() {
    let confirm = Command::ConfirmReceipt { received_on: day("03-03"), by: ConfirmedBy::Email, evidence: None };
    let mut file = File::arrived(Channel::Email, day("03-02")).after([("03-03", CLERK, confirm)]);
    let too_early = Refusal::DateTooEarly { on: day("02-27"), earliest: day("03-02") };
    assert_eq!(file.refuses("03-05", HEAD, correct_receipt("02-27")), too_early);
    file.does("03-05", HEAD, correct_receipt("03-02"));
    assert_eq!(file.stands(), stands(Stage::Registering, "03-30"));
}

#[test]
fn a_receipt_corrected_and_then_its_confirmation_annulled_leaves_none() {
    let confirm = Command::ConfirmReceipt { received_on: day("03-04"), by: ConfirmedBy::Email, evidence: None };
    let file = File::arrived(Channel::Email, day("03-02")).after([
        ("03-04", CLERK, confirm),
        ("03-04", HEAD, correct_receipt("03-03")),
        ("03-04", HEAD, annul(2)),
    ]);
    assert_eq!((file.case.stage, file.case.received_on), (Stage::Confirming, None));
}

#[test]
fn a_notice_made_late_by_a_corrected_receipt_stops_nothing_and_lets_nothing_lapse() {
    let mut file = File::on_the_desk().after([("03-11", HANDLER, request_correction("03-11"))]);
    assert_eq!(file.stands(), stands(Stage::Correcting, "03-30"), "by chance the window ends that day too");
    file.does("03-12", HEAD, correct_receipt("02-27"));
    assert_eq!(file.stands(), stands(Stage::Handling, "03-26"), "the reply clock never stopped");
    let lapse = Command::Lapse { finding: text(), letter: text() };
    let refusal = file.refuses("05-20", HEAD, lapse);
    assert!(matches!(refusal, Refusal::NotInThisStage { stage: Stage::Handling, .. }), "{refusal}");
}

#[test]
fn a_receipt_is_not_corrected_to_a_day_after_what_rested_on_it() {
    let file = File::on_the_desk().after([("03-05", HANDLER, request_correction("03-05"))]);
    let refusal = file.refuses("03-09", HEAD, correct_receipt("03-06"));
    assert_eq!(refusal, Refusal::DateTooLate { on: day("03-06"), latest: day("03-05") });
}

#[test]
fn the_last_step_can_be_annulled_one_after_the_other() {
    let mut file = File::on_the_desk().after(to_signature("03-05"));
    // 1 filed, 2 registered, 3 assigned, 4 drafted, 5 reviewed, 6 signed.
    for (seq, stage) in [(6, Stage::Signing), (5, Stage::Reviewing), (4, Stage::Handling), (3, Stage::Assigning)] {
        assert_eq!(file.refuses("03-06", HEAD, annul(seq - 1)), Refusal::NotTheLastStep { last: Some(seq) });
        assert_eq!(file.does("03-06", HEAD, annul(seq)), [Event::Annulled { seq, reason: text() }]);
        assert_eq!(file.case.stage, stage);
    }
    assert_eq!((&file.case.draft, file.case.handler), (&None, None));
    assert_eq!(file.refuses("03-06", HEAD, annul(2)), Refusal::CannotBeAnnulled, "a number is never given again");
    assert_eq!(file.case.journal().len(), 10, "nothing is deleted");
}

#[test]
fn a_remark_is_no_step_and_does_not_stand_in_the_way() {
    let mut file = File::on_the_desk().after([("03-03", REVIEWER, note())]);
    assert_eq!(file.refuses("03-03", HEAD, annul(4)), Refusal::NotTheLastStep { last: Some(3) });
    file.does("03-03", HEAD, annul(3));
    assert_eq!(file.case.stage, Stage::Assigning);
}

#[test]
fn an_annulled_correction_request_gives_back_stage_and_due_day_but_not_the_right_to_ask_again() {
    let before = File::on_the_desk();
    let mut file = before.clone().after([("03-05", HANDLER, request_correction("03-05"))]);
    file.does("03-05", HEAD, annul(4));
    assert_eq!(file.stands(), before.stands());
    assert_eq!(file.case.correction, None);
    let again = file.refuses("03-06", HANDLER, request_correction("03-06"));
    assert_eq!(again, Refusal::CorrectionAlreadyRequested, "the applicant has read the first (art. 30: once)");
}

#[test]
fn a_served_reply_cannot_be_called_back_whatever_the_way() {
    for way in [ServiceWay::Electronic, ServiceWay::InPerson, ServiceWay::Post] {
        let mut file = File::on_the_desk().after(to_signature("03-05"));
        file.does("03-06", CLERK, serve(way, "03-06"));
        assert_eq!(file.refuses("03-06", HEAD, annul(7)), Refusal::CannotBeAnnulled, "{way:?}");
    }
}

#[test]
fn a_silence_of_the_calendar_is_no_step_and_cannot_be_annulled() {
    let mut file = File::on_the_desk().after([("03-06", HANDLER, consult(1, ConsultedParty::ThirdParty, "03-06"))]);
    file.tick("04-02");
    assert_eq!(file.refuses("04-02", HEAD, annul(5)), Refusal::NotTheLastStep { last: Some(4) });
}

#[test]
fn what_the_applicant_did_is_the_applicants() {
    let withdrawn = [("03-05", Actor::Applicant, Command::Withdraw { reason: None })];
    assert_eq!(File::on_the_desk().after(withdrawn).refuses("03-06", HEAD, annul(4)), Refusal::CannotBeAnnulled);
    let noted_by_mistake = [("03-05", CLERK, Command::Withdraw { reason: None })];
    let mut file = File::on_the_desk().after(noted_by_mistake);
    file.does("03-06", HEAD, annul(4));
    assert_eq!(file.stands(), stands(Stage::Handling, "03-30"));
}

#[test]
fn spans_tell_what_was_due_at_every_time() {
    let file = File::on_the_desk().after([
        ("03-05", HANDLER, request_correction("03-05")),
        ("03-20", CLERK, receive_correction("03-20")),
        ("03-23", HANDLER, note()),
        ("03-24", HANDLER, draft(Outcome::NotThisAgency)),
        ("03-24", REVIEWER, approve(ApprovalStep::Review)),
        ("03-24", SIGNER, approve(ApprovalStep::Signature)),
        ("03-25", CLERK, serve(ServiceWay::Post, "03-25")),
    ]);
    let told: Vec<_> = spans(file.case.journal(), &file.calendars)
        .unwrap()
        .iter()
        .map(|span| (span.stage, span.now.due.on.format("%m-%d").to_string()))
        .collect();
    let expected = [
        (Stage::Registering, "03-30"),
        (Stage::Assigning, "03-30"),
        (Stage::Handling, "03-30"),
        (Stage::Correcting, "03-24"),
        (Stage::Handling, "04-20"),
        (Stage::Reviewing, "04-20"),
        (Stage::Signing, "04-20"),
        (Stage::Serving, "04-20"),
    ];
    assert_eq!(told, expected.map(|(stage, due)| stands(stage, due)), "the note began nothing new");
}

/// The published calendars, and a notice of 16 March 2026 that frees another day.
fn amended(free: NaiveDate) -> Calendars {
    let mut year = year_2026();
    year.holidays.insert(free);
    let later = Edition { known_from: morning(day("03-16")), year };
    Calendars::new(published().into_iter().chain([later]).collect()).unwrap()
}

#[test]
fn a_later_edition_of_the_calendar_moves_what_is_open_and_says_so_once() {
    let mut file = File::on_the_desk();
    file.calendars = amended(day("03-26"));
    assert_eq!(file.tick("03-13"), [], "not known yet");
    let moved = Event::DueMoved { clock: ClockName::Reply, from: day("03-30"), to: day("03-31") };
    assert_eq!(file.tick("03-16"), [moved]);
    assert_eq!(file.tick("03-16"), []);
    assert_eq!(file.due(), Some(day("03-31")));
}

#[test]
fn a_later_edition_rewrites_no_verdict() {
    let mut file = File::on_the_desk().after(to_signature("03-05"));
    file.does("03-06", CLERK, serve(ServiceWay::Post, "03-06"));
    let verdict = file.case.closing.clone();
    file.calendars = amended(day("03-05"));
    assert_eq!(file.tick("03-17"), []);
    assert_eq!(file.case.closing, verdict);
}

#[test]
fn choices_show_what_one_could_do_and_why_not_now() {
    let file = File::on_the_desk();
    let at = file.moment(day("03-02") + Days::new(29), HEAD);
    let of_head = choices(&file.case, &[Role::OfficeHead], &at);
    let acts: Vec<_> = of_head.iter().map(|choice| choice.act).collect();
    let expected = [
        Act::CorrectParticulars,
        Act::MarkSensitive,
        Act::Assign,
        Act::Lapse,
        Act::Reinstate,
        Act::DecideExplanation,
        Act::DecideWaiver,
        Act::WeighConsultation,
        Act::DecideExtension,
        Act::AnswerCheck,
        Act::Recall,
        Act::ProposePublication,
        Act::AttachFile,
        Act::ShowFile,
        Act::CheckFile,
        Act::Note,
        Act::CorrectReceipt,
        Act::PlaceHold,
        Act::LiftHold,
        Act::HandOver,
        Act::Annul,
    ];
    assert_eq!(acts, expected);
    let open: Vec<_> = allowed::open_acts(&of_head).collect();
    let expected = [
        Act::CorrectParticulars,
        Act::MarkSensitive,
        Act::Assign,
        Act::ProposePublication,
        Act::AttachFile,
        Act::Note,
        Act::CorrectReceipt,
        Act::Annul,
    ];
    assert_eq!(open, expected);
    assert!(choices(&file.case, &[Role::Supervisor, Role::Auditor, Role::Administrator], &at).is_empty());
}
