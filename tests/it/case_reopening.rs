//! A decision has the application answered anew (行政复议法 arts 64, 66, 77; 行政诉讼法 arts 70, 72): with the time it names, or where it
//! names none in the period of art. 33 begun afresh.
//!
//! Received on 2 March 2026, refused on 9 March; the decision binds since Wednesday, 6 May.

use dafu::case::terms::{ApprovalStep, ConsultedParty, ServiceWay};
use dafu::case::{Command, Event, Refusal, Stage, clocks};
use dafu::law::letter::LetterKind;
use dafu::law::order::OrderPeriod;
use dafu::law::outcome::Outcome;
use dafu::law::reply::PeriodStart;

use crate::support::case::*;

fn refused() -> File {
    File::on_the_desk().after(to_signature("03-06")).after([("03-09", CLERK, serve(ServiceWay::InPerson, "03-09"))])
}

fn reopened(period: OrderPeriod) -> File {
    refused().after([("05-06", CLERK, reopen(period, day("05-06")))])
}

#[test]
fn the_time_that_a_decision_names_is_that_of_the_new_reply() {
    let file = reopened(OrderPeriod::WorkingDays { days: 15 });
    assert_eq!(file.case.stage, Stage::Handling);
    // 7, 8, 9 (worked), 11–15, 18–22, 25, 26 May.
    assert_eq!(file.due(), Some(day("05-26")));
    assert_eq!((&file.case.closing, &file.case.served, &file.case.draft), (&None, &None, &None));
    assert_eq!(file.case.first_closing().map(|closing| closing.outcome), Some(Outcome::NotThisAgency));
    let until = reopened(OrderPeriod::Until { on: day("05-29") });
    assert_eq!(until.due(), Some(day("05-29")));
}

#[test]
fn where_it_names_none_the_period_of_the_regulation_begins_afresh_and_is_lengthened_as_ever() {
    let mut file = reopened(OrderPeriod::Statutory);
    assert_eq!(file.due(), Some(day("06-02")), "twenty working days from 6 May, 9 May worked");
    let reply = clocks::reply_clock(&file.case, &file.calendars.known_at(file.case.dated_at)).unwrap();
    assert_eq!(reply.period, PeriodStart::Ordered);
    file.does("05-11", HANDLER, consult(1, ConsultedParty::ThirdParty, "05-11"));
    file.does("05-14", HANDLER, opinion(1, "05-14"));
    assert_eq!(file.due(), Some(day("06-05")), "three working days for the third party");
    file.does("05-15", HANDLER, Command::RequestExtension { days: 5, reason: text() });
}

#[test]
fn what_a_body_or_a_court_has_set_is_not_the_agencys_to_lengthen() {
    let file = reopened(OrderPeriod::WorkingDays { days: 15 });
    let refusal = file.refuses("05-08", HANDLER, Command::RequestExtension { days: 5, reason: text() });
    assert_eq!(refusal, Refusal::PeriodSetByDecision { until: day("05-26") });
    let mut consulted = file.after([("05-08", HANDLER, consult(1, ConsultedParty::ThirdParty, "05-08"))]);
    assert_eq!(consulted.due(), Some(day("05-26")), "nor do consultations stop it");
    let overdue = consulted.tick("05-27");
    assert!(overdue.iter().any(|event| matches!(event, Event::WentOverdue { .. })), "{overdue:?}");
}

#[test]
fn the_second_reply_goes_the_whole_way_again_and_both_stay_the_applicants() {
    let mut file = refused();
    file.issue(LetterKind::Reply);
    let mut file = file.after([("05-06", CLERK, reopen(OrderPeriod::Statutory, day("05-06")))]);
    file =
        file.after([("05-20", HANDLER, draft(Outcome::Granted)), ("05-20", REVIEWER, approve(ApprovalStep::Review))]);
    assert_eq!(file.case.replies().count(), 1, "the first was read all the same");
}

#[test]
fn a_case_that_is_open_goes_on_where_it_lies_by_the_day_that_is_set() {
    let mut file = reopened(OrderPeriod::Statutory);
    file = file.after([("05-20", HANDLER, draft(Outcome::Granted))]);
    let stage = file.case.stage;
    let file = file.after([("05-20", CLERK, reopen(OrderPeriod::WorkingDays { days: 5 }, day("05-20")))]);
    // 21, 22, 25, 26, 27 May.
    assert_eq!((file.case.stage, file.due()), (stage, Some(day("05-27"))));
    assert!(file.case.draft.is_some(), "nothing that was done is lost");
    assert_eq!(file.case.first_closing().map(|closing| closing.outcome), Some(Outcome::NotThisAgency));
}

#[test]
fn it_follows_from_another_file_and_cannot_be_annulled_here() {
    let file = reopened(OrderPeriod::Statutory);
    let seq = file.case.last_step().unwrap().seq;
    assert_eq!(file.refuses("05-07", HEAD, annul(seq)), Refusal::CannotBeAnnulled);
}
