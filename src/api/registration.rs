//! Receipt confirmed, entered in the register.

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::CaseAct;
use super::documented::{CaseAnswer, CaseInPath, IfMatch};
use crate::office::registration::{Confirmation, Registration};

/// Confirm receipt
///
/// The day both sides confirm becomes the legal date of receipt (art. 31); the reply clock runs from it.
#[utoipa::path(post, path = "/api/v1/cases/{id}/confirmation", tag = "registration",
    params(CaseInPath, IfMatch), request_body = Confirmation, responses(CaseAnswer))]
pub async fn confirm(act: CaseAct<Checked<Confirmation>>) -> Answer {
    answer::case(&act.office.confirm(&act.officer, act.case, act.expected, act.input.value).await?)
}

/// Register
///
/// Gives the case the next number of its agency and year. The clock runs since the date of receipt, registered or not.
#[utoipa::path(post, path = "/api/v1/cases/{id}/registration", tag = "registration",
    params(CaseInPath, IfMatch), request_body = Registration, responses(CaseAnswer))]
pub async fn register(act: CaseAct<Checked<Registration>>) -> Answer {
    answer::case(&act.office.register(&act.officer, act.case, act.expected, act.input.value).await?)
}
