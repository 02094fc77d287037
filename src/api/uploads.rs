//! Files on their way in: announced, sent in one go or piece by piece, gone on with after the line broke.

use actix_web::HttpRequest;

use super::answer::{self, Answer};
use super::applicant::Applicant;
use super::body::Checked;
use super::case_act::in_path;
use super::documented::{CaseInPath, FileInPath, ReceiptInPath, UploadOffset};
use super::officer::Staff;
use super::piece::Piece;
use crate::ids::CaseId;
use crate::office::files::receiving::{NewUpload, UploadView};

/// Announce a file
///
/// Then send its bytes with PATCH, and put it into the case with `POST …/files`. What nothing comes of is taken away after some
/// days.
#[utoipa::path(post, path = "/api/v1/cases/{id}/uploads", tag = "files", params(CaseInPath), request_body = NewUpload,
    responses((status = 201, description = "Where to send it", body = UploadView)))]
pub async fn begin(staff: Staff<Checked<NewUpload>>, request: HttpRequest) -> Answer {
    let case: CaseId = in_path(&request, "id")?;
    let upload = staff.office.begin_upload(&staff.officer, case, staff.input.value).await?;
    answer::created(&format!("/api/v1/cases/{case}/uploads/{}", upload.id), upload)
}

/// Ask how far a file has come in
#[utoipa::path(get, path = "/api/v1/cases/{id}/uploads/{file}", tag = "files", params(CaseInPath, FileInPath),
    responses((status = 200, description = "How far", body = UploadView)))]
pub async fn show(staff: Staff<()>, request: HttpRequest) -> Answer {
    let (case, file) = (in_path(&request, "id")?, in_path(&request, "file")?);
    answer::ok(staff.office.upload(&staff.officer, case, file).await?)
}

/// Send a piece of a file
///
/// The bytes themselves, from `Upload-Offset` on: all that is left, or a multiple of `part_bytes`. What the answer calls
/// `received` is on the disk; after a line that broke, ask how far it has come and go on from there.
#[utoipa::path(patch, path = "/api/v1/cases/{id}/uploads/{file}", tag = "files",
    params(CaseInPath, FileInPath, UploadOffset),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, description = "How far it has come", body = UploadView)))]
pub async fn receive(staff: Staff<Piece>, request: HttpRequest) -> Answer {
    let (case, file) = (in_path(&request, "id")?, in_path(&request, "file")?);
    let Piece { offset, body } = staff.input;
    answer::ok(staff.office.receive(&staff.officer, case, file, offset, body).await?)
}

/// Give up a file
///
/// One that was announced, or has come in, and is not in the case yet.
#[utoipa::path(delete, path = "/api/v1/cases/{id}/uploads/{file}", tag = "files", params(CaseInPath, FileInPath),
    responses((status = 204, description = "It is gone")))]
pub async fn give_up(staff: Staff<()>, request: HttpRequest) -> Answer {
    let (case, file) = (in_path(&request, "id")?, in_path(&request, "file")?);
    staff.office.give_up(&staff.officer, case, file).await?;
    answer::nothing()
}

/// Announce a file of one's own
#[utoipa::path(post, path = "/api/v1/public/applications/{receipt_no}/uploads", tag = "public",
    security(("query_code" = [])), params(ReceiptInPath), request_body = NewUpload,
    responses((status = 201, description = "Where to send it", body = UploadView)))]
pub async fn begin_own(applicant: Applicant<Checked<NewUpload>>) -> Answer {
    let Applicant { office, receipt_no, code, input } = applicant;
    let upload = office.begin_own_upload(&receipt_no, &code, input.value).await?;
    answer::created(&format!("/api/v1/public/applications/{receipt_no}/uploads/{}", upload.id), upload)
}

/// Ask how far a file of one's own has come in
#[utoipa::path(get, path = "/api/v1/public/applications/{receipt_no}/uploads/{file}", tag = "public",
    security(("query_code" = [])), params(ReceiptInPath, FileInPath),
    responses((status = 200, description = "How far", body = UploadView)))]
pub async fn show_own(applicant: Applicant<()>, request: HttpRequest) -> Answer {
    let file = in_path(&request, "file")?;
    answer::ok(applicant.office.own_upload(&applicant.receipt_no, &applicant.code, file).await?)
}

/// Send a piece of a file of one's own
#[utoipa::path(patch, path = "/api/v1/public/applications/{receipt_no}/uploads/{file}", tag = "public",
    security(("query_code" = [])), params(ReceiptInPath, FileInPath, UploadOffset),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, description = "How far it has come", body = UploadView)))]
pub async fn receive_own(applicant: Applicant<Piece>, request: HttpRequest) -> Answer {
    let file = in_path(&request, "file")?;
    let Applicant { office, receipt_no, code, input: Piece { offset, body } } = applicant;
    answer::ok(office.receive_own(&receipt_no, &code, file, offset, body).await?)
}

/// Give up a file of one's own
#[utoipa::path(delete, path = "/api/v1/public/applications/{receipt_no}/uploads/{file}", tag = "public",
    security(("query_code" = [])), params(ReceiptInPath, FileInPath),
    responses((status = 204, description = "It is gone")))]
pub async fn give_up_own(applicant: Applicant<()>, request: HttpRequest) -> Answer {
    let file = in_path(&request, "file")?;
    applicant.office.give_up_own(&applicant.receipt_no, &applicant.code, file).await?;
    answer::nothing()
}
