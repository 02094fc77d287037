//! An application that came by window, post, fax or mail, or was spoken: entered by the clerk (art. 29).

use actix_web::http::StatusCode;
use askama::Template;
use serde_json::{Value, json};

use crate::api::idempotency::key_of;
use crate::case::Role;
use crate::ids::uuid_at;
use crate::office::failure::{Failure, Problem};
use crate::office::intake::{Enter, Receipt};
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
    let me = by.office.me(&by.officer).await?;
    let clerk = me.roles.iter().filter(|held| held.role.code == Role::Clerk.as_str());
    let agencies: Vec<Choice> =
        clerk.map(|held| Choice::new(held.agency.slug.clone(), held.agency.name.clone())).collect();
    let choices: Choices = vec![("Enter", "agency", agencies)];
    let form = Form::of(&by.contract, COMPONENT, by.frame.language, body, problems, &choices)?.with_more(more);
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page::with_status(status, &by.frame, &EnterPage { p: &by.frame, form, once })
}

/// Enters it; sent twice, it is entered once.
pub(in crate::web) async fn enter(sent: Sent) -> Paged {
    let Sent { by, fields } = sent;
    let body = read(&by.contract, COMPONENT, &fields);
    let once = fields.text(ONCE);
    if fields.has(RESTORED) || fields.has(MORE) {
        return form_of(&by, &body, &[], once, fields.get(MORE)).await;
    }
    let key = key_of(&once, "POST", "/desk/enter", &body)?;
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
