//! The counting engine and the reply clock beyond the worked cases: explanations, orders of events, the edges of the
//! calendar, and calendars that change while a case runs.

use chrono::{DateTime, NaiveDate, Utc};
use dafu::cli::law::embedded_calendar;
use dafu::law::article::Article;
use dafu::law::calendar::{Amendment, Calendar, CalendarFault, Day, Year};
use dafu::law::count::{ClockName, Step, StepKind, calendar_days, working_days};
use dafu::law::editions::{Calendars, Edition};
use dafu::law::reply::{
    CorrectionFacts, ExtensionFacts, PeriodStart, ReplyFacts, Restart, RestartCause, Stop, StopCause, reply_clock,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn calendar() -> Calendar {
    embedded_calendar().unwrap()
}

fn received(on: &str) -> ReplyFacts {
    ReplyFacts::received(day(on))
}

fn stop(label: &str, from: &str, until: &str) -> Stop {
    Stop { label: label.to_owned(), cause: StopCause::ThirdParty, from: day(from), until: day(until) }
}

fn kind_on(steps: &[Step], on: &str) -> StepKind {
    steps.iter().find(|step| step.on == day(on)).unwrap().kind.clone()
}

#[test]
fn every_day_of_a_clock_is_explained_with_its_notice() {
    let clock = reply_clock(&received("2025-09-18"), &calendar()).clock;
    let notice = || "国办发明电〔2024〕12号".to_owned();
    assert_eq!(clock.due.on, day("2025-10-22"));
    assert_eq!(clock.steps.len(), 35, "from receipt to due, both shown");
    assert_eq!(kind_on(&clock.steps, "2025-09-18"), StepKind::Start);
    assert_eq!(kind_on(&clock.steps, "2025-09-20"), StepKind::Weekend);
    assert_eq!(kind_on(&clock.steps, "2025-09-28"), StepKind::MadeUp { number: 7, notice: notice() });
    assert_eq!(kind_on(&clock.steps, "2025-10-01"), StepKind::Holiday { notice: notice() });
    assert_eq!(kind_on(&clock.steps, "2025-10-22"), StepKind::Counted { number: 20 });
}

#[test]
fn an_amended_day_cites_the_amending_notice_too() {
    let Day::Holiday { notice } = calendar().day(day("2020-01-31")) else {
        panic!("a holiday since the emergency notice")
    };
    assert_eq!(notice, "国办发明电〔2019〕16号、国办发明电〔2020〕1号");
}

#[test]
fn a_step_travels_flat() {
    let step = Step { on: day("2025-09-28"), kind: StepKind::Stopped { by: "7".to_owned() } };
    assert_eq!(
        serde_json::to_value(step).unwrap(),
        serde_json::json!({"on": "2025-09-28", "kind": "stopped", "by": "7"})
    );
}

#[test]
fn a_stopped_day_names_the_consultation_that_began_first() {
    let mut facts = received("2025-03-03");
    facts.stops = vec![stop("9", "2025-03-17", "2025-03-28"), stop("5", "2025-03-10", "2025-03-24")];
    let steps = reply_clock(&facts, &calendar()).clock.steps;
    assert_eq!(kind_on(&steps, "2025-03-10"), StepKind::Counted { number: 5 });
    assert_eq!(kind_on(&steps, "2025-03-11"), StepKind::Stopped { by: "5".to_owned() });
    assert_eq!(kind_on(&steps, "2025-03-20"), StepKind::Stopped { by: "5".to_owned() });
    assert_eq!(kind_on(&steps, "2025-03-22"), StepKind::Weekend);
    assert_eq!(kind_on(&steps, "2025-03-25"), StepKind::Stopped { by: "9".to_owned() });
    assert_eq!(kind_on(&steps, "2025-03-31"), StepKind::Counted { number: 6 });
}

#[test]
fn while_a_correction_is_awaited_the_date_from_receipt_stands() {
    let mut facts = received("2025-03-03");
    facts.correction =
        Some(CorrectionFacts { notice_sent_on: day("2025-03-12"), received_on: None, found_in_time: None });
    let reply = reply_clock(&facts, &calendar());
    assert_eq!(reply.clock.due.on, day("2025-03-31"));
    assert_eq!((reply.correction_in_time, reply.period), (Some(true), PeriodStart::Receipt));
    assert_eq!(reply.history, []);
}

#[test]
fn a_correction_keeps_the_overtaken_date_in_its_history() {
    let mut facts = received("2025-03-03");
    facts.correction = Some(CorrectionFacts {
        notice_sent_on: day("2025-03-12"),
        received_on: Some(day("2025-03-20")),
        found_in_time: None,
    });
    let reply = reply_clock(&facts, &calendar());
    assert_eq!(reply.clock.steps.first().map(|step| step.on), Some(day("2025-03-20")));
    assert_eq!(reply.clock.article, Article::regulation(30));
    let earlier: Vec<_> = reply.history.iter().map(|e| (e.start, e.from, e.due.on, e.ended_on)).collect();
    assert_eq!(earlier, [(PeriodStart::Receipt, day("2025-03-03"), day("2025-03-31"), day("2025-03-20"))]);
}

#[test]
fn what_comes_after_does_not_move_an_overtaken_date() {
    let mut facts = received("2025-03-03");
    facts.correction = Some(CorrectionFacts {
        notice_sent_on: day("2025-03-05"),
        received_on: Some(day("2025-03-10")),
        found_in_time: None,
    });
    facts.stops = vec![stop("9", "2025-03-17", "2025-03-28")];
    facts.extension = Some(ExtensionFacts { days: 5, notice_sent_on: day("2025-03-17") });
    let earlier = reply_clock(&facts, &calendar()).history;
    assert_eq!(earlier.first().map(|period| period.due.on), Some(day("2025-03-31")));
}

#[test]
fn of_several_beginnings_the_latest_runs() {
    let mut facts = received("2025-03-03");
    facts.correction = Some(CorrectionFacts {
        notice_sent_on: day("2025-03-05"),
        received_on: Some(day("2025-03-10")),
        found_in_time: None,
    });
    facts.restarts = vec![
        Restart { cause: RestartCause::FeePaid, on: day("2025-04-02") },
        Restart { cause: RestartCause::Reinstated, on: day("2025-03-20") },
    ];
    let reply = reply_clock(&facts, &calendar());
    assert_eq!((reply.period, reply.clock.due.on), (PeriodStart::FeePaid, day("2025-04-30")));
    let starts: Vec<_> = reply.history.iter().map(|earlier| earlier.start).collect();
    assert_eq!(starts, [PeriodStart::Receipt, PeriodStart::Correction, PeriodStart::Reinstated]);
}

#[test]
fn an_extension_of_an_overtaken_period_does_not_carry_over() {
    let mut facts = received("2025-03-03");
    facts.extension = Some(ExtensionFacts { days: 20, notice_sent_on: day("2025-03-28") });
    assert_eq!(reply_clock(&facts, &calendar()).extension_days, 20);
    facts.restarts = vec![Restart { cause: RestartCause::FeePaid, on: day("2025-04-02") }];
    let reply = reply_clock(&facts, &calendar());
    assert_eq!((reply.extension_days, reply.clock.due.on), (0, day("2025-04-30")));
    assert_eq!(reply.history.first().map(|earlier| earlier.due.on), Some(day("2025-04-28")));
}

#[test]
fn no_extension_adds_more_than_twenty_days() {
    let mut facts = received("2025-03-03");
    facts.extension = Some(ExtensionFacts { days: 400, notice_sent_on: day("2025-03-28") });
    let reply = reply_clock(&facts, &calendar());
    assert_eq!(
        (reply.extension_days, reply.clock.due.on, reply.base.due.on),
        (20, day("2025-04-28"), day("2025-03-31"))
    );
}

#[test]
fn a_notice_late_under_one_reading_may_be_in_time_under_the_other() {
    // Received on a Sunday: the base is 7 April, or 8 April if receipt moves to Monday.
    let mut facts = received("2025-03-09");
    facts.extension = Some(ExtensionFacts { days: 5, notice_sent_on: day("2025-04-08") });
    let reply = reply_clock(&facts, &calendar());
    assert_eq!((reply.extension_in_time, reply.clock.due.on), (Some(false), day("2025-04-07")));
    assert_eq!(reply.clock.last_defensible.on, day("2025-04-15"));
}

#[test]
fn a_delayed_period_takes_over_only_if_it_ends_later() {
    let mut facts = received("2025-03-03");
    facts.delayed_until = Some(day("2025-03-20"));
    assert_eq!(reply_clock(&facts, &calendar()).clock.due.on, day("2025-03-31"));
    facts.delayed_until = Some(day("2025-05-03"));
    let clock = reply_clock(&facts, &calendar()).clock;
    // 3 May 2025 is a Saturday inside Labour Day; the next working day is the 6th.
    assert_eq!(
        (clock.name, clock.due.on, clock.last_defensible.on),
        (ClockName::DelayedPeriod, day("2025-05-06"), day("2025-05-06"))
    );
    assert_eq!(kind_on(&clock.steps, "2025-04-10"), StepKind::Delayed);
    assert_eq!(kind_on(&clock.steps, "2025-05-06"), StepKind::RolledTo);
    assert_eq!(clock.article, Article::regulation(35));
}

#[test]
fn a_count_into_an_unannounced_year_is_provisional() {
    let clock = reply_clock(&received("2026-12-10"), &calendar()).clock;
    assert!(clock.due.provisional);
    assert_eq!(clock.due.final_on(), None);
    assert_eq!(kind_on(&clock.steps, "2027-01-01"), StepKind::Assumed { number: None });
    assert_eq!(kind_on(&clock.steps, "2027-01-04"), StepKind::Assumed { number: Some(16) });
    let sixty = calendar_days(ClockName::Period, Article::regulation(51), day("2026-11-01"), 61, &calendar());
    assert_eq!((sixty.due.on, sixty.due.provisional), (day("2027-01-04"), true));
}

#[test]
fn a_calendar_period_shows_where_it_rolled() {
    let clock = calendar_days(ClockName::Period, Article::regulation(51), day("2025-08-04"), 60, &calendar());
    assert_eq!(kind_on(&clock.steps, "2025-10-03"), StepKind::Counted { number: 60 });
    assert!(matches!(kind_on(&clock.steps, "2025-10-08"), StepKind::Holiday { .. }));
    assert_eq!(kind_on(&clock.steps, "2025-10-09"), StepKind::RolledTo);
}

#[test]
fn an_absurd_length_ends_all_the_same() {
    let clock = working_days(ClockName::Period, Article::regulation(33), day("2025-03-03"), u32::MAX, &calendar());
    assert!(clock.steps.len() <= 4_001);
    let clock = calendar_days(ClockName::Period, Article::regulation(33), NaiveDate::MAX, u32::MAX, &calendar());
    assert_eq!(clock.due.on, NaiveDate::MAX);
}

#[test]
fn days_left_are_signed() {
    let calendar = calendar();
    assert_eq!(calendar.working_days_between(day("2025-09-30"), day("2025-10-11")), 3);
    assert_eq!(calendar.working_days_between(day("2025-10-11"), day("2025-09-30")), -3);
    assert_eq!(calendar.working_days_between(day("2025-10-11"), day("2025-10-11")), 0);
    assert_eq!(calendar.next_working_day(day("2025-10-01")), day("2025-10-09"));
    assert_eq!(calendar.next_working_day(day("2025-10-11")), day("2025-10-11"));
    assert_eq!(calendar.last_announced_year(), Some(2026));
}

fn year_2027(holidays: &[&str], amendments: Vec<Amendment>) -> Year {
    Year {
        year: 2027,
        notice: "甲号".to_owned(),
        published_on: day("2026-11-30"),
        amendments,
        holidays: holidays.iter().map(|text| day(text)).collect(),
        workdays: [].into(),
    }
}

#[test]
fn a_calendar_is_the_one_known_at_the_time() {
    let amendment = Amendment { notice: "乙号".to_owned(), published_on: None, summary: "延长".to_owned() };
    let calendars = Calendars::new(vec![
        Edition {
            known_from: at("2027-01-20T00:00:00Z"),
            year: year_2027(&["2027-01-01", "2027-02-08"], vec![amendment]),
        },
        Edition::as_published(year_2027(&["2027-01-01"], vec![])),
    ])
    .unwrap();
    assert_eq!(calendars.known_at(at("2026-11-29T23:59:59Z")).day(day("2027-02-08")), Day::Assumed { working: true });
    assert_eq!(calendars.known_at(at("2026-11-30T00:00:00Z")).day(day("2027-02-08")), Day::Weekday);
    assert!(!calendars.known_at(at("2027-01-20T00:00:00Z")).is_working(day("2027-02-08")));
    assert_eq!(calendars.latest(), calendars.known_at(at("2030-01-01T00:00:00Z")));
    assert_eq!(Calendars::default().latest(), Calendar::default());
}

#[test]
fn two_editions_from_one_instant_are_refused() {
    let edition = Edition::as_published(year_2027(&["2027-01-01"], vec![]));
    let known_from = edition.known_from;
    let fault = Calendars::new(vec![edition.clone(), edition]).unwrap_err();
    assert_eq!(fault, CalendarFault::EditionTwice { year: 2027, known_from });
}

#[test]
fn a_year_twice_and_a_missing_new_year_are_refused_together() {
    let fault = Calendar::new([year_2027(&["2027-01-01"], vec![]), year_2027(&[], vec![])]).unwrap_err();
    assert_eq!(
        fault,
        CalendarFault::Several(vec![
            CalendarFault::NewYearMissing { year: 2027 },
            CalendarFault::YearTwice { year: 2027 }
        ])
    );
}
