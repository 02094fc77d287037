//! Service (送达): the reply reaches the applicant, and the proof of it (国办公开办函〔2016〕235号).

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::failure::Failure;
use super::input;
use super::reply::whole;
use super::sealing::TextKind;
use super::views::CaseView;
use super::{Office, Officer};
use crate::case::terms::ServiceWay;
use crate::case::{Act, Command};
use crate::ids::CaseId;

/// The reply was served.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// The way: `electronic`, `post`, `in_person`, `entrusted` or `public_notice`.
    #[schema(value_type = String, example = "electronic")]
    pub way: ServiceWay,
    /// The day that counts: posted, signed for, arrived; today if missing.
    pub on: Option<NaiveDate>,
    /// The proof: number of the postal item, who signed. Needed where something was handed over.
    #[schema(max_length = 2000)]
    pub proof: Option<String>,
}

/// Proof of service that came later.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceProof {
    /// The proof.
    #[schema(min_length = 1, max_length = 2000)]
    pub proof: String,
    /// The day it speaks of; today if missing.
    pub on: Option<NaiveDate>,
}

impl Office {
    /// Serves the signed reply and closes the case.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn serve(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: Service,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::Serve, case, expected, move |desk| {
            Ok(Command::Serve {
                way: input.way,
                on: input.on.unwrap_or(desk.today),
                proof: desk.optional_text(TextKind::Evidence, input.proof.as_deref())?,
                text_stands: whole::stands(desk)?,
            })
        })
        .await
    }

    /// Records proof that came after service.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn prove_service(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: ServiceProof,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::RecordServiceProof, case, expected, move |desk| {
            let proof = input::required("/proof", &input.proof)?;
            Ok(Command::RecordServiceProof {
                proof: desk.text(TextKind::Evidence, &proof)?,
                on: input.on.unwrap_or(desk.today),
            })
        })
        .await
    }
}
