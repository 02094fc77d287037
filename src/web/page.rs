//! A page as an answer.

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, HeaderValue, LOCATION, RETRY_AFTER};
use actix_web::{HttpResponse, HttpResponseBuilder, ResponseError};
use askama::Template;

use super::edge::FRAMED;
use super::frame::Frame;
use super::turn::Turn;
use crate::api::problem::Fault;
use crate::office::failure::Failure;

/// What a handler of a page gives.
pub(super) type Paged = Result<HttpResponse, Turn>;

/// The page a template makes.
///
/// # Errors
/// [`Failure::Broken`] when it cannot be filled in.
pub(super) fn shown(frame: &Frame, template: &impl Template) -> Paged {
    with_status(StatusCode::OK, frame, template)
}

/// The same page with another status: a form that is shown again because of what is wrong in it.
///
/// # Errors
/// As [`shown`].
pub(super) fn with_status(status: StatusCode, frame: &Frame, template: &impl Template) -> Paged {
    let html = template.render()?;
    Ok(HttpResponseBuilder::new(status)
        .content_type("text/html; charset=utf-8")
        .insert_header((CONTENT_LANGUAGE, frame.lang()))
        .body(html))
}

/// A form that is shown again because of `fault`: with its status, and with when to try again.
///
/// # Errors
/// As [`shown`].
pub(super) fn at_fault(fault: &Fault, frame: &Frame, template: &impl Template) -> Paged {
    let mut page = with_status(fault.status_code(), frame, template)?;
    if let Some(seconds) = fault.retry_after() {
        page.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    Ok(page)
}

/// A page that is shown within another one of ours.
///
/// # Errors
/// As [`shown`].
pub(super) fn framed(frame: &Frame, template: &impl Template) -> Paged {
    let mut page = shown(frame, template)?;
    page.headers_mut().insert(CONTENT_SECURITY_POLICY, FRAMED);
    Ok(page)
}

/// On to another page, which is then asked for anew: loading it again sends nothing twice. What of an address could not stand in one
/// (it may repeat what somebody asked for) is written with percent signs (RFC 3986 §2.1).
///
/// # Errors
/// Never; it is what a handler gives.
#[expect(clippy::unnecessary_wraps, reason = "it ends handlers, whose other ends may fail")]
pub(super) fn see(place: &str) -> Paged {
    let mut written = String::with_capacity(place.len());
    for byte in place.bytes() {
        match byte {
            b'!' | b'#'..=b';' | b'=' | b'?'..=b'Z' | b'[' | b']' | b'_' | b'a'..=b'z' | b'~' => {
                written.push(char::from(byte));
            }
            b' ' => written.push_str("%20"),
            other => written.extend(form_urlencoded::byte_serialize(&[other])),
        }
    }
    Ok(HttpResponse::SeeOther().insert_header((LOCATION, written)).finish())
}

/// No page has this address.
///
/// # Errors
/// [`Failure::Missing`], always.
pub(super) async fn nothing_here() -> Paged {
    Err(Failure::Missing.into())
}
