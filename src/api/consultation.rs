//! Consultations: a third party (art. 32), a co-making agency (art. 34), another agency.

use actix_web::HttpRequest;

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::{CaseAct, in_path};
use super::documented::{CaseAnswer, CaseInPath, ConsultationInPath, IfMatch};
use crate::ids::ConsultationId;
use crate::office::consultation::{ConsultationRequest, OpinionAnswer};
use crate::office::correction::Delivery;

/// Consult
///
/// Issues a letter of consultation. The time it takes does not count towards the reply period.
#[utoipa::path(post, path = "/api/v1/cases/{id}/consultations", tag = "consultation",
    params(CaseInPath, IfMatch), request_body = ConsultationRequest, responses(CaseAnswer))]
pub async fn consult(act: CaseAct<Checked<ConsultationRequest>>) -> Answer {
    answer::case(&act.office.consult(&act.officer, act.case, act.expected, act.input.value).await?)
}

/// Record delivery of the letter
///
/// Their window runs from that day.
#[utoipa::path(post, path = "/api/v1/cases/{id}/consultations/{consultation}/delivery", tag = "consultation",
    params(CaseInPath, ConsultationInPath, IfMatch), request_body = Delivery, responses(CaseAnswer))]
pub async fn delivered(act: CaseAct<Checked<Delivery>>, request: HttpRequest) -> Answer {
    let which: ConsultationId = in_path(&request, "consultation")?;
    let CaseAct { office, officer, case, expected, input } = act;
    answer::case(&office.consultation_delivered(&officer, case, which, expected, input.value).await?)
}

/// Take in an opinion
///
/// The reply clock runs on from the day it came, unless somebody else is still being consulted.
#[utoipa::path(post, path = "/api/v1/cases/{id}/consultations/{consultation}/opinion", tag = "consultation",
    params(CaseInPath, ConsultationInPath, IfMatch), request_body = OpinionAnswer, responses(CaseAnswer))]
pub async fn opinion(act: CaseAct<Checked<OpinionAnswer>>, request: HttpRequest) -> Answer {
    let which: ConsultationId = in_path(&request, "consultation")?;
    let CaseAct { office, officer, case, expected, input } = act;
    answer::case(&office.receive_opinion(&officer, case, which, expected, input.value).await?)
}
