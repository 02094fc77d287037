//! The reply on its way through the office: drafted, reviewed, reviewed for secrecy, signed. Each step may send it back.

use actix_web::HttpRequest;

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::{CaseAct, in_path};
use super::documented::{CaseAnswer, CaseInPath, IfMatch};
use super::officer::Staff;
use crate::case::terms::ApprovalStep;
use crate::office::reply::{Approval, ReplyDraft};
use crate::office::versions::DraftVersion;

/// Draft the reply
///
/// Writes it, or writes it anew after it came back; `submit` sends it to review.
#[utoipa::path(post, path = "/api/v1/cases/{id}/draft", tag = "reply",
    params(CaseInPath, IfMatch), request_body = ReplyDraft, responses(CaseAnswer))]
pub async fn draft(act: CaseAct<Checked<ReplyDraft>>) -> Answer {
    answer::case(&act.office.draft(&act.officer, act.case, act.expected, act.input.value).await?)
}

/// List the versions of the draft
///
/// Oldest first, each with what was said when it was sent back, and with what was changed since the one before.
#[utoipa::path(get, path = "/api/v1/cases/{id}/drafts", tag = "reply", params(CaseInPath),
    responses((status = 200, description = "The versions", body = Vec<DraftVersion>)))]
pub async fn versions(staff: Staff<()>, request: HttpRequest) -> Answer {
    answer::ok(staff.office.draft_versions(&staff.officer, in_path(&request, "id")?).await?)
}

/// Review
///
/// By somebody other than its author.
#[utoipa::path(post, path = "/api/v1/cases/{id}/review", tag = "reply",
    params(CaseInPath, IfMatch), request_body = Approval, responses(CaseAnswer))]
pub async fn review(act: CaseAct<Checked<Approval>>) -> Answer {
    approve(act, ApprovalStep::Review).await
}

/// Review for secrecy
///
/// No reply is signed before it (art. 17).
#[utoipa::path(post, path = "/api/v1/cases/{id}/secrecy-review", tag = "reply",
    params(CaseInPath, IfMatch), request_body = Approval, responses(CaseAnswer))]
pub async fn review_secrecy(act: CaseAct<Checked<Approval>>) -> Answer {
    approve(act, ApprovalStep::SecrecyReview).await
}

/// Sign
///
/// The signed reply waits to be served.
#[utoipa::path(post, path = "/api/v1/cases/{id}/signature", tag = "reply",
    params(CaseInPath, IfMatch), request_body = Approval, responses(CaseAnswer))]
pub async fn sign(act: CaseAct<Checked<Approval>>) -> Answer {
    approve(act, ApprovalStep::Signature).await
}

async fn approve(act: CaseAct<Checked<Approval>>, step: ApprovalStep) -> Answer {
    answer::case(&act.office.approve(&act.officer, act.case, act.expected, step, act.input.value).await?)
}
