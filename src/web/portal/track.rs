//! An application followed by its applicant, with number and code: where it stands in plain words, by which day and why,
//! what is asked of them, the letters, and what they may do.

mod acts;
pub(in crate::web) mod papers;
pub(super) mod rating;
mod receipt;
pub(in crate::web) mod remedies;
pub(in crate::web) mod uploads;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, ResponseError, web};
use askama::Template;

use super::clocks;
use crate::api::contract::Contract;
use crate::api::problem::Fault;
use crate::api::public_limits;
use crate::case::Act;
use crate::files::kind::extensions;
use crate::ids::TextId;
use crate::office::Office;
use crate::office::failure::{Failure, Problem};
use crate::office::public::{Code, Document, Tracking};
use crate::office::views::ClockView;
use crate::vault::blind::normalise;
use crate::web::cookies::{Jar, Kind};
use crate::web::fields::Fields;
use crate::web::form::{Choices, Form, Shown, read};
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::picture::Picture;
use crate::web::signing_in::{RESTORED, restored};
use crate::web::turn::Turn;
use crate::web::visit::{Visit, local};
use acts::{Asked, asked};
pub(in crate::web) use rating::rate;
pub(in crate::web) use receipt::show as receipt;

#[derive(Template)]
#[template(path = "portal/track_open.html")]
struct OpenPage<'a> {
    p: &'a Frame,
    receipt_no: String,
    error: Option<String>,
    /// Where a form was sent whose application was closed meanwhile, and what it held.
    carried: Option<(String, String)>,
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
    /// Whether files have just come in.
    attached: bool,
    /// Why a file was not taken.
    problems: Vec<Problem>,
    /// The ends of names that are taken.
    accept: String,
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
    /// Whether it may be done now.
    open: bool,
}

impl<'a> TrackPage<'a> {
    fn of(p: &'a Frame, mut tracking: Tracking) -> Self {
        tracking.clocks = clocks::told(tracking.clocks);
        let acts = tracking.allowed.iter().filter_map(|act| asked(*act)).collect();
        let accept = extensions().iter().map(|end| format!(".{end}")).collect::<Vec<_>>().join(",");
        Self { p, tracking, acts, done: None, rated: String::new(), attached: false, problems: Vec::new(), accept }
    }

    /// Whether a file may be added.
    fn takes_files(&self) -> bool {
        self.tracking.allowed.contains(&Act::AttachFile)
    }

    /// The clocks that count now: the one that runs, and once it is over those for going further. The rest are folded.
    fn clocks(&self) -> Vec<(bool, &ClockView)> {
        let runs = |clock: &ClockView| match &self.tracking.due {
            Some(due) => due.clock == clock.name,
            None => clock.name.code.starts_with("reconsideration") || clock.name.code.starts_with("suit"),
        };
        let mut clocks: Vec<_> = self.tracking.clocks.iter().map(|clock| (runs(clock), clock)).collect();
        clocks.sort_by_key(|(runs, _)| !runs);
        clocks
    }
}

/// Number and code, as this browser holds them.
struct Key {
    receipt_no: String,
    code: Code,
}

impl Key {
    /// Lets it last from now: whoever reads and writes here is not shut out meanwhile.
    fn keep(&self, jar: &Jar, response: &mut HttpResponse) {
        jar.put(response, Kind::Track, &format!("{} {}", self.receipt_no, self.code.text()));
    }
}

fn key(request: &HttpRequest) -> Option<Key> {
    let held = Kind::Track.of(request)?;
    let (receipt_no, code) = held.split_once(' ')?;
    Some(Key { receipt_no: receipt_no.to_owned(), code: public_limits::code(request, code) })
}

/// The application; or the door to it.
pub(in crate::web) async fn show(
    visit: Visit,
    office: web::Data<Office>,
    jar: web::Data<Jar>,
    request: HttpRequest,
) -> Paged {
    let query = Fields::of(request.query_string());
    let Some(key) = key(&request) else {
        let page = OpenPage { p: &visit.frame, receipt_no: query.text("receipt_no"), error: None, carried: None };
        return page::shown(&visit.frame, &page);
    };
    match office.track(&key.receipt_no, &key.code).await {
        Ok(tracking) => {
            let done = query.get("done").and_then(|act| act.parse::<Act>().ok()).and_then(asked);
            let mut page = TrackPage::of(&visit.frame, tracking);
            (page.done, page.rated) = (done, query.text("rate"));
            page.attached = query.has("files");
            let mut response = page::shown(&visit.frame, &page)?;
            key.keep(&jar, &mut response);
            Ok(response)
        }
        Err(failure) if failure.opens_nothing() => page::shown(
            &visit.frame,
            &OpenPage { p: &visit.frame, receipt_no: key.receipt_no, error: None, carried: None },
        ),
        Err(other) => Err(other.into()),
    }
}

