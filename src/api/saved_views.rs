//! Lists of cases that somebody keeps under a name.

use actix_web::{FromRequest, HttpRequest, web};
use serde::Deserialize;
use utoipa::ToSchema;

use super::answer::{self, Answer};
use super::body::{Checked, data};
use super::contract::Contract;
use super::officer::Staff;
use crate::office::failure::{Failure, Problem};
use crate::office::queue::CaseQuery;
use crate::office::saved_views::SavedView;

/// What a view lists.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ViewInput {
    /// As it would go behind the `?` of `GET /cases`.
    #[schema(max_length = 1000, example = "stage=handling&sort=due_on")]
    pub query: String,
}

/// List one's views
#[utoipa::path(get, path = "/api/v1/me/views", tag = "cases",
    responses((status = 200, description = "The views, the oldest first", body = Vec<SavedView>)))]
pub async fn list(staff: Staff<()>) -> Answer {
    answer::ok(staff.office.saved_views(&staff.officer).await?)
}

/// Keep a list of cases
///
/// Under a name; in the place of what was kept under it before. The query is held to what `GET /cases` takes, and kept
/// in the order of its names, without its cursor. It may not name an applicant.
#[utoipa::path(put, path = "/api/v1/me/views/{name}", tag = "cases", request_body = ViewInput,
    params(("name" = String, Path, description = "Its name: at most 60 characters")),
    responses((status = 200, description = "The view", body = SavedView)))]
pub async fn save(staff: Staff<Checked<ViewInput>>, request: HttpRequest) -> Answer {
    let name = name_of(&request)?;
    let text = staff.input.value.query.trim();
    let text = text.strip_prefix('?').unwrap_or(text);
    let wanted: CaseQuery = data::<Contract>(&request)?.query("get", "/api/v1/cases", text).map_err(in_the_body)?;
    answer::ok(staff.office.save_view(&staff.officer, &name, wanted).await.map_err(in_the_body)?)
}

/// Keep it no longer
#[utoipa::path(delete, path = "/api/v1/me/views/{name}", tag = "cases",
    params(("name" = String, Path, description = "Its name")),
    responses((status = 204, description = "Not kept")))]
pub async fn delete(staff: Staff<()>, request: HttpRequest) -> Answer {
    staff.office.delete_view(&staff.officer, &name_of(&request)?).await?;
    answer::nothing()
}

/// The name in the path with every letter as it was meant, `/` and `%` among them.
fn name_of(request: &HttpRequest) -> Result<String, Failure> {
    let name = web::Path::<String>::extract(request).into_inner().map_err(|_source| Failure::Missing)?.into_inner();
    if name.contains('\0') { Err(Failure::Missing) } else { Ok(name) }
}

/// What is wrong with a parameter, told of the text of the body that it stands in.
fn in_the_body(failure: Failure) -> Failure {
    let Failure::Invalid(problems) = failure else { return failure };
    let told = |problem: Problem| match problem.pointer.strip_prefix('?') {
        Some("") => Problem::at("/query", problem.zh, problem.en),
        Some(name) => Problem::at("/query", format!("{name}：{}", problem.zh), format!("{name}: {}", problem.en)),
        None => problem,
    };
    Failure::Invalid(problems.into_iter().map(told).collect())
}
