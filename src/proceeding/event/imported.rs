//! What a ledger says of a proceeding that was kept elsewhere before: what table 四 needs, and what is still to be done.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Decision;
use crate::case::terms::TextRef;
use crate::ids::ImportId;
use crate::law::judgment::Judgment;
use crate::proceeding::terms::{CloseReason, Level};

/// A row of a ledger, but for what the opening says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Imported {
    /// The file that was brought in.
    pub import: ImportId,
    /// Its row there, the heads being row 1.
    pub row: u32,
    /// The earliest day known of it, or of the retrial that made it pending once more.
    pub began_on: NaiveDate,
    /// The results it had before a retrial, oldest first.
    pub earlier: Vec<ImportedRound>,
    /// The instance that is open, or the last one.
    pub level: Level,
    /// For a retrial: whether it is heard as a first or a second instance.
    pub heard_as: Level,
    /// The agency's answer in that instance.
    pub answered: Option<ImportedAnswer>,
    /// The result that stands.
    pub decision: Option<Decision>,
    /// The day on which it took effect, where one could appeal.
    pub took_effect_on: Option<NaiveDate>,
    /// The day on which what was ordered was done.
    pub performed_on: Option<NaiveDate>,
    /// That it was closed without an outcome.
    pub struck: Option<ImportedStriking>,
    /// The day since which it is over.
    pub closed_on: Option<NaiveDate>,
}

/// A result before a retrial.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportedRound {
    /// Since when it was pending.
    pub from: NaiveDate,
    /// The result.
    pub judgment: Judgment,
    /// The day that ended it.
    pub on: NaiveDate,
}

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportedAnswer {
    /// The day it was handed in.
    pub on: NaiveDate,
    /// Whether that was too late, as the ledger has it.
    pub late: bool,
    /// Says that the answer itself lies in the old file.
    pub text: TextRef,
}

/// A closing without an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportedStriking {
    /// Why.
    pub reason: CloseReason,
    /// The day.
    pub on: NaiveDate,
}