/// The application, with why a file was not taken.
async fn again(visit: &Visit, office: &Office, key: &Key, problems: Vec<Problem>, attached: bool) -> Paged {
    let tracking = office.track(&key.receipt_no, &key.code).await?;
    let page = TrackPage { attached, problems, ..TrackPage::of(&visit.frame, tracking) };
    page::with_status(StatusCode::UNPROCESSABLE_ENTITY, &visit.frame, &page)
}

/// What a form held that was sent after the application was closed, and where it goes.
fn carried_by(fields: &Fields) -> Option<(String, String)> {
    let next = local(fields.get("next"));
    let carried = fields.get("carried")?;
    next.starts_with("/track/acts/").then(|| (next, carried.to_owned()))
}

/// Opens it.
pub(in crate::web) async fn open(
    visit: Visit,
    office: web::Data<Office>,
    jar: web::Data<Jar>,
    request: HttpRequest,
    fields: Fields,
) -> Paged {
    // An input method for Chinese types letters and digits in full width.
    let (receipt_no, code) = (normalise(&fields.text("receipt_no")), normalise(&fields.text("code")));
    let code = public_limits::code(&request, code);
    match office.track(&receipt_no, &code).await {
        Ok(_) => {
            let mut response = match carried_by(&fields) {
                None => page::see("/track")?,
                Some((next, carried)) => {
                    let mut carried = Fields::of(&carried);
                    carried.set(RESTORED, "yes");
                    restored(&visit.frame, next, carried)?
                }
            };
            jar.put(&mut response, Kind::Track, &format!("{receipt_no} {}", code.text()));
            Ok(response)
        }
        Err(failure) if failure.opens_nothing() => {
            let fault = Fault::from(failure);
            let error = Some(fault.said(visit.frame.language));
            let page = OpenPage { p: &visit.frame, receipt_no, error, carried: carried_by(&fields) };
            page::at_fault(&fault, &visit.frame, &page)
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
    jar: web::Data<Jar>,
    name: web::Path<String>,
    request: HttpRequest,
) -> Paged {
    let Some(key) = key(&request) else { return page::see("/track") };
    let asked = named(&name)?;
    let mut response = act_page(&visit.frame, &office, &contract, &key, asked, &Fields::default(), None).await?;
    key.keep(&jar, &mut response);
    Ok(response)
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
    let form = if asked.act == Act::Withdraw { form.without_hints() } else { form };
    let open = tracking.allowed.contains(&asked.act);
    page::with_status(status, p, &ActPage { p, asked, letter, form, error, open })
}

/// Performs it.
pub(in crate::web) async fn perform(
    visit: Visit,
    office: web::Data<Office>,
    contract: web::Data<Contract>,
    name: web::Path<String>,
    request: HttpRequest,
    jar: web::Data<Jar>,
    fields: Fields,
) -> Paged {
    let asked = named(&name)?;
    // It was open too long, or has another code by now: what was typed goes through the door and comes back.
    let at_the_door = || {
        let carried = Some((format!("/track/acts/{}", asked.act.as_str()), fields.encoded()));
        let page = OpenPage { p: &visit.frame, receipt_no: String::new(), error: None, carried };
        page::with_status(StatusCode::UNAUTHORIZED, &visit.frame, &page)
    };
    let Some(key) = key(&request) else { return at_the_door() };
    if fields.has(RESTORED) {
        return act_page(&visit.frame, &office, &contract, &key, asked, &fields, None).await;
    }
    let body = read(&contract, asked.component, &fields);
    match acts::perform(&office, &contract, &key.receipt_no, &key.code, asked, body).await {
        Ok(_) => {
            let mut response = page::see(&format!("/track?done={}", asked.act.as_str()))?;
            key.keep(&jar, &mut response);
            Ok(response)
        }
        Err(failure) if failure.opens_nothing() => at_the_door(),
        Err(failure @ (Failure::Invalid(_) | Failure::Refused { .. } | Failure::Contrary { .. })) => {
            act_page(&visit.frame, &office, &contract, &key, asked, &fields, Some(failure)).await
        }
        Err(other) => Err(other.into()),
    }
}
