//! Within what time the agency must do what a decision orders: working days, calendar days, until a day, or no time named.
//!
//! Where a decision names none, the new reply is due in the Regulation's own reply period (art. 33), counted from the day the
//! decision binds. The second reply has its own clock and is no second result in table 三 (docs/LAW.md §9).

use super::article::Article;
use super::calendar::Calendar;
use super::count::{Clock, ClockName, calendar_days, working_days};
use super::periods::REPLY_DAYS;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The time a decision gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "unit", rename_all = "snake_case", deny_unknown_fields)]
pub enum OrderPeriod {
    /// So many working days.
    WorkingDays {
        /// How many; at least 1.
        days: u32,
    },
    /// So many calendar days; a last day of rest moves on.
    CalendarDays {
        /// How many; at least 1.
        days: u32,
    },
    /// Until that day.
    Until {
        /// The last day.
        on: NaiveDate,
    },
    /// "Within the statutory period", or none named: that of art. 33 ¶2.
    Statutory,
}

impl OrderPeriod {
    /// The most days a decision is taken to give: anything longer is a slip of the pen.
    pub const LONGEST_DAYS: u32 = 180;

    /// The clock of what is ordered, from the day the decision binds (not counted). `article` is that of the decision.
    #[must_use]
    pub fn clock(self, article: Article, from: NaiveDate, calendar: &Calendar) -> Clock {
        const NAME: ClockName = ClockName::Performance;
        match self {
            Self::WorkingDays { days } => working_days(NAME, article, from, days, calendar),
            Self::CalendarDays { days } => calendar_days(NAME, article, from, days, calendar),
            Self::Until { on } => Clock::fixed(NAME, article, from, on),
            Self::Statutory => working_days(NAME, Article::regulation(33).paragraph(2), from, REPLY_DAYS, calendar),
        }
    }

    /// Whether it is a time in which something can be done: not none, not for ever, not over before `from`.
    #[must_use]
    pub fn is_sensible(self, from: NaiveDate) -> bool {
        match self {
            Self::WorkingDays { days } | Self::CalendarDays { days } => (1..=Self::LONGEST_DAYS).contains(&days),
            Self::Until { on } => on >= from && (on - from).num_days() <= i64::from(Self::LONGEST_DAYS),
            Self::Statutory => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn each_way_to_name_a_time_has_its_day() {
        // Monday 3 March 2025; no calendar, so weekends only.
        let due =
            |period: OrderPeriod| period.clock(Article::regulation(47), day("2025-03-03"), &Calendar::default()).due.on;
        assert_eq!(due(OrderPeriod::WorkingDays { days: 15 }), day("2025-03-24"));
        // Fifteen days end on Tuesday the 18th; twelve on Saturday the 15th, which moves to Monday.
        assert_eq!(due(OrderPeriod::CalendarDays { days: 15 }), day("2025-03-18"));
        assert_eq!(due(OrderPeriod::CalendarDays { days: 12 }), day("2025-03-17"));
        assert_eq!(due(OrderPeriod::Until { on: day("2025-03-16") }), day("2025-03-16"));
        assert_eq!(due(OrderPeriod::Statutory), day("2025-03-31"));
    }

    #[test]
    fn no_time_and_all_time_are_slips_of_the_pen() {
        let from = day("2025-03-03");
        assert!(!OrderPeriod::WorkingDays { days: 0 }.is_sensible(from));
        assert!(!OrderPeriod::CalendarDays { days: 1_500 }.is_sensible(from));
        assert!(!OrderPeriod::Until { on: day("2025-03-02") }.is_sensible(from));
        assert!(OrderPeriod::Until { on: from }.is_sensible(from));
    }
}
