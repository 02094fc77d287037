//! What goes out: every notice with its state, sent again or taken out by hand.

use actix_web::{HttpRequest, web};
use askama::Template;

use crate::ids::NoticeId;
use crate::office::failure::Failure;
use crate::office::notices::queue::{NoticePage, NoticeQuery, NoticeState};
use crate::office::views::{Term, term};
use crate::web::fields::Fields;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::{Sent, SignedIn};

#[derive(Template)]
#[template(path = "admin/outbox.html")]
struct OutboxPage<'a> {
    p: &'a Frame,
    page: NoticePage,
    states: Vec<Term>,
    state: String,
    next: Option<String>,
}

impl OutboxPage<'_> {
    /// Whether the reader may open cases at all: administrators as such may not.
    fn opens_cases(&self) -> bool {
        self.p.reader.as_ref().is_some_and(|reader| reader.desk)
    }
}

/// The outbox.
pub(in crate::web) async fn show(by: SignedIn, request: HttpRequest) -> Paged {
    let mut fields = Fields::of(request.query_string());
    let query: NoticeQuery = by.contract.query("get", "/api/v1/admin/outbox", request.query_string())?;
    let page = by.office.outbox(&by.officer, query).await?;
    let next = page.next.clone().map(|cursor| {
        fields.set("cursor", cursor);
        format!("/admin/outbox?{}", fields.encoded())
    });
    let states = NoticeState::ALL.iter().map(|state| term!(*state)).collect();
    page::shown(&by.frame, &OutboxPage { p: &by.frame, page, states, state: fields.text("state"), next })
}

/// Sends one again, or takes it out.
pub(in crate::web) async fn change(sent: Sent, place: web::Path<(NoticeId, String)>) -> Paged {
    let (id, deed) = place.into_inner();
    match deed.as_str() {
        "retry" => drop(sent.by.office.retry_notice(&sent.by.officer, id).await?),
        "cancel" => drop(sent.by.office.cancel_notice(&sent.by.officer, id).await?),
        _ => return Err(Failure::Missing.into()),
    }
    page::see("/admin/outbox")
}
