//! Answers that are not problems.

#![expect(clippy::unnecessary_wraps, reason = "a handler ends with one of these, in one word")]

use actix_web::http::header::{ETAG, LOCATION};
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

use super::if_match;
use super::problem::Fault;
use crate::office::enquiries::views::EnquiryView;
use crate::office::proceedings::views::ProceedingView;
use crate::office::views::CaseView;

/// What a handler returns.
pub type Answer = Result<HttpResponse, Fault>;

/// 200 with `value`.
///
/// # Errors
/// None; a [`Answer`] so that handlers end with it.
pub fn ok(value: impl Serialize) -> Answer {
    Ok(HttpResponse::Ok().json(value))
}

/// 204.
///
/// # Errors
/// None.
pub fn nothing() -> Answer {
    Ok(HttpResponse::NoContent().finish())
}

/// 201 with `value`, which is to be found at `location` from now on.
///
/// # Errors
/// None.
pub fn created(location: &str, value: impl Serialize) -> Answer {
    Ok(HttpResponse::Created().insert_header((LOCATION, location)).json(value))
}

/// 200 with the case and its entity tag: what the next act on it must state in `If-Match`.
///
/// # Errors
/// None.
pub fn case(view: &CaseView) -> Answer {
    Ok(HttpResponse::Ok().insert_header((ETAG, if_match::etag(view.version))).json(view))
}

/// 200 with the file of a proceeding and its entity tag.
///
/// # Errors
/// None.
pub fn proceeding(view: &ProceedingView) -> Answer {
    let version = u32::try_from(view.summary.version).unwrap_or_default();
    Ok(HttpResponse::Ok().insert_header((ETAG, if_match::etag(version))).json(view))
}

/// 200 with an enquiry and its entity tag.
///
/// # Errors
/// None.
pub fn enquiry(view: &EnquiryView) -> Answer {
    let version = u32::try_from(view.summary.version).unwrap_or_default();
    Ok(HttpResponse::Ok().insert_header((ETAG, if_match::etag(version))).json(view))
}

/// The case for a reader who may have this version already: 304 then.
///
/// Only of a closed case that nobody has rated: what an open one shows (days left, what is allowed) changes with the
/// calendar and without any entry in its journal, and so does a rating.
///
/// # Errors
/// None.
pub fn case_unless_known(request: &HttpRequest, view: &CaseView) -> Answer {
    let settled = view.due.is_none() && view.closing.is_some() && view.rating.is_none();
    if settled && if_match::has_already(request, view.version) {
        return Ok(HttpResponse::NotModified().insert_header((ETAG, if_match::etag(view.version))).finish());
    }
    case(view)
}
