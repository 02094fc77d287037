//! What was asked for and has been published since.

use actix_web::{HttpRequest, web};

use super::answer::{self, Answer};
use super::case_act::in_path;
use super::documented::CaseInPath;
use super::officer::Staff;
use super::query::CheckedQuery;
use crate::office::Office;
use crate::office::published::{LikeQuery, PublishedPage, PublishedQuery, PublishedView};

/// List published answers
///
/// What was asked for and has been published since, the newest first; `q` looks through titles and summaries.
#[utoipa::path(get, path = "/api/v1/public/published", tag = "public", security(()), params(PublishedQuery),
    responses((status = 200, description = "One page", body = PublishedPage)))]
pub async fn list(office: web::Data<Office>, query: CheckedQuery<PublishedQuery>) -> Answer {
    answer::ok(office.published(query.0).await?)
}

/// Find published answers like a request
///
/// For somebody who is about to ask.
#[utoipa::path(get, path = "/api/v1/public/published/like", tag = "public", security(()), params(LikeQuery),
    responses((status = 200, description = "Those that share most first", body = Vec<PublishedView>)))]
pub async fn like(office: web::Data<Office>, query: CheckedQuery<LikeQuery>) -> Answer {
    answer::ok(office.like_published(&query.0.text).await?)
}

/// Take an answer off the list
///
/// By who records publications. That it was published stays in the journal.
#[utoipa::path(delete, path = "/api/v1/cases/{id}/published-answer", tag = "cases", params(CaseInPath),
    responses((status = 204, description = "It is off the list")))]
pub async fn take_off(staff: Staff<()>, request: HttpRequest) -> Answer {
    staff.office.take_off_published(&staff.officer, in_path(&request, "id")?).await?;
    answer::nothing()
}
