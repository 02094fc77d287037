//! What must hold of any reply clock, whatever happened to the case.

use chrono::{Days, NaiveDate};
use dafu::cli::law::embedded_calendar;
use dafu::law::calendar::Calendar;
use dafu::law::count::Clock;
use dafu::law::fee::{by_item, by_page};
use dafu::law::periods::REPLY_DAYS;
use dafu::law::reply::{
    CorrectionFacts, ExtensionFacts, ReplyFacts, Restart, RestartCause, Stop, StopCause, reply_clock,
};
use proptest::prelude::*;
use std::sync::LazyLock;

use crate::support::random::histories;

static CALENDAR: LazyLock<Calendar> = LazyLock::new(|| embedded_calendar().unwrap());

fn first_day() -> NaiveDate {
    "2019-05-15".parse().unwrap()
}

/// Up to ninety days after `from`.
fn soon_after(from: NaiveDate) -> impl Strategy<Value = NaiveDate> {
    (0_u64..90).prop_map(move |days| from + Days::new(days))
}

fn stop(from: NaiveDate) -> impl Strategy<Value = Stop> {
    (soon_after(from), 0_u64..40, 0_u8..9).prop_map(|(from, length, label)| Stop {
        label: label.to_string(),
        cause: StopCause::ThirdParty,
        from,
        until: from + Days::new(length),
    })
}

/// Any history of a case received between the first day of the regulation and the end of 2027, a year without a notice.
fn facts() -> impl Strategy<Value = ReplyFacts> {
    (0_u64..3_150).prop_map(|days| first_day() + Days::new(days)).prop_flat_map(|received_on| {
        let correction = (soon_after(received_on), prop::option::of(0_u64..60)).prop_map(|(notice_sent_on, after)| {
            CorrectionFacts {
                notice_sent_on,
                received_on: after.map(|days| notice_sent_on + Days::new(days)),
                found_in_time: None,
            }
        });
        let restart = (soon_after(received_on), any::<bool>()).prop_map(|(on, paid)| Restart {
            cause: if paid { RestartCause::FeePaid } else { RestartCause::Reinstated },
            on,
        });
        let extension = (1_u32..=20, soon_after(received_on))
            .prop_map(|(days, notice_sent_on)| ExtensionFacts { days, notice_sent_on });
        (
            prop::option::weighted(0.4, correction),
            prop::collection::vec(restart, 0..3),
            prop::collection::vec(stop(received_on), 0..4),
            prop::option::of(extension),
            prop::option::weighted(0.2, soon_after(received_on)),
        )
            .prop_map(move |(correction, restarts, stops, extension, delayed_until)| ReplyFacts {
                received_on,
                correction,
                restarts,
                stops,
                extension,
                delayed_until,
                ordered: None,
            })
    })
}

fn numbers(clock: &Clock) -> Vec<u32> {
    clock.steps.iter().filter_map(|step| step.kind.number()).collect()
}

proptest! {
    #![proptest_config(histories(400))]

    #[test]
    fn a_reply_is_due_on_a_working_day(facts in facts()) {
        let reply = reply_clock(&facts, &CALENDAR);
        for due in [reply.clock.due, reply.clock.last_defensible, reply.base.due, reply.extension_latest] {
            prop_assert!(CALENDAR.is_working(due.on), "{}", due.on);
        }
    }

    #[test]
    fn the_safe_date_never_lies_after_the_defensible_one(facts in facts()) {
        let reply = reply_clock(&facts, &CALENDAR);
        prop_assert!(reply.clock.due <= reply.clock.last_defensible);
        prop_assert!(reply.base.due <= reply.base.last_defensible);
        prop_assert!(reply.base.due <= reply.clock.due);
    }

    #[test]
    fn the_steps_count_exactly_the_days_of_the_period(facts in facts()) {
        let reply = reply_clock(&facts, &CALENDAR);
        prop_assert_eq!(numbers(&reply.base), (1..=REPLY_DAYS).collect::<Vec<_>>());
        prop_assert_eq!(numbers(&reply.clock), (1..=REPLY_DAYS + reply.extension_days).collect::<Vec<_>>());
    }

    #[test]
    fn the_steps_run_day_by_day_from_first_to_last(facts in facts()) {
        let clock = reply_clock(&facts, &CALENDAR).clock;
        let days: Vec<_> = clock.steps.iter().map(|step| step.on).collect();
        let expected: Vec<_> = clock.from.iter_days().take_while(|on| *on <= clock.due.on).collect();
        prop_assert_eq!(days, expected);
    }

    #[test]
    fn another_stop_never_brings_the_date_forward(facts in facts(), after in 0_u64..90, length in 0_u64..40) {
        let from = facts.received_on + Days::new(after);
        let added = Stop { label: "x".to_owned(), cause: StopCause::CoMaker, from, until: from + Days::new(length) };
        let mut more = facts.clone();
        more.stops.push(added);
        let (before, after) = (reply_clock(&facts, &CALENDAR).clock, reply_clock(&more, &CALENDAR).clock);
        prop_assert!(before.due.on <= after.due.on);
        prop_assert!(before.last_defensible.on <= after.last_defensible.on);
    }

    #[test]
    fn a_longer_stop_never_brings_the_date_forward(facts in facts(), longer in 1_u64..30) {
        let mut more = facts.clone();
        for stop in &mut more.stops {
            stop.until = stop.until + Days::new(longer);
        }
        prop_assert!(reply_clock(&facts, &CALENDAR).clock.due.on <= reply_clock(&more, &CALENDAR).clock.due.on);
    }

    #[test]
    fn the_order_of_stops_does_not_matter(facts in facts()) {
        let mut turned = facts.clone();
        turned.stops.reverse();
        prop_assert_eq!(reply_clock(&facts, &CALENDAR), reply_clock(&turned, &CALENDAR));
    }

    #[test]
    fn overlapping_stops_are_their_union(facts in facts(), first in 0_u64..40, length in 2_u64..30, overlap in 1_u64..20) {
        let from = facts.received_on + Days::new(first);
        let middle = from + Days::new(length);
        let stop = |from, until| Stop { label: "u".to_owned(), cause: StopCause::OtherAgency, from, until };
        let end = middle + Days::new(overlap);
        let back = middle - Days::new(overlap.min(length));
        let two = ReplyFacts { stops: vec![stop(from, middle), stop(back, end)], ..facts.clone() };
        let one = ReplyFacts { stops: vec![stop(from, end)], ..facts };
        prop_assert_eq!(reply_clock(&two, &CALENDAR).clock, reply_clock(&one, &CALENDAR).clock);
    }

    #[test]
    fn a_later_receipt_is_never_due_earlier(days in 0_u64..3_150) {
        let on = first_day() + Days::new(days);
        let next = on + Days::new(1);
        let due = |on| reply_clock(&ReplyFacts::received(on), &CALENDAR).clock.due.on;
        prop_assert!(due(on) <= due(next));
    }

    #[test]
    fn one_more_unit_never_costs_less(count in 0_u32..100_000) {
        prop_assert!(by_item(count) <= by_item(count + 1));
        prop_assert!(by_page(count) <= by_page(count + 1));
    }
}
