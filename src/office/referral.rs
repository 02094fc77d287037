//! Pointing an application to the right agency (arts 36 item 5, 41) and following it until that agency confirms; and
//! proposing for publication what several ask for (art. 44).

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::failure::Failure;
use super::input::Reader;
use super::published::{self, ToPublish};
use super::sealing::TextKind;
use super::views::CaseView;
use super::{Office, Officer, input};
use crate::case::{Act, Command};
use crate::ids::CaseId;

/// It is referred.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReferralInput {
    /// Name and contact of the other agency.
    #[schema(min_length = 1, max_length = 500)]
    pub to: String,
    /// The letter.
    #[schema(min_length = 1, max_length = 20000)]
    pub letter: String,
    /// The day it went; today if missing.
    pub on: Option<NaiveDate>,
}

/// The other agency confirmed it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReferralConfirmation {
    /// Which referral, by its `seq`; the earliest that waits if missing.
    pub referral: Option<u32>,
    /// How, and by whom.
    #[schema(min_length = 1, max_length = 2000)]
    pub evidence: String,
    /// The day; today if missing.
    pub on: Option<NaiveDate>,
}

/// What several ask for is proposed for publication.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublicationProposal {
    /// Why it qualifies.
    #[schema(min_length = 1, max_length = 5000)]
    pub reason: String,
    /// Equal requests known: the likeness list counts them.
    #[schema(minimum = 1, maximum = 100_000)]
    pub equal_requests: u32,
}

/// It was published.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublicationRecord {
    /// Where it can be found.
    #[schema(min_length = 1, max_length = 2000)]
    pub place: String,
    /// The day; today if missing.
    pub on: Option<NaiveDate>,
    /// What it is, for the public list of published answers: nothing of who asked. Without it the answer is not listed.
    #[schema(max_length = 200)]
    pub title: Option<String>,
    /// In some words, for the same.
    #[schema(max_length = 2000)]
    pub summary: Option<String>,
}

impl Office {
    /// Refers a case.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn refer(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: ReferralInput,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::Refer, case, expected, move |desk| {
            let mut reader = Reader::new();
            let to = reader.text("/to", &input.to);
            let letter = reader.text("/letter", &input.letter);
            let (to, letter) = reader.finish((to, letter))?;
            Ok(Command::Refer {
                to: desk.text(TextKind::Reason, &to)?,
                letter: desk.text(TextKind::Letter, &letter)?,
                on: input.on.unwrap_or(desk.today),
            })
        })
        .await
    }

    /// Records that the other agency confirmed it.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn confirm_referral(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: ReferralConfirmation,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::ConfirmReferral, case, expected, move |desk| {
            let evidence = input::required("/evidence", &input.evidence)?;
            Ok(Command::ConfirmReferral {
                referral: input.referral,
                evidence: desk.text(TextKind::Evidence, &evidence)?,
                on: input.on.unwrap_or(desk.today),
            })
        })
        .await
    }

    /// Proposes publication.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn propose_publication(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: PublicationProposal,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::ProposePublication, case, expected, move |desk| {
            let reason = input::required("/reason", &input.reason)?;
            Ok(Command::ProposePublication {
                reason: desk.text(TextKind::Reason, &reason)?,
                equal_requests: input.equal_requests,
            })
        })
        .await
    }

    /// Records publication.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn record_publication(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: PublicationRecord,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::RecordPublication, case, expected, move |desk| {
            let place = input::required("/place", &input.place)?;
            let on = input.on.unwrap_or(desk.today);
            let mut reader = Reader::new();
            let (title, summary) = (reader.optional(input.title.as_deref()), reader.optional(input.summary.as_deref()));
            reader.finish(())?;
            if let Some(title) = title {
                desk.is_open(Act::RecordPublication)?;
                let summary = summary.unwrap_or_default();
                published::put_on(desk, &ToPublish { title, summary, place: place.clone(), on })?;
            }
            Ok(Command::RecordPublication { place: desk.text(TextKind::Evidence, &place)?, on })
        })
        .await
    }
}
