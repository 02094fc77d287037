//! Each refusal is raised by something a person could really ask for. A refusal that nothing raises is a rule nobody
//! keeps; one raised without standing here has never been seen to work.

use std::collections::BTreeSet;

use dafu::case::event::{Destruction, HandOver};
use dafu::case::gate::CheckCode;
use dafu::case::intake::{self, Application};
use dafu::case::terms::{
    ApprovalStep, CoWorkKind, ConsultedParty, DeliveryRoute, DeliveryWay, InformationForm, Matter, ServiceWay,
    Visibility, WaiverReason,
};
use dafu::case::{Actor, Case, Command, Entry, Event, Refusal};
use dafu::ids::TransferId;
use dafu::law::letter::LetterKind;
use dafu::law::order::OrderPeriod;
use dafu::law::outcome::Outcome;
use dafu::law::receipt::{ApplicantKind, Channel};
use dafu::law::third_party::ThirdPartyFinding;
use dafu::vault::digest::Digest;

use crate::support::case::*;

/// A way to meet a refusal.
type Raise = fn() -> Refusal;

/// Every refusal by the name of its rule, with a way to meet it.
pub const RAISED: &[(&str, Raise)] = &[
    ("not_in_this_stage", || File::on_the_desk().refuses("03-02", SIGNER, approve(ApprovalStep::Signature))),
    ("date_in_future", || File::on_the_desk().refuses("03-03", HANDLER, request_correction("03-04"))),
    ("date_too_early", || File::on_the_desk().refuses("03-03", HANDLER, request_correction("03-01"))),
    ("date_too_late", || {
        let asked = [("03-06", HANDLER, consult(1, ConsultedParty::ThirdParty, "03-06"))];
        File::on_the_desk().after(asked).refuses("05-20", CLERK, delivered(1, "05-18"))
    }),
    ("online_is_submitted_by_the_applicant", || {
        let file = File::on_the_desk();
        intake::open(application(Channel::Online, day("03-02")), &file.moment(day("03-02"), CLERK)).unwrap_err()
    }),
    ("correction_already_requested", || {
        let asked = [("03-04", HANDLER, request_correction("03-04")), ("03-06", CLERK, receive_correction("03-06"))];
        File::on_the_desk().after(asked).refuses("03-09", HANDLER, request_correction("03-09"))
    }),
    ("correction_window_unreasonable", || {
        let hasty = Command::RequestCorrection { letter: text(), sent_on: day("03-03"), window_days: Some(4) };
        File::on_the_desk().refuses("03-03", HANDLER, hasty)
    }),
    ("no_correction_awaited", || File::on_the_desk().refuses("03-03", Actor::Applicant, receive_correction("03-03"))),
    ("correction_window_open", || {
        let asked = [("03-04", HANDLER, request_correction("03-04"))];
        File::on_the_desk().after(asked).refuses("03-10", HEAD, Command::Lapse { finding: text(), letter: text() })
    }),
    ("not_lapsed", || {
        let withdrawn = [("03-04", Actor::Applicant, Command::Withdraw { reason: None })];
        File::on_the_desk().after(withdrawn).refuses("03-05", HEAD, Command::Reinstate { reason: text() })
    }),
    ("window_fixed_by_law", || {
        File::on_the_desk().refuses("03-06", HANDLER, for_days(ConsultedParty::ThirdParty, Some(10)))
    }),
    ("no_such_consultation", || File::on_the_desk().refuses("03-03", CLERK, opinion(1, "03-03"))),
    ("consultation_answered", || {
        let answered =
            [("03-03", HANDLER, consult(1, ConsultedParty::CoMaker, "03-03")), ("03-05", CLERK, opinion(1, "03-05"))];
        File::on_the_desk().after(answered).refuses("03-06", CLERK, opinion(1, "03-06"))
    }),
    ("consultation_open", || reopened_by_true_receipt().refuses("04-03", SIGNER, approve(ApprovalStep::Signature))),
    ("extension_already_used", || {
        let asked = [("03-20", HANDLER, request_extension(10))];
        File::on_the_desk().after(asked).refuses("03-23", HANDLER, request_extension(10))
    }),
    ("extension_too_long", || File::on_the_desk().refuses("03-20", HANDLER, request_extension(21))),
    ("extension_too_late", || File::on_the_desk().refuses("03-31", HANDLER, request_extension(10))),
    ("period_set_by_decision", || {
        let again = reopen(OrderPeriod::WorkingDays { days: 15 }, day("05-06"));
        File::on_the_desk()
            .after(to_signature("03-06"))
            .after([("03-09", CLERK, serve(ServiceWay::InPerson, "03-09")), ("05-06", CLERK, again)])
            .refuses("05-07", HANDLER, request_extension(5))
    }),
    ("no_extension_requested", || {
        File::on_the_desk().refuses("03-20", HEAD, Command::DecideExtension { granted: true, reason: None })
    }),
    ("extension_not_granted", || {
        let asked = [("03-20", HANDLER, request_extension(10))];
        let notice = Command::NotifyExtension { letter: text(), sent_on: day("03-20") };
        File::on_the_desk().after(asked).refuses("03-20", CLERK, notice)
    }),
    ("not_a_reply", || File::on_the_desk().refuses("03-05", HANDLER, draft(Outcome::LapsedCorrection))),
    ("withheld_grounds_missing", || File::on_the_desk().refuses("03-05", HANDLER, draft(Outcome::PartlyGranted))),
    ("not_a_ground", || {
        let withheld = [Outcome::RefusedThirdParty, Outcome::NotProcessedPetition];
        File::on_the_desk().refuses("03-05", HANDLER, submit(reply_withholding(Outcome::PartlyGranted, &withheld)))
    }),
    ("never_corrected", || File::on_the_desk().refuses("03-05", HANDLER, draft(Outcome::StillUnclear))),
    ("own_draft", || {
        let drafted = [("03-05", HANDLER, draft(Outcome::NotHeld))];
        File::on_the_desk().after(drafted).refuses("03-05", HANDLER, approve(ApprovalStep::Review))
    }),
    ("service_proof_missing", || {
        let unproven = Command::Serve { way: ServiceWay::InPerson, on: day("03-06"), proof: None, text_stands: true };
        File::on_the_desk().after(to_signature("03-05")).refuses("03-06", CLERK, unproven)
    }),
    ("nothing_served", || {
        let withdrawn = [("03-04", Actor::Applicant, Command::Withdraw { reason: None })];
        let proof = Command::RecordServiceProof { proof: text(), on: day("03-05") };
        File::on_the_desk().after(withdrawn).refuses("03-05", CLERK, proof)
    }),
    ("consultation_too_long", || {
        File::on_the_desk().refuses("03-06", HANDLER, for_days(ConsultedParty::OtherAgency, Some(16)))
    }),
    ("service_confirmed_already", || {
        let served = to_signature("03-05").into_iter().chain([
            ("03-06", CLERK, serve(ServiceWay::Electronic, "03-06")),
            ("03-09", Actor::Applicant, Command::RecordServiceProof { proof: text(), on: day("03-09") }),
        ]);
        let again = Command::RecordServiceProof { proof: text(), on: day("03-09") };
        File::on_the_desk().after(served).refuses("03-10", Actor::Applicant, again)
    }),
    ("not_the_last_step", || File::on_the_desk().refuses("03-03", HEAD, annul(1))),
    ("cannot_be_annulled", || {
        let mut file = File::arrived(Channel::InPerson, day("03-02"));
        file.does("03-02", CLERK, register());
        file.refuses("03-03", HEAD, annul(2))
    }),
    ("receipt_not_settled", || {
        // No decision of ours leads here; a journal taken over from elsewhere may have skipped the confirmation.
        let mut file = File::arrived(Channel::Email, day("03-02"));
        let skipped = Event::Registered { number: "1".to_owned(), on: day("03-02"), evidence: None };
        let taken_over = Entry::follow(file.case.id, 1, morning(day("03-02")), CLERK, vec![skipped]);
        file.case = Case::replay(file.case.journal().iter().cloned().chain(taken_over)).unwrap();
        file.refuses("03-03", CLERK, Command::CorrectReceipt { received_on: day("03-02"), reason: text() })
    }),
    ("spoken_not_read_back", || {
        let file = File::on_the_desk();
        let spoken = Application { read_back: false, ..application(Channel::Spoken, day("03-02")) };
        intake::open(spoken, &file.moment(day("03-02"), CLERK)).unwrap_err()
    }),
    ("too_late_to_split", || {
        let split = Command::SplitOff { children: vec![], remaining: text(), reason: text() };
        let asked =
            [("03-06", HANDLER, consult(1, ConsultedParty::CoMaker, "03-06")), ("03-09", CLERK, opinion(1, "03-09"))];
        File::on_the_desk().after(asked).refuses("03-09", CLERK, split)
    }),
    ("explanation_already_requested", || explanation_asked().refuses("03-06", HANDLER, request_explanation("03-06"))),
    ("explanation_window_unreasonable", || {
        let hasty = Command::RequestExplanation {
            letter: text(),
            sent_on: day("03-05"),
            window_days: Some(2),
            month_count: 11,
        };
        File::on_the_desk().refuses("03-05", HANDLER, hasty)
    }),
    ("no_explanation_awaited", || File::on_the_desk().refuses("03-05", Actor::Applicant, receive_explanation("03-05"))),
    ("explanation_window_open", || explanation_asked().refuses("03-06", HANDLER, decide_explanation(false, None))),
    ("delay_not_later", || explained().refuses("03-10", HANDLER, decide_explanation(true, Some("03-30")))),
    ("delay_too_long", || explained().refuses("03-10", HANDLER, decide_explanation(true, Some("12-31")))),
    ("not_for_records", || {
        let mut file = File::on_the_desk();
        let taken = Command::CorrectParticulars {
            matter: Some(Matter::RecordsCorrection),
            applicant_kind: ApplicantKind::NaturalPerson,
            applicant: None,
            form: InformationForm::Electronic,
            route: DeliveryRoute::Online,
            reason: text(),
        };
        file.does("03-03", CLERK, taken);
        file.refuses("03-05", HANDLER, fee_by_page(44, "03-05"))
    }),
    ("waiver_undecided", || {
        let noticed = [("03-05", HANDLER, fee_by_page(44, "03-05")), ("03-06", HANDLER, request_waiver())];
        File::on_the_desk().after(noticed).refuses("05-11", HEAD, Command::Lapse { finding: text(), letter: text() })
    }),
    ("signed_text_stale", || {
        let way = ServiceWay::Post;
        let stale = Command::Serve { way, on: day("03-06"), proof: Some(text()), text_stands: false };
        File::on_the_desk().after(to_signature("03-05")).refuses("03-06", CLERK, stale)
    }),
    ("no_delay_fixed", || {
        explained().after([("03-10", HANDLER, decide_explanation(true, None))]).refuses(
            "03-10",
            CLERK,
            Command::NotifyDelay { letter: text(), sent_on: day("03-10") },
        )
    }),
    ("delay_too_late", || {
        explained().after([("03-10", HANDLER, decide_explanation(true, Some("04-30")))]).refuses(
            "03-31",
            CLERK,
            Command::NotifyDelay { letter: text(), sent_on: day("03-31") },
        )
    }),
    ("fee_already_noticed", || {
        let paid = [("03-05", HANDLER, fee_by_page(44, "03-05")), ("03-06", CLERK, pay("03-06"))];
        File::on_the_desk().after(paid).refuses("03-09", HANDLER, fee_by_item(&[11], "03-09"))
    }),
    ("nothing_to_charge", || File::on_the_desk().refuses("03-05", HANDLER, fee_by_item(&[10], "03-05"))),
    ("pages_need_copies", || {
        let inspected = Command::CorrectParticulars {
            matter: None,
            applicant_kind: ApplicantKind::NaturalPerson,
            applicant: None,
            form: InformationForm::Inspection,
            route: DeliveryRoute::Collection,
            reason: text(),
        };
        File::on_the_desk().after([("03-03", CLERK, inspected)]).refuses("03-05", HANDLER, fee_by_page(44, "03-05"))
    }),
    ("fee_notice_too_late", || File::on_the_desk().refuses("03-31", HANDLER, fee_by_page(44, "03-31"))),
    ("fee_waived", || {
        let waived = [("03-05", HANDLER, request_waiver()), ("03-05", HEAD, decide_waiver(true))];
        File::on_the_desk().after(waived).refuses("03-06", HANDLER, fee_by_page(44, "03-06"))
    }),
    ("fee_window_open", || {
        let noticed = [("03-05", HANDLER, fee_by_page(44, "03-05"))];
        File::on_the_desk().after(noticed).refuses("03-30", HEAD, Command::Lapse { finding: text(), letter: text() })
    }),
    ("waiver_already_requested", || {
        File::on_the_desk().after([("03-05", HANDLER, request_waiver())]).refuses("03-05", HANDLER, request_waiver())
    }),
    ("no_waiver_requested", || File::on_the_desk().refuses("03-05", HEAD, decide_waiver(true))),
    ("no_such_co_work", || File::on_the_desk().refuses("03-05", CLERK, answer_co_work(1))),
    ("co_work_closed", || {
        let answered = [("03-05", HANDLER, open_co_work("03-20")), ("03-06", CLERK, answer_co_work(1))];
        File::on_the_desk().after(answered).refuses("03-09", CLERK, answer_co_work(1))
    }),
    ("co_work_too_long", || File::on_the_desk().refuses("03-05", HANDLER, open_co_work("03-31"))),
    ("secrecy_referral_runs_on", || {
        File::on_the_desk().refuses("03-05", HANDLER, consult(1, ConsultedParty::SecrecyAuthority, "03-05"))
    }),
    ("not_a_third_party", || {
        let asked =
            [("03-06", HANDLER, consult(1, ConsultedParty::CoMaker, "03-06")), ("03-09", CLERK, opinion(1, "03-09"))];
        File::on_the_desk().after(asked).refuses("03-09", HANDLER, weigh(1, ThirdPartyFinding::ObjectionReasonable))
    }),
    ("finding_does_not_fit", || objected().refuses("03-10", HANDLER, weigh(1, ThirdPartyFinding::SilentNoHarm))),
    ("not_overridden", || {
        objected().after([("03-10", HANDLER, weigh(1, ThirdPartyFinding::ObjectionReasonable))]).refuses(
            "03-10",
            CLERK,
            tell_third_party(1, "03-10"),
        )
    }),
    ("nothing_to_tell", || File::on_the_desk().refuses("03-05", CLERK, tell_applicant("03-05"))),
    ("not_referred", || {
        let confirm = Command::ConfirmReferral { referral: None, evidence: text(), on: day("03-05") };
        File::on_the_desk().refuses("03-05", CLERK, confirm)
    }),
    ("outcome_of_another_matter", || File::on_the_desk().refuses("03-05", HANDLER, draft(Outcome::RecordsCorrected))),
    ("step_not_pending", || {
        let drafted = [("03-05", HANDLER, draft(Outcome::NotThisAgency))];
        File::on_the_desk().after(drafted).refuses("03-05", SIGNER, approve(ApprovalStep::Signature))
    }),
    ("secrecy_record_missing", || {
        let drafted = [("03-05", HANDLER, draft(Outcome::Granted)), ("03-05", REVIEWER, approve(ApprovalStep::Review))];
        let bare = Command::Approve { step: ApprovalStep::SecrecyReview, remark: None, secrecy: None, signed: None };
        File::on_the_desk().after(drafted).refuses("03-05", SECRECY, bare)
    }),
    ("gate_closed", || {
        let drafted = [("03-05", HANDLER, draft(Outcome::NotHeld)), ("03-05", REVIEWER, approve(ApprovalStep::Review))];
        File::on_the_desk().after(drafted).refuses("03-05", SIGNER, approve(ApprovalStep::Signature))
    }),
    ("check_not_amber", || {
        let drafted = [("03-05", HANDLER, draft(Outcome::NotHeld))];
        File::on_the_desk().after(drafted).refuses("03-05", HANDLER, answer_check(CheckCode::SearchRecord))
    }),
    ("nothing_proposed", || {
        File::on_the_desk().refuses("03-05", CLERK, Command::RecordPublication { place: text(), on: day("03-05") })
    }),
    ("no_such_file", || {
        let show = Command::ShowFile { file: file_id(9), to: Visibility::Applicant, from: None, reason: None };
        granted().refuses("03-06", CLERK, show)
    }),
    ("file_stays_inside", || granted().refuses("03-06", CLERK, show_everybody(1))),
    ("no_check_pending", || {
        granted().refuses("03-06", REVIEWER, Command::CheckFile { file: file_id(1), remark: None })
    }),
    ("own_decision", || {
        granted().after([("03-06", CLERK, release(true)), ("03-06", CLERK, show_everybody(1))]).refuses(
            "03-06",
            CLERK,
            Command::CheckFile { file: file_id(1), remark: None },
        )
    }),
    ("nothing_granted", || {
        let served =
            to_signature("03-05").into_iter().chain([("03-06", CLERK, serve(ServiceWay::Electronic, "03-06"))]);
        File::on_the_desk().after(served).refuses("03-06", CLERK, release(true))
    }),
    ("release_complete", || granted().after([("03-06", CLERK, release(true))]).refuses("03-06", CLERK, release(true))),
    ("nothing_to_release", || {
        let nothing = Command::Release { files: vec![], last: true, letter: text(), found: 0, accepted: None };
        granted().refuses("03-06", CLERK, nothing)
    }),
    ("released_already", || granted().after([("03-06", CLERK, release(false))]).refuses("03-06", CLERK, release(true))),
    ("personal_numbers_found", || {
        let found = Command::Release { files: vec![file_id(1)], last: true, letter: text(), found: 2, accepted: None };
        granted().refuses("03-06", CLERK, found)
    }),
    ("content_destroyed", || {
        let mut file = granted();
        file.does("03-20", Actor::System, destroy("2026-03-19"));
        file.refuses("03-20", CLERK, Command::Note { text: text(), mentions: Vec::new(), in_bundle: false })
    }),
    ("term_runs", || granted().refuses("03-20", Actor::System, destroy("2036-12-31"))),
    ("legal_hold", || {
        let held = [("03-06", HEAD, Command::PlaceHold { reason: text() })];
        granted().after(held).refuses("03-20", Actor::System, destroy("2026-03-19"))
    }),
    ("no_such_hold", || granted().refuses("03-20", HEAD, Command::LiftHold { hold: None, reason: text() })),
    ("own_proposal", || {
        let by = destruction("2026-03-19");
        let by = Box::new(Destruction { approved_by: by.proposed_by, ..by });
        granted().refuses("03-20", Actor::System, Command::Destroy { by, held: false })
    }),
    ("handed_over_already", || granted().after([("03-06", CLERK, hand_over())]).refuses("03-06", CLERK, hand_over())),
    ("no_such_letter", || {
        let posted = delivery(DeliveryWay::Hand, None, Some(day("03-06")));
        granted().refuses("03-06", CLERK, Command::RecordDelivery { letter: 9, delivery: posted })
    }),
    ("delivery_incomplete", || {
        let mut file = granted();
        let seq = file.issue(LetterKind::Reply);
        let posted = Command::RecordDelivery { letter: seq, delivery: delivery(DeliveryWay::Post, None, None) };
        file.refuses("03-06", CLERK, posted)
    }),
    ("downloaded_already", || {
        let fetch = || Command::Download { document: file_id(1).uuid() };
        granted().after([("03-06", Actor::Applicant, fetch())]).refuses("03-07", Actor::Applicant, fetch())
    }),
    ("already_proposed", || {
        let proposed = || Command::ProposePublication { reason: text(), equal_requests: 3 };
        File::on_the_desk().after([("03-05", CLERK, proposed())]).refuses("03-06", CLERK, proposed())
    }),
];

