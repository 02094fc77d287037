//! The processing fee (art. 42): reckoned, noticed, paid, waived.

use actix_web::HttpRequest;

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::{CaseAct, in_path};
use super::documented::{CaseAnswer, CaseInPath, IfMatch};
use super::officer::Staff;
use super::query::CheckedQuery;
use crate::office::correction::Delivery;
use crate::office::fee::{FeeEstimate, FeeNoticeInput, FeeQuestion, Payment, WaiverDecision, WaiverRequest};

/// Reckon the fee
///
/// By the tariff of 国办函〔2020〕109号: the places its items would have in the applicant's month, and what pages would cost.
/// Nothing is charged by asking.
#[utoipa::path(get, path = "/api/v1/cases/{id}/fee", tag = "fee", params(CaseInPath, FeeQuestion),
    responses((status = 200, description = "What it would cost", body = FeeEstimate)))]
pub async fn estimate(staff: Staff<CheckedQuery<FeeQuestion>>, request: HttpRequest) -> Answer {
    let case = in_path(&request, "id")?;
    answer::ok(staff.office.estimate_fee(&staff.officer, case, staff.input.0).await?)
}

/// Send a fee notice
///
/// Once, by item or by page, within the reply period. The amount is reckoned by the tariff.
#[utoipa::path(post, path = "/api/v1/cases/{id}/fee-notices", tag = "fee",
    params(CaseInPath, IfMatch), request_body = FeeNoticeInput, responses(CaseAnswer))]
pub async fn notify(act: CaseAct<Checked<FeeNoticeInput>>) -> Answer {
    answer::case(&act.office.notify_fee(&act.officer, act.case, act.expected, act.input.value).await?)
}

/// Record delivery of the fee notice
///
/// The twenty working days to pay run from that day.
#[utoipa::path(post, path = "/api/v1/cases/{id}/fee-notices/delivery", tag = "fee",
    params(CaseInPath, IfMatch), request_body = Delivery, responses(CaseAnswer))]
pub async fn delivered(act: CaseAct<Checked<Delivery>>) -> Answer {
    answer::case(&act.office.fee_delivered(&act.officer, act.case, act.expected, act.input.value).await?)
}

/// Record the payment
///
/// The reply period starts afresh.
#[utoipa::path(post, path = "/api/v1/cases/{id}/payments", tag = "fee",
    params(CaseInPath, IfMatch), request_body = Payment, responses(CaseAnswer))]
pub async fn pay(act: CaseAct<Checked<Payment>>) -> Answer {
    answer::case(&act.office.record_payment(&act.officer, act.case, act.expected, act.input.value).await?)
}

/// Ask for a waiver
///
/// With a coded reason.
#[utoipa::path(post, path = "/api/v1/cases/{id}/waiver-request", tag = "fee",
    params(CaseInPath, IfMatch), request_body = WaiverRequest, responses(CaseAnswer))]
pub async fn request_waiver(act: CaseAct<Checked<WaiverRequest>>) -> Answer {
    answer::case(&act.office.request_waiver(&act.officer, act.case, act.expected, act.input.value).await?)
}

/// Decide the waiver
///
/// By the head of the office.
#[utoipa::path(post, path = "/api/v1/cases/{id}/waiver-decision", tag = "fee",
    params(CaseInPath, IfMatch), request_body = WaiverDecision, responses(CaseAnswer))]
pub async fn decide_waiver(act: CaseAct<Checked<WaiverDecision>>) -> Answer {
    answer::case(&act.office.decide_waiver(&act.officer, act.case, act.expected, act.input.value).await?)
}
