//! What became of agencies: names, successors, and the cases that a successor takes over.

use actix_web::HttpRequest;

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::in_path;
use super::officer::Staff;
use crate::office::agency_history::{AgencyHistoryEntry, AgencyHistoryInput, AgencyHistoryStriking, TakingOver};

/// Show the history of an agency
///
/// Oldest first: what it was called, what became of it, and to whom it succeeded.
#[utoipa::path(get, path = "/api/v1/admin/agencies/{slug}/history", tag = "admin",
    params(("slug" = String, Path, description = "The agency's short name")),
    responses((status = 200, description = "The history", body = Vec<AgencyHistoryEntry>)))]
pub async fn list(staff: Staff<()>, request: HttpRequest) -> Answer {
    let slug: String = in_path(&request, "slug")?;
    answer::ok(staff.office.agency_history(&staff.officer, &slug).await?)
}

/// Record a change of an agency
///
/// Renamed, merged, split or succeeded, from a day on, with the document that orders it. A renaming of a day still to come takes
/// effect on it.
#[utoipa::path(post, path = "/api/v1/admin/agencies/{slug}/history", tag = "admin", request_body = AgencyHistoryInput,
    params(("slug" = String, Path, description = "The agency's short name")),
    responses((status = 200, description = "The history", body = Vec<AgencyHistoryEntry>)))]
pub async fn record(staff: Staff<Checked<AgencyHistoryInput>>, request: HttpRequest) -> Answer {
    let slug: String = in_path(&request, "slug")?;
    answer::ok(staff.office.record_agency_history(&staff.officer, &slug, staff.input.value).await?)
}

/// Strike an entry of the history
///
/// One that was recorded by mistake. It stays in the list, with the reason.
#[utoipa::path(post, path = "/api/v1/admin/agencies/{slug}/history/{id}/striking", tag = "admin",
    request_body = AgencyHistoryStriking,
    params(("slug" = String, Path, description = "The agency's short name"),
        ("id" = uuid::Uuid, Path, description = "The entry's id")),
    responses((status = 200, description = "The history", body = Vec<AgencyHistoryEntry>)))]
pub async fn strike(staff: Staff<Checked<AgencyHistoryStriking>>, request: HttpRequest) -> Answer {
    let Staff { officer, office, input } = staff;
    let slug: String = in_path(&request, "slug")?;
    answer::ok(office.strike_agency_history(&officer, &slug, in_path(&request, "id")?, input.value).await?)
}

/// Have the successor take over the open cases
///
/// One act in each journal; no clock is changed. At most 200 at a time: while `more` is true, ask again.
#[utoipa::path(post, path = "/api/v1/admin/agencies/{slug}/history/{id}/taking-over", tag = "admin",
    params(("slug" = String, Path, description = "The agency's short name"),
        ("id" = uuid::Uuid, Path, description = "The entry that names the successor")),
    responses((status = 200, description = "What became of the cases", body = TakingOver)))]
pub async fn take_over(staff: Staff<()>, request: HttpRequest) -> Answer {
    let slug: String = in_path(&request, "slug")?;
    answer::ok(staff.office.take_over_cases(&staff.officer, &slug, in_path(&request, "id")?).await?)
}
