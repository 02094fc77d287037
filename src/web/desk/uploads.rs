//! Large files of an officer, piece by piece.

use actix_web::{HttpRequest, web};

use crate::api::piece::offset;
use crate::ids::{CaseId, FileId};
use crate::web::page::Paged;
use crate::web::signed_in::{Sent, SignedIn};
use crate::web::uploads::{announced, gone, told};

/// Announces a file, or goes on with one.
pub(in crate::web) async fn open(sent: Sent, id: web::Path<CaseId>) -> Paged {
    let (known, file) = announced(&sent.fields);
    told(&sent.by.office.open_upload(&sent.by.officer, *id, known, file).await?)
}

/// Takes a piece in.
pub(in crate::web) async fn receive(
    by: SignedIn,
    path: web::Path<(CaseId, FileId)>,
    request: HttpRequest,
    body: web::Payload,
) -> Paged {
    by.sent(&request)?;
    let (case, file) = path.into_inner();
    told(&by.office.receive(&by.officer, case, file, offset(&request)?, body).await?)
}

/// It is not wanted after all.
pub(in crate::web) async fn give_up(sent: Sent, path: web::Path<(CaseId, FileId)>) -> Paged {
    let (case, file) = path.into_inner();
    sent.by.office.give_up(&sent.by.officer, case, file).await?;
    gone()
}
