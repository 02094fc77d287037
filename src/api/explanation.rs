//! Clearly excessive applications (art. 35): reasons, the finding, a delayed period.

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::CaseAct;
use super::documented::{CaseAnswer, CaseInPath, IfMatch};
use crate::office::correction::Delivery;
use crate::office::explanation::{DelayNotice, ExplanationAnswer, ExplanationDecision, ExplanationRequest};

/// Ask for an explanation
///
/// Once. The reply clock runs on; how many applications came in the month is recorded with it.
#[utoipa::path(post, path = "/api/v1/cases/{id}/explanation-requests", tag = "explanation",
    params(CaseInPath, IfMatch), request_body = ExplanationRequest, responses(CaseAnswer))]
pub async fn request(act: CaseAct<Checked<ExplanationRequest>>) -> Answer {
    answer::case(&act.office.request_explanation(&act.officer, act.case, act.expected, act.input.value).await?)
}

/// Record delivery of that letter
///
/// The window runs from that day.
#[utoipa::path(post, path = "/api/v1/cases/{id}/explanation-requests/delivery", tag = "explanation",
    params(CaseInPath, IfMatch), request_body = Delivery, responses(CaseAnswer))]
pub async fn delivered(act: CaseAct<Checked<Delivery>>) -> Answer {
    answer::case(&act.office.explanation_delivered(&act.officer, act.case, act.expected, act.input.value).await?)
}

/// Take in the explanation
///
/// One that came on paper or by mail.
#[utoipa::path(post, path = "/api/v1/cases/{id}/explanations", tag = "explanation",
    params(CaseInPath, IfMatch), request_body = ExplanationAnswer, responses(CaseAnswer))]
pub async fn receive(act: CaseAct<Checked<ExplanationAnswer>>) -> Answer {
    answer::case(&act.office.receive_explanation(&act.officer, act.case, act.expected, act.input.value).await?)
}

/// Decide on the explanation
///
/// After it has come, or after its window. Not reasonable: the reply is `not_processed_excessive`. Reasonable: a delayed date may be fixed.
#[utoipa::path(post, path = "/api/v1/cases/{id}/explanation-decision", tag = "explanation",
    params(CaseInPath, IfMatch), request_body = ExplanationDecision, responses(CaseAnswer))]
pub async fn decide(act: CaseAct<Checked<ExplanationDecision>>) -> Answer {
    answer::case(&act.office.decide_explanation(&act.officer, act.case, act.expected, act.input.value).await?)
}

/// Notify the delayed period
///
/// It has effect from the day the applicant is told, which must lie within the running period.
#[utoipa::path(post, path = "/api/v1/cases/{id}/delay-notice", tag = "explanation",
    params(CaseInPath, IfMatch), request_body = DelayNotice, responses(CaseAnswer))]
pub async fn notify_delay(act: CaseAct<Checked<DelayNotice>>) -> Answer {
    answer::case(&act.office.notify_delay(&act.officer, act.case, act.expected, act.input.value).await?)
}
