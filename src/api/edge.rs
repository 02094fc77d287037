//! The outermost layer of the API: names the request, speaks the reader's language, logs once, and sends the headers
//! that every answer carries.
//!
//! Two kinds of text never pass it: actix's own sentences, which become problem+json here, and the cause of a fault of
//! ours, which goes to the log under the id the reader is told.

use std::error::Error;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use actix_web::middleware::Next;
use actix_web::{HttpRequest, HttpResponse, ResponseError, web};

use super::language::Language;
use super::openapi::READER;
use super::problem::Fault;
use super::unread::Unread;
use crate::ids::uuid_at;
use crate::office::Office;
use crate::office::failure::Failure;

/// Names the request in the log and in a problem; sent with every answer.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// JSON runs nothing and is framed by nobody.
const NOTHING: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");

/// The reader of the OpenAPI document is a page: its own scripts, its style attributes and its drawn icons.
const READER_ONLY: HeaderValue = HeaderValue::from_static(
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'",
);

/// Wraps every answer of the API. Needs the [`Office`] in the app's data.
///
/// # Errors
/// Only what an inner layer failed with before it had a response; none of ours does.
pub(super) async fn edge(
    office: web::Data<Office>,
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let unread = Unread::of(&mut request);
    let request_id = uuid_at(office.now(), &mut office.shared().randomness.clone()).to_string();
    let language = Language::of(request.headers());
    let (request, response) = next.call(request).await?.map_into_boxed_body().into_parts();

    let foreign = foreign(&response);
    let fault = foreign.as_ref().or_else(|| response.error().and_then(|error| error.as_error::<Fault>()));
    let told = fault.map(|fault| {
        log(&request, fault, &request_id);
        fault.render(language, Some(&request_id))
    });
    let mut response = told.unwrap_or(response);
    add_headers(request.path(), response.headers_mut(), &request_id);
    Ok(ServiceResponse::new(request, unread.until_sent(response)))
}

/// The fault behind an error answer that is not one of our own making.
fn foreign(response: &HttpResponse) -> Option<Fault> {
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error())
        || response.error().is_some_and(|error| error.as_error::<Fault>().is_some())
        || answers_in_json(response)
    {
        return None;
    }
    let cause = response.error().map_or_else(|| status.to_string(), ToString::to_string);
    Some(match status {
        StatusCode::NOT_FOUND => Failure::Missing.into(),
        // The few resources that are not in the route table only read.
        StatusCode::METHOD_NOT_ALLOWED => Fault::WrongMethod { allow: "GET".to_owned() },
        status if status.is_server_error() => Failure::broken(cause).into(),
        _ => Fault::Unreadable {
            zh: "请求的形式不正确。".to_owned(),
            en: "The request is not formed as it should be.".to_owned(),
        },
    })
}

/// Whether a handler of ours wrote the answer itself, as `/readyz` does when it is not ready: actix never writes JSON.
fn answers_in_json(response: &HttpResponse) -> bool {
    response.error().is_none()
        && response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"))
}

/// Once a request. A 4xx says only which kind it is: what was sent may hold somebody's name. The route stands for the
/// path for the same reason.
pub(crate) fn log(request: &HttpRequest, fault: &Fault, request_id: &str) {
    let status = fault.status_code().as_u16();
    let route = request.match_pattern().unwrap_or_default();
    let method = request.method();
    if status >= 500 {
        tracing::error!(request_id, %method, route, status, fault = chain(fault), "a request failed");
    } else {
        tracing::debug!(request_id, %method, route, status, kind = fault.slug(), "a request was refused");
    }
}

/// The fault and its causes, outermost first.
fn chain(fault: &Fault) -> String {
    let mut text = fault.to_string();
    let mut cause = fault.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}

fn add_headers(path: &str, headers: &mut HeaderMap, request_id: &str) {
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(CONTENT_SECURITY_POLICY, if path.starts_with(READER) { READER_ONLY } else { NOTHING });
    if !headers.contains_key(CACHE_CONTROL) {
        // What a case holds must not stay behind in a shared cache or on a counter's machine.
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if let Ok(id) = HeaderValue::from_str(request_id) {
        headers.insert(REQUEST_ID, id);
    }
}
