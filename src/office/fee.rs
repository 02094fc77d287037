//! The processing fee (art. 42; 国办函〔2020〕109号): reckoned by the tariff, noticed, paid, waived.

mod places;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::correction::Delivery;
use super::desk::Desk;
use super::failure::Failure;
use super::input::{self, Reader};
use super::likeness::frequency;
use super::permission::{Deed, permit};
use super::sealing::TextKind;
use super::views::CaseView;
use super::{Office, Officer, projection};
use crate::case::event::Fee;
use crate::case::terms::WaiverReason;
use crate::case::{Act, Command};
use crate::ids::CaseId;
use crate::law::fee::{FeeBasis, by_page, price_of_item};

/// A fee notice.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FeeNoticeInput {
    /// By `item` or by `page`; one of the two for an application.
    #[schema(value_type = String, example = "item")]
    pub basis: FeeBasis,
    /// Items that the application holds (1 if missing), or pages of one side of A4.
    #[schema(minimum = 1, maximum = 100_000)]
    pub units: Option<u32>,
    /// The notice: basis, standard, amount, how and by when to pay, and what follows if it is not paid.
    #[schema(min_length = 1, max_length = 20000)]
    pub letter: String,
    /// The day it was sent; today if missing.
    pub sent_on: Option<NaiveDate>,
}

/// The fee was paid, or is said to be.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Payment {
    /// The day it was paid; today if missing.
    pub on: Option<NaiveDate>,
    /// What shows it: number of the fiscal receipt, reference of the transfer.
    #[schema(min_length = 1, max_length = 2000)]
    pub evidence: String,
}

/// A waiver is asked for.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WaiverRequest {
    /// Why: `hardship`, `own_affairs`, `public_interest`, `agency_caused` or `other`.
    #[schema(value_type = String, example = "hardship")]
    pub reason: WaiverReason,
    /// In words.
    #[schema(min_length = 1, max_length = 5000)]
    pub text: String,
}

/// The head of the office has decided.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WaiverDecision {
    /// Whether it is waived.
    pub granted: bool,
    /// Why, or why not.
    #[schema(max_length = 5000)]
    pub reason: Option<String>,
}

/// What to reckon with.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct FeeQuestion {
    /// Items that the application holds; 1 if missing.
    #[param(minimum = 1, maximum = 1000)]
    pub items: Option<u32>,
    /// Pages of one side of A4 that would be copied.
    #[param(minimum = 1, maximum = 100_000)]
    pub pages: Option<u32>,
}

/// What an application would cost, item by item; nothing is charged by asking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FeeEstimate {
    /// The first day of the month in which the items count.
    pub month: NaiveDate,
    /// Applications of this applicant that came before this one in that month.
    pub before: u32,
    /// The places that its items would have.
    pub places: Vec<PricedPlace>,
    /// All of them, in whole yuan.
    pub by_item: u64,
    /// The pages, in whole yuan, where pages were asked for.
    pub by_page: Option<u64>,
}

/// One item's place and price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PricedPlace {
    /// The place in the month, from 1.
    pub place: u32,
    /// Whole yuan.
    pub yuan: u64,
}

impl Office {
    /// What the application would cost.
    ///
    /// # Errors
    /// As [`Office::case`]; [`Failure::Invalid`] before the date of receipt is settled.
    pub async fn estimate_fee(
        &self,
        officer: &Officer,
        id: CaseId,
        question: FeeQuestion,
    ) -> Result<FeeEstimate, Failure> {
        let officer = officer.clone();
        self.db()
            .read(move |conn| {
                let (case, _) = projection::load(conn, id)?;
                permit(&officer, Deed::Read, &projection::lineage(conn, case.agency())?)?;
                let month = frequency::place_in_month(conn, &case)?;
                let places = places::free(conn, &case, &month, question.items.unwrap_or(1))?;
                let places: Vec<_> =
                    places.into_iter().map(|place| PricedPlace { place, yuan: price_of_item(place) }).collect();
                Ok(FeeEstimate {
                    month: month.month,
                    before: month.before,
                    by_item: places.iter().map(|place| place.yuan).sum(),
                    places,
                    by_page: question.pages.map(by_page),
                })
            })
            .await
    }

    /// Sends a fee notice. The amount is reckoned by the tariff; the places its items have in the month are taken in the same
    /// transaction.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn notify_fee(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: FeeNoticeInput,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::NotifyFee, case, expected, move |desk| {
            let mut reader = Reader::new();
            let letter = reader.text("/letter", &input.letter);
            if input.basis == FeeBasis::Page && input.units.is_none() {
                reader.wrong("/units", "按量计收的，请填写页数。", "For a charge by page, give the number of pages.");
            }
            let letter = reader.finish(letter)?;
            Ok(Command::NotifyFee {
                fee: charged(desk, &input)?,
                letter: desk.text(TextKind::Letter, &letter)?,
                sent_on: input.sent_on.unwrap_or(desk.today),
            })
        })
        .await
    }

    /// Records the day the notice was received.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn fee_delivered(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: Delivery,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::RecordFeeDelivery, case, expected, move |desk| {
            Ok(Command::RecordFeeDelivery { on: input.on.unwrap_or(desk.today) })
        })
        .await
    }

    /// Records the payment; the reply period starts afresh.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn record_payment(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: Payment,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::RecordPayment, case, expected, move |desk| {
            let evidence = input::required("/evidence", &input.evidence)?;
            Ok(Command::RecordPayment {
                on: input.on.unwrap_or(desk.today),
                evidence: desk.text(TextKind::Evidence, &evidence)?,
            })
        })
        .await
    }

    /// Asks for a waiver.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn request_waiver(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: WaiverRequest,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::RequestWaiver, case, expected, move |desk| {
            let text = input::required("/text", &input.text)?;
            Ok(Command::RequestWaiver { reason: input.reason, text: desk.text(TextKind::Reason, &text)? })
        })
        .await
    }

    /// Decides on it.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn decide_waiver(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: WaiverDecision,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::DecideWaiver, case, expected, move |desk| {
            Ok(Command::DecideWaiver {
                granted: input.granted,
                reason: desk.optional_text(TextKind::Reason, input.reason.as_deref())?,
            })
        })
        .await
    }
}

/// The finding behind a notice. The amount is for `decide` to reckon.
fn charged(desk: &mut Desk<'_>, input: &FeeNoticeInput) -> Result<Fee, Failure> {
    let units = input.units.unwrap_or(1);
    if input.basis == FeeBasis::Page {
        return Ok(Fee { basis: input.basis, units, month: None, places: Vec::new(), amount: 0 });
    }
    let month = frequency::place_in_month(desk.conn, &desk.case)?;
    let places = places::take(desk.conn, &desk.case, &month, units)?;
    Ok(Fee { basis: input.basis, units, month: Some(month.month), places, amount: 0 })
}
