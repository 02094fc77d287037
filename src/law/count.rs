//! The one counting engine: from a first day and a length to a due date, with every day explained.
//!
//! The first day is day 0 and is not counted (民事诉讼法 art. 85; P03 of the worked cases is a court's own
//! count). Two readings are kept for a first day that is a rest day: STRICT leaves it, ROLL moves it to the
//! next working day. `due` is STRICT, the safe one; `last_defensible` is ROLL.

mod name;
mod step;
mod suspended;

pub use name::ClockName;
pub use step::{Clock, Due, Step, StepKind};
pub use suspended::{Suspension, suspended};

use super::article::Article;
use super::calendar::{Calendar, Day};
use super::stops::Stop;
use chrono::{Days, Months, NaiveDate};

/// No count walks further than this many days from its start. The longest period of this law is 6 months;
/// the bound keeps a mistyped length from filling the memory.
pub const MAX_SPAN_DAYS: usize = 4_000;

/// A period of working days after `from` (R1–R3).
#[must_use]
pub fn working_days(name: ClockName, article: Article, from: NaiveDate, days: u32, calendar: &Calendar) -> Clock {
    let (due, steps) = walk(from, days, &[], calendar);
    let last_defensible = due_if_rolled(from, days, &[], calendar);
    Clock { name, article, from, due, last_defensible, steps }
}

/// A period of calendar days after `from`; a last day that is a rest day moves to the next working day (R10).
/// No dispute about its start, so both readings agree.
#[must_use]
pub fn calendar_days(name: ClockName, article: Article, from: NaiveDate, days: u32, calendar: &Calendar) -> Clock {
    let bounded = u64::from(days).min(u64::try_from(MAX_SPAN_DAYS).unwrap_or(u64::MAX));
    through(name, article, from, from.checked_add_days(Days::new(bounded)).unwrap_or(from), calendar)
}

/// A period of calendar months after `from`: it ends on the day of the same number, or the month's last day if
/// there is none, and then moves to the next working day if that is a rest day (R10).
#[must_use]
pub fn months(name: ClockName, article: Article, from: NaiveDate, months: u32, calendar: &Calendar) -> Clock {
    let bounded = months.min(120);
    through(name, article, from, from.checked_add_months(Months::new(bounded)).unwrap_or(from), calendar)
}

/// The count under STRICT: the due date, and a step for each day from `from` to it.
pub(super) fn walk(from: NaiveDate, days: u32, stops: &[Stop], calendar: &Calendar) -> (Due, Vec<Step>) {
    let mut steps = vec![Step { on: from, kind: StepKind::Start }];
    let mut due = Due { on: from, provisional: false };
    let mut number = 0;
    for on in from.iter_days().skip(1).take(MAX_SPAN_DAYS) {
        if number == days {
            break;
        }
        due.provisional |= !calendar.is_announced(on);
        let working = calendar.is_working(on);
        let kind = match Stop::covering(stops, on) {
            Some(stop) if working => StepKind::Stopped { by: stop.label.clone() },
            _ => {
                number += u32::from(working);
                StepKind::of(calendar.day(on), number)
            }
        };
        due.on = on;
        steps.push(Step { on, kind });
    }
    (due, steps)
}

/// The due date under STRICT, without its explanation.
pub(super) fn due_as_it_stands(from: NaiveDate, days: u32, stops: &[Stop], calendar: &Calendar) -> Due {
    walk(from, days, stops, calendar).0
}

/// The due date under ROLL: the same count, begun on the next working day if `from` is a rest day.
pub(super) fn due_if_rolled(from: NaiveDate, days: u32, stops: &[Stop], calendar: &Calendar) -> Due {
    due_as_it_stands(calendar.next_working_day(from), days, stops, calendar)
}

/// A calendar period whose last day before rolling is `last`.
fn through(name: ClockName, article: Article, from: NaiveDate, last: NaiveDate, calendar: &Calendar) -> Clock {
    let mut steps = vec![Step { on: from, kind: StepKind::Start }];
    steps.extend((1_u32..).zip(from.iter_days().skip(1).take_while(|on| *on <= last)).map(|(number, on)| {
        let kind = if calendar.is_announced(on) {
            StepKind::Counted { number }
        } else {
            StepKind::Assumed { number: Some(number) }
        };
        Step { on, kind }
    }));
    let due = roll(last, &mut steps, calendar);
    Clock { name, article, from, due, last_defensible: due, steps }
}

/// Moves a last day that is a rest day to the next working day, and writes down the days passed over.
pub(super) fn roll(last: NaiveDate, steps: &mut Vec<Step>, calendar: &Calendar) -> Due {
    let on = calendar.next_working_day(last);
    for day in last.iter_days().skip(1).take_while(|day| *day <= on) {
        let kind = if day == on { StepKind::RolledTo } else { StepKind::of(calendar.day(day), 0) };
        steps.push(Step { on: day, kind });
    }
    let provisional = !(calendar.is_announced(last) && calendar.is_announced(on));
    Due { on, provisional }
}

impl StepKind {
    /// What the count makes of a day that no stop covers; `number` is the count once the day is in.
    fn of(day: Day, number: u32) -> Self {
        match day {
            Day::Weekday => Self::Counted { number },
            Day::MadeUp { notice } => Self::MadeUp { number, notice },
            Day::Weekend => Self::Weekend,
            Day::Holiday { notice } => Self::Holiday { notice },
            Day::Assumed { working } => Self::Assumed { number: working.then_some(number) },
        }
    }
}
