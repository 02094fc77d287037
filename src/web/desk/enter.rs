//! An application that came by window, post, fax or mail, or was spoken: entered by the clerk (art. 29).

use actix_web::http::StatusCode;
use askama::Template;
use serde_json::{Value, json};

use crate::api::idempotency::key_of;
use crate::ids::uuid_at;
use crate::office::failure::{Failure, Problem};
use crate::office::intake::{Enter, Receipt};
use crate::office::permission::Deed;
use crate::web::fields::Fields;
use crate::web::form::own::{EXTRA, Own, VERSION, is_own};
use crate::web::form::{Choice, Choices, Form, MORE, Shown, read};
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::{Sent, SignedIn};
use crate::web::signing_in::RESTORED;

const COMPONENT: &str = "Enter";

/// The field that tells the same form sent twice from two that say the same.
const ONCE: &str = "once";

#[derive(Template)]
#[template(path = "desk/enter.html")]
struct EnterPage<'a> {
    p: &'a Frame,
    form: Form,
    once: String,
}

#[derive(Template)]
#[template(path = "desk/entered.html")]
struct EnteredPage<'a> {
    p: &'a Frame,
    receipt: Receipt,
}

/// The form.
pub(in crate::web) async fn show(by: SignedIn) -> Paged {
    let office = &by.office;
    let once = uuid_at(office.now(), &mut office.shared().randomness.clone()).to_string();
    form_of(&by, &json!({}), &[], once, None).await
}

async fn form_of(by: &SignedIn, body: &Value, problems: &[Problem], once: String, more: Option<&str>) -> Paged {
    let agencies = by.office.reach(&by.officer, Deed::Enter).await?;
    let agencies: Vec<Choice> = agencies.into_iter().map(|agency| Choice::new(agency.slug, agency.name)).collect();
    let mut form = own_left_out(by, body, problems, agencies.clone())?.with_more(more);
    for agency in &agencies {
        let asked = by.office.asked_by(&agency.code, None).await?;
        let chosen = body.get("agency").and_then(Value::as_str) == Some(&agency.code);
        let (value, problems) = if chosen { (body.get(EXTRA), problems) } else { (None, &[][..]) };
        let at = format!("{EXTRA}.{}", agency.code);
        let value = value.unwrap_or(&Value::Null);
        form =
            form.with_own(by.frame.language, &Own { form: &asked, at: &at, value, of: Some(&agency.name) }, problems);
    }
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page::with_status(status, &by.frame, &EnterPage { p: &by.frame, form, once })
}

/// The form but for the agencies' own fields, which stand in no schema.
fn own_left_out(by: &SignedIn, body: &Value, problems: &[Problem], agencies: Vec<Choice>) -> Result<Form, Failure> {
    let choices: Choices = vec![("Enter", "agency", agencies)];
    let problems: Vec<Problem> = problems.iter().filter(|problem| !is_own(&problem.pointer)).cloned().collect();
    let form = Form::of(&by.contract, COMPONENT, by.frame.language, body, &problems, &choices)?;
    Ok(form.without(EXTRA).without(VERSION))
}

/// What the form sent, with the answers to the questions of the agency that was chosen.
async fn body_of(by: &SignedIn, fields: &Fields) -> Result<Value, Failure> {
    let mut body = read(&by.contract, COMPONENT, fields);
    let Some(members) = body.as_object_mut() else { return Ok(body) };
    // An agency that is not there the office tells of.
    if let Some(slug) = fields.get("agency")
        && let Ok(asked) = by.office.asked_by(slug, None).await
    {
        let answers = Own::read(&asked, &format!("{EXTRA}.{slug}"), fields);
        if !answers.is_empty() {
            members.insert(EXTRA.to_owned(), Value::Object(answers));
        }
    }
    Ok(body)
}

/// Enters it; sent twice, it is entered once.
pub(in crate::web) async fn enter(sent: Sent) -> Paged {
    let Sent { by, fields } = sent;
    let body = body_of(&by, &fields).await?;
    let once = fields.text(ONCE);
    if fields.has(RESTORED) || fields.has(MORE) {
        return form_of(&by, &body, &[], once, fields.get(MORE)).await;
    }
    let key = key_of(&once, "POST", "/desk/enter", &body);
    let entered = match by.contract.body::<Enter>(body.clone()) {
        Ok(input) => by.office.enter(&by.officer, input, Some(key)).await,
        Err(wrong) => Err(wrong),
    };
    match entered {
        Ok((_, receipt)) => page::shown(&by.frame, &EnteredPage { p: &by.frame, receipt }),
        Err(Failure::Invalid(problems)) => form_of(&by, &body, &problems, once, None).await,
        Err(other) => Err(other.into()),
    }
}
