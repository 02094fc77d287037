//! The files of a case: put into it, read, shown to others, handed out.

use actix_web::{HttpRequest, web};

use super::answer::{self, Answer};
use super::applicant::Applicant;
use super::body::Checked;
use super::case_act::{CaseAct, in_path};
use super::documented::{CaseAnswer, CaseInPath, FileInPath, IfMatch, ReceiptInPath};
use super::file::streamed;
use super::officer::Staff;
use crate::office::Office;
use crate::office::files::FileView;
use crate::office::files::attaching::{Attachment, FileCheck, OwnAttachment, Showing};
use crate::office::files::reading::PublicFile;
use crate::office::files::releasing::{Looked, ReleaseInput, ReleaseView};
use crate::office::public::Tracking;

/// List the files of a case
#[utoipa::path(get, path = "/api/v1/cases/{id}/files", tag = "files", params(CaseInPath),
    responses((status = 200, description = "The files, oldest first", body = Vec<FileView>)))]
pub async fn list(staff: Staff<()>, request: HttpRequest) -> Answer {
    answer::ok(staff.office.files(&staff.officer, in_path(&request, "id")?).await?)
}

/// Put a file into the case
///
/// One that has come in whole, sent by oneself.
#[utoipa::path(post, path = "/api/v1/cases/{id}/files", tag = "files",
    params(CaseInPath, IfMatch), request_body = Attachment, responses(CaseAnswer))]
pub async fn attach(act: CaseAct<Checked<Attachment>>) -> Answer {
    answer::case(&act.office.attach(&act.officer, act.case, act.expected, act.input.value).await?)
}

/// Read a file
#[utoipa::path(get, path = "/api/v1/cases/{id}/files/{file}/content", tag = "files", params(CaseInPath, FileInPath),
    responses((status = 200, description = "Its bytes", content_type = "application/octet-stream")))]
pub async fn content(staff: Staff<()>, request: HttpRequest) -> Answer {
    let (case, file) = (in_path(&request, "id")?, in_path(&request, "file")?);
    Ok(streamed(staff.office.file(&staff.officer, case, file).await?))
}

/// Say who may see a file
#[utoipa::path(post, path = "/api/v1/cases/{id}/files/{file}/visibility", tag = "files",
    params(CaseInPath, FileInPath, IfMatch), request_body = Showing, responses(CaseAnswer))]
pub async fn show(act: CaseAct<Checked<Showing>>, request: HttpRequest) -> Answer {
    let file = in_path(&request, "file")?;
    answer::case(&act.office.show_file(&act.officer, act.case, file, act.expected, act.input.value).await?)
}

/// Look at a file a second time before it is public
///
/// By somebody else than who decided that it is to be.
#[utoipa::path(post, path = "/api/v1/cases/{id}/files/{file}/check", tag = "files",
    params(CaseInPath, FileInPath, IfMatch), request_body = FileCheck, responses(CaseAnswer))]
pub async fn check(act: CaseAct<Checked<FileCheck>>, request: HttpRequest) -> Answer {
    let file = in_path(&request, "file")?;
    answer::case(&act.office.check_file(&act.officer, act.case, file, act.expected, act.input.value).await?)
}

/// Look through a file for numbers and addresses of people
///
/// All of its text, hidden text and properties too, each finding with its place.
#[utoipa::path(get, path = "/api/v1/cases/{id}/files/{file}/privacy", tag = "files", params(CaseInPath, FileInPath),
    responses((status = 200, description = "What was found", body = Looked)))]
pub async fn privacy(staff: Staff<()>, request: HttpRequest) -> Answer {
    let (case, file) = (in_path(&request, "id")?, in_path(&request, "file")?);
    answer::ok(staff.office.look_through(&staff.officer, case, file).await?)
}

/// List what was handed out
#[utoipa::path(get, path = "/api/v1/cases/{id}/releases", tag = "files", params(CaseInPath),
    responses((status = 200, description = "Each part, oldest first", body = Vec<ReleaseView>)))]
pub async fn releases(staff: Staff<()>, request: HttpRequest) -> Answer {
    answer::ok(staff.office.releases(&staff.officer, in_path(&request, "id")?).await?)
}

/// Hand out information
///
/// Once a reply was served that grants it; at once or in parts, each with its letter. The files are looked through first: where
/// numbers or addresses of people are found, say why they may go out, or black them out.
#[utoipa::path(post, path = "/api/v1/cases/{id}/releases", tag = "files",
    params(CaseInPath, IfMatch), request_body = ReleaseInput, responses(CaseAnswer))]
pub async fn release(act: CaseAct<Checked<ReleaseInput>>) -> Answer {
    answer::case(&act.office.release(&act.officer, act.case, act.expected, act.input.value).await?)
}

/// Put a file of one's own into the case
#[utoipa::path(post, path = "/api/v1/public/applications/{receipt_no}/files", tag = "public",
    security(("query_code" = [])), params(ReceiptInPath), request_body = OwnAttachment,
    responses((status = 200, description = "How the application stands", body = Tracking)))]
pub async fn attach_own(applicant: Applicant<Checked<OwnAttachment>>) -> Answer {
    let Applicant { office, receipt_no, code, input } = applicant;
    answer::ok(office.attach_own(&receipt_no, &code, input.value).await?)
}

/// Read a file of one's case
///
/// One's own, or what was handed out; the first time is written down as proof that it came.
#[utoipa::path(get, path = "/api/v1/public/applications/{receipt_no}/files/{file}", tag = "public",
    security(("query_code" = [])), params(ReceiptInPath, FileInPath),
    responses((status = 200, description = "Its bytes", content_type = "application/octet-stream")))]
pub async fn own(applicant: Applicant<()>, request: HttpRequest) -> Answer {
    let file = in_path(&request, "file")?;
    Ok(streamed(applicant.office.own_file(&applicant.receipt_no, &applicant.code, file).await?))
}

/// List the public files of a published answer
#[utoipa::path(get, path = "/api/v1/public/published/{id}/files", tag = "public", security(()), params(CaseInPath),
    responses((status = 200, description = "The files", body = Vec<PublicFile>)))]
pub async fn public_list(office: web::Data<Office>, request: HttpRequest) -> Answer {
    answer::ok(office.public_files(in_path(&request, "id")?).await?)
}

/// Read a public file
#[utoipa::path(get, path = "/api/v1/public/published/{id}/files/{file}", tag = "public", security(()),
    params(CaseInPath, FileInPath),
    responses((status = 200, description = "Its bytes", content_type = "application/octet-stream")))]
pub async fn public(office: web::Data<Office>, request: HttpRequest) -> Answer {
    let (case, file) = (in_path(&request, "id")?, in_path(&request, "file")?);
    Ok(streamed(office.public_file(case, file).await?))
}
