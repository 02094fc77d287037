//! The reply on its way through the office: drafted, reviewed, reviewed for legality and secrecy, signed. Each step may send
//! it back.

use actix_web::HttpRequest;

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::{CaseAct, in_path};
use super::documented::{CaseAnswer, CaseInPath, IfMatch};
use super::officer::Staff;
use crate::case::terms::ApprovalStep;
use crate::office::reply::{Approval, CheckAnswer, Recalling, ReplyDraft};
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

/// Review for legality
///
/// Where the way of approval asks for it: for sensitive cases, or as the office has laid down.
#[utoipa::path(post, path = "/api/v1/cases/{id}/legal-review", tag = "reply",
    params(CaseInPath, IfMatch), request_body = Approval, responses(CaseAnswer))]
pub async fn review_legality(act: CaseAct<Checked<Approval>>) -> Answer {
    approve(act, ApprovalStep::LegalReview).await
}

/// Review for secrecy
///
/// Nothing is disclosed before it (art. 17). One that passes leaves its record: `secrecy`.
#[utoipa::path(post, path = "/api/v1/cases/{id}/secrecy-review", tag = "reply",
    params(CaseInPath, IfMatch), request_body = Approval, responses(CaseAnswer))]
pub async fn review_secrecy(act: CaseAct<Checked<Approval>>) -> Answer {
    approve(act, ApprovalStep::SecrecyReview).await
}

/// Answer a check
///
/// Says why the reply may go out although a check of the legality gate is amber. No reason helps a red one.
#[utoipa::path(post, path = "/api/v1/cases/{id}/check-answers", tag = "reply",
    params(CaseInPath, IfMatch), request_body = CheckAnswer, responses(CaseAnswer))]
pub async fn answer_check(act: CaseAct<Checked<CheckAnswer>>) -> Answer {
    answer::case(&act.office.answer_check(&act.officer, act.case, act.expected, act.input.value).await?)
}

/// Recall
///
/// Takes a signed reply back to the desk before it is served.
#[utoipa::path(post, path = "/api/v1/cases/{id}/recall", tag = "reply",
    params(CaseInPath, IfMatch), request_body = Recalling, responses(CaseAnswer))]
pub async fn recall(act: CaseAct<Checked<Recalling>>) -> Answer {
    answer::case(&act.office.recall(&act.officer, act.case, act.expected, act.input.value).await?)
}

/// Sign
///
/// After the legality gate. The signature stands over the whole text of the reply, which then waits to be served.
#[utoipa::path(post, path = "/api/v1/cases/{id}/signature", tag = "reply",
    params(CaseInPath, IfMatch), request_body = Approval, responses(CaseAnswer))]
pub async fn sign(act: CaseAct<Checked<Approval>>) -> Answer {
    approve(act, ApprovalStep::Signature).await
}

async fn approve(act: CaseAct<Checked<Approval>>, step: ApprovalStep) -> Answer {
    answer::case(&act.office.approve(&act.officer, act.case, act.expected, step, act.input.value).await?)
}
