//! Blacking out parts of a record: its pages as pictures, the boxes with their grounds, and the sheet that lists them.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpRequest, HttpResponse};

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::{CaseAct, in_path};
use super::documented::{CaseAnswer, CaseInPath, FileInPath, IfMatch};
use super::officer::Staff;
use crate::office::files::redacting::{RedactionInput, RemnantsView, SheetView};

/// Show a page of a record
///
/// As a picture, 1000 points wide. PDF only.
#[utoipa::path(get, path = "/api/v1/cases/{id}/files/{file}/pages/{page}", tag = "files",
    params(CaseInPath, FileInPath, ("page" = u32, Path, description = "From 1 on")),
    responses((status = 200, description = "The page", content_type = "image/png")))]
pub async fn page(staff: Staff<()>, request: HttpRequest) -> Answer {
    let (case, file, page) = (in_path(&request, "id")?, in_path(&request, "file")?, in_path(&request, "page")?);
    let picture = staff.office.page_picture(&staff.officer, case, file, page).await?;
    Ok(HttpResponse::Ok().content_type("image/png").insert_header((CACHE_CONTROL, "no-store")).body(picture))
}

/// Black out parts of a record
///
/// Each box is burnt into a picture of its page with its ground; text, metadata and whatever else the record held are gone. What
/// comes out is read again by other means, and put into the case only where nothing is left under a box. The `warnings` of the
/// answer also tell boxes that cut through letters or cover a number in part.
#[utoipa::path(post, path = "/api/v1/cases/{id}/files/{file}/redaction", tag = "files",
    params(CaseInPath, FileInPath, IfMatch), request_body = RedactionInput, responses(CaseAnswer))]
pub async fn redact(act: CaseAct<Checked<RedactionInput>>, request: HttpRequest) -> Answer {
    let file = in_path(&request, "file")?;
    answer::case(&act.office.redact(&act.officer, act.case, file, act.expected, act.input.value).await?)
}

/// Ask what boxes would leave legible
///
/// Boxes that cut through letters, or that cover figures of a number or letters of a word and leave the others; each with a box
/// that would not. Nothing is made, and nothing is refused for it. Of a scan nobody knows where its letters stand.
#[utoipa::path(post, path = "/api/v1/cases/{id}/files/{file}/redaction/remnants", tag = "files",
    params(CaseInPath, FileInPath), request_body = RedactionInput,
    responses((status = 200, description = "What is left", body = RemnantsView)))]
pub async fn remnants(staff: Staff<Checked<RedactionInput>>, request: HttpRequest) -> Answer {
    let (case, file) = (in_path(&request, "id")?, in_path(&request, "file")?);
    let remnants = staff.office.redaction_remnants(&staff.officer, case, file, staff.input.value).await?;
    answer::ok(RemnantsView { remnants })
}

/// Show the sheet of a redacted record
///
/// Every box with its page, its place and its ground.
#[utoipa::path(get, path = "/api/v1/cases/{id}/files/{file}/redaction", tag = "files", params(CaseInPath, FileInPath),
    responses((status = 200, description = "The sheet", body = SheetView)))]
pub async fn sheet(staff: Staff<()>, request: HttpRequest) -> Answer {
    let (case, file) = (in_path(&request, "id")?, in_path(&request, "file")?);
    answer::ok(staff.office.redaction_sheet(&staff.officer, case, file).await?)
}
