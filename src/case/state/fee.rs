//! The information-processing fee of a case (art. 42; 国办函〔2020〕109号): one notice, by one basis, paid or waived.

use chrono::NaiveDate;

use crate::case::terms::{TextRef, WaiverReason};
use crate::law::fee::{FeeBasis, Yuan};

/// A fee notice, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeeNotice {
    /// The journal entry of the notice.
    pub seq: u32,
    /// By item or by page, never both.
    pub basis: FeeBasis,
    /// Items or pages.
    pub units: u32,
    /// The places the items have in the applicant's month; none by page.
    pub places: Vec<u32>,
    /// What is to be paid, in whole yuan.
    pub amount: Yuan,
    /// The notice.
    pub letter: TextRef,
    /// The day it was sent.
    pub sent_on: NaiveDate,
    /// The day the applicant received it, once known.
    pub delivered_on: Option<NaiveDate>,
    /// The day from which the window runs anew, after a lapse was taken back.
    pub window_from: Option<NaiveDate>,
    /// The day on which the applicant says it was paid.
    pub reported_on: Option<NaiveDate>,
    /// The day it was paid.
    pub paid_on: Option<NaiveDate>,
    /// Whether the calendar has called for a finding.
    pub lapse_proposed: bool,
}

/// A waiver of the fee.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiver {
    /// Why.
    pub reason: WaiverReason,
    /// The decision of the head of the office; none while it is awaited.
    pub granted: Option<bool>,
}
