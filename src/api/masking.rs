//! Numbers and addresses of people in a draft reply: found, and masked.

use actix_web::HttpRequest;

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::{CaseAct, in_path};
use super::documented::{CaseAnswer, CaseInPath, IfMatch};
use super::officer::Staff;
use crate::office::masking::{DraftFinding, Masking};

/// Look through the draft for numbers and addresses of people
#[utoipa::path(get, path = "/api/v1/cases/{id}/draft/privacy", tag = "reply", params(CaseInPath),
    responses((status = 200, description = "What was found", body = Vec<DraftFinding>)))]
pub async fn look(staff: Staff<()>, request: HttpRequest) -> Answer {
    answer::ok(staff.office.draft_findings(&staff.officer, in_path(&request, "id")?).await?)
}

/// Mask what was found in the draft
///
/// Writes it anew with every finding masked, on the desk.
#[utoipa::path(
    post,
    path = "/api/v1/cases/{id}/draft/masking",
    tag = "reply",
    params(CaseInPath, IfMatch),
    request_body = Masking,
    responses(CaseAnswer)
)]
pub async fn mask(act: CaseAct<Checked<Masking>>) -> Answer {
    answer::case(&act.office.mask_draft(&act.officer, act.case, act.expected).await?)
}
