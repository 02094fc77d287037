//! Large files of the applicant, piece by piece.

use actix_web::{HttpRequest, web};

use super::{Key, key};
use crate::api::piece::offset;
use crate::api::problem::Fault;
use crate::ids::FileId;
use crate::office::Office;
use crate::office::failure::{Failure, SignInFault};
use crate::web::fields::Fields;
use crate::web::page::Paged;
use crate::web::uploads::{announced, gone, told};

/// Number and code. No page is asked for, so there is none to be led to.
fn held(request: &HttpRequest) -> Result<Key, Fault> {
    Ok(key(request).ok_or(Failure::NotSignedIn(SignInFault::WrongQueryCode))?)
}

/// Announces a file, or goes on with one.
pub(in crate::web) async fn open(office: web::Data<Office>, request: HttpRequest, fields: Fields) -> Paged {
    let Key { receipt_no, code } = held(&request)?;
    let (known, file) = announced(&fields);
    told(&office.open_own_upload(&receipt_no, &code, known, file).await.map_err(Fault::from)?)
}

/// Takes a piece in.
pub(in crate::web) async fn receive(
    office: web::Data<Office>,
    file: web::Path<FileId>,
    request: HttpRequest,
    body: web::Payload,
) -> Paged {
    let Key { receipt_no, code } = held(&request)?;
    told(&office.receive_own(&receipt_no, &code, *file, offset(&request)?, body).await.map_err(Fault::from)?)
}

/// It is not wanted after all.
pub(in crate::web) async fn give_up(office: web::Data<Office>, file: web::Path<FileId>, request: HttpRequest) -> Paged {
    let Key { receipt_no, code } = held(&request)?;
    office.give_up_own(&receipt_no, &code, *file).await.map_err(Fault::from)?;
    gone()
}
