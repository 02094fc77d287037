//! The application withdrawn on paper or by word; online the applicant does it.

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::CaseAct;
use super::documented::{CaseAnswer, CaseInPath, IfMatch};
use crate::office::withdrawal::Withdrawal;

/// Record a withdrawal
///
/// Closes the case.
#[utoipa::path(post, path = "/api/v1/cases/{id}/withdrawal", tag = "cases",
    params(CaseInPath, IfMatch), request_body = Withdrawal, responses(CaseAnswer))]
pub async fn withdraw(act: CaseAct<Checked<Withdrawal>>) -> Answer {
    answer::case(&act.office.withdraw(&act.officer, act.case, act.expected, act.input.value).await?)
}
