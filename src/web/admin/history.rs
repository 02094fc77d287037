//! What became of an agency: its names, its successors, with the form to record more, and the taking over of open cases.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, ResponseError, web};
use askama::Template;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::api::problem::Fault;
use crate::ids::HistoryId;
use crate::office::agency_history::{AgencyEvent, AgencyHistoryEntry, AgencyHistoryInput, AgencyHistoryStriking};
use crate::office::failure::{Failure, Problem};
use crate::office::permission::Deed;
use crate::office::views::AgencyName;
use crate::web::fields::Fields;
use crate::web::form::{Choice, Choices, Form, Shown, read};
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::{Sent, SignedIn};
use crate::web::signing_in::RESTORED;

#[derive(Template)]
#[template(path = "admin/history.html")]
struct HistoryPage<'a> {
    p: &'a Frame,
    agency: AgencyName,
    entries: Vec<AgencyHistoryEntry>,
    form: Form,
    /// What was done: recorded, struck, or how many cases were taken over and how many stay.
    done: Option<String>,
    refused: Option<String>,
}

/// The history.
pub(in crate::web) async fn show(by: SignedIn, slug: web::Path<String>, request: HttpRequest) -> Paged {
    let asked = Fields::of(request.query_string());
    let p = &by.frame;
    let done = match (asked.get("taken"), asked.get("staying"), asked.has("saved")) {
        (Some(taken), staying, _) if taken.parse::<u32>().is_ok() => {
            let staying = staying.filter(|count| count.parse::<u32>().is_ok()).unwrap_or("0");
            Some(match p.language {
                crate::api::language::Language::Zh => {
                    format!("已接办{taken}件；有复议诉讼未了结、暂不移交的{staying}件。")
                }
                crate::api::language::Language::En => {
                    format!("{taken} cases were taken over; {staying} stay, for a proceeding runs beside them.")
                }
            })
        }
        (_, _, true) => Some(p.t("已保存。", "Saved.").to_owned()),
        _ => None,
    };
    page_of(&by, &slug, &json!({}), &[], done, None).await
}

async fn page_of(
    by: &SignedIn,
    slug: &str,
    body: &Value,
    problems: &[Problem],
    done: Option<String>,
    refused: Option<Failure>,
) -> Paged {
    let p = &by.frame;
    let entries = by.office.agency_history(&by.officer, slug).await?;
    let kept = by.office.reach(&by.officer, Deed::Administer).await?;
    let agency = kept.iter().find(|one| one.slug == slug).cloned().ok_or(Failure::Missing)?;
    let others = kept.into_iter().filter(|one| one.slug != slug).map(|one| Choice::new(one.slug, one.name));
    let choices: Choices = vec![("AgencyHistoryInput", "successor", others.collect())];
    let form = Form::of(&by.contract, &AgencyHistoryInput::name(), p.language, body, problems, &choices)?;
    let (mut status, mut told) = (StatusCode::OK, None);
    if let Some(failure) = refused {
        let fault = Fault::from(failure);
        (status, told) = (fault.status_code(), Some(fault.said(p.language)));
    }
    if !problems.is_empty() {
        status = StatusCode::UNPROCESSABLE_ENTITY;
    }
    page::with_status(status, p, &HistoryPage { p, agency, entries, form, done, refused: told })
}

/// Records a change.
pub(in crate::web) async fn record(sent: Sent, slug: web::Path<String>) -> Paged {
    let Sent { by, fields } = sent;
    let body = read(&by.contract, &AgencyHistoryInput::name(), &fields);
    if fields.has(RESTORED) {
        return page_of(&by, &slug, &body, &[], None, None).await;
    }
    let done = match by.contract.body::<AgencyHistoryInput>(body.clone()) {
        Ok(input) => by.office.record_agency_history(&by.officer, &slug, input).await,
        Err(wrong) => Err(wrong),
    };
    match done {
        Ok(_) => page::see(&format!("/admin/agencies/{slug}/history?saved=yes")),
        Err(Failure::Invalid(problems)) => page_of(&by, &slug, &body, &problems, None, None).await,
        Err(other) => Err(other.into()),
    }
}

/// Strikes an entry, or has its successor take over the open cases.
pub(in crate::web) async fn change(sent: Sent, place: web::Path<(String, HistoryId, String)>) -> Paged {
    let Sent { by, fields } = sent;
    let (slug, id, deed) = place.into_inner();
    let done = match deed.as_str() {
        "striking" => {
            let body = json!({"reason": fields.text("reason")});
            match by.contract.body::<AgencyHistoryStriking>(body) {
                Ok(input) => {
                    by.office.strike_agency_history(&by.officer, &slug, id, input).await.map(|_| "saved=yes".to_owned())
                }
                Err(wrong) => Err(wrong),
            }
        }
        "taking-over" => by
            .office
            .take_over_cases(&by.officer, &slug, id)
            .await
            .map(|done| format!("taken={}&staying={}", done.taken.len(), done.staying.len())),
        _ => Err(Failure::Missing),
    };
    match done {
        Ok(told) => page::see(&format!("/admin/agencies/{slug}/history?{told}")),
        Err(failure @ (Failure::Contrary { .. } | Failure::Invalid(_))) => {
            page_of(&by, &slug, &json!({}), &[], None, Some(failure)).await
        }
        Err(other) => Err(other.into()),
    }
}

impl HistoryPage<'_> {
    /// Whether a successor can take over by that entry.
    fn names_a_successor(&self, one: &AgencyHistoryEntry) -> bool {
        one.kind.code != AgencyEvent::Renamed.as_str()
            && one.struck_for.is_none()
            && one.agency.slug == self.agency.slug
    }
}
