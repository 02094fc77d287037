//! Signing in and out by browser. Whoever finds their sign-in over while sending a form gets back what they typed.

use actix_web::http::StatusCode;
use actix_web::http::header::{LOCATION, USER_AGENT};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::cookies::{Jar, Kind};
use super::fields::Fields;
use super::frame::{Frame, Reader};
use super::page::{self, Paged};
use super::signed_in::{Sent, SignedIn, TOKEN};
use super::visit::{Visit, local};
use crate::api::problem::Fault;
use crate::api::public_limits::visit as visited;
use crate::ids::TokenId;
use crate::office::Office;
use crate::office::failure::Failure;
use crate::office::sign_in::Login;
use crate::vault::token;

/// The field by which a form says that it brings back what was typed before.
pub(super) const RESTORED: &str = "restored";

#[derive(Template)]
#[template(path = "shared/sign_in.html")]
struct SignInPage<'a> {
    p: &'a Frame,
    next: String,
    login: String,
    carried: String,
    /// Whether a form was sent after the sign-in was over.
    over: bool,
    error: Option<String>,
}

#[derive(Template)]
#[template(path = "shared/restored.html")]
struct RestoredPage<'a> {
    p: &'a Frame,
    next: String,
    fields: Fields,
}

/// The sign-in page.
pub(super) async fn show(visit: Visit, request: HttpRequest) -> Paged {
    let next = local(Fields::of(request.query_string()).get("next").or(Some("/start")));
    let page =
        SignInPage { p: &visit.frame, next, login: String::new(), carried: String::new(), over: false, error: None };
    page::shown(&visit.frame, &page)
}

/// The sign-in page in place of what a form asked for: with the account's name, and with what was typed.
///
/// # Errors
/// The database's failures.
pub(super) async fn over(request: &HttpRequest, frame: &Frame, next: &str, carried: Option<&str>) -> Paged {
    let office = request.app_data::<web::Data<Office>>();
    let login = match (office, Kind::Session.of(request)) {
        (Some(office), Some(secret)) => office.login_of_session(&secret).await?,
        _ => None,
    };
    let page = SignInPage {
        p: frame,
        next: next.to_owned(),
        login: login.unwrap_or_default(),
        carried: carried.unwrap_or_default().to_owned(),
        over: true,
        error: None,
    };
    page::with_status(StatusCode::UNAUTHORIZED, frame, &page)
}

/// Signs in.
pub(super) async fn sign_in(
    visit: Visit,
    request: HttpRequest,
    office: web::Data<Office>,
    jar: web::Data<Jar>,
    fields: Fields,
) -> Paged {
    let next = local(fields.get("next").or(Some("/start")));
    let login = Login { login: fields.text("login"), password: fields.text("password") };
    let browser = request.headers().get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let begun = match office.begin_session(login, browser, &visited(&request)).await {
        Ok(begun) => begun,
        Err(failure @ (Failure::NotSignedIn(_) | Failure::TooOften { .. })) => {
            let fault = Fault::from(failure);
            let page = SignInPage {
                p: &visit.frame,
                next,
                login: fields.text("login"),
                carried: fields.text("carried"),
                over: fields.has("over"),
                error: Some(fault.said(visit.frame.language)),
            };
            return page::at_fault(&fault, &visit.frame, &page);
        }
        Err(other) => return Err(other.into()),
    };
    // Who signs in again in the same browser leaves no second sign-in behind.
    if let Some(secret) = Kind::Session.of(&request)
        && let Ok(mut officer) = office.officer_of_session(&secret).await
    {
        officer.visit = visited(&request);
        office.end_session(&officer, TokenId::from_uuid(officer.family)).await?;
    }
    // What one account had typed is not handed to another that signs in at the same screen.
    let whose = match Kind::Session.of(&request) {
        Some(secret) => office.login_of_session(&secret).await?,
        None => None,
    };
    let same = whose.is_none_or(|whose| whose == fields.text("login").trim().to_lowercase());
    let mut response = match fields.get("carried").filter(|_| same) {
        None if !same => page::see("/start")?,
        _ if begun.must_change_password => page::see("/me?first=yes")?,
        None => page::see(&next)?,
        Some(carried) => {
            let mut carried = Fields::of(carried);
            carried.set(TOKEN, token::form_token(&begun.secret));
            carried.set(RESTORED, "yes");
            restored(&visit.frame, next, carried)?
        }
    };
    jar.put(&mut response, Kind::Session, &begun.secret);
    Ok(response)
}

/// The page from which what was typed before goes back into its form.
///
/// # Errors
/// As of any page.
pub(super) fn restored(frame: &Frame, next: String, fields: Fields) -> Paged {
    page::shown(frame, &RestoredPage { p: frame, next, fields })
}

/// Where one's work begins.
pub(super) async fn start(by: SignedIn) -> Paged {
    page::see(by.frame.reader.as_ref().map_or("/me", Reader::start))
}

/// Signs out.
pub(super) async fn sign_out(sent: Sent, jar: web::Data<Jar>) -> Paged {
    let officer = &sent.by.officer;
    sent.by.office.end_session(officer, TokenId::from_uuid(officer.family)).await?;
    let mut response = HttpResponse::SeeOther().insert_header((LOCATION, "/sign-in")).finish();
    jar.take(&mut response, Kind::Session);
    Ok(response)
}
