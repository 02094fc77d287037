//! Two lists of what waits now: windows that others have and that close, steps of the office that lie. Each number of the
//! board opens one of them, each row its case.

use actix_web::HttpRequest;
use askama::Template;

use super::Asked;
use crate::office::supervision::stalled::{StalledPage, StalledQuery};
use crate::office::supervision::windows::{WindowPage, WindowQuery};
use crate::web::fields::Fields;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::SignedIn;

#[derive(Template)]
#[template(path = "supervision/windows.html")]
struct WindowList<'a> {
    p: &'a Frame,
    asked: Asked,
    within: String,
    page: WindowPage,
    next: Option<String>,
}

#[derive(Template)]
#[template(path = "supervision/stalled.html")]
struct StalledList<'a> {
    p: &'a Frame,
    asked: Asked,
    step: String,
    page: StalledPage,
    next: Option<String>,
}

/// Windows that close.
pub(in crate::web) async fn windows(by: SignedIn, request: HttpRequest) -> Paged {
    let fields = Fields::of(request.query_string());
    let query: WindowQuery = by.contract.query("get", "/api/v1/supervision/windows", request.query_string())?;
    let asked = Asked::of(&by, &fields).await?;
    let page = by.office.closing_windows(&by.officer, query).await?;
    let next = further("windows", &fields, page.next.as_deref());
    page::shown(&by.frame, &WindowList { p: &by.frame, asked, within: fields.text("within"), page, next })
}

/// Steps that lie.
pub(in crate::web) async fn stalled(by: SignedIn, request: HttpRequest) -> Paged {
    let fields = Fields::of(request.query_string());
    let query: StalledQuery = by.contract.query("get", "/api/v1/supervision/stalled", request.query_string())?;
    let asked = Asked::of(&by, &fields).await?;
    let page = by.office.stalled(&by.officer, query).await?;
    let next = further("stalled", &fields, page.next.as_deref());
    page::shown(&by.frame, &StalledList { p: &by.frame, asked, step: fields.text("step"), page, next })
}

/// Where the list goes on.
fn further(list: &str, fields: &Fields, next: Option<&str>) -> Option<String> {
    next.map(|cursor| {
        let mut further = fields.clone();
        further.set("cursor", cursor);
        format!("/supervision/{list}?{}", further.encoded())
    })
}
