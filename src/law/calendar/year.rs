//! One year's holiday notice as data: read from a file or entered by an administrator, and checked before
//! any deadline is reckoned with it.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The State Council General Office's notice for one year (部分节假日安排的通知), as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Year {
    /// The year.
    pub year: i32,
    /// The notice's document number, such as 国办发明电〔2025〕7号.
    pub notice: String,
    /// The day the notice was published.
    pub published_on: NaiveDate,
    /// Later notices already worked into the days below.
    #[serde(default)]
    pub amendments: Vec<Amendment>,
    /// Mondays to Fridays that are free. Weekends inside a holiday are not listed: they are free anyway.
    pub holidays: BTreeSet<NaiveDate>,
    /// Saturdays and Sundays that are worked.
    pub workdays: BTreeSet<NaiveDate>,
}

/// A notice that changed a year after it was announced (Labour Day 2019, Spring Festival 2020).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amendment {
    /// The document number.
    pub notice: String,
    /// The day it was published, where known.
    #[serde(default)]
    pub published_on: Option<NaiveDate>,
    /// What it changed, in a sentence.
    pub summary: String,
}

/// What is wrong with a year, or with a set of years.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarFault {
    /// A day stands in the file of another year.
    #[error("{day} does not lie in {year}")]
    DayOutsideYear {
        /// The year of the file.
        year: i32,
        /// The day.
        day: NaiveDate,
    },
    /// A holiday falls on a Saturday or Sunday, which is free anyway: most often a mistyped day.
    #[error("{day} is listed as a holiday but is a Saturday or Sunday")]
    HolidayOnWeekend {
        /// The day.
        day: NaiveDate,
    },
    /// A made-up working day falls on Monday to Friday, which is worked anyway.
    #[error("{day} is listed as a worked weekend day but is a Monday to Friday")]
    WorkdayOnWeekday {
        /// The day.
        day: NaiveDate,
    },
    /// 1 January is a Monday to Friday and not listed: every year has it free (全国年节及纪念日放假办法 art. 2).
    #[error("1 January {year} is a Monday to Friday but not listed as a holiday")]
    NewYearMissing {
        /// The year.
        year: i32,
    },
    /// The notice has no document number, so no skipped day could be explained.
    #[error("the notice for {year} has no document number")]
    NoNotice {
        /// The year.
        year: i32,
    },
    /// The notice was published after its year was over.
    #[error("the notice for {year} cannot have been published on {published_on}")]
    PublishedTooLate {
        /// The year.
        year: i32,
        /// The day given.
        published_on: NaiveDate,
    },
    /// A year was given twice.
    #[error("{year} is given twice")]
    YearTwice {
        /// The year.
        year: i32,
    },
    /// Two editions of a year claim to be known from the same instant.
    #[error("two editions of {year} are known from {known_from}")]
    EditionTwice {
        /// The year.
        year: i32,
        /// The instant.
        known_from: DateTime<Utc>,
    },
    /// More than one of the above.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Several(Vec<CalendarFault>),
}

impl CalendarFault {
    /// The fault in Chinese, for whoever keeps the calendars.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            Self::DayOutsideYear { year, day } => format!("{day} 不在 {year} 年"),
            Self::HolidayOnWeekend { day } => format!("{day} 列为放假，但当天是周六或者周日，本来就不上班"),
            Self::WorkdayOnWeekday { day } => format!("{day} 列为调休上班，但当天是周一至周五，本来就上班"),
            Self::NewYearMissing { year } => format!("{year} 年 1 月 1 日是周一至周五，应当列为放假"),
            Self::NoNotice { year } => format!("{year} 年的通知没有文号"),
            Self::PublishedTooLate { year, published_on } => format!("{year} 年的通知不可能发布于 {published_on}"),
            Self::YearTwice { year } => format!("{year} 年给出了两次"),
            Self::EditionTwice { year, known_from } => format!("{year} 年有两个版本同自 {known_from} 起为本系统所知"),
            Self::Several(faults) => faults.iter().map(Self::zh).collect::<Vec<_>>().join("；"),
        }
    }

    /// Folds faults into one; `None` if there are none.
    pub(crate) fn all(mut faults: Vec<Self>) -> Option<Self> {
        match faults.len() {
            0 | 1 => faults.pop(),
            _ => Some(Self::Several(faults)),
        }
    }
}

impl Year {
    /// Looks for what a notice can never say.
    ///
    /// # Errors
    /// Every fault found, not only the first: an administrator corrects a file once.
    pub fn check(&self) -> Result<(), Vec<CalendarFault>> {
        let year = self.year;
        let mut faults = Vec::new();
        if self.notice.trim().is_empty() {
            faults.push(CalendarFault::NoNotice { year });
        }
        if self.published_on.year() > year {
            faults.push(CalendarFault::PublishedTooLate { year, published_on: self.published_on });
        }
        let listed = self.holidays.iter().chain(&self.workdays);
        faults.extend(
            listed.filter(|day| day.year() != year).map(|day| CalendarFault::DayOutsideYear { year, day: *day }),
        );
        let weekend_holidays = self.holidays.iter().filter(|day| super::is_weekend(**day));
        faults.extend(weekend_holidays.map(|day| CalendarFault::HolidayOnWeekend { day: *day }));
        let weekday_workdays = self.workdays.iter().filter(|day| !super::is_weekend(**day));
        faults.extend(weekday_workdays.map(|day| CalendarFault::WorkdayOnWeekday { day: *day }));
        let new_year = NaiveDate::from_ymd_opt(year, 1, 1);
        if new_year.is_some_and(|day| !super::is_weekend(day) && !self.holidays.contains(&day)) {
            faults.push(CalendarFault::NewYearMissing { year });
        }
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    /// The notice and what amended it, as cited beside a skipped day: `国办发明电〔2019〕16号、国办发明电〔2020〕1号`.
    #[must_use]
    pub fn citation(&self) -> String {
        let amending = self.amendments.iter().map(|amendment| amendment.notice.as_str());
        std::iter::once(self.notice.as_str()).chain(amending).collect::<Vec<_>>().join("、")
    }
}
