//! The wordings of an agency's letters: the list, and each to be read, looked at as a page, laid down from a day on, taken back.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use serde_json::json;

use crate::api::file::handed_out;
use crate::law::outcome::Outcome;
use crate::letters::wordings;
use crate::office::failure::{Failure, Problem};
use crate::office::letters::reading::Format;
use crate::office::letters::wordings::{LetterWordingInput, LetterWordingView, WhichLetter};
use crate::office::views::{Term, term};
use crate::web::fields::Fields;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::{Sent, SignedIn};

#[derive(Template)]
#[template(path = "admin/letters.html")]
struct ListPage<'a> {
    p: &'a Frame,
    slug: String,
    letters: Vec<(Term, Option<Term>)>,
}

#[derive(Template)]
#[template(path = "admin/letter.html")]
struct LetterPage<'a> {
    p: &'a Frame,
    slug: String,
    wording: LetterWordingView,
    outcome: String,
    source: String,
    effective_from: String,
    case: String,
    problems: Vec<Problem>,
    done: Option<&'static str>,
}

/// The list.
pub(in crate::web) async fn list(by: SignedIn, slug: web::Path<String>) -> Paged {
    // Whoever does not keep the agency does not see its list either.
    by.office.agency_settings(&by.officer, slug.clone()).await?;
    let letters =
        wordings::all().into_iter().map(|(kind, outcome)| (term!(kind), outcome.map(|outcome| term!(outcome))));
    page::shown(&by.frame, &ListPage { p: &by.frame, slug: slug.into_inner(), letters: letters.collect() })
}

type Place = (String, String, String);

fn which(place: &Place) -> Result<WhichLetter, Failure> {
    let kind = place.1.parse().map_err(|_unknown| Failure::Missing)?;
    let outcome = match place.2.as_str() {
        "-" => None,
        word => Some(word.parse::<Outcome>().map_err(|_unknown| Failure::Missing)?),
    };
    Ok(WhichLetter { slug: place.0.clone(), kind, outcome })
}

/// The wording in force.
pub(in crate::web) async fn show(by: SignedIn, place: web::Path<Place>) -> Paged {
    page_of(&by, &place, None, Vec::new(), None).await
}

async fn page_of(
    by: &SignedIn,
    place: &Place,
    typed: Option<&Fields>,
    problems: Vec<Problem>,
    done: Option<&'static str>,
) -> Paged {
    let wording = by.office.letter_wording(&by.officer, which(place)?).await?;
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = LetterPage {
        p: &by.frame,
        slug: place.0.clone(),
        outcome: place.2.clone(),
        source: typed.map_or_else(|| wording.source.clone(), |fields| fields.text("source")),
        effective_from: typed.map_or_else(String::new, |fields| fields.text("effective_from")),
        case: typed.map_or_else(String::new, |fields| fields.text("case")),
        wording,
        problems,
        done,
    };
    page::with_status(status, &by.frame, &page)
}

/// Looks at it, lays it down, or takes it back.
pub(in crate::web) async fn edit(sent: Sent, place: web::Path<Place>) -> Paged {
    let Sent { by, fields } = sent;
    let p = &by.frame;
    let asked = which(&place)?;
    let mut body = json!({ "source": fields.text("source") });
    if let (Some(day), Some(body)) = (fields.get("effective_from").filter(|day| !day.is_empty()), body.as_object_mut())
    {
        body.insert("effective_from".to_owned(), json!(day));
    }
    let done = match fields.get("go") {
        Some("restore") => by.office.edit_letter_wording(&by.officer, asked, None).await.map(drop),
        go => match by.contract.body::<LetterWordingInput>(body) {
            Err(wrong) => Err(wrong),
            Ok(input) if go == Some("preview") => {
                let (source, case) = (Some(input.source), fields.get("case").map(str::to_owned));
                let file = by.office.preview_letter_wording(&by.officer, asked, source, case, Format::Pdf).await;
                match file {
                    Ok(file) => return Ok(handed_out(file)),
                    Err(failure) => Err(failure),
                }
            }
            Ok(input) => by.office.edit_letter_wording(&by.officer, asked, Some(input)).await.map(drop),
        },
    };
    match done {
        Ok(()) => {
            let said =
                p.language.pick("已保存。已经制发的文书不受影响。", "Laid down. What was issued stays as it is.");
            page_of(&by, &place, None, Vec::new(), Some(said)).await
        }
        Err(Failure::Invalid(problems)) => page_of(&by, &place, Some(&fields), problems, None).await,
        Err(other) => Err(other.into()),
    }
}
