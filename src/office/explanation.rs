//! Clearly excessive applications (art. 35): reasons asked for, received, decided on; the delayed period told.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::correction::Delivery;
use super::failure::Failure;
use super::input;
use super::likeness::frequency;
use super::sealing::TextKind;
use super::views::CaseView;
use super::{Office, Officer};
use crate::case::{Act, Command};
use crate::ids::CaseId;

/// Reasons are asked for.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExplanationRequest {
    /// The letter: how many applications there are, what is to be explained, and what follows if it is not.
    #[schema(min_length = 1, max_length = 20000)]
    pub letter: String,
    /// The day it was sent; today if missing.
    pub sent_on: Option<NaiveDate>,
    /// Working days given; the agency's usual if missing.
    #[schema(minimum = 1, maximum = 60)]
    pub window_days: Option<u32>,
}

/// The explanation came.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExplanationAnswer {
    /// Its words.
    #[schema(min_length = 1, max_length = 20000)]
    pub text: String,
    /// The day it came; today if missing.
    pub on: Option<NaiveDate>,
}

/// What the agency finds.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExplanationDecision {
    /// Whether the reasons are reasonable. If not, the reply is `not_processed_excessive`.
    pub reasonable: bool,
    /// Why, and from what.
    #[schema(min_length = 1, max_length = 5000)]
    pub finding: String,
    /// For reasonable ones that cannot be answered in time: the delayed reply date. It has effect once the applicant is told.
    pub delayed_until: Option<NaiveDate>,
}

/// The applicant is told of the delayed date.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DelayNotice {
    /// The letter: the new day, and why.
    #[schema(min_length = 1, max_length = 20000)]
    pub letter: String,
    /// The day it was sent; today if missing.
    pub sent_on: Option<NaiveDate>,
}

impl Office {
    /// Asks for reasons. How many applications came from this applicant in the month is looked up and recorded.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn request_explanation(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: ExplanationRequest,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::RequestExplanation, case, expected, move |desk| {
            let letter = input::required("/letter", &input.letter)?;
            Ok(Command::RequestExplanation {
                letter: desk.text(TextKind::Letter, &letter)?,
                sent_on: input.sent_on.unwrap_or(desk.today),
                window_days: input.window_days,
                month_count: frequency::place_in_month(desk.conn, &desk.case)?.count,
            })
        })
        .await
    }

    /// Records the day that letter was received.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn explanation_delivered(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: Delivery,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::RecordExplanationDelivery, case, expected, move |desk| {
            Ok(Command::RecordExplanationDelivery { on: input.on.unwrap_or(desk.today) })
        })
        .await
    }

    /// Takes in an explanation that came on paper or by mail.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn receive_explanation(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: ExplanationAnswer,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::ReceiveExplanation, case, expected, move |desk| {
            let text = input::required("/text", &input.text)?;
            Ok(Command::ReceiveExplanation {
                text: desk.text(TextKind::Correction, &text)?,
                on: input.on.unwrap_or(desk.today),
            })
        })
        .await
    }

    /// Decides whether the reasons are reasonable.
    ///
    /// # Errors
    /// Every [`Failure`]; [`Failure::Invalid`] for a delayed date together with "not reasonable".
    pub async fn decide_explanation(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: ExplanationDecision,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::DecideExplanation, case, expected, move |desk| {
            let mut reader = input::Reader::new();
            let finding = reader.text("/finding", &input.finding);
            if !input.reasonable && input.delayed_until.is_some() {
                reader.wrong(
                    "/delayed_until",
                    "认定理由不合理的，不予处理，不存在延迟答复。",
                    "What is not reasonable is not handled; there is nothing to delay.",
                );
            }
            let finding = reader.finish(finding)?;
            Ok(Command::DecideExplanation {
                reasonable: input.reasonable,
                finding: desk.text(TextKind::Reason, &finding)?,
                delayed_until: input.delayed_until,
            })
        })
        .await
    }

    /// Records that the applicant was told of the delayed date.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn notify_delay(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: DelayNotice,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::NotifyDelay, case, expected, move |desk| {
            let letter = input::required("/letter", &input.letter)?;
            Ok(Command::NotifyDelay {
                letter: desk.text(TextKind::Letter, &letter)?,
                sent_on: input.sent_on.unwrap_or(desk.today),
            })
        })
        .await
    }
}
