//! Whole identity numbers, for a reason that is written down.

use actix_web::HttpRequest;

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::in_path;
use super::documented::CaseInPath;
use super::officer::Staff;
use crate::office::identity_view::{IdentityQuestion, IdentityView};

/// See the identity numbers
///
/// Of everybody in the case, whole, for those who work on it. Who looked, when and why is recorded.
#[utoipa::path(post, path = "/api/v1/cases/{id}/identity-view", tag = "cases", params(CaseInPath),
    request_body = IdentityQuestion,
    responses((status = 200, description = "The people of the case", body = Vec<IdentityView>)))]
pub async fn identity_view(staff: Staff<Checked<IdentityQuestion>>, request: HttpRequest) -> Answer {
    answer::ok(staff.office.identities(&staff.officer, in_path(&request, "id")?, staff.input.value).await?)
}
