//! Milestones against the calendar of real years.

use super::*;
use crate::config::calendars::embedded_years;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn timing(timed: Timed, on: &str) -> Timing {
    Timing { timed, part: 0, on: day(on), since_on: None, acts_on: None }
}

fn told_on(timing: &Timing, from: &str, through: &str) -> Vec<(String, String)> {
    let calendar = Calendar::new(embedded_years().unwrap()).unwrap();
    between(timing, &Rules::default(), &calendar, day(from), day(through))
        .into_iter()
        .map(|one| (one.on.to_string(), one.code()))
        .collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(on, code)| ((*on).to_owned(), (*code).to_owned())).collect()
}

#[test]
fn the_reply_is_reminded_of_ten_five_three_one_and_no_working_days_before_it_is_due() {
    // 1–7 October 2026 are free, 20 September and 10 October are worked.
    let expected = [
        ("2026-09-21", "reminder_10"),
        ("2026-09-29", "reminder_5"),
        ("2026-10-08", "reminder_3"),
        ("2026-10-10", "reminder_1"),
        ("2026-10-12", "reminder_0"),
    ];
    assert_eq!(told_on(&timing(Timed::Reply, "2026-10-12"), "2026-01-01", "2026-10-12"), pairs(&expected));
}

#[test]
fn what_is_overdue_climbs_on_the_first_second_and_fourth_working_day_and_then_every_fifth() {
    let reply = timing(Timed::Reply, "2026-03-06");
    let expected = [
        ("2026-03-09", "overdue_0"),
        ("2026-03-10", "overdue_1"),
        ("2026-03-12", "overdue_3"),
        ("2026-03-19", "overdue_8"),
        ("2026-03-26", "overdue_13"),
    ];
    assert_eq!(told_on(&reply, "2026-03-07", "2026-03-27"), pairs(&expected));
    let calendar = Calendar::new(embedded_years().unwrap()).unwrap();
    let told = |day_of: &str| {
        let day = day(day_of);
        between(&reply, &Rules::default(), &calendar, day, day).remove(0).told
    };
    assert_eq!(told("2026-03-09"), [Told::Handler, Told::OfficeHead]);
    assert_eq!(told("2026-03-10"), [Told::Handler, Told::Signer]);
    assert_eq!(told("2026-03-12"), [Told::Handler, Told::Supervisor]);
    assert_eq!(told("2026-03-19"), [Told::Handler, Told::OfficeHead, Told::Signer, Told::Supervisor]);
}

#[test]
fn escalation_stops_after_the_days_the_office_has_set() {
    let calendar = Calendar::new(embedded_years().unwrap()).unwrap();
    let reply = timing(Timed::Reply, "2025-03-06");
    let rules = Rules { escalation_ends: 8, ..Rules::default() };
    assert_eq!(next_after(&reply, &rules, &calendar, day("2025-03-18")), Some(day("2025-03-19")));
    assert_eq!(next_after(&reply, &rules, &calendar, day("2025-03-19")), None);
}

#[test]
fn a_step_that_waits_is_asked_after_and_goes_to_the_head_of_the_office_in_the_end() {
    let calendar = Calendar::new(embedded_years().unwrap()).unwrap();
    let review = timing(Timed::Reviewing, "2026-03-06");
    let found = between(&review, &Rules::default(), &calendar, day("2026-03-06"), day("2026-03-12"));
    let told: Vec<_> = found.iter().map(|one| (one.on.to_string(), one.told.clone())).collect();
    assert_eq!(
        told,
        [
            ("2026-03-09".to_owned(), vec![Told::Reviewer]),
            ("2026-03-11".to_owned(), vec![Told::Reviewer, Told::OfficeHead]),
        ]
    );
}

#[test]
fn a_last_day_that_is_a_rest_day_is_reminded_of_on_the_working_day_before() {
    assert_eq!(
        told_on(&timing(Timed::Contribution, "2026-10-04"), "2026-09-01", "2026-10-05"),
        pairs(&[("2026-09-29", "reminder_1"), ("2026-09-30", "reminder_0")])
    );
}

#[test]
fn nothing_is_repeated_where_the_rules_say_never() {
    let calendar = Calendar::new(embedded_years().unwrap()).unwrap();
    let rules = Rules { every: 0, ..Rules::default() };
    let review = timing(Timed::Reviewing, "2026-03-06");
    assert_eq!(next_after(&review, &rules, &calendar, day("2026-03-09")), None);
}

#[test]
fn what_has_waited_since_the_last_day_of_the_rule_and_nothing_later_is_stalled() {
    let calendar = Calendar::new(embedded_years().unwrap()).unwrap();
    // Over the holidays of October, with days of rest that are worked.
    for today in day("2026-09-18").iter_days().take(30) {
        for step in 1..=6 {
            let since = stalled_since(step, today, &calendar);
            for day in day("2026-09-01").iter_days().take_while(|day| *day <= today) {
                let stalled = calendar.nth_working_day_after(day, step) <= today;
                assert_eq!(stalled, day <= since, "since {day}, {step} days, on {today}");
            }
        }
    }
}
