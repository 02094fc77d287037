//! Service of the signed reply, and its proof.

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::CaseAct;
use super::documented::{CaseAnswer, CaseInPath, IfMatch};
use crate::office::service::{Service, ServiceProof};

/// Serve the reply
///
/// Closes the case. The day that counts follows from the way of service.
#[utoipa::path(post, path = "/api/v1/cases/{id}/service", tag = "service",
    params(CaseInPath, IfMatch), request_body = Service, responses(CaseAnswer))]
pub async fn serve(act: CaseAct<Checked<Service>>) -> Answer {
    answer::case(&act.office.serve(&act.officer, act.case, act.expected, act.input.value).await?)
}

/// Record proof of service
///
/// What came after service: the slip of the post, a receipt.
#[utoipa::path(post, path = "/api/v1/cases/{id}/service-proof", tag = "service",
    params(CaseInPath, IfMatch), request_body = ServiceProof, responses(CaseAnswer))]
pub async fn prove(act: CaseAct<Checked<ServiceProof>>) -> Answer {
    answer::case(&act.office.prove_service(&act.officer, act.case, act.expected, act.input.value).await?)
}
