//! Correction (art. 30): asked for, delivered, received; the lapse that an officer finds, and the way back from it.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::failure::Failure;
use super::input::{self, Reader};
use super::sealing::TextKind;
use super::views::CaseView;
use super::{Office, Officer};
use crate::case::{Act, Command};
use crate::ids::CaseId;

/// A correction is asked for.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectionRequest {
    /// What is to be corrected, all of it, and what follows if it is not.
    #[schema(min_length = 1, max_length = 20000)]
    pub letter: String,
    /// The day the notice was sent; today if missing.
    pub sent_on: Option<NaiveDate>,
    /// Working days given; the agency's usual if missing.
    #[schema(minimum = 1, maximum = 60)]
    pub window_days: Option<u32>,
}

/// A letter reached its addressee.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Delivery {
    /// The day they received it; today if missing.
    pub on: Option<NaiveDate>,
}

/// The correction came.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectionAnswer {
    /// Its words.
    #[schema(min_length = 1, max_length = 20000)]
    pub text: String,
    /// The day it came; today if missing.
    pub on: Option<NaiveDate>,
}

/// No good reason is found.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LapseFinding {
    /// What was found, and from what.
    #[schema(min_length = 1, max_length = 5000)]
    pub finding: String,
    /// The letter that tells the applicant: what was asked, by when, and what may be done against this.
    #[schema(min_length = 1, max_length = 20000)]
    pub letter: String,
}

/// Good reason is shown.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reopening {
    /// The reason.
    #[schema(min_length = 1, max_length = 5000)]
    pub reason: String,
}

impl Office {
    /// Asks for a correction.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn request_correction(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: CorrectionRequest,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::RequestCorrection, case, expected, move |desk| {
            let letter = input::required("/letter", &input.letter)?;
            Ok(Command::RequestCorrection {
                letter: desk.text(TextKind::Letter, &letter)?,
                sent_on: input.sent_on.unwrap_or(desk.today),
                window_days: input.window_days,
            })
        })
        .await
    }

    /// Records the day the notice was received.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn correction_delivered(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: Delivery,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::RecordCorrectionDelivery, case, expected, move |desk| {
            Ok(Command::RecordCorrectionDelivery { on: input.on.unwrap_or(desk.today) })
        })
        .await
    }

    /// Takes in a correction that came on paper or by mail.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn receive_correction(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: CorrectionAnswer,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::ReceiveCorrection, case, expected, move |desk| {
            let text = input::required("/text", &input.text)?;
            Ok(Command::ReceiveCorrection {
                text: desk.text(TextKind::Correction, &text)?,
                on: input.on.unwrap_or(desk.today),
            })
        })
        .await
    }

    /// Finds that there is no good reason: the application is deemed abandoned.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn lapse(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: LapseFinding,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::Lapse, case, expected, move |desk| {
            let mut reader = Reader::new();
            let finding = reader.text("/finding", &input.finding);
            let letter = reader.text("/letter", &input.letter);
            let (finding, letter) = reader.finish((finding, letter))?;
            Ok(Command::Lapse {
                finding: desk.text(TextKind::Reason, &finding)?,
                letter: desk.text(TextKind::Letter, &letter)?,
            })
        })
        .await
    }

    /// Takes a lapsed case up again.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn reinstate(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: Reopening,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::Reinstate, case, expected, move |desk| {
            let reason = input::required("/reason", &input.reason)?;
            Ok(Command::Reinstate { reason: desk.text(TextKind::Reason, &reason)? })
        })
        .await
    }
}
