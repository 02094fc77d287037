//! Extension (art. 33 ¶2): asked for, decided by the head of the office, notified to the applicant.

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

/// An extension is asked for.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtensionRequest {
    /// Working days, at most twenty.
    #[schema(minimum = 1, maximum = 1000)]
    pub days: u32,
    /// Why.
    #[schema(min_length = 1, max_length = 5000)]
    pub reason: String,
}

/// The head of the office has decided.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtensionDecision {
    /// Whether the head consents.
    pub granted: bool,
    /// Why, or why not.
    #[schema(max_length = 5000)]
    pub reason: Option<String>,
}

/// The applicant was told.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtensionNotice {
    /// The notice: the new last day, and why.
    #[schema(min_length = 1, max_length = 20000)]
    pub letter: String,
    /// The day it was sent; today if missing.
    pub sent_on: Option<NaiveDate>,
}

impl Office {
    /// Asks for an extension.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn request_extension(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: ExtensionRequest,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::RequestExtension, case, expected, move |desk| {
            let reason = input::required("/reason", &input.reason)?;
            Ok(Command::RequestExtension { days: input.days, reason: desk.text(TextKind::Reason, &reason)? })
        })
        .await
    }

    /// Decides it.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn decide_extension(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: ExtensionDecision,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::DecideExtension, case, expected, move |desk| {
            Ok(Command::DecideExtension {
                granted: input.granted,
                reason: desk.optional_text(TextKind::Reason, input.reason.as_deref())?,
            })
        })
        .await
    }

    /// Records that the notice was sent: the extension takes effect.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn notify_extension(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: ExtensionNotice,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::NotifyExtension, case, expected, move |desk| {
            let letter = input::required("/letter", &input.letter)?;
            Ok(Command::NotifyExtension {
                letter: desk.text(TextKind::Letter, &letter)?,
                sent_on: input.sent_on.unwrap_or(desk.today),
            })
        })
        .await
    }
}
