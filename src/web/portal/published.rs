//! What was asked for and has been published since: to be looked through by anybody, and shown to who is about to ask.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use askama::Template;

use crate::api::contract::Contract;
use crate::api::file::streamed;
use crate::ids::{CaseId, FileId};
use crate::office::Office;
use crate::office::failure::Failure;
use crate::office::files::reading::PublicFile;
use crate::office::published::{PublishedPage, PublishedQuery, PublishedView};
use crate::web::fields::Fields;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::visit::Visit;

/// The call of which this page is the twin.
const TWIN: (&str, &str) = ("get", "/api/v1/public/published");

#[derive(Template)]
#[template(path = "portal/published.html")]
struct List<'a> {
    p: &'a Frame,
    fields: Fields,
    page: PublishedPage,
    next: Option<String>,
    error: Option<String>,
    /// Whether somebody has just found what they were about to ask for.
    found: bool,
}

/// Whether a place is an address that can be followed.
pub(in crate::web) fn is_address(place: &str) -> bool {
    (place.starts_with("https://") || place.starts_with("http://")) && !place.contains(char::is_whitespace)
}

/// The list.
pub(in crate::web) async fn show(
    visit: Visit,
    office: web::Data<Office>,
    contract: web::Data<Contract>,
    request: HttpRequest,
) -> Paged {
    let mut fields = Fields::of(request.query_string());
    let found = fields.has("found");
    fields.remove("found");
    let query = contract.query::<PublishedQuery>(TWIN.0, TWIN.1, &fields.encoded());
    let listed = match query {
        Ok(query) => office.published(query).await,
        Err(wrong) => Err(wrong),
    };
    let p = &visit.frame;
    let (page, error) = match listed {
        Ok(page) => (page, None),
        Err(Failure::Invalid(problems)) => {
            let told = problems.first().map(|one| p.t(&one.zh, &one.en).to_owned());
            (PublishedPage { items: Vec::new(), next: None }, told)
        }
        Err(other) => return Err(other.into()),
    };
    let next = page.next.as_deref().map(|cursor| {
        let mut further = fields.clone();
        further.set("cursor", cursor);
        format!("/published?{}", further.encoded())
    });
    let status = if error.is_none() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page::with_status(status, p, &List { p, fields, page, next, error, found })
}

#[derive(Template)]
#[template(path = "portal/published_one.html")]
struct One<'a> {
    p: &'a Frame,
    answer: PublishedView,
    files: Vec<PublicFile>,
}

/// One answer, with the files that everybody may see.
pub(in crate::web) async fn one(visit: Visit, office: web::Data<Office>, id: web::Path<CaseId>) -> Paged {
    let answer = office.published_answer(*id).await?;
    let files = office.public_files(*id).await?;
    page::shown(&visit.frame, &One { p: &visit.frame, answer, files })
}

/// A file of an answer.
pub(in crate::web) async fn file(office: web::Data<Office>, path: web::Path<(CaseId, FileId)>) -> Paged {
    let (case, file) = path.into_inner();
    Ok(streamed(office.public_file(case, file).await?))
}
