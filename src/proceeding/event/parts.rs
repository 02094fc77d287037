//! The larger parts of events. Versioned with the entries they stand in.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::case::terms::TextRef;
use crate::ids::FileId;
use crate::law::judgment::Judgment;
use crate::law::order::OrderPeriod;
use crate::law::overturn::OverturnReason;
use crate::proceeding::terms::EvidenceKind;

/// An item of the evidence list that goes in with the answer (行政复议法 arts 48, 54; 行政诉讼法 art. 67).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceItem {
    /// What it is.
    pub evidence: EvidenceKind,
    /// Its title on the list.
    pub title: TextRef,
    /// What it proves.
    pub proves: TextRef,
    /// The file; missing for what is handed in on paper only.
    pub file: Option<FileId>,
    /// How many pages it has; missing where nobody counted them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
}

/// A decision, judgment, ruling or finding as it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// The outcome.
    pub judgment: Judgment,
    /// The day it bears.
    pub made_on: NaiveDate,
    /// The day the agency received it.
    pub received_on: NaiveDate,
    /// Why the agency's act did not stand, where it did not.
    pub reasons: Vec<OverturnReason>,
    /// Within what time the agency must do what is ordered, where anything is.
    pub order: Option<OrderPeriod>,
    /// Its number.
    pub number: Option<TextRef>,
    /// The reasons in words, or what there is to remark.
    pub text: Option<TextRef>,
    /// The document.
    pub document: Option<FileId>,
}
