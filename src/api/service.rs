//! Service of the signed reply, and its proof.

use actix_web::HttpRequest;

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::{CaseAct, in_path};
use super::documented::{CaseAnswer, CaseInPath, IfMatch};
use super::officer::Staff;
use crate::office::delivery::{DeliveryInput, DeliveryView};
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

/// Show the register of service
///
/// Each letter that was sent or handed over: the way, the number of the postal item, when it was posted and when received, and
/// what proves it.
#[utoipa::path(get, path = "/api/v1/cases/{id}/deliveries", tag = "service", params(CaseInPath),
    responses((status = 200, description = "The register", body = Vec<DeliveryView>)))]
pub async fn deliveries(staff: Staff<()>, request: HttpRequest) -> Answer {
    answer::ok(staff.office.deliveries(&staff.officer, in_path(&request, "id")?).await?)
}

/// Record a delivery
///
/// A line of the register. The day the reply was received starts the applicant's time for review.
#[utoipa::path(post, path = "/api/v1/cases/{id}/deliveries", tag = "service",
    params(CaseInPath, IfMatch), request_body = DeliveryInput, responses(CaseAnswer))]
pub async fn deliver(act: CaseAct<Checked<DeliveryInput>>) -> Answer {
    answer::case(&act.office.record_delivery(&act.officer, act.case, act.expected, act.input.value).await?)
}
