//! A clock as it is shown: the due date under both readings, and the days that led to it.

use super::ClockName;
use crate::law::article::Article;
use chrono::NaiveDate;
use serde::Serialize;

/// A last day. Ordered by the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Due {
    /// The last day on which the act is in time.
    pub on: NaiveDate,
    /// The count stepped into a year without a holiday notice (R11): never to be shown as final.
    pub provisional: bool,
}

impl Due {
    /// The day, or `None` while it is provisional.
    #[must_use]
    pub const fn final_on(self) -> Option<NaiveDate> {
        if self.provisional { None } else { Some(self.on) }
    }
}

/// A period with its explanation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Clock {
    /// Which period.
    pub name: ClockName,
    /// Where it stands in the law.
    pub article: Article,
    /// Day 0.
    pub from: NaiveDate,
    /// The last day under STRICT: the one to work to.
    pub due: Due,
    /// The last day under ROLL: the one that could still be argued. Never before `due`.
    pub last_defensible: Due,
    /// Every day from `from` to `due.on`, both included.
    pub steps: Vec<Step>,
}

/// One day of a count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The day.
    pub on: NaiveDate,
    /// What the count made of it.
    #[serde(flatten)]
    pub kind: StepKind,
}

/// What a count makes of a day. `number` is the day's place in the period, from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum StepKind {
    /// Day 0: not counted.
    Start,
    /// Counted.
    Counted {
        /// Its place.
        number: u32,
    },
    /// A Saturday or Sunday that was worked: counted.
    MadeUp {
        /// Its place.
        number: u32,
        /// The notice that has it worked.
        notice: String,
    },
    /// A Saturday or Sunday: skipped.
    Weekend,
    /// A holiday: skipped.
    Holiday {
        /// The notice that has it free.
        notice: String,
    },
    /// A day of a year without a notice: counted as far as one can know, or skipped if `None`.
    Assumed {
        /// Its place, if counted.
        number: Option<u32>,
    },
    /// A working day on which the clock stood.
    Stopped {
        /// The label of the stop, such as the journal's number of the letter.
        by: String,
    },
    /// A day on which the proceeding itself stood (中止).
    Suspended {
        /// The label of the suspension: the journal's number of the notice.
        by: String,
    },
    /// A day of the delayed period fixed under art. 35.
    Delayed,
    /// The working day a rest day at the end was moved to.
    RolledTo,
}

impl StepKind {
    /// The day's place in the period, if it counts.
    #[must_use]
    pub const fn number(&self) -> Option<u32> {
        match self {
            Self::Counted { number } | Self::MadeUp { number, .. } => Some(*number),
            Self::Assumed { number } => *number,
            Self::Start
            | Self::Weekend
            | Self::Holiday { .. }
            | Self::Stopped { .. }
            | Self::Suspended { .. }
            | Self::Delayed
            | Self::RolledTo => None,
        }
    }

    /// What happened to the day, in Chinese.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            Self::Start => "起算之日，不计入".to_owned(),
            Self::Counted { number } => format!("第{number}日"),
            Self::MadeUp { number, notice } => format!("第{number}日，调休上班（{notice}）"),
            Self::Weekend => "周末，不计入".to_owned(),
            Self::Holiday { notice } => format!("放假，不计入（{notice}）"),
            Self::Assumed { number: Some(number) } => format!("第{number}日（该年放假安排尚未公布，暂计）"),
            Self::Assumed { number: None } => "暂按休息日，不计入（该年放假安排尚未公布）".to_owned(),
            Self::Stopped { by } => format!("征求意见期间，不计入（{by}）"),
            Self::Suspended { by } => format!("程序中止期间，不计入（{by}）"),
            Self::Delayed => "延迟答复期间".to_owned(),
            Self::RolledTo => "期满日为休息日，顺延至本日".to_owned(),
        }
    }

    /// What happened to the day, in English.
    #[must_use]
    pub fn en(&self) -> String {
        match self {
            Self::Start => "day 0, not counted".to_owned(),
            Self::Counted { number } => format!("day {number}"),
            Self::MadeUp { number, .. } => format!("day {number}, a worked weekend"),
            Self::Weekend => "weekend".to_owned(),
            Self::Holiday { .. } => "holiday".to_owned(),
            Self::Assumed { number: Some(number) } => format!("day {number}, provisional"),
            Self::Assumed { number: None } => "rest day, provisional".to_owned(),
            Self::Stopped { by } => format!("clock stopped ({by})"),
            Self::Suspended { by } => format!("proceeding suspended ({by})"),
            Self::Delayed => "delayed period".to_owned(),
            Self::RolledTo => "moved here from a rest day".to_owned(),
        }
    }
}
