//! What is sent when it is decided, and after it.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::ids::FileId;
use crate::law::coded::coded;
use crate::law::judgment::Judgment;
use crate::law::overturn::OverturnReason;
use crate::proceeding::terms::{Appellant, Level, RetrialCause};

coded! {
    /// How a suit came about.
    pub enum SuitRoute {
        /// Without reconsideration.
        Direct = "direct", "未经复议直接起诉", "direct";
        /// After reconsideration.
        AfterReconsideration = "after_reconsideration", "复议后起诉", "after reconsideration";
    }
}

coded! {
    /// How a decision names a time.
    pub enum PeriodUnit {
        /// In working days.
        WorkingDays = "working_days", "工作日", "working days";
        /// In calendar days.
        CalendarDays = "calendar_days", "日（自然日）", "calendar days";
        /// By its last day.
        Until = "until", "至某日", "until a day";
        /// Not, or as "within the statutory period".
        Statutory = "statutory", "法定期限（未定期限）", "the statutory period";
    }
}

/// The decision came.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionReceived {
    /// The outcome.
    #[schema(value_type = String, example = "reconsideration_revoked")]
    pub judgment: Judgment,
    /// The day it bears.
    pub made_on: NaiveDate,
    /// The day it came.
    pub received_on: Option<NaiveDate>,
    /// Why the agency's act did not stand, where it did not.
    #[schema(value_type = Option<Vec<String>>, max_items = 20)]
    pub reasons: Option<Vec<OverturnReason>>,
    /// How the time is named in which the agency must do what is ordered, where anything is.
    #[schema(value_type = Option<String>)]
    pub period: Option<PeriodUnit>,
    /// How many days, for working or calendar days.
    #[schema(minimum = 1, maximum = 180)]
    pub period_days: Option<u32>,
    /// The last day, where it is named.
    pub period_until: Option<NaiveDate>,
    /// The number of the decision.
    #[schema(max_length = 100)]
    pub number: Option<String>,
    /// The reasons in words, or what there is to remark.
    #[schema(max_length = 20000)]
    pub text: Option<String>,
    /// The document: a file of the case.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub document: Option<FileId>,
}

/// An opinion of the reconsideration body came.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpinionReceived {
    /// The day.
    pub on: Option<NaiveDate>,
    /// What it says.
    #[schema(min_length = 1, max_length = 20000)]
    pub text: String,
    /// The document: a file of the case.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub document: Option<FileId>,
}

/// What was done about it was reported.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpinionReport {
    /// The day.
    pub on: Option<NaiveDate>,
    /// The report.
    #[schema(min_length = 1, max_length = 20000)]
    pub text: String,
}

/// What was ordered was done.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PerformanceRecord {
    /// The day.
    pub on: Option<NaiveDate>,
    /// The number of the new reply, where one was given.
    #[schema(max_length = 100)]
    pub letter_number: Option<String>,
    /// What was done.
    #[schema(min_length = 1, max_length = 5000)]
    pub text: String,
}

/// Somebody appealed.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AppealRecord {
    /// Who.
    #[schema(value_type = String, example = "plaintiff")]
    pub by: Appellant,
    /// The day.
    pub on: Option<NaiveDate>,
}

/// A retrial was ordered.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RetrialRecord {
    /// By whose doing.
    #[schema(value_type = String, example = "application")]
    pub cause: RetrialCause,
    /// The day.
    pub on: Option<NaiveDate>,
    /// As what it is heard: `first` or `second`.
    #[schema(value_type = String, example = "second")]
    pub heard_as: Level,
    /// The court.
    #[schema(min_length = 1, max_length = 200)]
    pub authority: String,
}
