//! One account: its roles at each agency, name and address, a new first password, on or off.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use serde_json::{Value, json};

use super::kept;
use crate::api::problem::Fault;
use crate::ids::StaffId;
use crate::office::accounts::{AccountChange, PasswordReset, RoleChange};
use crate::office::failure::{Failure, Problem};
use crate::office::staff::StaffView;
use crate::office::views::AgencyName;
use crate::web::fields::Fields;
use crate::web::form::{Choice, Choices, Form, Shown, read};
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::{Sent, SignedIn};

const ROLES: &str = "RoleChange";
const PASSWORD: &str = "PasswordReset";
const PARTICULARS: &str = "AccountChange";

#[derive(Template)]
#[template(path = "admin/account.html")]
struct AccountPage<'a> {
    p: &'a Frame,
    staff: StaffView,
    me: bool,
    /// The form of the roles at the agency that is being looked at.
    roles: Form,
    agency: AgencyName,
    agencies: Vec<AgencyName>,
    password: Form,
    particulars: Form,
    error: Option<String>,
    done: bool,
}

/// What was sent and what is wrong with it.
#[derive(Default)]
struct Trouble {
    component: &'static str,
    body: Value,
    problems: Vec<Problem>,
    error: Option<String>,
}

/// The account; `agency` in the address chooses where its roles are shown.
pub(in crate::web) async fn show(by: SignedIn, id: web::Path<StaffId>, request: actix_web::HttpRequest) -> Paged {
    let asked = Fields::of(request.query_string());
    page_of(&by, *id, &asked.text("agency"), asked.has("done"), Trouble::default()).await
}

async fn page_of(by: &SignedIn, id: StaffId, at: &str, done: bool, trouble: Trouble) -> Paged {
    let staff = by.office.staff_member(&by.officer, id).await?;
    let agencies = kept(by).await?;
    let held_at = |agency: &&AgencyName| staff.roles.iter().any(|held| held.agency.slug == agency.slug);
    let chosen = agencies.iter().find(|agency| agency.slug == at);
    let agency = chosen.or_else(|| agencies.iter().find(held_at)).or(agencies.first()).cloned();
    let agency = agency.ok_or(Failure::Missing)?;
    let held: Vec<&str> =
        staff.roles.iter().filter(|held| held.agency.slug == agency.slug).map(|held| held.role.code).collect();
    let form = |component: &'static str, body: Value| {
        let choices: Choices = vec![(ROLES, "agency", vec![Choice::new(agency.slug.clone(), agency.name.clone())])];
        let mine = trouble.component == component;
        let (mut body, problems) =
            if mine { (trouble.body.clone(), trouble.problems.as_slice()) } else { (body, &[][..]) };
        if let Some(body) = body.as_object_mut() {
            // Never written back into a page.
            body.remove("password");
        }
        Form::of(&by.contract, component, by.frame.language, &body, problems, &choices)
    };
    let view = AccountPage {
        p: &by.frame,
        me: id == by.officer.id,
        roles: form(ROLES, json!({ "agency": agency.slug, "roles": held }))?,
        password: form(PASSWORD, json!({}))?,
        particulars: form(PARTICULARS, json!({ "name": staff.name }))?,
        error: trouble.error,
        staff,
        agency,
        agencies,
        done,
    };
    let fine = trouble.problems.is_empty() && view.error.is_none();
    let status = if fine { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page::with_status(status, &by.frame, &view)
}

/// Lays down the roles at an agency.
pub(in crate::web) async fn set_roles(sent: Sent, id: web::Path<StaffId>) -> Paged {
    let Sent { by, fields } = sent;
    let mut body = read(&by.contract, ROLES, &fields);
    if let Some(body) = body.as_object_mut() {
        // A form without a tick sends no list.
        body.entry("roles").or_insert_with(|| json!([]));
    }
    let done = match by.contract.body::<RoleChange>(body.clone()) {
        Ok(input) => by.office.set_roles(&by.officer, *id, input).await.map(drop),
        Err(wrong) => Err(wrong),
    };
    let at = fields.text("agency");
    ended(&by, *id, &at, ROLES, body, done).await
}

/// Gives a new first password.
pub(in crate::web) async fn reset_password(sent: Sent, id: web::Path<StaffId>) -> Paged {
    let Sent { by, fields } = sent;
    let body = read(&by.contract, PASSWORD, &fields);
    let done = match by.contract.body::<PasswordReset>(body.clone()) {
        Ok(input) => by.office.reset_password(&by.officer, *id, input).await,
        Err(wrong) => Err(wrong),
    };
    ended(&by, *id, "", PASSWORD, body, done).await
}

/// Changes name or address.
pub(in crate::web) async fn change(sent: Sent, id: web::Path<StaffId>) -> Paged {
    let Sent { by, fields } = sent;
    let body = read(&by.contract, PARTICULARS, &fields);
    let done = match by.contract.body::<AccountChange>(body.clone()) {
        Ok(input) => by.office.change_account(&by.officer, *id, input).await.map(drop),
        Err(wrong) => Err(wrong),
    };
    ended(&by, *id, "", PARTICULARS, body, done).await
}

async fn ended(
    by: &SignedIn,
    id: StaffId,
    at: &str,
    component: &'static str,
    body: Value,
    done: Result<(), Failure>,
) -> Paged {
    let trouble = |problems, error| Trouble { component, body, problems, error };
    match done {
        Ok(()) => page::see(&format!("/admin/staff/{id}?done=yes&agency={at}")),
        Err(Failure::Invalid(problems)) => page_of(by, id, at, false, trouble(problems, None)).await,
        Err(failure @ (Failure::Contrary { .. } | Failure::Forbidden { .. })) => {
            let said = Fault::from(failure).said(by.frame.language);
            page_of(by, id, at, false, trouble(Vec::new(), Some(said))).await
        }
        Err(other) => Err(other.into()),
    }
}
