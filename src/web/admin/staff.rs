//! Accounts: who works where, adding one, switching one off.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use serde_json::{Value, json};

use super::kept;
use crate::ids::StaffId;
use crate::office::failure::{Failure, Problem};
use crate::office::staff::{AccountStatus, NewStaff, StaffView};
use crate::web::form::{Choice, Choices, Form, Shown, read};
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::{Sent, SignedIn};

const COMPONENT: &str = "NewStaff";

#[derive(Template)]
#[template(path = "admin/staff.html")]
struct StaffPage<'a> {
    p: &'a Frame,
    staff: Vec<StaffView>,
    form: Form,
    me: StaffId,
}

/// The accounts.
pub(in crate::web) async fn show(by: SignedIn) -> Paged {
    page_of(&by, &json!({}), &[]).await
}

async fn page_of(by: &SignedIn, body: &Value, problems: &[Problem]) -> Paged {
    let agencies = kept(by).await?;
    let agencies: Vec<Choice> = agencies.into_iter().map(|agency| Choice::new(agency.slug, agency.name)).collect();
    let choices: Choices = vec![(COMPONENT, "agency", agencies)];
    let mut body = body.clone();
    if let Some(body) = body.as_object_mut() {
        // Never written back into a page.
        body.remove("password");
    }
    let form = Form::of(&by.contract, COMPONENT, by.frame.language, &body, problems, &choices)?;
    let staff = by.office.staff(&by.officer).await?;
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page::with_status(status, &by.frame, &StaffPage { p: &by.frame, staff, form, me: by.officer.id })
}

/// Adds one.
pub(in crate::web) async fn add(sent: Sent) -> Paged {
    let Sent { by, fields } = sent;
    let body = read(&by.contract, COMPONENT, &fields);
    let added = match by.contract.body::<NewStaff>(body.clone()) {
        Ok(input) => by.office.add_staff(&by.officer, input).await,
        Err(wrong) => Err(wrong),
    };
    match added {
        Ok(_) => page::see("/admin/staff"),
        Err(Failure::Invalid(problems)) => page_of(&by, &body, &problems).await,
        Err(Failure::Taken(problem)) => page_of(&by, &body, &[problem]).await,
        Err(other) => Err(other.into()),
    }
}

/// Switches one off or on.
pub(in crate::web) async fn set_status(sent: Sent, id: web::Path<StaffId>) -> Paged {
    let Sent { by, fields } = sent;
    let active = fields.get("active") == Some("yes");
    by.office.set_staff_status(&by.officer, *id, AccountStatus { active }).await?;
    page::see("/admin/staff")
}
