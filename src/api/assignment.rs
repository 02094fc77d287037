//! Who handles a case: given, taken up, handed back.

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::CaseAct;
use super::documented::{CaseAnswer, CaseInPath, IfMatch};
use crate::office::assignment::{Assignment, Claim, HandBack};

/// Assign
///
/// To a handler, or without one to be claimed.
#[utoipa::path(post, path = "/api/v1/cases/{id}/assignment", tag = "assignment",
    params(CaseInPath, IfMatch), request_body = Assignment, responses(CaseAnswer))]
pub async fn assign(act: CaseAct<Checked<Assignment>>) -> Answer {
    answer::case(&act.office.assign(&act.officer, act.case, act.expected, act.input.value).await?)
}

/// Claim
///
/// The one who claims is the handler from now on.
#[utoipa::path(post, path = "/api/v1/cases/{id}/claim", tag = "assignment",
    params(CaseInPath, IfMatch), request_body = Claim, responses(CaseAnswer))]
pub async fn claim(act: CaseAct<Checked<Claim>>) -> Answer {
    answer::case(&act.office.claim(&act.officer, act.case, act.expected, act.input.value).await?)
}

/// Hand back
///
/// Unhandled, with the reason; the case waits to be assigned again.
#[utoipa::path(post, path = "/api/v1/cases/{id}/return", tag = "assignment",
    params(CaseInPath, IfMatch), request_body = HandBack, responses(CaseAnswer))]
pub async fn hand_back(act: CaseAct<Checked<HandBack>>) -> Answer {
    answer::case(&act.office.hand_back(&act.officer, act.case, act.expected, act.input.value).await?)
}
