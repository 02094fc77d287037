//! A form for every act in a file. The version one has read goes along: who comes second finds what they typed where they typed it.

use actix_web::http::StatusCode;
use actix_web::{ResponseError, web};
use askama::Template;
use serde_json::{Value, json};

use super::choices;
use crate::api::file::handed_out;
use crate::api::problem::Fault;
use crate::ids::ProceedingId;
use crate::office::failure::{Failure, Problem};
use crate::office::letters::reading::Format;
use crate::office::proceedings::ProceedingInput;
use crate::office::proceedings::views::ProceedingView;
use crate::office::views::{ArticleView, EntryView};
use crate::proceeding::Act;
use crate::proceeding::terms::PaperKind;
use crate::web::form::{Form, MORE, Shown, read};
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::{Sent, SignedIn};
use crate::web::signing_in::RESTORED;

/// The field of the version one has read.
const VERSION: &str = "version";
/// The button that looks at the letter instead of issuing it.
const PREVIEW: &str = "preview";

/// A refusal, with its article.
pub(super) struct Refused {
    pub text: String,
    pub article: Option<ArticleView>,
}

impl Refused {
    /// A failure as a page tells it, and the status that goes with it.
    pub(super) fn of(p: &Frame, failure: Failure) -> (StatusCode, Self) {
        let article = match &failure {
            Failure::RefusedInProceeding { refusal, .. } => Some(refusal.article().into()),
            _ => None,
        };
        let fault = Fault::from(failure);
        (fault.status_code(), Self { text: fault.said(p.language), article })
    }
}

#[derive(Template)]
#[template(path = "desk/proceedings/act.html")]
struct ActPage<'a> {
    p: &'a Frame,
    file: ProceedingView,
    act: Act,
    version: i32,
    form: Form,
    refused: Option<Refused>,
    /// What happened since the form was opened.
    meanwhile: Vec<EntryView>,
    restored: bool,
}

/// What a form that is shown again is shown with.
#[derive(Default)]
struct Again {
    refused: Option<Failure>,
    restored: bool,
    more: Option<String>,
}

fn named(name: &str) -> Result<(Act, String), Failure> {
    let act: Act = name.parse().map_err(|_no_act| Failure::Missing)?;
    Ok((act, ProceedingInput::component(act).ok_or(Failure::Missing)?))
}

/// The form of an act.
pub(in crate::web) async fn show(by: SignedIn, place: web::Path<(ProceedingId, String)>) -> Paged {
    let (id, act) = place.into_inner();
    let (act, component) = named(&act)?;
    let file = by.office.proceeding(&by.officer, id).await?;
    let version = file.summary.version;
    let body = prefilled(act, &file);
    page_of(&by, file, (act, &component), version, &body, Again::default()).await
}

/// What stands in the form before anybody has typed.
fn prefilled(act: Act, file: &ProceedingView) -> Value {
    let last_step = file.journal.iter().rev().find(|entry| !entry.annulled).map(|entry| entry.seq);
    match act {
        Act::Assign => json!({"handler": file.summary.handler.as_ref().map(|one| one.id)}),
        Act::Annul => json!({"seq": last_step}),
        // Of what is owed the answer comes first; a catalogue alone is for evidence added later.
        Act::IssuePaper if file.rounds.last().is_some_and(|round| round.answered_on.is_some()) => {
            json!({"paper": PaperKind::EvidenceCatalogue})
        }
        Act::IssuePaper => json!({"paper": PaperKind::Answer}),
        _ => json!({}),
    }
}

async fn page_of(
    by: &SignedIn,
    file: ProceedingView,
    (act, component): (Act, &str),
    version: i32,
    body: &Value,
    again: Again,
) -> Paged {
    let p = &by.frame;
    let mut version = version;
    let mut status = StatusCode::OK;
    let mut problems: Vec<Problem> = Vec::new();
    let mut refused = None;
    let mut meanwhile = Vec::new();
    match again.refused {
        None => {}
        Some(Failure::Invalid(wrong)) => {
            status = StatusCode::UNPROCESSABLE_ENTITY;
            problems = wrong;
        }
        Some(Failure::Stale { .. }) => {
            status = StatusCode::PRECONDITION_FAILED;
            let read = u32::try_from(version).unwrap_or_default();
            meanwhile = file.journal.iter().filter(|entry| entry.seq > read).cloned().collect();
            version = file.summary.version;
        }
        Some(failure) => {
            let (code, told) = Refused::of(p, failure);
            status = code;
            refused = Some(told);
        }
    }
    if refused.is_none() && problems.is_empty() && meanwhile.is_empty() {
        let choice = file.choices.iter().find(|choice| choice.act.code == act.as_str());
        refused = choice.and_then(|choice| {
            let (zh, en) = (choice.zh.as_deref()?, choice.en.as_deref()?);
            Some(Refused { text: p.t(zh, en).to_owned(), article: choice.article.clone() })
        });
    }
    let choices = choices::of(by, act, &file).await?;
    let form =
        Form::of(&by.contract, component, p.language, body, &problems, &choices)?.with_more(again.more.as_deref());
    let view = ActPage { p, act, version, form, refused, meanwhile, restored: again.restored, file };
    page::with_status(status, p, &view)
}

/// Performs an act; or shows the form again, with what was typed.
pub(in crate::web) async fn perform(sent: Sent, place: web::Path<(ProceedingId, String)>) -> Paged {
    let Sent { by, fields } = sent;
    let (id, act) = place.into_inner();
    let (act, component) = named(&act)?;
    let body = read(&by.contract, &component, &fields);
    let version: i32 = fields.get(VERSION).and_then(|text| text.parse().ok()).unwrap_or_default();
    if fields.has(RESTORED) || fields.has(MORE) {
        let again =
            Again { restored: fields.has(RESTORED), more: fields.get(MORE).map(str::to_owned), ..Again::default() };
        let file = by.office.proceeding(&by.officer, id).await?;
        return page_of(&by, file, (act, &component), version, &body, again).await;
    }
    let office = if fields.has(PREVIEW) { by.office.rehearsing() } else { by.office.get_ref().clone() };
    let done = match ProceedingInput::read(act, body.clone(), by.contract.get_ref()) {
        Ok(input) => {
            let expected = u32::try_from(version).unwrap_or_default();
            office.proceed(&by.officer, id, expected, input).await.map(drop)
        }
        Err(wrong) => Err(wrong),
    };
    match done {
        Err(Failure::Foretold(letters)) => {
            let letter = letters.into_iter().next().ok_or(Failure::Missing)?;
            Ok(handed_out(by.office.written(letter, Format::Pdf).await?))
        }
        Ok(()) => page::see(&format!("/desk/proceedings/{id}?done={}", act.as_str())),
        Err(
            failure @ (Failure::Invalid(_)
            | Failure::RefusedInProceeding { .. }
            | Failure::Stale { .. }
            | Failure::Forbidden { .. }
            | Failure::Busy),
        ) => {
            let again = Again { refused: Some(failure), ..Again::default() };
            let file = by.office.proceeding(&by.officer, id).await?;
            page_of(&by, file, (act, &component), version, &body, again).await
        }
        Err(other) => Err(other.into()),
    }
}
