//! What is recorded of an application beside its way: contacts, the first look, particulars, links.

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::CaseAct;
use super::documented::{CaseAnswer, CaseInPath, IfMatch};
use crate::office::particulars::{ContactAttempt, Examination, LinkInput, ParticularsCorrection, SensitivityMark};

/// Log a contact attempt
///
/// Ordinary and misaddressed post: until the applicant is reached and receipt confirmed (art. 31).
#[utoipa::path(post, path = "/api/v1/cases/{id}/contacts", tag = "registration",
    params(CaseInPath, IfMatch), request_body = ContactAttempt, responses(CaseAnswer))]
pub async fn contact(act: CaseAct<Checked<ContactAttempt>>) -> Answer {
    answer::case(&act.office.record_contact(&act.officer, act.case, act.expected, act.input.value).await?)
}

/// Record the first look
///
/// The seven questions of the formal examination.
#[utoipa::path(post, path = "/api/v1/cases/{id}/examination", tag = "registration",
    params(CaseInPath, IfMatch), request_body = Examination, responses(CaseAnswer))]
pub async fn examine(act: CaseAct<Checked<Examination>>) -> Answer {
    answer::case(&act.office.examine(&act.officer, act.case, act.expected, act.input.value).await?)
}

/// Correct the particulars
///
/// The class of the applicant, who asks, form and route; with a trace.
#[utoipa::path(post, path = "/api/v1/cases/{id}/particulars", tag = "registration",
    params(CaseInPath, IfMatch), request_body = ParticularsCorrection, responses(CaseAnswer))]
pub async fn correct(act: CaseAct<Checked<ParticularsCorrection>>) -> Answer {
    answer::case(&act.office.correct_particulars(&act.officer, act.case, act.expected, act.input.value).await?)
}

/// Mark as sensitive
///
/// Or no longer. Sensitive cases take another way through approval.
#[utoipa::path(post, path = "/api/v1/cases/{id}/sensitivity", tag = "registration",
    params(CaseInPath, IfMatch), request_body = SensitivityMark, responses(CaseAnswer))]
pub async fn mark(act: CaseAct<Checked<SensitivityMark>>) -> Answer {
    answer::case(&act.office.mark_sensitive(&act.officer, act.case, act.expected, act.input.value).await?)
}

/// Link to another case
///
/// Duplicate, follow-up, same facts; seen from both sides.
#[utoipa::path(post, path = "/api/v1/cases/{id}/links", tag = "registration",
    params(CaseInPath, IfMatch), request_body = LinkInput, responses(CaseAnswer))]
pub async fn link(act: CaseAct<Checked<LinkInput>>) -> Answer {
    answer::case(&act.office.link(&act.officer, act.case, act.expected, act.input.value).await?)
}
