//! The letters of a case, and the sheets that are made of it, as files.

use actix_web::{HttpRequest, web};

use super::answer::{self, Answer};
use super::applicant::Applicant;
use super::case_act::in_path;
use super::documented::{CaseInPath, ReceiptInPath};
use super::file::handed_out;
use super::officer::Staff;
use crate::ids::TextId;
use crate::law::letter::LetterKind;
use crate::office::Office;
use crate::office::letters::reading::{Format, LetterView};

/// List the letters of a case
///
/// Those that were issued, oldest first, and after them the sheets that can be made of it.
#[utoipa::path(get, path = "/api/v1/cases/{id}/letters", tag = "cases", params(CaseInPath),
    responses((status = 200, description = "The letters", body = Vec<LetterView>)))]
pub async fn list(staff: Staff<()>, request: HttpRequest) -> Answer {
    answer::ok(staff.office.letters(&staff.officer, in_path(&request, "id")?).await?)
}

/// Read a letter
///
/// As it was issued. PDF as it is stamped, DOCX to go on editing, or the words alone.
#[utoipa::path(get, path = "/api/v1/cases/{id}/letters/{seq}/{format}", tag = "cases",
    params(CaseInPath, ("seq" = u32, Path, description = "The entry of the journal that issued it"),
        ("format" = String, Path, description = "`pdf`, `docx` or `txt`")),
    responses((status = 200, description = "The file", content_type = "application/pdf")))]
pub async fn show(staff: Staff<()>, request: HttpRequest) -> Answer {
    let (id, seq, format) = (in_path(&request, "id")?, in_path(&request, "seq")?, in_path(&request, "format")?);
    Ok(handed_out(staff.office.letter(&staff.officer, id, seq, format).await?))
}

/// Make the receipt of service of a letter
///
/// Filled in from the register of service; blank where nothing is entered yet.
#[utoipa::path(get, path = "/api/v1/cases/{id}/letters/{seq}/service-receipt/{format}", tag = "cases",
    params(CaseInPath, ("seq" = u32, Path, description = "The entry of the journal that issued it"),
        ("format" = String, Path, description = "`pdf`, `docx` or `txt`")),
    responses((status = 200, description = "The file", content_type = "application/pdf")))]
pub async fn service_receipt(staff: Staff<()>, request: HttpRequest) -> Answer {
    let (id, seq, format) = (in_path(&request, "id")?, in_path(&request, "seq")?, in_path(&request, "format")?);
    Ok(handed_out(staff.office.service_receipt(&staff.officer, id, seq, format).await?))
}

/// Make a sheet of a case
///
/// `receipt`, `application_form`, `cover_sheet`, `deadline_sheet` (why the day is what it is, day by day), `download_receipt`
/// (once the applicant has fetched something) or `service_receipt` (to be signed; from the signature of the reply on).
#[utoipa::path(get, path = "/api/v1/cases/{id}/sheets/{sheet}/{format}", tag = "cases",
    params(CaseInPath, ("sheet" = String, Path, description = "Which"),
        ("format" = String, Path, description = "`pdf`, `docx` or `txt`")),
    responses((status = 200, description = "The file", content_type = "application/pdf")))]
pub async fn sheet(staff: Staff<()>, request: HttpRequest) -> Answer {
    let kind: LetterKind = in_path(&request, "sheet")?;
    let (id, format) = (in_path(&request, "id")?, in_path(&request, "format")?);
    Ok(handed_out(staff.office.sheet(&staff.officer, id, kind, format).await?))
}

/// Download a letter
#[utoipa::path(get, path = "/api/v1/public/applications/{receipt_no}/documents/{id}/{format}", tag = "public",
    security(("query_code" = [])),
    params(ReceiptInPath, ("id" = uuid::Uuid, Path, description = "The letter's id, from the application"),
        ("format" = String, Path, description = "`pdf`, `docx` or `txt`")),
    responses((status = 200, description = "The file", content_type = "application/pdf")))]
pub async fn document(applicant: Applicant<()>, request: HttpRequest) -> Answer {
    let (id, format): (TextId, Format) = (in_path(&request, "id")?, in_path(&request, "format")?);
    Ok(handed_out(applicant.office.document_file(&applicant.receipt_no, &applicant.code, id, format).await?))
}

/// Download the receipt, the application's form or the receipt of downloads
///
/// `receipt`, `application_form` or, once something was fetched, `download_receipt`.
#[utoipa::path(get, path = "/api/v1/public/applications/{receipt_no}/sheets/{sheet}/{format}", tag = "public",
    security(("query_code" = [])),
    params(ReceiptInPath, ("sheet" = String, Path, description = "Which"),
        ("format" = String, Path, description = "`pdf`, `docx` or `txt`")),
    responses((status = 200, description = "The file", content_type = "application/pdf")))]
pub async fn own_sheet(applicant: Applicant<()>, request: HttpRequest) -> Answer {
    let (kind, format): (LetterKind, Format) = (in_path(&request, "sheet")?, in_path(&request, "format")?);
    Ok(handed_out(applicant.office.own_sheet(&applicant.receipt_no, &applicant.code, kind, format).await?))
}

/// Download the blank form of an agency
#[utoipa::path(get, path = "/api/v1/public/agencies/{slug}/application-form/{format}", tag = "public", security(()),
    params(("slug" = String, Path, description = "The agency's short name"),
        ("format" = String, Path, description = "`pdf`, `docx` or `txt`")),
    responses((status = 200, description = "The file", content_type = "application/pdf")))]
pub async fn blank_form(office: web::Data<Office>, request: HttpRequest) -> Answer {
    let slug: String = in_path(&request, "slug")?;
    Ok(handed_out(office.blank_form(&slug, in_path(&request, "format")?).await?))
}
