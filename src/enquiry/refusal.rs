//! Why something cannot be done with an enquiry now: the rule in the way, and the sentence that tells of it. No law regulates
//! these files, so the rules are our own.

use chrono::NaiveDate;

use super::act::Act;
use super::stage::Stage;
use crate::clock::in_chinese;
use crate::law::article::Article;
use crate::law::house;

/// What stands in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It stands elsewhere.
    NotInThisStage {
        /// What was asked for.
        act: Act,
        /// Where it stands.
        stage: Stage,
    },
    /// A day that is still to come.
    DateInFuture {
        /// The day.
        on: NaiveDate,
        /// Today.
        today: NaiveDate,
    },
    /// A day before that which it follows.
    DateTooEarly {
        /// The day.
        on: NaiveDate,
        /// The earliest it can be.
        earliest: NaiveDate,
    },
    /// It is with that agency already.
    HereAlready,
    /// It cannot be a repeat of itself.
    DuplicateOfItself,
    /// It was not answered.
    NothingToRate,
    /// The time for rating has passed.
    RatedTooLate {
        /// The last day.
        until: NaiveDate,
    },
}

impl Refusal {
    /// Its stable name.
    #[must_use]
    pub const fn rule(&self) -> &'static str {
        match self {
            Self::NotInThisStage { .. } => "not_in_this_stage",
            Self::DateInFuture { .. } => "date_in_future",
            Self::DateTooEarly { .. } => "date_too_early",
            Self::HereAlready => "here_already",
            Self::DuplicateOfItself => "duplicate_of_itself",
            Self::NothingToRate => "nothing_to_rate",
            Self::RatedTooLate { .. } => "rated_too_late",
        }
    }

    /// The rule it rests on.
    #[must_use]
    pub const fn article(&self) -> Article {
        match self {
            Self::DateInFuture { .. } | Self::DateTooEarly { .. } | Self::DuplicateOfItself => house::ONLY_FACTS,
            Self::HereAlready => house::ENQUIRY_HAND_OVER,
            Self::NotInThisStage { .. } | Self::NothingToRate | Self::RatedTooLate { .. } => house::ENQUIRY_PERIOD,
        }
    }

    /// The sentence in Chinese.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            Self::NotInThisStage { act, stage } => {
                format!("来信现处于“{}”，不能{}。", stage.zh(), act.zh())
            }
            Self::DateInFuture { on, today } => {
                format!("{}晚于今天（{}），只能记录已经发生的事。", in_chinese(*on), in_chinese(*today))
            }
            Self::DateTooEarly { on, earliest } => {
                format!("{}早于{}，不可能在那时发生。", in_chinese(*on), in_chinese(*earliest))
            }
            Self::HereAlready => "来信已在该机关办理，请选择另一机关。".to_owned(),
            Self::DuplicateOfItself => "不能与自身重复，请选择先前的来信。".to_owned(),
            Self::NothingToRate => "来信没有答复，不能评价。".to_owned(),
            Self::RatedTooLate { until } => {
                format!("评价和修改评价的时间已于{}截止。", in_chinese(*until))
            }
        }
    }

    /// The sentence in English.
    #[must_use]
    pub fn en(&self) -> String {
        match self {
            Self::NotInThisStage { act, stage } => {
                format!("The enquiry stands at \"{}\"; one cannot {} there.", stage.en(), act.en())
            }
            Self::DateInFuture { on, today } => {
                format!("{on} lies after today ({today}); only what has happened can be recorded.")
            }
            Self::DateTooEarly { on, earliest } => {
                format!("{on} lies before {earliest}; it cannot have happened then.")
            }
            Self::HereAlready => "It is with that agency already; choose another.".to_owned(),
            Self::DuplicateOfItself => "It cannot repeat itself; choose the earlier enquiry.".to_owned(),
            Self::NothingToRate => "It was not answered; there is nothing to rate.".to_owned(),
            Self::RatedTooLate { until } => format!("It could be rated, and the rating changed, until {until}."),
        }
    }
}