fn destroy(kept_until: &str) -> Command {
    Command::Destroy { by: Box::new(destruction(kept_until)), held: false }
}

fn hand_over() -> Command {
    let transfer = TransferId::from_uuid(uuid::Uuid::from_u128(0x7A));
    Command::HandOver(HandOver { transfer, on: day("03-06"), digest: Digest::of("test", &[b"manifest"]) })
}

fn show_everybody(n: u128) -> Command {
    Command::ShowFile { file: file_id(n), to: Visibility::Public, from: None, reason: None }
}

fn request_waiver() -> Command {
    Command::RequestWaiver { reason: WaiverReason::Hardship, text: text() }
}

fn decide_waiver(granted: bool) -> Command {
    Command::DecideWaiver { granted, reason: None }
}

/// A unit is asked, until that day.
fn open_co_work(due_on: &str) -> Command {
    Command::OpenCoWork {
        co_work: co_work(1),
        kind: CoWorkKind::Unit,
        unit: text(),
        staff: None,
        task: text(),
        due_on: day(due_on),
    }
}

fn answer_co_work(n: u128) -> Command {
    Command::AnswerCoWork { co_work: co_work(n), text: text(), on: day("03-05") }
}

fn explanation_asked() -> File {
    File::on_the_desk().after([("03-05", HANDLER, request_explanation("03-05"))])
}

