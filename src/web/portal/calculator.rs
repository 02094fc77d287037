//! The deadline calculator: the facts of one reply clock in, the calendar picture out. The answer has an address of its
//! own, which can be shared: nothing is stored.

use actix_web::{HttpRequest, web};
use askama::Template;
use serde_json::{Value, json};

use crate::api::contract::Contract;
use crate::office::Office;
use crate::office::deadline::DeadlineQuestion;
use crate::office::failure::Failure;
use crate::office::views::ClockView;
use crate::web::fields::Fields;
use crate::web::form::{Choices, Form, Shown, read};
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::picture::Picture;
use crate::web::visit::Visit;

const COMPONENT: &str = "DeadlineQuestion";

#[derive(Template)]
#[template(path = "portal/calculator.html")]
struct Calculator<'a> {
    p: &'a Frame,
    form: Form,
    clock: Option<ClockView>,
}

/// The calculator, with the answer where it was asked.
pub(in crate::web) async fn show(
    visit: Visit,
    office: web::Data<Office>,
    contract: web::Data<Contract>,
    request: HttpRequest,
) -> Paged {
    let fields = Fields::of(request.query_string());
    let asked = fields.iter().any(|(name, _)| name.starts_with("received_on"));
    let body = if asked { read(&contract, COMPONENT, &fields) } else { json!({ "received_on": office.today() }) };
    let answer = if asked { answer(&office, &contract, body.clone()) } else { Ok(None) };
    let (clock, problems) = match answer {
        Ok(clock) => (clock, Vec::new()),
        Err(Failure::Invalid(problems)) => (None, problems),
        Err(other) => return Err(other.into()),
    };
    let form = Form::of(&contract, COMPONENT, visit.frame.language, &body, &problems, &Choices::new())?;
    page::shown(&visit.frame, &Calculator { p: &visit.frame, form, clock })
}

fn answer(office: &Office, contract: &Contract, body: Value) -> Result<Option<ClockView>, Failure> {
    office.deadline(&contract.body::<DeadlineQuestion>(body)?).map(Some)
}
