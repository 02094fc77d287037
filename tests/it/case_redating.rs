//! What a further edition of the calendar does to an open case: every clock that ends on another day is told once, and what is
//! foretold is what is recorded.

use chrono::NaiveDate;
use dafu::case::redating::{Move, moves};
use dafu::case::terms::{ConsultedParty, ServiceWay};
use dafu::case::{Event, Stage};
use dafu::law::calendar::Calendar;
use dafu::law::count::ClockName;
use dafu::law::editions::{Calendars, Edition};

use crate::support::case::*;

/// The notices as published, and 2026 with one more day off, known from the morning of a day.
fn amended(free: &str, known_from: &str) -> Calendars {
    let mut year = year_2026();
    year.holidays.insert(day(free));
    let later = Edition { known_from: morning(day(known_from)), year };
    Calendars::new(published().into_iter().chain([later]).collect()).unwrap()
}

fn moved(clock: ClockName, from: &str, to: &str) -> Move {
    Move { clock, from: day(from), to: day(to) }
}

/// What is foretold under the calendars of the file, in which the change is known later; then what the tick records.
fn foretold_and_recorded(file: &mut File, on: &str) -> Vec<Move> {
    let dated_by = file.calendars.known_at(file.case.dated_at);
    let foretold = moves(&file.case, &dated_by, &file.calendars.latest());
    let recorded: Vec<Event> =
        file.tick(on).into_iter().filter(|event| matches!(event, Event::DueMoved { .. })).collect();
    assert_eq!(recorded, foretold.iter().copied().map(Event::from).collect::<Vec<_>>());
    assert_eq!(file.tick(on), [], "what was said is not said again");
    foretold
}

#[test]
fn the_limit_for_a_correction_notice_moves_beside_the_reply() {
    let mut file = File::on_the_desk();
    file.calendars = amended("03-09", "03-05");
    assert_eq!(file.tick("03-04"), [], "not known yet");
    let expected = [moved(ClockName::Reply, "03-30", "03-31"), moved(ClockName::CorrectionNotice, "03-11", "03-12")];
    assert_eq!(foretold_and_recorded(&mut file, "03-05"), expected);
}

#[test]
fn every_open_consultation_moves_on_its_own() {
    let asked = [
        ("03-06", HANDLER, consult(1, ConsultedParty::ThirdParty, "03-06")),
        ("03-06", HANDLER, consult(2, ConsultedParty::ThirdParty, "03-06")),
        ("03-06", HANDLER, consult(3, ConsultedParty::CoMaker, "03-06")),
        ("03-09", HANDLER, delivered(2, "03-09")),
        ("03-10", HANDLER, opinion(1, "03-10")),
    ];
    let mut file = File::on_the_desk().after(asked);
    file.calendars = amended("03-18", "03-16");
    let all = foretold_and_recorded(&mut file, "03-16");
    let clocks: Vec<ClockName> = all.iter().map(|one| one.clock).collect();
    assert_eq!(clocks, [ClockName::Reply, ClockName::ThirdPartyWindow, ClockName::CoMakerWindow]);
    assert_eq!(all[1], moved(ClockName::ThirdPartyWindow, "03-30", "03-31"), "the answered one has no window any more");
    assert_eq!(all[2], moved(ClockName::CoMakerWindow, "04-01", "04-02"));
}

#[test]
fn the_window_for_an_explanation_moves() {
    let mut file = File::on_the_desk().after([("03-05", HANDLER, request_explanation("03-05"))]);
    file.calendars = amended("03-12", "03-06");
    let clocks: Vec<ClockName> = foretold_and_recorded(&mut file, "03-06").iter().map(|one| one.clock).collect();
    assert_eq!(clocks, [ClockName::Reply, ClockName::ExplanationWindow]);
}

#[test]
fn while_the_applicant_has_the_case_only_their_window_moves() {
    let mut file = File::on_the_desk().after([("03-05", HANDLER, request_correction("03-05"))]);
    assert_eq!(file.case.stage, Stage::Correcting);
    file.calendars = amended("03-12", "03-06");
    let clocks: Vec<ClockName> = foretold_and_recorded(&mut file, "03-06").iter().map(|one| one.clock).collect();
    assert_eq!(clocks, [ClockName::CorrectionWindow]);
}

#[test]
fn a_day_that_only_becomes_final_is_told_with_both_days_equal() {
    let bare: Calendar = Calendars::default().latest();
    let file = File::on_the_desk();
    let same = moves(&file.case, &bare, &file.calendars.latest());
    assert_eq!(same, [moved(ClockName::Reply, "03-30", "03-30")]);
    let before: NaiveDate = day("03-30");
    assert_eq!(file.due(), Some(before));
}

#[test]
fn a_closed_case_does_not_move() {
    let mut file = File::on_the_desk().after(to_signature("03-05"));
    file.does("03-06", CLERK, serve(ServiceWay::Post, "03-06"));
    file.calendars = amended("03-26", "03-16");
    assert_eq!(foretold_and_recorded(&mut file, "03-16"), []);
}

#[test]
fn a_notice_that_was_found_in_time_stays_so_whatever_a_later_calendar_makes_of_days_gone_by() {
    let mut file = File::on_the_desk().after([("03-11", HANDLER, request_correction("03-11"))]);
    let window = file.due();
    let mut year = year_2026();
    // Learnt on the 12th: Saturday the 7th had been worked, and the seventh working day was the 10th.
    year.workdays.insert(day("03-07"));
    let later = Edition { known_from: morning(day("03-12")), year };
    file.calendars = Calendars::new(published().into_iter().chain([later]).collect()).unwrap();
    assert_eq!(
        foretold_and_recorded(&mut file, "03-12"),
        [],
        "the applicant's window lies ahead and holds no such day"
    );
    assert_eq!((file.case.stage, file.due()), (Stage::Correcting, window));
}