fn explained() -> File {
    explanation_asked().after([("03-09", Actor::Applicant, receive_explanation("03-09"))])
}

/// A third party that objects.
fn objected() -> File {
    File::on_the_desk().after([
        ("03-06", HANDLER, consult(1, ConsultedParty::ThirdParty, "03-06")),
        ("03-09", CLERK, opinion(1, "03-09")),
    ])
}

fn request_extension(days: u32) -> Command {
    Command::RequestExtension { days, reason: text() }
}

/// A third party's window, taken for closed, opens again when its true receipt is learnt; the draft is on its way.
fn reopened_by_true_receipt() -> File {
    let mut file = File::on_the_desk().after([("03-06", HANDLER, consult(1, ConsultedParty::ThirdParty, "03-06"))]);
    file.tick("04-02");
    file.after([
        ("04-02", HANDLER, draft(Outcome::NotThisAgency)),
        ("04-02", REVIEWER, approve(ApprovalStep::Review)),
        ("04-02", CLERK, delivered(1, "03-20")),
    ])
}

/// The names of all rules, read from the arms of `Refusal::rule`.
fn rules() -> BTreeSet<String> {
    let source = source("src/case/refusal.rs");
    let arms = source.split_once("fn rule(&self)").unwrap().1.split_once("\n    }\n").unwrap().0;
    arms.lines().filter_map(|line| Some(line.split_once("=> \"")?.1.split_once('"')?.0.to_owned())).collect()
}

#[test]
fn each_refusal_is_raised_by_something_one_can_ask_for() {
    for (rule, raise) in RAISED {
        let refusal = raise();
        assert_eq!(refusal.rule(), *rule, "{refusal}");
    }
}

#[test]
fn no_rule_is_left_that_nothing_raises() {
    let raised: BTreeSet<_> = RAISED.iter().map(|(rule, _)| (*rule).to_owned()).collect();
    assert_eq!(raised.len(), RAISED.len(), "a rule stands here twice");
    assert_eq!(raised, rules());
}
