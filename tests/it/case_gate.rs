//! The legality gate, check by check: each turns red or amber on a draft that a person could really write, and green once the
//! thing is done; what is amber passes with a reason, what is red does not.

use dafu::case::command::Reply;
use dafu::case::gate::{self, Check, CheckCode, Door, Level};
use dafu::case::intake::Application;
use dafu::case::terms::{
    Agent, ApprovalStep, CheckReason, CoWorkKind, ConsultedParty, Opinion, SearchFinding, SecrecyItem, SecrecyRecord,
    SecrecyResult, Separability, SeparabilityFinding, ServiceWay,
};
use dafu::case::{Actor, Command, Refusal, Settings};
use dafu::law::outcome::{Outcome, Statement};
use dafu::law::receipt::Channel;
use dafu::law::third_party::ThirdPartyFinding;

use crate::support::case::*;

/// A file whose draft was submitted.
fn drafted(before: Vec<(&'static str, Actor, Command)>, reply: Reply) -> File {
    File::on_the_desk().after(before).after([("03-20", HANDLER, submit(reply))])
}

fn at(file: &File, on: &str, door: Door, code: CheckCode) -> Check {
    let checks = gate::checks(&file.case, door, &file.moment(day(on), SIGNER));
    checks.into_iter().find(|check| check.code == code).unwrap()
}

fn level(file: &File, code: CheckCode) -> Level {
    at(file, "03-20", Door::Signature, code).level
}

fn asked_and_answered(party: ConsultedParty, opinion: Opinion) -> Vec<(&'static str, Actor, Command)> {
    let answer = Command::ReceiveOpinion { consultation: consultation(1), opinion, text: text(), on: day("03-09") };
    vec![("03-06", HANDLER, consult(1, party, "03-06")), ("03-09", CLERK, answer)]
}

#[test]
fn every_check_can_turn_and_names_its_article() {
    let bare = |outcome: Outcome| {
        let mut reply = reply(outcome);
        reply.statements.clear();
        reply.separability = None;
        reply
    };
    let part = Reply { parts: vec![], ..reply_withholding(Outcome::PartlyGranted, &[Outcome::NotHeld]) };
    assert_eq!(level(&drafted(vec![], part), CheckCode::WithheldParts), Level::Red);
    assert_eq!(level(&drafted(vec![], bare(Outcome::Granted)), CheckCode::Statements), Level::Red);
    assert_eq!(level(&drafted(vec![], bare(Outcome::RefusedInternalAffairs)), CheckCode::Separability), Level::Red);
    let mut separable = reply(Outcome::RefusedInternalAffairs);
    separable.separability = Some(Separability { finding: SeparabilityFinding::Separable, reason: text() });
    assert_eq!(level(&drafted(vec![], separable), CheckCode::Separability), Level::Red, "then it is a partial reply");
    assert_eq!(level(&drafted(vec![], reply(Outcome::NotHeld)), CheckCode::SearchRecord), Level::Red);
    assert_eq!(level(&drafted(vec![], bare(Outcome::NotThisAgency)), CheckCode::RightAgency), Level::Amber);
    assert_eq!(level(&drafted(vec![], bare(Outcome::NotProcessedRepeat)), CheckCode::EarlierReply), Level::Red);
    assert_eq!(
        level(&drafted(vec![], reply(Outcome::NotProcessedRepeat)), CheckCode::EarlierReply),
        Level::Amber,
        "said in words only"
    );
    assert_eq!(level(&drafted(vec![], reply(Outcome::NotProcessedExcessive)), CheckCode::Explanation), Level::Red);
    assert_eq!(
        level(&drafted(vec![], reply(Outcome::RefusedThirdParty)), CheckCode::ThirdParty),
        Level::Amber,
        "nobody was asked"
    );
    let objects = asked_and_answered(ConsultedParty::ThirdParty, Opinion::Objects);
    assert_eq!(level(&drafted(objects, reply(Outcome::Granted)), CheckCode::ThirdParty), Level::Red, "not weighed");
    let objects = asked_and_answered(ConsultedParty::CoMaker, Opinion::Objects);
    let co_maker = drafted(objects, reply(Outcome::Granted));
    assert_eq!(level(&co_maker, CheckCode::CoMaker), Level::Amber);
    assert_eq!(level(&co_maker, CheckCode::ApplicantTold), Level::Amber);
    assert_eq!(level(&drafted(vec![], reply(Outcome::Granted)), CheckCode::Secrecy), Level::Red, "not reviewed yet");
    for code in CheckCode::ALL {
        assert!(!code.article().code().is_empty() && !code.zh().is_empty() && !code.en().is_empty());
    }
}

#[test]
fn a_search_that_found_something_needs_a_word_and_one_that_found_nothing_is_enough() {
    let search_of = |found| ("03-09", HANDLER, search(found, "03-09"));
    let nothing = drafted(vec![search_of(SearchFinding::Nothing)], reply(Outcome::NotHeld));
    assert_eq!(level(&nothing, CheckCode::SearchRecord), Level::Green);
    let both = vec![search_of(SearchFinding::Something), search_of(SearchFinding::Nothing)];
    assert_eq!(level(&drafted(both, reply(Outcome::NotHeld)), CheckCode::SearchRecord), Level::Amber);
    let part = reply_withholding(Outcome::PartlyGranted, &[Outcome::NotHeld]);
    assert_eq!(level(&drafted(vec![], part), CheckCode::SearchRecord), Level::Red, "also for a part");
}

#[test]
fn a_third_partys_reasonable_objection_binds_and_an_unreasonable_one_is_told() {
    let weighed = |finding, reply| {
        let mut before = asked_and_answered(ConsultedParty::ThirdParty, Opinion::Objects);
        before.push(("03-10", HANDLER, weigh(1, finding)));
        drafted(before, reply)
    };
    let file = weighed(ThirdPartyFinding::ObjectionReasonable, reply(Outcome::Granted));
    assert_eq!(level(&file, CheckCode::ThirdParty), Level::Red);
    let file = weighed(
        ThirdPartyFinding::ObjectionReasonable,
        reply_withholding(Outcome::PartlyGranted, &[Outcome::RefusedThirdParty]),
    );
    assert_eq!(level(&file, CheckCode::ThirdParty), Level::Green);
    let file = weighed(ThirdPartyFinding::ObjectionUnreasonable, reply(Outcome::RefusedThirdParty));
    assert_eq!(level(&file, CheckCode::ThirdParty), Level::Red, "no ground is left");
    let file = weighed(ThirdPartyFinding::ObjectionUnreasonable, reply(Outcome::Granted));
    assert_eq!(level(&file, CheckCode::ThirdPartyTold), Level::Amber);
    let file = weighed(ThirdPartyFinding::PublicInterest, reply(Outcome::Granted));
    assert_eq!(level(&file, CheckCode::ThirdPartyTold), Level::Red, "art. 32 ¶2");
    let consents = asked_and_answered(ConsultedParty::ThirdParty, Opinion::Consents);
    assert_eq!(
        level(&drafted(consents, reply(Outcome::Granted)), CheckCode::ThirdParty),
        Level::Green,
        "consent speaks for itself"
    );
}

#[test]
fn the_waiting_period_is_a_setting_and_none_at_signature() {
    let waiting = |days| {
        let mut before = asked_and_answered(ConsultedParty::ThirdParty, Opinion::Objects);
        before.push(("03-10", HANDLER, weigh(1, ThirdPartyFinding::ObjectionUnreasonable)));
        before.push(("03-16", CLERK, tell_third_party(1, "03-16")));
        let mut file = drafted(before, reply(Outcome::Granted));
        file.settings = Settings { override_waiting_days: days, ..file.settings };
        file
    };
    let post = Door::Service(ServiceWay::Post);
    // Told on Monday 16 March: five working days are over on the 23rd.
    assert_eq!(at(&waiting(5), "03-23", post, CheckCode::WaitingPeriod).level, Level::Red);
    assert_eq!(at(&waiting(5), "03-24", post, CheckCode::WaitingPeriod).level, Level::Green);
    assert_eq!(at(&waiting(0), "03-16", post, CheckCode::WaitingPeriod).level, Level::Green);
    assert_eq!(at(&waiting(5), "03-20", Door::Signature, CheckCode::WaitingPeriod).level, Level::Green);
}

#[test]
fn the_secrecy_review_and_the_reply_agree() {
    let reviewed = |outcome, result| {
        let mut file = drafted(vec![], reply(outcome));
        file.does("03-20", REVIEWER, approve(ApprovalStep::Review));
        file.does("03-20", SECRECY, approve_as(ApprovalStep::SecrecyReview, result));
        level(&file, CheckCode::Secrecy)
    };
    assert_eq!(reviewed(Outcome::Granted, SecrecyResult::Disclosable), Level::Green);
    assert_eq!(reviewed(Outcome::Granted, SecrecyResult::PartlyDisclosable), Level::Red);
    assert_eq!(reviewed(Outcome::Granted, SecrecyResult::NotDisclosable), Level::Red);
    assert_eq!(reviewed(Outcome::RefusedStateSecret, SecrecyResult::NotDisclosable), Level::Green);
    assert_eq!(reviewed(Outcome::RefusedStateSecret, SecrecyResult::Disclosable), Level::Red);
}

#[test]
fn personal_data_in_a_reply_needs_a_word_and_then_passes() {
    let named = Reply { personal_data: 1, ..reply(Outcome::Granted) };
    let mut file = drafted(vec![], named);
    assert_eq!(level(&file, CheckCode::PersonalData), Level::Amber);
    let answer = Command::AnswerCheck { check: CheckCode::PersonalData, reason: CheckReason::Decided, text: text() };
    file.does("03-20", HANDLER, answer);
    assert!(!at(&file, "03-20", Door::Signature, CheckCode::PersonalData).bars());
    assert_eq!(level(&drafted(vec![], reply(Outcome::Granted)), CheckCode::PersonalData), Level::Green);
}

#[test]
fn remedies_are_asked_of_the_agency_and_of_the_way_of_service() {
    let mut file = drafted(vec![], reply(Outcome::NotThisAgency));
    let online = Door::Service(ServiceWay::Electronic);
    assert_eq!(at(&file, "03-20", online, CheckCode::RemedyOnline).level, Level::Green);
    file.settings = Settings { reconsideration_online: false, reconsideration_body_fits: false, ..file.settings };
    assert_eq!(at(&file, "03-20", online, CheckCode::RemedyOnline).level, Level::Red);
    assert_eq!(at(&file, "03-20", Door::Service(ServiceWay::Post), CheckCode::RemedyOnline).level, Level::Green);
    assert_eq!(level(&file, CheckCode::RemedyBody), Level::Amber);
}

#[test]
fn an_answered_amber_passes_and_the_answer_falls_with_the_draft() {
    let open = Command::OpenCoWork {
        co_work: co_work(1),
        kind: CoWorkKind::Unit,
        unit: text(),
        staff: None,
        task: text(),
        due_on: day("03-20"),
    };
    let mut file = drafted(vec![("03-09", HANDLER, open)], reply(Outcome::NotThisAgency));
    file.does("03-20", REVIEWER, approve(ApprovalStep::Review));
    let sign = || approve(ApprovalStep::Signature);
    assert_eq!(file.refuses("03-20", SIGNER, sign()), Refusal::GateClosed { checks: vec![CheckCode::CoWork] });
    file.does("03-20", HEAD, answer_check(CheckCode::CoWork));
    let mut signed = file.clone();
    signed.does("03-20", SIGNER, sign());
    file.does("03-20", SIGNER, send_back(ApprovalStep::Signature));
    file.does("03-20", HANDLER, draft(Outcome::NotThisAgency));
    file.does("03-20", REVIEWER, approve(ApprovalStep::Review));
    assert_eq!(
        file.refuses("03-20", SIGNER, sign()),
        Refusal::GateClosed { checks: vec![CheckCode::CoWork] },
        "a new draft is asked anew"
    );
}

#[test]
fn what_a_reply_must_state_is_each_statement_of_its_outcome() {
    let mut short = reply(Outcome::RefusedForbiddenByLaw);
    short.statements.retain(|one| one.statement != Statement::GoverningLaw);
    assert_eq!(level(&drafted(vec![], short), CheckCode::Statements), Level::Red, "which law forbids it");
    assert_eq!(level(&drafted(vec![], reply(Outcome::RefusedForbiddenByLaw)), CheckCode::Statements), Level::Green);
}

#[test]
fn a_receipt_corrected_after_the_extension_is_told_before_the_signature() {
    let file = File::on_the_desk().after([
        ("03-25", HANDLER, Command::RequestExtension { days: 10, reason: text() }),
        ("03-25", HEAD, Command::DecideExtension { granted: true, reason: None }),
        ("03-27", CLERK, Command::NotifyExtension { letter: text(), sent_on: day("03-27") }),
        ("03-30", HEAD, Command::CorrectReceipt { received_on: day("02-26"), reason: text() }),
        ("03-30", HANDLER, draft(Outcome::NotThisAgency)),
    ]);
    assert_eq!(at(&file, "03-30", Door::Signature, CheckCode::Extension).level, Level::Amber);
}

/// The same reply after review, cleared with these findings.
fn cleared(before: Vec<(&'static str, Actor, Command)>, reply: Reply, found: &[SecrecyItem]) -> File {
    let mut file = drafted(before, reply);
    file.does("03-20", REVIEWER, approve(ApprovalStep::Review));
    let Command::Approve { step, remark, secrecy: Some(record), signed } =
        approve_as(ApprovalStep::SecrecyReview, SecrecyResult::PartlyDisclosable)
    else {
        panic!("a record belongs to it")
    };
    let result = if file.case.draft.as_ref().unwrap().outcome == Outcome::Granted {
        SecrecyResult::Disclosable
    } else {
        record.result
    };
    let record = SecrecyRecord { found: found.to_vec(), result, ..record };
    file.does("03-20", SECRECY, Command::Approve { step, remark, secrecy: Some(record), signed });
    file
}

#[test]
fn what_the_secrecy_review_found_must_show_in_the_reply() {
    let granted = |found: &[SecrecyItem]| cleared(vec![], reply(Outcome::Granted), found);
    assert_eq!(level(&granted(&[SecrecyItem::Privacy]), CheckCode::ThirdParty), Level::Amber, "nobody was asked");
    assert_eq!(level(&granted(&[SecrecyItem::WorkSecret]), CheckCode::ThirdParty), Level::Green);
    assert_eq!(level(&granted(&[SecrecyItem::ForbiddenByLaw]), CheckCode::Secrecy), Level::Red);
    assert_eq!(level(&granted(&[SecrecyItem::Security]), CheckCode::Secrecy), Level::Red);
    let part = |ground| reply_withholding(Outcome::PartlyGranted, &[ground]);
    let file = cleared(vec![], part(Outcome::RefusedInternalAffairs), &[SecrecyItem::StateSecret]);
    assert_eq!(level(&file, CheckCode::Secrecy), Level::Red, "the secret is not what is withheld");
    let mut file = drafted(vec![], part(Outcome::RefusedStateSecret));
    file.does("03-20", REVIEWER, approve(ApprovalStep::Review));
    file.does("03-20", SECRECY, approve_as(ApprovalStep::SecrecyReview, SecrecyResult::PartlyDisclosable));
    assert_eq!(level(&file, CheckCode::Secrecy), Level::Green);
}

#[test]
fn a_partial_reply_that_cannot_be_parted_contradicts_itself() {
    let mut whole = reply_withholding(Outcome::PartlyGranted, &[Outcome::RefusedInternalAffairs]);
    whole.separability = Some(Separability { finding: SeparabilityFinding::WhollyWithheld, reason: text() });
    assert_eq!(level(&drafted(vec![], whole), CheckCode::Separability), Level::Red);
}

#[test]
fn an_answer_falls_with_the_facts_it_was_given_on() {
    let search_of = |found, on| (on, HANDLER, search(found, on));
    let both = vec![search_of(SearchFinding::Something, "03-09"), search_of(SearchFinding::Nothing, "03-09")];
    let mut file = drafted(both, reply(Outcome::NotHeld));
    file.does("03-20", REVIEWER, approve(ApprovalStep::Review));
    file.does("03-20", HEAD, answer_check(CheckCode::SearchRecord));
    assert!(!at(&file, "03-20", Door::Signature, CheckCode::SearchRecord).bars());
    file.does("03-20", HANDLER, search(SearchFinding::Something, "03-20"));
    assert!(at(&file, "03-20", Door::Signature, CheckCode::SearchRecord).bars(), "it was found after all");
}

#[test]
fn a_case_that_becomes_sensitive_after_the_draft_is_submitted_anew() {
    let mark = || Command::MarkSensitive { sensitive: true, reason: text() };
    let mut file = drafted(vec![], reply(Outcome::NotThisAgency));
    assert_eq!(level(&file, CheckCode::ApprovalWay), Level::Green);
    file.does("03-20", CLERK, mark());
    assert_eq!(level(&file, CheckCode::ApprovalWay), Level::Red);
    let before = drafted(vec![("03-19", CLERK, mark())], reply(Outcome::NotThisAgency));
    assert_eq!(level(&before, CheckCode::ApprovalWay), Level::Green, "its steps are those of a sensitive case");
}

#[test]
fn an_agent_without_a_power_of_attorney_needs_a_word() {
    let represented = |authority| {
        let agent = Agent { person: person(), authority };
        let application = Application { agent: Some(agent), ..application(Channel::InPerson, day("03-02")) };
        let mut file = File::taken_in(application);
        file.does("03-02", CLERK, register());
        file.does("03-02", CLERK, Command::Assign { handler: Some(handler()) });
        file.does("03-03", HANDLER, draft(Outcome::NotThisAgency));
        level(&file, CheckCode::Authority)
    };
    assert_eq!((represented(None), represented(Some(text()))), (Level::Amber, Level::Green));
}

#[test]
fn a_month_within_the_free_items_is_called_excessive_only_with_a_reason() {
    let asked_of = |month_count| {
        let asked =
            Command::RequestExplanation { letter: text(), sent_on: day("03-05"), window_days: None, month_count };
        let decided = ("03-10", HANDLER, decide_explanation(false, None));
        let explained = ("03-09", Actor::Applicant, receive_explanation("03-09"));
        drafted(vec![("03-05", HANDLER, asked), explained, decided], reply(Outcome::NotProcessedExcessive))
    };
    assert_eq!(level(&asked_of(10), CheckCode::Explanation), Level::Amber);
    assert_eq!(level(&asked_of(11), CheckCode::Explanation), Level::Green);
}

#[test]
fn a_notice_is_not_older_than_the_finding_it_speaks_of_and_the_wait_ends_by_the_day_of_service() {
    let mut before = asked_and_answered(ConsultedParty::ThirdParty, Opinion::Objects);
    before.push(("03-16", HANDLER, weigh(1, ThirdPartyFinding::ObjectionUnreasonable)));
    let mut file = File::on_the_desk().after(before);
    let earliest = day("03-16");
    let refusal = file.refuses("03-17", CLERK, tell_third_party(1, "03-10"));
    assert_eq!(refusal, Refusal::DateTooEarly { on: day("03-10"), earliest });
    file.does("03-17", CLERK, tell_third_party(1, "03-17"));
    file.does("03-17", CLERK, tell_applicant("03-17"));
    for (actor, command) in [
        (HANDLER, draft(Outcome::Granted)),
        (REVIEWER, approve(ApprovalStep::Review)),
        (SECRECY, approve_as(ApprovalStep::SecrecyReview, SecrecyResult::Disclosable)),
        (SIGNER, approve(ApprovalStep::Signature)),
    ] {
        file.does("03-18", actor, command);
    }
    let closed = Refusal::GateClosed { checks: vec![CheckCode::WaitingPeriod] };
    assert_eq!(file.refuses("03-26", CLERK, serve(ServiceWay::Post, "03-19")), closed, "by its day, not by its record");
    file.does("03-26", CLERK, serve(ServiceWay::Post, "03-26"));
}
