//! Applications that the pages set aside because a program seems to have sent them, for the clerks who look at them.

use actix_web::HttpRequest;

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::in_path;
use super::officer::Staff;
use crate::ids::DraftId;
use crate::office::drafts::held::{Discarding, HeldApplication, Release};
use crate::office::views::CaseView;

/// List what was set aside
///
/// At the agencies of which the reader is clerk, the oldest first; each with what was entered, and the day on which it
/// counts as received.
#[utoipa::path(get, path = "/api/v1/held-applications", tag = "registration",
    responses((status = 200, description = "The applications", body = Vec<HeldApplication>)))]
pub async fn list(staff: Staff<()>) -> Answer {
    answer::ok(staff.office.held_applications(&staff.officer).await?)
}

/// Take one in
///
/// It becomes a case that came on line on the day it was set aside, with a note that says so. Whoever has the draft code
/// gets the receipt with it.
#[utoipa::path(post, path = "/api/v1/held-applications/{id}/release", tag = "registration", request_body = Release,
    params(("id" = uuid::Uuid, Path, description = "The application's id, from the list")),
    responses((status = 201, description = "The case", body = CaseView)))]
pub async fn release(staff: Staff<Checked<Release>>, request: HttpRequest) -> Answer {
    let id: DraftId = in_path(&request, "id")?;
    let case = staff.office.release_held(&staff.officer, id).await?;
    answer::created(&format!("/api/v1/cases/{}", case.id), case)
}

/// Discard one
///
/// What it said is deleted; that it was discarded, by whom and why is kept.
#[utoipa::path(post, path = "/api/v1/held-applications/{id}/discard", tag = "registration", request_body = Discarding,
    params(("id" = uuid::Uuid, Path, description = "The application's id, from the list")),
    responses((status = 204, description = "Discarded")))]
pub async fn discard(staff: Staff<Checked<Discarding>>, request: HttpRequest) -> Answer {
    let id: DraftId = in_path(&request, "id")?;
    staff.office.discard_held(&staff.officer, id, staff.input.value).await?;
    answer::nothing()
}
