//! Seals over the journals, for auditors: each with the slip that is kept elsewhere, and a button that makes one.

use actix_web::HttpRequest;
use askama::Template;

use super::fields::Fields;
use super::frame::Frame;
use super::page::{self, Paged};
use super::signed_in::{Sent, SignedIn};
use crate::office::seals::SealView;

#[derive(Template)]
#[template(path = "audit/seals.html")]
struct SealsPage<'a> {
    p: &'a Frame,
    seals: Vec<SealView>,
    /// What became of the button, if it was pressed.
    made: Option<bool>,
    /// Where older ones begin.
    before: Option<u64>,
}

/// The seals, the newest first.
pub(super) async fn show(by: SignedIn, request: HttpRequest) -> Paged {
    let fields = Fields::of(request.query_string());
    let before = fields.get("before").and_then(|number| number.parse().ok());
    let seals = by.office.seals(&by.officer, before).await?;
    let made = fields.get("made").map(|made| made == "yes");
    let before = seals.last().map(|last| last.number).filter(|number| *number > 1);
    page::shown(&by.frame, &SealsPage { p: &by.frame, seals, made, before })
}

/// Seals at once.
pub(super) async fn seal(sent: Sent) -> Paged {
    let made = sent.by.office.seal_on_demand(&sent.by.officer).await?;
    page::see(if made.is_empty() { "/audit?made=no" } else { "/audit?made=yes" })
}
