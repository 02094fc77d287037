//! The register of service of a case: how each letter was sent or handed over, when, and what proves it.

use actix_web::web;
use askama::Template;

use crate::ids::CaseId;
use crate::law::letter::LetterKind;
use crate::office::delivery::DeliveryView;
use crate::office::views::CaseView;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::SignedIn;

#[derive(Template)]
#[template(path = "desk/deliveries.html")]
struct DeliveriesPage<'a> {
    p: &'a Frame,
    case: CaseView,
    tab: &'static str,
    lines: Vec<DeliveryView>,
    /// Whether there is a letter to enter a line for.
    has_letters: bool,
    /// Whether a receipt can be printed: that of the reply.
    has_reply: bool,
}

/// The register.
pub(in crate::web) async fn show(by: SignedIn, id: web::Path<CaseId>) -> Paged {
    let case = by.office.case(&by.officer, *id).await?;
    let lines = by.office.deliveries(&by.officer, *id).await?;
    let letters = by.office.letters(&by.officer, *id).await?;
    let has_letters = letters.iter().any(|letter| letter.seq.is_some());
    let has_reply =
        letters.iter().any(|letter| letter.letter.code == LetterKind::Reply.as_str() && letter.seq.is_some());
    let page = DeliveriesPage { p: &by.frame, case, tab: "deliveries", lines, has_letters, has_reply };
    page::shown(&by.frame, &page)
}
