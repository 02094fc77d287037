//! A visit by anybody: the language and the size of letters that were chosen, and where that is chosen.

use std::convert::Infallible;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::LOCATION;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};

use super::cookies::{Jar, Kind};
use super::fields::Fields;
use super::frame::Frame;
use super::page::Paged;
use crate::api::language::Language;

/// A visit.
pub(super) struct Visit {
    /// The frame of the page.
    pub frame: Frame,
}

impl FromRequest for Visit {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        ready(Ok(Self { frame: frame_of(request) }))
    }
}

/// The frame of a request, nobody being signed in.
pub(super) fn frame_of(request: &HttpRequest) -> Frame {
    let language = match Kind::Language.of(request).as_deref() {
        Some("en") => Language::En,
        Some("zh") => Language::Zh,
        _ => Language::of(request.headers()),
    };
    let here = request.uri().path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
    // Coming back to an address that takes forms only would lead nowhere.
    let here = if request.method() == actix_web::http::Method::GET { here } else { landing(&here) };
    Frame { language, large: Kind::Large.of(request).is_some(), here, reader: None }
}

/// The page on which a form stood that was sent to this address.
fn landing(path: &str) -> String {
    let path = path.split('?').next().unwrap_or_default();
    path.to_owned()
}

/// Keeps a preference and goes back.
pub(super) async fn prefer(request: HttpRequest, jar: web::Data<Jar>) -> Paged {
    let fields = Fields::of(request.query_string());
    let next = local(fields.get("next"));
    let mut response = HttpResponse::SeeOther().insert_header((LOCATION, next)).finish();
    if let Some(lang @ ("zh" | "en")) = fields.get("lang") {
        jar.put(&mut response, Kind::Language, lang);
    }
    match fields.get("large") {
        Some("yes") => jar.put(&mut response, Kind::Large, "yes"),
        Some(_) => jar.take(&mut response, Kind::Large),
        None => {}
    }
    Ok(response)
}

/// An address within this service, or its home: a link of ours must not lead elsewhere.
pub(super) fn local(next: Option<&str>) -> String {
    let fits = |next: &&str| {
        next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\r', '\n', '\t']) && next.is_ascii()
    };
    next.filter(fits).unwrap_or("/").to_owned()
}
