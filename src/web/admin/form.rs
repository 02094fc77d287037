//! What an agency asks on its form beside what the law lists: edited row by row without scripts, with one spare row, and
//! the versions there were.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use askama::Template;
use serde_json::{Value, json};

use crate::office::application_form::{AgencyForm, FormChange};
use crate::office::failure::{Failure, Problem};
use crate::web::fields::Fields;
use crate::web::form::{Choices, Form, MORE, Shown, read};
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::{Sent, SignedIn};
use crate::web::signing_in::RESTORED;

const COMPONENT: &str = "FormChange";

#[derive(Template)]
#[template(path = "admin/form.html")]
struct FormPage<'a> {
    p: &'a Frame,
    slug: String,
    name: String,
    stands: AgencyForm,
    form: Form,
    saved: bool,
}

/// The form of the agency.
pub(in crate::web) async fn show(by: SignedIn, slug: web::Path<String>, request: HttpRequest) -> Paged {
    let slug = slug.into_inner();
    let stands = by.office.application_form(&by.officer, &slug).await?;
    let body = json!({ "fields": stands.fields });
    let saved = Fields::of(request.query_string()).has("saved");
    page_of(&by, slug, stands, &body, Told { saved, ..Told::default() }).await
}

/// What the page tells besides.
#[derive(Default)]
struct Told<'a> {
    problems: &'a [Problem],
    /// The list of which another row is asked for.
    more: Option<&'a str>,
    saved: bool,
}

async fn page_of(by: &SignedIn, slug: String, stands: AgencyForm, body: &Value, told: Told<'_>) -> Paged {
    let Told { problems, more, saved } = told;
    let name = by.office.agency(&slug).await?.name;
    let form = Form::of(&by.contract, COMPONENT, by.frame.language, body, problems, &Choices::new())?.with_more(more);
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page::with_status(status, &by.frame, &FormPage { p: &by.frame, slug, name, stands, form, saved })
}

/// Lays down the next version.
pub(in crate::web) async fn lay_down(sent: Sent, slug: web::Path<String>) -> Paged {
    let Sent { by, fields } = sent;
    let slug = slug.into_inner();
    let body = without_emptied(read(&by.contract, COMPONENT, &fields));
    if fields.has(RESTORED) || fields.has(MORE) {
        let stands = by.office.application_form(&by.officer, &slug).await?;
        return page_of(&by, slug, stands, &body, Told { more: fields.get(MORE), ..Told::default() }).await;
    }
    let laid_down = match by.contract.body::<FormChange>(body.clone()) {
        Ok(input) => by.office.lay_down_application_form(&by.officer, &slug, input).await,
        Err(wrong) => Err(wrong),
    };
    match laid_down {
        Ok(_) => page::see(&format!("/admin/agencies/{slug}/form?saved=yes")),
        Err(Failure::Invalid(problems)) => {
            let stands = by.office.application_form(&by.officer, &slug).await?;
            page_of(&by, slug, stands, &body, Told { problems: &problems, ..Told::default() }).await
        }
        Err(other) => Err(other.into()),
    }
}

/// A row whose name and questions were emptied is taken away: what is chosen in it cannot be emptied.
fn without_emptied(mut body: Value) -> Value {
    if let Some(rows) = body.get_mut("fields").and_then(Value::as_array_mut) {
        rows.retain(|row| ["name", "zh", "en"].iter().any(|member| row.get(member).is_some()));
    }
    body
}
