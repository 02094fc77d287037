//! What an agency has laid down: its guide, its numbers, its periods.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use askama::Template;
use serde_json::{Value, json};

use crate::api::contract::Contract;
use crate::office::agency_settings::{AgencyChange, AgencySettings};
use crate::office::failure::{Failure, Problem};
use crate::web::fields::Fields;
use crate::web::form::{Choices, Form, Kind, Part, Shown, read};
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::{Sent, SignedIn};
use crate::web::signing_in::RESTORED;

const COMPONENT: &str = "AgencyChange";

#[derive(Template)]
#[template(path = "admin/agency.html")]
struct AgencyPage<'a> {
    p: &'a Frame,
    agency: AgencySettings,
    form: Form,
    saved: bool,
}

/// The agency.
pub(in crate::web) async fn show(by: SignedIn, slug: web::Path<String>, request: HttpRequest) -> Paged {
    let agency = by.office.agency_settings(&by.officer, slug.into_inner()).await?;
    let saved = Fields::of(request.query_string()).has("saved");
    let body = body_of(&agency);
    page_of(&by, agency, &body, &[], saved)
}

fn page_of(by: &SignedIn, agency: AgencySettings, body: &Value, problems: &[Problem], saved: bool) -> Paged {
    let form = Form::of(&by.contract, COMPONENT, by.frame.language, body, problems, &Choices::new())?;
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page::with_status(status, &by.frame, &AgencyPage { p: &by.frame, agency, form, saved })
}

/// What stands, as the change that would change nothing.
fn body_of(agency: &AgencySettings) -> Value {
    let mut body = serde_json::to_value(agency).unwrap_or_else(|_| json!({}));
    if let Some(body) = body.as_object_mut() {
        body.insert("kind".to_owned(), json!(agency.kind.code));
    }
    body
}

/// Changes it.
pub(in crate::web) async fn change(sent: Sent, slug: web::Path<String>) -> Paged {
    let Sent { by, fields } = sent;
    let slug = slug.into_inner();
    let body = whole(&by.contract, &fields)?;
    let agency = by.office.agency_settings(&by.officer, slug.clone()).await?;
    if fields.has(RESTORED) {
        return page_of(&by, agency, &body, &[], false);
    }
    let changed = match by.contract.body::<AgencyChange>(body.clone()) {
        Ok(input) => by.office.change_agency(&by.officer, slug.clone(), input).await,
        Err(wrong) => Err(wrong),
    };
    match changed {
        Ok(_) => page::see(&format!("/admin/agencies/{slug}?saved=yes")),
        Err(Failure::Invalid(problems)) => page_of(&by, agency, &body, &problems, false),
        Err(Failure::Taken(problem)) => page_of(&by, agency, &body, &[problem], false),
        Err(other) => Err(other.into()),
    }
}

/// The form as a change: a text that was emptied is to be empty, not left as it stood.
fn whole(contract: &Contract, fields: &Fields) -> Result<Value, Failure> {
    let mut body = read(contract, COMPONENT, fields);
    let form = Form::of(contract, COMPONENT, crate::api::language::Language::Zh, &body, &[], &Choices::new())?;
    for part in form.parts {
        if let (Part::Field(field), Some(body)) = (part, body.as_object_mut())
            && matches!(field.kind, Kind::Line | Kind::Long { .. } | Kind::Email | Kind::Phone)
            && fields.has(&field.name)
            && !body.contains_key(&field.name)
        {
            body.insert(field.name, json!(""));
        }
    }
    Ok(body)
}
