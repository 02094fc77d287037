//! The applicant's own papers as files.

use actix_web::{HttpRequest, web};

use super::key;
use crate::api::file::handed_out;
use crate::ids::TextId;
use crate::law::letter::LetterKind;
use crate::office::Office;
use crate::office::letters::reading::Format;
use crate::web::page::{self, Paged};

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
