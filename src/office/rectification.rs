//! Setting the record right: a wrong date of receipt, a step recorded by mistake. Both add to the journal; nothing in it
//! is ever changed.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::failure::Failure;
use super::input;
use super::sealing::TextKind;
use super::views::CaseView;
use super::{Office, Officer};
use crate::case::{Act, Command};
use crate::ids::CaseId;

/// The date of receipt as it should have been recorded.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReceiptCorrection {
    /// The day.
    pub received_on: NaiveDate,
    /// Why, and from what it is known.
    #[schema(min_length = 1, max_length = 5000)]
    pub reason: String,
}

/// A step that was recorded by mistake.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Annulment {
    /// Its entry in the journal; only the last step can be annulled.
    #[schema(minimum = 1)]
    pub seq: u32,
    /// Why it was a mistake.
    #[schema(min_length = 1, max_length = 5000)]
    pub reason: String,
}

impl Office {
    /// States the date of receipt anew.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn correct_receipt(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: ReceiptCorrection,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::CorrectReceipt, case, expected, move |desk| {
            let reason = input::required("/reason", &input.reason)?;
            Ok(Command::CorrectReceipt {
                received_on: input.received_on,
                reason: desk.text(TextKind::Reason, &reason)?,
            })
        })
        .await
    }

    /// Annuls the last step.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn annul(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: Annulment,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::Annul, case, expected, move |desk| {
            let reason = input::required("/reason", &input.reason)?;
            Ok(Command::Annul { seq: input.seq, reason: desk.text(TextKind::Reason, &reason)? })
        })
        .await
    }
}
