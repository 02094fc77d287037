//! Consultation of third parties, co-makers and other agencies (arts 32–34).

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::correction::Delivery;
use super::failure::Failure;
use super::input::Reader;
use super::sealing::{Person, TextKind};
use super::views::CaseView;
use super::{Office, Officer, input};
use crate::case::terms::{ConsultedParty, Opinion};
use crate::case::{Act, Command};
use crate::ids::{CaseId, ConsultationId};

/// Somebody is asked for an opinion.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsultationRequest {
    /// Whom one asks: `third_party`, `co_maker` or `other_agency`.
    #[schema(value_type = String, example = "third_party")]
    pub party: ConsultedParty,
    /// Their name.
    #[schema(min_length = 1, max_length = 200)]
    pub addressee: String,
    /// Their postal address.
    #[schema(max_length = 500)]
    pub address: Option<String>,
    /// Their e-mail: they are told by mail too that a letter is on its way.
    #[schema(max_length = 200)]
    pub email: Option<String>,
    /// The letter: what is asked for, and what their silence means.
    #[schema(min_length = 1, max_length = 20000)]
    pub letter: String,
    /// The day it was sent; today if missing.
    pub issued_on: Option<NaiveDate>,
    /// Working days for another agency, at most the office's setting. A third party and a co-maker have fifteen by law.
    #[schema(minimum = 1, maximum = 60)]
    pub days: Option<u32>,
}

/// Their opinion came.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpinionAnswer {
    /// What they say: `consents`, `objects` or `undecided`.
    #[schema(value_type = String, example = "objects")]
    pub opinion: Opinion,
    /// Their words.
    #[schema(min_length = 1, max_length = 20000)]
    pub text: String,
    /// The day it came; today if missing.
    pub on: Option<NaiveDate>,
}

impl Office {
    /// Issues a letter of consultation; the reply clock stops.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn consult(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: ConsultationRequest,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::Consult, case, expected, move |desk| {
            let mut reader = Reader::new();
            let name = reader.text("/addressee", &input.addressee);
            let address = reader.optional(input.address.as_deref());
            let email = reader.email("/email", input.email.as_deref());
            let letter = reader.text("/letter", &input.letter);
            let person = reader.finish(Person { name, email, address, ..Person::default() })?;
            Ok(Command::Consult {
                consultation: ConsultationId::new(desk.now, &mut desk.shared.randomness.clone()),
                party: input.party,
                addressee: desk.person(input.party.as_str(), &person)?,
                letter: desk.text(TextKind::Letter, &letter)?,
                issued_on: input.issued_on.unwrap_or(desk.today),
                days: input.days,
            })
        })
        .await
    }

    /// Records the day they received the letter; their window runs from it.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn consultation_delivered(
        &self,
        officer: &Officer,
        case: CaseId,
        consultation: ConsultationId,
        expected: u32,
        input: Delivery,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::RecordConsultationDelivery, case, expected, move |desk| {
            Ok(Command::RecordConsultationDelivery { consultation, on: input.on.unwrap_or(desk.today) })
        })
        .await
    }

    /// Takes in their opinion; the clock runs on.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn receive_opinion(
        &self,
        officer: &Officer,
        case: CaseId,
        consultation: ConsultationId,
        expected: u32,
        input: OpinionAnswer,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::ReceiveOpinion, case, expected, move |desk| {
            let text = input::required("/text", &input.text)?;
            Ok(Command::ReceiveOpinion {
                consultation,
                opinion: input.opinion,
                text: desk.text(TextKind::Opinion, &text)?,
                on: input.on.unwrap_or(desk.today),
            })
        })
        .await
    }
}
