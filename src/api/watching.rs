//! Cases that somebody follows.

use actix_web::HttpRequest;

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::in_path;
use super::documented::CaseInPath;
use super::officer::Staff;
use crate::ids::CaseId;
use crate::office::watching::{Watch, WatcherView};

/// Watch a case
///
/// For whoever may read it. Watching again changes whether one is told.
#[utoipa::path(put, path = "/api/v1/cases/{id}/watch", tag = "watching", params(CaseInPath), request_body = Watch,
    responses((status = 200, description = "How it is watched", body = WatcherView)))]
pub async fn watch(staff: Staff<Checked<Watch>>, request: HttpRequest) -> Answer {
    let case: CaseId = in_path(&request, "id")?;
    answer::ok(staff.office.watch(&staff.officer, case, staff.input.value).await?)
}

/// Watch it no longer
#[utoipa::path(delete, path = "/api/v1/cases/{id}/watch", tag = "watching", params(CaseInPath),
    responses((status = 204, description = "Not watched")))]
pub async fn unwatch(staff: Staff<()>, request: HttpRequest) -> Answer {
    let case: CaseId = in_path(&request, "id")?;
    staff.office.unwatch(&staff.officer, case).await?;
    answer::nothing()
}

/// List who watches a case
#[utoipa::path(get, path = "/api/v1/cases/{id}/watchers", tag = "watching", params(CaseInPath),
    responses((status = 200, description = "The watchers, the longest first", body = Vec<WatcherView>)))]
pub async fn watchers(staff: Staff<()>, request: HttpRequest) -> Answer {
    answer::ok(staff.office.watchers(&staff.officer, in_path(&request, "id")?).await?)
}
