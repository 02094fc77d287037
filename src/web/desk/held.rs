//! Applications that were set aside because a program seems to have sent them: looked at, and taken in or discarded.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use askama::Template;
use serde_json::json;

use crate::ids::DraftId;
use crate::office::drafts::held::{Discarding, HeldApplication};
use crate::office::failure::Failure;
use crate::web::fields::Fields;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::{Sent, SignedIn};

#[derive(Template)]
#[template(path = "desk/held.html")]
struct HeldPage<'a> {
    p: &'a Frame,
    held: Vec<HeldApplication>,
    discarded: bool,
    /// What is wrong with a reason, and whose.
    wrong: Option<(DraftId, String)>,
}

impl HeldPage<'_> {
    fn problem(&self, id: &DraftId) -> Option<&str> {
        self.wrong.as_ref().filter(|(of, _)| of == id).map(|(_, text)| text.as_str())
    }
}

/// The list.
pub(in crate::web) async fn show(by: SignedIn, request: HttpRequest) -> Paged {
    let discarded = Fields::of(request.query_string()).has("discarded");
    page_of(&by, discarded, None).await
}

async fn page_of(by: &SignedIn, discarded: bool, wrong: Option<(DraftId, String)>) -> Paged {
    let held = by.office.held_applications(&by.officer).await?;
    let status = if wrong.is_none() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page::with_status(status, &by.frame, &HeldPage { p: &by.frame, held, discarded, wrong })
}

/// Takes one in.
pub(in crate::web) async fn release(sent: Sent, id: web::Path<DraftId>) -> Paged {
    let case = sent.by.office.release_held(&sent.by.officer, *id).await?;
    page::see(&format!("/desk/cases/{}", case.id))
}

/// Discards one.
pub(in crate::web) async fn discard(sent: Sent, id: web::Path<DraftId>) -> Paged {
    let Sent { by, fields } = sent;
    let discarded = match by.contract.body::<Discarding>(json!({ "reason": fields.text("reason") })) {
        Ok(input) => by.office.discard_held(&by.officer, *id, input).await,
        Err(wrong) => Err(wrong),
    };
    match discarded {
        Ok(()) => page::see("/desk/held?discarded=yes"),
        Err(Failure::Invalid(problems)) => {
            let told = problems.first().map(|one| by.frame.t(&one.zh, &one.en).to_owned()).unwrap_or_default();
            page_of(&by, false, Some((*id, told))).await
        }
        Err(other) => Err(other.into()),
    }
}
