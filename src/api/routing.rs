//! To whom applications should go: an office's rules, and what they propose for a case.

use actix_web::HttpRequest;

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::in_path;
use super::documented::CaseInPath;
use super::officer::Staff;
use crate::office::routing::{RouteView, Routing};

/// Propose a handler
///
/// By the office's rules, with the words of the application that speak for it. Nothing is assigned by itself.
#[utoipa::path(get, path = "/api/v1/cases/{id}/routes", tag = "assignment", params(CaseInPath),
    responses((status = 200, description = "Handlers, the likeliest first", body = Vec<RouteView>)))]
pub async fn routes(staff: Staff<()>, request: HttpRequest) -> Answer {
    answer::ok(staff.office.routes(&staff.officer, in_path(&request, "id")?).await?)
}

/// Show the rules of routing
///
/// By duty, with the words that point to it and who has it.
#[utoipa::path(get, path = "/api/v1/admin/agencies/{slug}/routing", tag = "admin",
    params(("slug" = String, Path, description = "The agency's short name")),
    responses((status = 200, description = "The rules", body = Routing)))]
pub async fn routing(staff: Staff<()>, request: HttpRequest) -> Answer {
    let slug: String = in_path(&request, "slug")?;
    answer::ok(staff.office.routing(&staff.officer, &slug).await?)
}

/// Lay down the rules of routing
///
/// In place of those that stood.
#[utoipa::path(put, path = "/api/v1/admin/agencies/{slug}/routing", tag = "admin", request_body = Routing,
    params(("slug" = String, Path, description = "The agency's short name")),
    responses((status = 200, description = "The rules", body = Routing)))]
pub async fn lay_down_routing(staff: Staff<Checked<Routing>>, request: HttpRequest) -> Answer {
    let slug: String = in_path(&request, "slug")?;
    answer::ok(staff.office.lay_down_routing(&staff.officer, &slug, staff.input.value).await?)
}
