//! The applicant's own papers as files.

use actix_web::{HttpRequest, web};

use super::key;
use crate::api::file::{handed_out, streamed};
use crate::ids::{FileId, TextId};
use crate::law::letter::LetterKind;
use crate::office::Office;
use crate::office::failure::Failure;
use crate::office::files::attaching::OwnAttachment;
use crate::office::letters::reading::Format;
use crate::web::desk::files::of_file;
use crate::web::file_form::FileForm;
use crate::web::page::{self, Paged};
use crate::web::uploads::named;
use crate::web::visit::Visit;

/// A letter.
pub(in crate::web) async fn letter(
    office: web::Data<Office>,
    path: web::Path<(TextId, Format)>,
    request: HttpRequest,
) -> Paged {
    let Some(key) = key(&request) else { return page::see("/track") };
    let (id, format) = path.into_inner();
    Ok(handed_out(office.document_file(&key.receipt_no, &key.code, id, format).await?))
}

/// The receipt, or the application as a form.
pub(in crate::web) async fn sheet(
    office: web::Data<Office>,
    path: web::Path<(LetterKind, Format)>,
    request: HttpRequest,
) -> Paged {
    let Some(key) = key(&request) else { return page::see("/track") };
    let (kind, format) = path.into_inner();
    Ok(handed_out(office.own_sheet(&key.receipt_no, &key.code, kind, format).await?))
}

/// A file.
pub(in crate::web) async fn file(office: web::Data<Office>, file: web::Path<FileId>, request: HttpRequest) -> Paged {
    let Some(key) = key(&request) else { return page::see("/track") };
    Ok(streamed(office.own_file(&key.receipt_no, &key.code, *file).await?))
}

/// Takes files in and puts each into the case.
pub(in crate::web) async fn attach(
    visit: Visit,
    office: web::Data<Office>,
    request: HttpRequest,
    payload: web::Payload,
) -> Paged {
    let Some(key) = key(&request) else { return page::see("/track") };
    // A form that is on its way is waited for once it is known whose it is.
    office.track(&key.receipt_no, &key.code).await?;
    let mut form = FileForm::of(&request, payload).await?;
    let (mut attached, mut problems) = (0_u32, Vec::new());
    for file in named(&form.fields) {
        match office.attach_own(&key.receipt_no, &key.code, OwnAttachment { file }).await {
            Ok(_) => attached += 1,
            Err(Failure::Invalid(wrong)) => problems.extend(wrong),
            Err(other) => return Err(other.into()),
        }
    }
    while let Some(file) = form.next_file().await? {
        let name = file.name.clone();
        let taken = office.take_own_whole(&key.receipt_no, &key.code, file.name, file.body).await;
        let put = match taken {
            Ok(upload) => {
                office.attach_own(&key.receipt_no, &key.code, OwnAttachment { file: upload.id }).await.map(drop)
            }
            Err(failure) => Err(failure),
        };
        match put {
            Ok(()) => attached += 1,
            // One that is not taken holds up none of the others.
            Err(Failure::Invalid(wrong)) => problems.extend(of_file(&name, wrong)),
            Err(other) => return Err(other.into()),
        }
    }
    if !problems.is_empty() {
        return super::again(&visit, &office, &key, problems, attached > 0).await;
    }
    page::see(if attached > 0 { "/track?files=attached#files" } else { "/track#files" })
}
