//! How a case ended, and that a decision has it answered anew.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::Term;
use crate::ids::ProceedingId;

/// How the case ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ClosingView {
    /// With what.
    pub outcome: Term,
    /// The annual report's row.
    pub report_row: Option<&'static str>,
    /// On which day.
    pub on: NaiveDate,
    /// Whether the reply was late.
    pub late: Option<bool>,
    /// Whether that verdict rests on a day in a year without a published calendar.
    pub late_provisional: bool,
    /// The way it was served.
    pub way: Option<Term>,
}

/// A decision that has the case answered anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReopenedView {
    /// The file in which it was decided.
    #[schema(value_type = String, format = "uuid")]
    pub proceeding: ProceedingId,
    /// The outcome.
    pub judgment: Term,
    /// The day from which it binds.
    pub from: NaiveDate,
    /// Why the first reply did not stand, or why there should have been one.
    pub reasons: Vec<Term>,
    /// The checks before a reply that ask for what was found missing.
    pub checks: Vec<Term>,
}
