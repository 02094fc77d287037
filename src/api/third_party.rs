//! Third parties after they have answered or been silent (art. 32), and the applicant told.

use actix_web::HttpRequest;

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::{CaseAct, in_path};
use super::documented::{CaseAnswer, CaseInPath, ConsultationInPath, IfMatch};
use crate::ids::ConsultationId;
use crate::office::third_party::{LetterSent, Weighing};

/// Weigh a third party's answer
///
/// Or its silence: what follows from it for the reply.
#[utoipa::path(post, path = "/api/v1/cases/{id}/consultations/{consultation}/finding", tag = "consultation",
    params(CaseInPath, ConsultationInPath, IfMatch), request_body = Weighing, responses(CaseAnswer))]
pub async fn weigh(act: CaseAct<Checked<Weighing>>, request: HttpRequest) -> Answer {
    let which: ConsultationId = in_path(&request, "consultation")?;
    let CaseAct { office, officer, case, expected, input } = act;
    answer::case(&office.weigh_consultation(&officer, case, which, expected, input.value).await?)
}

/// Tell a third party
///
/// What is disclosed although it objects, and why. A waiting period runs from that day.
#[utoipa::path(post, path = "/api/v1/cases/{id}/consultations/{consultation}/override-notice", tag = "consultation",
    params(CaseInPath, ConsultationInPath, IfMatch), request_body = LetterSent, responses(CaseAnswer))]
pub async fn tell_third_party(act: CaseAct<Checked<LetterSent>>, request: HttpRequest) -> Answer {
    let which: ConsultationId = in_path(&request, "consultation")?;
    let CaseAct { office, officer, case, expected, input } = act;
    answer::case(&office.tell_third_party(&officer, case, which, expected, input.value).await?)
}

/// Tell the applicant
///
/// That others are consulted, which stops the clock.
#[utoipa::path(post, path = "/api/v1/cases/{id}/consultation-notice", tag = "consultation",
    params(CaseInPath, IfMatch), request_body = LetterSent, responses(CaseAnswer))]
pub async fn tell_applicant(act: CaseAct<Checked<LetterSent>>) -> Answer {
    answer::case(&act.office.tell_applicant(&act.officer, act.case, act.expected, act.input.value).await?)
}
