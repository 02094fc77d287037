//! The extension (art. 33): asked for, decided by the head of the office, in effect once the applicant is told.

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::CaseAct;
use super::documented::{CaseAnswer, CaseInPath, IfMatch};
use crate::office::extension::{ExtensionDecision, ExtensionNotice, ExtensionRequest};

/// Ask for an extension
///
/// Once, and for twenty working days at most.
#[utoipa::path(post, path = "/api/v1/cases/{id}/extension-request", tag = "extension",
    params(CaseInPath, IfMatch), request_body = ExtensionRequest, responses(CaseAnswer))]
pub async fn request(act: CaseAct<Checked<ExtensionRequest>>) -> Answer {
    answer::case(&act.office.request_extension(&act.officer, act.case, act.expected, act.input.value).await?)
}

/// Decide the extension
///
/// By the head of the disclosure office.
#[utoipa::path(post, path = "/api/v1/cases/{id}/extension-decision", tag = "extension",
    params(CaseInPath, IfMatch), request_body = ExtensionDecision, responses(CaseAnswer))]
pub async fn decide(act: CaseAct<Checked<ExtensionDecision>>) -> Answer {
    answer::case(&act.office.decide_extension(&act.officer, act.case, act.expected, act.input.value).await?)
}

/// Record the notice of extension
///
/// The extension takes effect when the notice is sent, if that is within the running period.
#[utoipa::path(post, path = "/api/v1/cases/{id}/extension-notice", tag = "extension",
    params(CaseInPath, IfMatch), request_body = ExtensionNotice, responses(CaseAnswer))]
pub async fn notify(act: CaseAct<Checked<ExtensionNotice>>) -> Answer {
    answer::case(&act.office.notify_extension(&act.officer, act.case, act.expected, act.input.value).await?)
}
