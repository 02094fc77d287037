//! The calendar: the years in force, a change put forward, what it would move, and the second administrator's word.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use serde_json::{Value, json};

use crate::api::problem::Fault;
use crate::ids::ProposalId;
use crate::office::calendar_proposals::formats::NewProposal;
use crate::office::calendar_proposals::views::{ProposalLine, ProposalView};
use crate::office::calendar_years::YearView;
use crate::office::failure::Failure;
use crate::web::fields::Fields;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::{Sent, SignedIn};
use crate::web::signing_in::RESTORED;

#[derive(Template)]
#[template(path = "admin/calendar.html")]
struct CalendarPage<'a> {
    p: &'a Frame,
    years: Vec<YearView>,
    proposals: Vec<ProposalLine>,
    fields: Fields,
    /// What is wrong with what was put forward.
    problems: Vec<String>,
}

#[derive(Template)]
#[template(path = "admin/proposal.html")]
struct ProposalPage<'a> {
    p: &'a Frame,
    proposal: ProposalView,
    /// Whether the reader put it forward: then another has the word.
    own: bool,
    error: Option<String>,
}

/// The years, and the form for another.
pub(in crate::web) async fn show(by: SignedIn) -> Paged {
    page_of(&by, Fields::default(), Vec::new()).await
}

async fn page_of(by: &SignedIn, fields: Fields, problems: Vec<String>) -> Paged {
    let years = by.office.calendar_years(&by.officer).await?;
    let proposals = by.office.calendar_proposals(&by.officer).await?;
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = CalendarPage { p: &by.frame, years, proposals, fields, problems };
    page::with_status(status, &by.frame, &page)
}

/// Puts a year forward.
pub(in crate::web) async fn propose(sent: Sent) -> Paged {
    let Sent { by, fields } = sent;
    if fields.has(RESTORED) {
        return page_of(&by, fields, Vec::new()).await;
    }
    let proposed = match by.contract.body::<NewProposal>(body(&fields)) {
        Ok(input) => by.office.propose_calendar(&by.officer, input).await,
        Err(wrong) => Err(wrong),
    };
    match proposed {
        Ok(proposal) => page::see(&format!("/admin/calendar/{}", proposal.line.id)),
        Err(Failure::Invalid(problems)) => {
            let told = problems.iter().map(|one| by.frame.t(&one.zh, &one.en).to_owned()).collect();
            page_of(&by, fields, told).await
        }
        Err(other) => Err(other.into()),
    }
}

/// The text as what it is: an iCalendar file begins with its own word.
fn body(fields: &Fields) -> Value {
    let text = fields.text("calendar");
    if !text.trim_start().starts_with("BEGIN:VCALENDAR") {
        return json!({ "toml": text });
    }
    let mut body = json!({ "ical": text });
    if let Some(body) = body.as_object_mut() {
        for name in ["notice", "published_on"] {
            if let Some(text) = fields.get(name) {
                body.insert(name.to_owned(), json!(text));
            }
        }
        if let Some(year) = fields.get("for_year") {
            body.insert("for_year".to_owned(), year.parse::<i64>().map_or_else(|_| json!(year), |year| json!(year)));
        }
    }
    body
}

/// One that was put forward.
pub(in crate::web) async fn proposal(by: SignedIn, id: web::Path<ProposalId>) -> Paged {
    shown(&by, *id, None).await
}

async fn shown(by: &SignedIn, id: ProposalId, failed: Option<Failure>) -> Paged {
    let proposal = by.office.calendar_proposal(&by.officer, id).await?;
    let own = proposal.line.proposed_by.as_ref().is_some_and(|staff| staff.id == by.officer.id);
    let error = failed.map(|failure| Fault::from(failure).said(by.frame.language));
    let status = if error.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    page::with_status(status, &by.frame, &ProposalPage { p: &by.frame, proposal, own, error })
}

/// Confirms it, or rejects it.
pub(in crate::web) async fn decide(sent: Sent, id: web::Path<ProposalId>) -> Paged {
    let Sent { by, fields } = sent;
    let decided = match fields.get("decision") {
        Some("confirm") => by.office.confirm_calendar(&by.officer, *id).await,
        _ => by.office.reject_calendar(&by.officer, *id).await,
    };
    match decided {
        Ok(_) => page::see(&format!("/admin/calendar/{id}")),
        Err(failure @ (Failure::Contrary { .. } | Failure::Forbidden { .. })) => shown(&by, *id, Some(failure)).await,
        Err(other) => Err(other.into()),
    }
}
