//! An application followed by its applicant, with number and code: where it stands in plain words, by which day and why,
//! what is asked of them, the letters, and what they may do.

mod acts;
mod rating;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, ResponseError, web};
use askama::Template;

use super::clocks;
use crate::api::contract::Contract;
use crate::api::problem::Fault;
use crate::case::Act;
use crate::ids::TextId;
use crate::office::Office;
use crate::office::failure::{Failure, Problem, SignInFault};
use crate::office::public::{Document, Tracking};
use crate::web::cookies::{Jar, Kind};
use crate::web::fields::Fields;
use crate::web::form::{Choices, Form, Shown, read};
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::picture::Picture;
use crate::web::turn::Turn;
use crate::web::visit::Visit;
use acts::{Asked, asked};
pub(in crate::web) use rating::rate;

#[derive(Template)]
#[template(path = "portal/track_open.html")]
struct OpenPage<'a> {
    p: &'a Frame,
    receipt_no: String,
    error: Option<String>,
}

#[derive(Template)]
#[template(path = "portal/track.html")]
struct TrackPage<'a> {
    p: &'a Frame,
    tracking: Tracking,
    acts: Vec<&'static Asked>,
    done: Option<&'static Asked>,
    /// What became of the rating: `done` or `choose`.
    rated: String,
}

#[derive(Template)]
#[template(path = "portal/letter.html")]
struct LetterPage<'a> {
    p: &'a Frame,
    document: Document,
    kind: &'static str,
}

#[derive(Template)]
#[template(path = "portal/track_act.html")]
struct ActPage<'a> {
    p: &'a Frame,
    asked: &'static Asked,
    /// The letter that asks for it.
    letter: Option<Document>,
    form: Form,
    error: Option<String>,
}

/// Number and code, as this browser holds them.
struct Key {
    receipt_no: String,
    code: String,
}

fn key(request: &HttpRequest) -> Option<Key> {
    let held = Kind::Track.of(request)?;
    let (receipt_no, code) = held.split_once(' ')?;
    Some(Key { receipt_no: receipt_no.to_owned(), code: code.to_owned() })
}

/// The application; or the door to it.
pub(in crate::web) async fn show(visit: Visit, office: web::Data<Office>, request: HttpRequest) -> Paged {
    let query = Fields::of(request.query_string());
    let Some(key) = key(&request) else {
        let page = OpenPage { p: &visit.frame, receipt_no: query.text("receipt_no"), error: None };
        return page::shown(&visit.frame, &page);
    };
    match office.track(&key.receipt_no, &key.code).await {
        Ok(mut tracking) => {
            tracking.clocks = clocks::told(tracking.clocks);
            let acts = tracking.allowed.iter().filter_map(|act| asked(*act)).collect();
            let done = query.get("done").and_then(|act| act.parse::<Act>().ok()).and_then(asked);
            page::shown(&visit.frame, &TrackPage { p: &visit.frame, tracking, acts, done, rated: query.text("rate") })
        }
        Err(Failure::NotSignedIn(_)) => {
            page::shown(&visit.frame, &OpenPage { p: &visit.frame, receipt_no: key.receipt_no, error: None })
        }
        Err(other) => Err(other.into()),
    }
}

/// Opens it.
pub(in crate::web) async fn open(
    visit: Visit,
    office: web::Data<Office>,
    jar: web::Data<Jar>,
    fields: Fields,
) -> Paged {
    let (receipt_no, code) = (fields.text("receipt_no").trim().to_uppercase(), fields.text("code").trim().to_owned());
    match office.track(&receipt_no, &code).await {
        Ok(_) => {
            let mut response = page::see("/track")?;
            jar.put(&mut response, Kind::Track, &format!("{receipt_no} {code}"));
            Ok(response)
        }
        Err(failure @ (Failure::NotSignedIn(SignInFault::WrongQueryCode) | Failure::TooOften { .. })) => {
            let fault = Fault::from(failure);
            let error = Some(fault.said(visit.frame.language));
            page::with_status(fault.status_code(), &visit.frame, &OpenPage { p: &visit.frame, receipt_no, error })
        }
        Err(other) => Err(other.into()),
    }
}

/// Closes it: the next at this counter must not see it.
pub(in crate::web) async fn leave(jar: web::Data<Jar>) -> Paged {
    let mut response = page::see("/track")?;
    jar.take(&mut response, Kind::Track);
    Ok(response)
}

/// A letter.
pub(in crate::web) async fn letter(
    visit: Visit,
    office: web::Data<Office>,
    id: web::Path<TextId>,
    request: HttpRequest,
) -> Paged {
    let Some(key) = key(&request) else { return page::see("/track") };
    let document = office.document(&key.receipt_no, &key.code, *id).await?;
    let kind = acts::letter_name(&visit.frame, document.document.kind);
    page::shown(&visit.frame, &LetterPage { p: &visit.frame, document, kind })
}

/// The form of an act.
pub(in crate::web) async fn act(
    visit: Visit,
    office: web::Data<Office>,
    contract: web::Data<Contract>,
    name: web::Path<String>,
    request: HttpRequest,
) -> Paged {
    let Some(key) = key(&request) else { return page::see("/track") };
    let asked = named(&name)?;
    act_page(&visit.frame, &office, &contract, &key, asked, &Fields::default(), None).await
}

fn named(name: &str) -> Result<&'static Asked, Turn> {
    Ok(name.parse::<Act>().ok().and_then(asked).ok_or(Failure::Missing)?)
}

async fn act_page(
    p: &Frame,
    office: &Office,
    contract: &Contract,
    key: &Key,
    asked: &'static Asked,
    fields: &Fields,
    failed: Option<Failure>,
) -> Paged {
    let tracking = office.track(&key.receipt_no, &key.code).await?;
    let letter = tracking.documents.iter().rev().find(|one| asked.letter == Some(one.kind) && !one.annulled);
    let letter = match letter {
        Some(letter) => Some(office.document(&key.receipt_no, &key.code, letter.id).await?),
        None => None,
    };
    let (problems, error, status): (Vec<Problem>, Option<String>, StatusCode) = match failed {
        None => (Vec::new(), None, StatusCode::OK),
        Some(Failure::Invalid(problems)) => (problems, None, StatusCode::UNPROCESSABLE_ENTITY),
        Some(other) => {
            let fault = Fault::from(other);
            (Vec::new(), Some(fault.said(p.language)), fault.status_code())
        }
    };
    let body = read(contract, asked.component, fields);
    let form = Form::of(contract, asked.component, p.language, &body, &problems, &Choices::new())?;
    let form = if asked.asks_day { form } else { form.without("on") };
    page::with_status(status, p, &ActPage { p, asked, letter, form, error })
}

/// Performs it.
pub(in crate::web) async fn perform(
    visit: Visit,
    office: web::Data<Office>,
    contract: web::Data<Contract>,
    name: web::Path<String>,
    request: HttpRequest,
    fields: Fields,
) -> Paged {
    let Some(key) = key(&request) else { return page::see("/track") };
    let asked = named(&name)?;
    let body = read(&contract, asked.component, &fields);
    match acts::perform(&office, &contract, &key.receipt_no, &key.code, asked, body).await {
        Ok(_) => page::see(&format!("/track?done={}", asked.act.as_str())),
        Err(failure @ (Failure::Invalid(_) | Failure::Refused { .. } | Failure::Contrary { .. })) => {
            act_page(&visit.frame, &office, &contract, &key, asked, &fields, Some(failure)).await
        }
        Err(other) => Err(other.into()),
    }
}
