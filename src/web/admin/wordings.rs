//! The wording of a notice: read, tried on an invented case, laid down, sent to oneself, taken back.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use serde_json::{Value, json};

use crate::notices::Notice;
use crate::notices::render::Language as MailLanguage;
use crate::office::failure::{Failure, Problem};
use crate::office::notices::wordings::{Preview, PreviewInput, Which, WordingInput, WordingView};
use crate::web::fields::Fields;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::{Sent, SignedIn};
use crate::web::signing_in::RESTORED;

#[derive(Template)]
#[template(path = "admin/wording.html")]
struct WordingPage<'a> {
    p: &'a Frame,
    slug: String,
    wording: WordingView,
    subject: String,
    text: String,
    html: String,
    preview: Option<Preview>,
    problems: Vec<Problem>,
    /// What was done, in words.
    done: Option<&'static str>,
}

/// Agency, notice, language.
type Place = (String, Notice, MailLanguage);

fn which(place: &Place) -> Which {
    Which { slug: place.0.clone(), notice: place.1, language: place.2 }
}

/// The wording in force.
pub(in crate::web) async fn show(by: SignedIn, place: web::Path<(String, String, String)>) -> Paged {
    let place = read(&place)?;
    page_of(&by, &place, None, None, Vec::new(), None).await
}

fn read(place: &(String, String, String)) -> Result<Place, Failure> {
    let notice = place.1.parse().map_err(|_unknown| Failure::Missing)?;
    let language = place.2.parse().map_err(|_unknown| Failure::Missing)?;
    Ok((place.0.clone(), notice, language))
}

async fn page_of(
    by: &SignedIn,
    place: &Place,
    typed: Option<&Fields>,
    preview: Option<Preview>,
    problems: Vec<Problem>,
    done: Option<&'static str>,
) -> Paged {
    let wording = by.office.wording(&by.officer, which(place)).await?;
    let text = |name: &str, stands: &str| typed.map_or_else(|| stands.to_owned(), |fields| fields.text(name));
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = WordingPage {
        p: &by.frame,
        slug: place.0.clone(),
        subject: text("subject", &wording.subject),
        text: text("text", &wording.text),
        html: text("html", &wording.html),
        wording,
        preview,
        problems,
        done,
    };
    page::with_status(status, &by.frame, &page)
}

fn body(fields: &Fields) -> Value {
    json!({ "subject": fields.text("subject"), "text": fields.text("text"), "html": fields.text("html") })
}

/// Tries it, lays it down, sends it to oneself, or takes it back.
pub(in crate::web) async fn edit(sent: Sent, place: web::Path<(String, String, String)>) -> Paged {
    let Sent { by, fields } = sent;
    let place = read(&place)?;
    if fields.has(RESTORED) {
        return page_of(&by, &place, Some(&fields), None, Vec::new(), None).await;
    }
    match edited(&by, &place, &fields).await {
        Ok((preview, done, typed)) => page_of(&by, &place, typed.then_some(&fields), preview, Vec::new(), done).await,
        Err(Failure::Invalid(problems)) => page_of(&by, &place, Some(&fields), None, problems, None).await,
        Err(other) => Err(other.into()),
    }
}

async fn edited(
    by: &SignedIn,
    place: &Place,
    fields: &Fields,
) -> Result<(Option<Preview>, Option<&'static str>, bool), Failure> {
    let p = &by.frame;
    if fields.get("go") == Some("restore") {
        by.office.edit_wording(&by.officer, which(place), None).await?;
        return Ok((
            None,
            Some(p.language.pick("已恢复系统自带的文字。", "The built-in wording stands again.")),
            false,
        ));
    }
    let wording: WordingInput = by.contract.body(body(fields))?;
    match fields.get("go") {
        Some("save") => {
            by.office.edit_wording(&by.officer, which(place), Some(wording)).await?;
            Ok((
                None,
                Some(p.language.pick("已保存，今后的通知使用这份文字。", "Laid down: notices use it from now on.")),
                false,
            ))
        }
        Some("test") => {
            let input = PreviewInput { wording: Some(wording), case: None };
            let preview = by.office.try_wording(&by.officer, which(place), input).await?;
            Ok((Some(preview), Some(p.language.pick("已发送到您的邮箱。", "Sent to your own address.")), true))
        }
        _ => {
            let input = PreviewInput { wording: Some(wording), case: None };
            Ok((Some(by.office.preview_wording(&by.officer, which(place), input).await?), None, true))
        }
    }
}
