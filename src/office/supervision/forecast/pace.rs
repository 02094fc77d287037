//! Which of a queue will be late if work goes on at its pace. Pure: due days, a pace and a calendar in; the day on which each is done,
//! and how many must be done today, out.
//!
//! Cases are done in the order of their due days, as many a working day as the pace has it, today among them. What arrives later is due
//! later and stands behind, so it changes nothing. That whoever works today keeps the pace tomorrow is an assumption, and the only one.

use chrono::NaiveDate;

use crate::law::calendar::Calendar;

/// How many were closed in how many working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pace {
    /// Cases.
    pub(super) closed: i64,
    /// Working days.
    pub(super) days: i64,
}

impl Pace {
    /// Cases done after so many working days, rounded down.
    fn done_after(self, days: i64) -> i64 {
        self.closed.saturating_mul(days.max(0)).checked_div(self.days).unwrap_or(0)
    }
}

/// What a queue comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Outlook {
    /// The day on which each is done, in the order of the due days; none where the pace does not reach it within the longest look.
    pub(super) done_on: Vec<Option<NaiveDate>>,
    /// How many of the first must be done today, so that at the pace from tomorrow on no later one is late. More than the pace of a
    /// day: somebody must help, or some will be late.
    pub(super) today: usize,
}

/// Calendar days ahead that are looked at: some two years.
const LONGEST: usize = 800;

/// The outlook of a queue that is due on these days, the earliest first.
pub(super) fn outlook(due: &[NaiveDate], pace: Pace, today: NaiveDate, calendar: &Calendar) -> Outlook {
    let mut done_on = Vec::with_capacity(due.len());
    let mut worked = 0;
    if pace.closed > 0 {
        for day in today.iter_days().take(LONGEST).filter(|day| calendar.is_working(*day)) {
            worked += 1;
            let done = usize::try_from(pace.done_after(worked)).unwrap_or(usize::MAX).min(due.len());
            while done_on.len() < done {
                done_on.push(Some(day));
            }
            if done == due.len() {
                break;
            }
        }
    }
    done_on.resize(due.len(), None);
    Outlook { done_on, today: must_move(due, pace, today, calendar) }
}

/// Of the first so many cases, those that the working days behind today cannot take, at their worst.
fn must_move(due: &[NaiveDate], pace: Pace, today: NaiveDate, calendar: &Calendar) -> usize {
    let mut most = 0;
    let (mut reached, mut days) = (today, 0);
    for (stand, on) in (1_i64..).zip(due) {
        if *on > reached {
            days += calendar.working_days_between(reached, *on);
            reached = *on;
        }
        most = most.max(stand - pace.done_after(days));
    }
    usize::try_from(most).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::calendars::embedded_years;
    use proptest::prelude::*;

    fn calendar() -> Calendar {
        Calendar::new(embedded_years().expect("years")).expect("a calendar")
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn at_one_case_a_day_the_third_due_tomorrow_is_a_day_late_and_two_must_move_today() {
        // Monday 2 March 2026.
        let due = [day("2026-03-03"), day("2026-03-03"), day("2026-03-03")];
        let told = outlook(&due, Pace { closed: 60, days: 60 }, day("2026-03-02"), &calendar());
        let on = |text: &str| Some(day(text));
        assert_eq!(told.done_on, [on("2026-03-02"), on("2026-03-03"), on("2026-03-04")]);
        assert_eq!(told.today, 2, "one is left for tomorrow");
    }

    #[test]
    fn half_a_case_a_day_skips_the_holidays_and_a_queue_without_a_pace_is_never_done() {
        // Thursday 30 April 2026; 1 to 5 May are free.
        let due = [day("2026-05-20")];
        let told = outlook(&due, Pace { closed: 30, days: 60 }, day("2026-04-30"), &calendar());
        assert_eq!((told.done_on, told.today), (vec![Some(day("2026-05-06"))], 0));
        let none = outlook(&due, Pace { closed: 0, days: 60 }, day("2026-04-30"), &calendar());
        assert_eq!((none.done_on, none.today), (vec![None], 1));
    }

    #[test]
    fn what_is_overdue_already_must_move_today() {
        let due = [day("2026-02-27"), day("2026-03-30")];
        let told = outlook(&due, Pace { closed: 60, days: 60 }, day("2026-03-02"), &calendar());
        assert_eq!(told.today, 1);
    }

    proptest! {
        #[test]
        fn done_days_never_go_back_and_if_what_must_move_today_does_nothing_later_is_late(
            mut ahead in proptest::collection::vec(0_u64..60, 0..40),
            closed in 0_i64..200,
        ) {
            let (calendar, today) = (calendar(), day("2026-03-02"));
            ahead.sort_unstable();
            let due: Vec<NaiveDate> = ahead.iter().map(|days| today + chrono::Days::new(*days)).collect();
            let pace = Pace { closed, days: 60 };
            let told = outlook(&due, pace, today, &calendar);
            prop_assert_eq!(told.done_on.len(), due.len());
            let reached: Vec<_> = told.done_on.iter().flatten().collect();
            prop_assert!(reached.windows(2).all(|pair| pair[0] <= pair[1]));
            // The rest, begun tomorrow at the pace: the first that is late disproves the number.
            for (stand, on) in due.iter().enumerate().skip(told.today) {
                let left = i64::try_from(stand + 1 - told.today).unwrap();
                let room = pace.done_after(calendar.working_days_between(today, *on));
                prop_assert!(left <= room, "{stand} due {on}: {left} in {room}");
            }
            // And one less would not do.
            if let Some(less) = told.today.checked_sub(1) {
                let late = due.iter().enumerate().skip(less).any(|(stand, on)| {
                    i64::try_from(stand + 1 - less).unwrap() > pace.done_after(calendar.working_days_between(today, *on))
                });
                prop_assert!(late);
            }
        }
    }
}
