//! What a ledger says of a case that was kept elsewhere before: days, codes and numbers, as far as they are known. What is
//! missing was not in the ledger.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::case::terms::{ServiceWay, TextRef};
use crate::ids::ImportId;
use crate::law::fee::Yuan;
use crate::law::outcome::Outcome;

/// A row of a ledger, but for what the arrival says. Receipt stands there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Imported {
    /// The file that was brought in.
    pub import: ImportId,
    /// Its row there, the heads being row 1.
    pub row: u32,
    /// The register's entry.
    pub registration: Option<ImportedRegistration>,
    /// The correction that was asked for.
    pub correction: Option<ImportedCorrection>,
    /// The extension that was notified.
    pub extension: Option<ImportedExtension>,
    /// The fee that was charged.
    pub fee: Option<ImportedFee>,
    /// The grounds of what was withheld, where a part was granted.
    pub withheld: Vec<Outcome>,
    /// How it ended first: what the annual report counts.
    pub closing: Option<ImportedClosing>,
    /// How it was answered anew after a decision.
    pub anew: Option<ImportedClosing>,
}

/// The register's entry, as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportedRegistration {
    /// The old number.
    pub number: String,
    /// The day it was registered.
    pub on: NaiveDate,
}

/// A correction (art. 30).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportedCorrection {
    /// Says that the notice itself lies in the old file.
    pub letter: TextRef,
    /// The day of the notice.
    pub sent_on: NaiveDate,
    /// Working days given: the agency's setting, where the ledger does not say.
    pub window_days: u32,
    /// Whether the notice was in time by the calendar known at the import.
    pub in_time: bool,
    /// The day the correction came.
    pub received_on: Option<NaiveDate>,
}

/// An extension (art. 33).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportedExtension {
    /// Working days.
    pub days: u32,
    /// The day the applicant was sent the notice.
    pub sent_on: NaiveDate,
}

/// A fee (art. 42).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportedFee {
    /// In whole yuan.
    pub amount: Yuan,
    /// The day it was paid; none if it was not.
    pub paid_on: Option<NaiveDate>,
}

/// An end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportedClosing {
    /// With what.
    pub outcome: Outcome,
    /// On which day.
    pub on: NaiveDate,
    /// How the reply was served; none where there was none.
    pub way: Option<ServiceWay>,
    /// The number of the reply.
    pub number: Option<String>,
    /// Whether it was late; none where the ledger does not say.
    pub late: Option<bool>,
}

impl Imported {
    /// The number of the reply that stands.
    #[must_use]
    pub fn reply_number(&self) -> Option<&str> {
        self.anew.iter().chain(&self.closing).find_map(|one| one.number.as_deref())
    }
}
