//! The request to explain clearly excessive applications (art. 35), the finding, and the delayed period.

use chrono::NaiveDate;

use crate::case::terms::TextRef;

/// A request to explain, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The letter.
    pub letter: TextRef,
    /// The day it was sent.
    pub sent_on: NaiveDate,
    /// How many applications of the applicant the letter spoke of, in the month.
    pub month_count: u32,
    /// Working days given.
    pub window_days: u32,
    /// The day the applicant received it, once known.
    pub delivered_on: Option<NaiveDate>,
    /// The day the explanation came.
    pub received_on: Option<NaiveDate>,
    /// What the agency found: whether the reasons are reasonable.
    pub reasonable: Option<bool>,
    /// The day of that finding.
    pub decided_on: Option<NaiveDate>,
    /// The delayed reply date it has fixed.
    pub delayed_until: Option<NaiveDate>,
    /// The day the applicant was told of that date: it has effect from here.
    pub delay_told_on: Option<NaiveDate>,
}
