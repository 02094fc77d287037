//! Corrections (art. 30): asked for once, delivered, answered; what follows silence.

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::CaseAct;
use super::documented::{CaseAnswer, CaseInPath, IfMatch};
use crate::office::correction::{CorrectionAnswer, CorrectionRequest, Delivery, LapseFinding, Reopening};

/// Ask for a correction
///
/// Once only, within seven working days of receipt; the reply period is counted anew from the day the correction comes.
#[utoipa::path(post, path = "/api/v1/cases/{id}/correction-requests", tag = "correction",
    params(CaseInPath, IfMatch), request_body = CorrectionRequest, responses(CaseAnswer))]
pub async fn request(act: CaseAct<Checked<CorrectionRequest>>) -> Answer {
    answer::case(&act.office.request_correction(&act.officer, act.case, act.expected, act.input.value).await?)
}

/// Record delivery of the correction notice
///
/// The applicant's window runs from that day.
#[utoipa::path(post, path = "/api/v1/cases/{id}/correction-requests/delivery", tag = "correction",
    params(CaseInPath, IfMatch), request_body = Delivery, responses(CaseAnswer))]
pub async fn delivered(act: CaseAct<Checked<Delivery>>) -> Answer {
    answer::case(&act.office.correction_delivered(&act.officer, act.case, act.expected, act.input.value).await?)
}

/// Take in a correction
///
/// One that came on paper or by mail; online the applicant sends it.
#[utoipa::path(post, path = "/api/v1/cases/{id}/corrections", tag = "correction",
    params(CaseInPath, IfMatch), request_body = CorrectionAnswer, responses(CaseAnswer))]
pub async fn receive(act: CaseAct<Checked<CorrectionAnswer>>) -> Answer {
    answer::case(&act.office.receive_correction(&act.officer, act.case, act.expected, act.input.value).await?)
}

/// Find the application lapsed
///
/// The window has passed in silence and no good reason for it is found: the application is deemed abandoned.
#[utoipa::path(post, path = "/api/v1/cases/{id}/lapse", tag = "correction",
    params(CaseInPath, IfMatch), request_body = LapseFinding, responses(CaseAnswer))]
pub async fn lapse(act: CaseAct<Checked<LapseFinding>>) -> Answer {
    answer::case(&act.office.lapse(&act.officer, act.case, act.expected, act.input.value).await?)
}

/// Take a lapsed case up again
///
/// Where good reason for the silence is shown later.
#[utoipa::path(post, path = "/api/v1/cases/{id}/reopening", tag = "correction",
    params(CaseInPath, IfMatch), request_body = Reopening, responses(CaseAnswer))]
pub async fn reinstate(act: CaseAct<Checked<Reopening>>) -> Answer {
    answer::case(&act.office.reinstate(&act.officer, act.case, act.expected, act.input.value).await?)
}
