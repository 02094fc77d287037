//! An authority's period with the days left out on which its proceeding stood (中止; 行政复议法 art. 39, 行政诉讼法解释
//! arts 50, 87; house rule 27).
//!
//! It works on a clock already counted: each suspended day pushes the end by one, and days of rest at the new end move it
//! as they would have moved the old one.

use super::{Clock, Step, StepKind, roll};
use crate::law::calendar::Calendar;
use chrono::{Days, NaiveDate};

/// A time in which a proceeding stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspension {
    /// What the stopped days point to: the journal's number of the notice, `#7`.
    pub label: String,
    /// The day of the suspension; still counted.
    pub from: NaiveDate,
    /// The day of the resumption, the last that is not counted.
    pub until: NaiveDate,
}

impl Suspension {
    fn covers(&self, on: NaiveDate) -> bool {
        self.from < on && on <= self.until
    }
}

/// `clock`, a period of calendar days or months, with `days` more and without the days of `suspensions`.
#[must_use]
pub fn suspended(clock: &Clock, days: u32, suspensions: &[Suspension], calendar: &Calendar) -> Clock {
    let mut left = clock.steps.iter().filter(|step| step.kind.number().is_some()).count();
    left = left.saturating_add(usize::try_from(days).unwrap_or(usize::MAX));
    let mut steps = vec![Step { on: clock.from, kind: StepKind::Start }];
    let mut last = clock.from;
    let mut number = 0_u32;
    let mut provisional = false;
    for on in clock.from.iter_days().skip(1).take(super::MAX_SPAN_DAYS) {
        if left == 0 {
            break;
        }
        last = on;
        provisional |= !calendar.is_announced(on);
        let kind = if let Some(stop) = suspensions.iter().find(|one| one.covers(on)) {
            StepKind::Suspended { by: stop.label.clone() }
        } else {
            left = left.saturating_sub(1);
            number = number.saturating_add(1);
            if calendar.is_announced(on) {
                StepKind::Counted { number }
            } else {
                StepKind::Assumed { number: Some(number) }
            }
        };
        steps.push(Step { on, kind });
    }
    // A last day that is stopped itself cannot come: the loop ends on a day that counts.
    let due = roll(last, &mut steps, calendar);
    let due = super::Due { provisional: due.provisional || provisional, ..due };
    Clock { name: clock.name, article: clock.article, from: clock.from, due, last_defensible: due, steps }
}

impl Clock {
    /// A clock whose end somebody has fixed: it counts nothing, and a day of rest is left where it was fixed.
    #[must_use]
    pub fn fixed(
        name: super::ClockName,
        article: crate::law::article::Article,
        from: NaiveDate,
        on: NaiveDate,
    ) -> Self {
        let due = super::Due { on, provisional: false };
        let between = u64::try_from((on - from).num_days()).unwrap_or_default();
        let days = (1..=between.min(u64::try_from(super::MAX_SPAN_DAYS).unwrap_or(u64::MAX)))
            .filter_map(|n| Some((u32::try_from(n).ok()?, from.checked_add_days(Days::new(n))?)));
        let mut steps = vec![Step { on: from, kind: StepKind::Start }];
        steps.extend(days.map(|(number, on)| Step { on, kind: StepKind::Counted { number } }));
        Self { name, article, from, due, last_defensible: due, steps }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ClockName, calendar_days};
    use super::*;
    use crate::law::article::Article;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn clock(days: u32, suspensions: &[Suspension]) -> Clock {
        let plain = calendar_days(
            ClockName::ReconsiderationDecision,
            Article::regulation(1),
            day("2025-03-03"),
            days,
            &Calendar::default(),
        );
        suspended(&plain, 0, suspensions, &Calendar::default())
    }

    #[test]
    fn without_a_suspension_the_count_is_the_engines_own() {
        let plain = calendar_days(
            ClockName::ReconsiderationDecision,
            Article::regulation(1),
            day("2025-03-03"),
            60,
            &Calendar::default(),
        );
        assert_eq!(clock(60, &[]), plain);
    }

    #[test]
    fn each_suspended_day_pushes_the_end_by_one() {
        // 60 days from 3 March end on Friday 2 May; suspended on the 10th, resumed on the 20th: ten days out, Monday 12 May.
        let stop = Suspension { label: "#4".to_owned(), from: day("2025-03-10"), until: day("2025-03-20") };
        let clock = clock(60, std::slice::from_ref(&stop));
        assert_eq!(clock.due.on, day("2025-05-12"));
        let stopped = clock.steps.iter().filter(|step| matches!(step.kind, StepKind::Suspended { .. })).count();
        assert_eq!(stopped, 10);
        assert!(clock.steps.iter().any(|step| step.kind.number() == Some(60)));
    }

    #[test]
    fn two_suspensions_that_overlap_are_taken_out_once() {
        let one = Suspension { label: "#4".to_owned(), from: day("2025-03-10"), until: day("2025-03-20") };
        let two = Suspension { label: "#6".to_owned(), from: day("2025-03-15"), until: day("2025-03-20") };
        assert_eq!(clock(60, &[one.clone(), two]), clock(60, &[one]));
    }

    #[test]
    fn a_fixed_end_stays_where_it_was_fixed() {
        let fixed =
            Clock::fixed(ClockName::SupervisionAnswer, Article::regulation(47), day("2025-03-03"), day("2025-03-09"));
        assert_eq!((fixed.due.on, fixed.steps.len()), (day("2025-03-09"), 7));
        let backwards =
            Clock::fixed(ClockName::SupervisionAnswer, Article::regulation(47), day("2025-03-03"), day("2025-03-01"));
        assert_eq!(backwards.steps.len(), 1);
    }
}
