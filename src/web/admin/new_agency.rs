//! An agency is added below one that exists.

use actix_web::http::StatusCode;
use askama::Template;
use serde_json::{Value, json};

use super::kept;
use crate::office::agencies::{Level, NewAgency};
use crate::office::failure::{Failure, Problem};
use crate::web::form::{Choice, Choices, Form, Shown, read};
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::{Sent, SignedIn};
use crate::web::signing_in::RESTORED;

const COMPONENT: &str = "NewAgency";

#[derive(Template)]
#[template(path = "admin/new_agency.html")]
struct NewAgencyPage<'a> {
    p: &'a Frame,
    form: Form,
}

/// The form.
pub(in crate::web) async fn show(by: SignedIn) -> Paged {
    page_of(&by, &json!({}), &[]).await
}

async fn page_of(by: &SignedIn, body: &Value, problems: &[Problem]) -> Paged {
    let p = &by.frame;
    let above = kept(by).await?.into_iter().map(|agency| Choice::new(agency.slug, agency.name)).collect();
    let levels =
        Level::ALL.iter().map(|level| Choice::new(level.as_str(), p.language.pick(level.zh(), level.as_str())));
    let levels = levels.collect();
    let choices: Choices = vec![(COMPONENT, "parent", above), (COMPONENT, "level", levels)];
    let form = Form::of(&by.contract, COMPONENT, p.language, body, problems, &choices)?;
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page::with_status(status, p, &NewAgencyPage { p, form })
}

/// Adds it.
pub(in crate::web) async fn add(sent: Sent) -> Paged {
    let Sent { by, fields } = sent;
    let body = read(&by.contract, COMPONENT, &fields);
    if fields.has(RESTORED) {
        return page_of(&by, &body, &[]).await;
    }
    let added = match by.contract.body::<NewAgency>(body.clone()) {
        Ok(input) => by.office.add_agency(&by.officer, input).await,
        Err(wrong) => Err(wrong),
    };
    match added {
        Ok(agency) => page::see(&format!("/admin/agencies/{}?saved=yes", agency.slug)),
        Err(Failure::Invalid(problems)) => page_of(&by, &body, &problems).await,
        Err(Failure::Taken(problem)) => page_of(&by, &body, &[problem]).await,
        Err(other) => Err(other.into()),
    }
}
