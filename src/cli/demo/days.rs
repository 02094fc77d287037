//! The days of the demonstration, counted back from today in working days, for that is how the law counts: what was
//! received one-and-twenty working days ago is overdue on whatever day the demonstration is given.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::clock::end_of_day_in_china;
use crate::law::calendar::Calendar;

/// Minutes of an office day: nine o'clock, the noon break and its length, the evening after closing.
const OPENING: i64 = 9 * 60;
const NOON: i64 = 12 * 60;
const NOON_BREAK: i64 = 90;
const EVENING: i64 = 18 * 60 + 30;

/// Minutes between two acts of one story on one day.
const BETWEEN_ACTS: i64 = 43;

/// Minutes over which stories spread, so that not everybody acts at the same instant.
const SPREAD: i64 = 40;

/// Counts back from a day.
#[derive(Debug)]
pub struct Days {
    today: NaiveDate,
    calendar: Calendar,
}

impl Days {
    /// The days before `today`.
    pub const fn before(today: NaiveDate, calendar: Calendar) -> Self {
        Self { today, calendar }
    }

    /// The working day that lies `working_days` before today; 1 is the last one that is over.
    pub fn ago(&self, working_days: u32) -> NaiveDate {
        let back = std::iter::successors(self.today.pred_opt(), NaiveDate::pred_opt);
        let worked = back.filter(|day| self.calendar.is_working(*day));
        worked.zip(1..=working_days).last().map_or(self.today, |(day, _)| day)
    }

    /// When a story does its `act`-th thing (from 0) on a day. Stories are told apart by `story`.
    pub fn instant(&self, working_days: u32, story: u32, act: u32) -> DateTime<Utc> {
        let minute = OPENING + BETWEEN_ACTS * i64::from(act) + i64::from(story) % SPREAD;
        self.minute_of(working_days, if minute < NOON { minute } else { minute + NOON_BREAK })
    }

    /// After closing, when the calendar takes its turn.
    pub fn evening(&self, working_days: u32) -> DateTime<Utc> {
        self.minute_of(working_days, EVENING)
    }

    fn minute_of(&self, working_days: u32, minute: i64) -> DateTime<Utc> {
        end_of_day_in_china(self.ago(working_days)) - TimeDelta::days(1) + TimeDelta::minutes(minute)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::day_in_china;

    fn days_before(today: &str) -> Days {
        Days::before(today.parse().expect("a day"), Calendar::default())
    }

    #[test]
    fn the_last_working_day_lies_before_today_even_on_a_monday() {
        assert_eq!(days_before("2026-11-23").ago(1).to_string(), "2026-11-20");
        assert_eq!(days_before("2026-11-22").ago(2).to_string(), "2026-11-19");
    }

    #[test]
    fn acts_of_a_day_follow_one_another_before_its_evening() {
        let days = days_before("2026-11-23");
        let acts: Vec<_> = (0..10).map(|act| days.instant(3, 39, act)).collect();
        assert!(acts.is_sorted());
        assert!(acts.iter().all(|at| *at < days.evening(3) && day_in_china(*at) == days.ago(3)));
    }
}
