//! The letters of a case, as they were issued, and the sheets that can be made of it: to be printed, stamped and filed.

use actix_web::web;
use askama::Template;

use crate::api::file::handed_out;
use crate::ids::CaseId;
use crate::law::letter::LetterKind;
use crate::office::letters::reading::{Format, LetterView};
use crate::office::views::CaseView;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::SignedIn;

#[derive(Template)]
#[template(path = "desk/letters.html")]
struct LettersPage<'a> {
    p: &'a Frame,
    case: CaseView,
    tab: &'static str,
    issued: Vec<LetterView>,
    sheets: Vec<LetterView>,
}

/// The list.
pub(in crate::web) async fn show(by: SignedIn, id: web::Path<CaseId>) -> Paged {
    let case = by.office.case(&by.officer, *id).await?;
    let (issued, sheets) =
        by.office.letters(&by.officer, *id).await?.into_iter().partition(|letter| letter.seq.is_some());
    page::shown(&by.frame, &LettersPage { p: &by.frame, case, tab: "letters", issued, sheets })
}

/// A letter as a file.
pub(in crate::web) async fn letter(by: SignedIn, path: web::Path<(CaseId, u32, Format)>) -> Paged {
    let (id, seq, format) = path.into_inner();
    Ok(handed_out(by.office.letter(&by.officer, id, seq, format).await?))
}

/// The receipt of service of a letter as a file.
pub(in crate::web) async fn service_receipt(by: SignedIn, path: web::Path<(CaseId, u32, Format)>) -> Paged {
    let (id, seq, format) = path.into_inner();
    Ok(handed_out(by.office.service_receipt(&by.officer, id, seq, format).await?))
}

/// A sheet as a file.
pub(in crate::web) async fn sheet(by: SignedIn, path: web::Path<(CaseId, LetterKind, Format)>) -> Paged {
    let (id, kind, format) = path.into_inner();
    Ok(handed_out(by.office.sheet(&by.officer, id, kind, format).await?))
}
