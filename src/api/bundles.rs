//! Bundles of evidence: asked for, followed while they are made, and taken out.

use actix_web::HttpRequest;

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::in_path;
use super::documented::{BundleInPath, CaseInPath};
use super::file::streamed;
use super::officer::Staff;
use crate::office::bundles::{BundleRequest, BundleView};

/// List the bundles of a case
#[utoipa::path(get, path = "/api/v1/cases/{id}/bundles", tag = "bundles", params(CaseInPath),
    responses((status = 200, description = "The newest first", body = Vec<BundleView>)))]
pub async fn list(staff: Staff<()>, request: HttpRequest) -> Answer {
    answer::ok(staff.office.bundles(&staff.officer, in_path(&request, "id")?).await?)
}

/// Ask for a bundle of a case
///
/// The whole file in one archive: all papers bound and numbered, the journal, the proof that it lies under a seal. It is made
/// beside: ask again how far it has come. While one of the same kind is on its way, that is the answer. Who asks is written down.
#[utoipa::path(post, path = "/api/v1/cases/{id}/bundles", tag = "bundles", params(CaseInPath), request_body = BundleRequest,
    responses((status = 201, description = "The bundle, which is to be made", body = BundleView)))]
pub async fn ask(staff: Staff<Checked<BundleRequest>>, request: HttpRequest) -> Answer {
    let case = in_path(&request, "id")?;
    let view = staff.office.ask_for_bundle(&staff.officer, case, staff.input.value).await?;
    answer::created(&format!("/api/v1/bundles/{}", view.id), view)
}

/// Show how far a bundle has come
#[utoipa::path(get, path = "/api/v1/bundles/{id}", tag = "bundles", params(BundleInPath),
    responses((status = 200, description = "The bundle", body = BundleView)))]
pub async fn show(staff: Staff<()>, request: HttpRequest) -> Answer {
    answer::ok(staff.office.bundle(&staff.officer, in_path(&request, "id")?).await?)
}

/// Take a bundle out
///
/// An archive (ZIP), sent part by part. Who takes it is written down first.
#[utoipa::path(get, path = "/api/v1/bundles/{id}/file", tag = "bundles", params(BundleInPath),
    responses((status = 200, description = "Its bytes", content_type = "application/zip")))]
pub async fn file(staff: Staff<()>, request: HttpRequest) -> Answer {
    Ok(streamed(staff.office.bundle_file(&staff.officer, in_path(&request, "id")?).await?))
}
