//! Large files in pieces, as the module of the pages sends them: announced or gone on with, piece by piece, and named in the form once
//! they are whole. What is answered is what the API answers; without the module the form itself carries its files.

use actix_web::HttpResponse;
use actix_web::http::header::HeaderName;

use super::fields::Fields;
use super::page::Paged;
use crate::ids::FileId;
use crate::office::files::receiving::{NewUpload, UploadView};

/// The header that carries the form token where the body is bytes.
pub(super) const TOKEN_HEADER: HeaderName = HeaderName::from_static("x-form-token");

/// The field of a form that names files which came before it, with blanks between them.
const UPLOADS: &str = "uploads";

/// A file as it is announced: the upload that the browser remembers, if it does, and what the file is.
pub(super) fn announced(fields: &Fields) -> (Option<FileId>, NewUpload) {
    let known = fields.get("known").and_then(|id| id.parse().ok());
    // What is no number is no size either, and is told as such.
    let size = fields.get("size").and_then(|size| size.parse().ok()).unwrap_or_default();
    (known, NewUpload { name: fields.text("name"), size })
}

/// The files that a form names.
pub(super) fn named(fields: &Fields) -> Vec<FileId> {
    fields.text(UPLOADS).split_whitespace().filter_map(|id| id.parse().ok()).collect()
}

/// How far a file has come.
///
/// # Errors
/// Never; it is what a handler gives.
#[expect(clippy::unnecessary_wraps, reason = "it ends handlers, whose other ends may fail")]
pub(super) fn told(upload: &UploadView) -> Paged {
    Ok(HttpResponse::Ok().json(upload))
}

/// It is gone.
///
/// # Errors
/// Never; it is what a handler gives.
#[expect(clippy::unnecessary_wraps, reason = "it ends handlers, whose other ends may fail")]
pub(super) fn gone() -> Paged {
    Ok(HttpResponse::NoContent().finish())
}
