//! The outermost layer of the pages: what another site made is turned away, what went wrong becomes a page in the
//! reader's language (or problem+json for whoever asks for no page), and every answer carries the headers that keep a
//! page to itself.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{
    ACCEPT, CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, HeaderMap, HeaderName, HeaderValue, ORIGIN, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{HttpRequest, HttpResponse, ResponseError, web};
use askama::Template;

use super::fields::encode;
use super::frame::Frame;
use super::page::{self, Paged};
use super::signed_in::reader_of;
use super::signing_in;
use super::turn::Turn;
use super::visit::frame_of;
use crate::api::edge::{REQUEST_ID, log};
use crate::api::problem::Fault;
use crate::api::problem::body::ProblemBody;
use crate::api::unread::Unread;
use crate::ids::uuid_at;
use crate::office::Office;
use crate::office::failure::Failure;

/// Our own style, scripts and pictures; our own forms; nobody's frame; nothing written into the page itself.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

/// What is shown within a page of ours, and in nobody else's: it runs nothing and sends nothing. Its pictures are written into it,
/// for what they show is kept nowhere.
pub(super) const FRAMED: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'",
);

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Wraps every page.
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
    let (request, response) = if from_elsewhere(&request) {
        let (request, _body) = request.into_parts();
        let response = HttpResponse::from_error(Turn::from(not_ours()));
        (request, response)
    } else {
        next.call(request).await?.map_into_boxed_body().into_parts()
    };
    let mut response = match told(&request, &response, &request_id).await {
        None => response,
        Some(told) => told,
    };
    add_headers(response.headers_mut(), &request_id);
    Ok(ServiceResponse::new(request, unread.until_sent(response)))
}

/// Whether a form came from another site. Browsers say so in one of two headers; a program sends neither, and has no
/// cookie that somebody could abuse.
fn from_elsewhere(request: &ServiceRequest) -> bool {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return false;
    }
    let text = |name: &HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text(&FETCH_SITE) {
        return site != "same-origin";
    }
    let host = text(&HOST).unwrap_or_default();
    text(&ORIGIN).is_some_and(|origin| origin.split("://").nth(1) != Some(host))
}

fn not_ours() -> Failure {
    Failure::Forbidden {
        zh: "这份表单来自别的网站，没有受理。".to_owned(),
        en: "This form came from another site and was not taken.".to_owned(),
    }
}

/// The page that tells what went wrong; none when nothing did.
async fn told(request: &HttpRequest, response: &HttpResponse, request_id: &str) -> Option<HttpResponse> {
    let turn = response.error().and_then(|error| error.as_error::<Turn>());
    let foreign = match (turn, response.status()) {
        (Some(_), _) => None,
        (None, status) if !(status.is_client_error() || status.is_server_error()) || has_a_page(response) => {
            return None;
        }
        (None, StatusCode::SERVICE_UNAVAILABLE) => Some(Turn::from(Failure::Busy)),
        (None, StatusCode::REQUEST_TIMEOUT) => Some(Turn::from(Fault::TooSlow)),
        (None, StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED) => Some(Turn::from(Failure::Missing)),
        (None, _) => Some(Turn::from(Failure::broken(response.status().to_string()))),
    };
    let mut frame = frame_of(request);
    let paged = match foreign.as_ref().or(turn)? {
        Turn::Fault(fault) => {
            log(request, fault, request_id);
            if !wants_a_page(request) {
                return Some(fault.render(frame.language, Some(request_id)));
            }
            frame.reader = reader_of(request).await;
            faulty(&frame, fault, request_id)
        }
        Turn::SignIn { next, carried: None } => page::see(&format!("/sign-in?{}", encode([("next", next.as_str())]))),
        Turn::SignIn { next, carried } => signing_in::over(request, &frame, next, carried.as_deref()).await,
        Turn::FirstPassword => page::see("/me?first=yes"),
        Turn::Track => page::see("/track"),
    };
    Some(paged.unwrap_or_else(|turn| turn.error_response()))
}

/// Whether a handler of ours made the page itself, as a form that is shown again.
fn has_a_page(response: &HttpResponse) -> bool {
    response.error().is_none() && response.headers().contains_key(actix_web::http::header::CONTENT_TYPE)
}

fn wants_a_page(request: &HttpRequest) -> bool {
    let accepted = request.headers().get(ACCEPT).and_then(|value| value.to_str().ok());
    accepted.is_some_and(|accepted| accepted.contains("text/html"))
}

/// A page that says what went wrong and what to do.
#[derive(Template)]
#[template(path = "shared/fault.html")]
struct Faulty<'a> {
    p: &'a Frame,
    problem: ProblemBody,
}

fn faulty(frame: &Frame, fault: &Fault, request_id: &str) -> Paged {
    let mut problem = ProblemBody::of(fault, frame.language, Some(request_id));
    problem.detail = fault.said(frame.language);
    problem.errors = None;
    page::at_fault(fault, frame, &Faulty { p: frame, problem })
}

fn add_headers(headers: &mut HeaderMap, request_id: &str) {
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // Not `no-referrer`: browsers would then send `Origin: null` with our own forms.
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    if !headers.contains_key(CONTENT_SECURITY_POLICY) {
        headers.insert(CONTENT_SECURITY_POLICY, POLICY);
    }
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if let Ok(id) = HeaderValue::from_str(request_id) {
        headers.insert(REQUEST_ID, id);
    }
}
