//! Which notices one gets, where and when.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use askama::Template;
use serde_json::{Map, Value, json};

use crate::office::failure::{Failure, Problem};
use crate::office::notices::choices::{Choice, ChoicesInput, ChoicesView, MailLanguage};
use crate::office::views::{Term, term};
use crate::web::fields::Fields;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::{Sent, SignedIn};

/// Before the name of a notice, in the form.
const NOTICE: &str = "notice.";

#[derive(Template)]
#[template(path = "shared/notices.html")]
struct NoticesPage<'a> {
    p: &'a Frame,
    choices: ChoicesView,
    languages: Vec<Term>,
    ways: Vec<Term>,
    saved: bool,
    problems: Vec<Problem>,
}

/// What one has chosen.
pub(in crate::web) async fn show(by: SignedIn, request: HttpRequest) -> Paged {
    page_of(&by, Fields::of(request.query_string()).has("saved"), Vec::new()).await
}

async fn page_of(by: &SignedIn, saved: bool, problems: Vec<Problem>) -> Paged {
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = NoticesPage {
        p: &by.frame,
        choices: by.office.notice_choices(&by.officer).await?,
        languages: MailLanguage::ALL.iter().map(|language| term!(*language)).collect(),
        ways: Choice::ALL.iter().map(|way| term!(*way)).collect(),
        saved,
        problems,
    };
    page::with_status(status, &by.frame, &page)
}

/// Chooses.
pub(in crate::web) async fn choose(sent: Sent) -> Paged {
    let Sent { by, fields } = sent;
    let notices: Map<String, Value> = fields
        .iter()
        .filter_map(|(name, way)| Some((name.strip_prefix(NOTICE)?.to_owned(), Value::from(way))))
        .collect();
    let body = json!({
        "email": fields.text("email"),
        "language": fields.text("language"),
        "any_hour": fields.get("any_hour") == Some("yes"),
        "notices": notices,
    });
    let chosen = match by.contract.body::<ChoicesInput>(body) {
        Ok(input) => by.office.choose_notices(&by.officer, input).await,
        Err(wrong) => Err(wrong),
    };
    match chosen {
        Ok(_) => page::see("/me/notices?saved=yes"),
        Err(Failure::Invalid(problems)) => page_of(&by, false, problems).await,
        Err(other) => Err(other.into()),
    }
}
