//! Third parties after they have answered or been silent (arts 15, 32): weighed, told; and the applicant told that others
//! are consulted.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::failure::Failure;
use super::input;
use super::sealing::TextKind;
use super::views::CaseView;
use super::{Office, Officer};
use crate::case::{Act, Command};
use crate::ids::{CaseId, ConsultationId};
use crate::law::third_party::ThirdPartyFinding;

/// What the agency makes of the answer or the silence.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Weighing {
    /// `consents`, `objection_reasonable`, `objection_unreasonable`, `public_interest`, `silent_harm` or `silent_no_harm`.
    #[schema(value_type = String, example = "objection_unreasonable")]
    pub finding: ThirdPartyFinding,
    /// Why.
    #[schema(min_length = 1, max_length = 5000)]
    pub text: String,
}

/// A letter that was sent.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LetterSent {
    /// Its words.
    #[schema(min_length = 1, max_length = 20000)]
    pub letter: String,
    /// The day it was sent; today if missing.
    pub sent_on: Option<NaiveDate>,
}

impl Office {
    /// Weighs what a third party said.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn weigh_consultation(
        &self,
        officer: &Officer,
        case: CaseId,
        consultation: ConsultationId,
        expected: u32,
        input: Weighing,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::WeighConsultation, case, expected, move |desk| {
            let text = input::required("/text", &input.text)?;
            Ok(Command::WeighConsultation {
                consultation,
                finding: input.finding,
                text: desk.text(TextKind::Reason, &text)?,
            })
        })
        .await
    }

    /// Records that a third party was told what is disclosed all the same, and why.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn tell_third_party(
        &self,
        officer: &Officer,
        case: CaseId,
        consultation: ConsultationId,
        expected: u32,
        input: LetterSent,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::TellThirdParty, case, expected, move |desk| {
            let letter = input::required("/letter", &input.letter)?;
            Ok(Command::TellThirdParty {
                consultation,
                letter: desk.text(TextKind::Letter, &letter)?,
                sent_on: input.sent_on.unwrap_or(desk.today),
            })
        })
        .await
    }

    /// Records that the applicant was told of the consultations so far.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn tell_applicant(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: LetterSent,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::TellApplicant, case, expected, move |desk| {
            let letter = input::required("/letter", &input.letter)?;
            Ok(Command::TellApplicant {
                letter: desk.text(TextKind::Letter, &letter)?,
                sent_on: input.sent_on.unwrap_or(desk.today),
            })
        })
        .await
    }
}
