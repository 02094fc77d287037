//! Letters of anybody to an agency: written here, and followed with number and code. Nothing is kept in the browser: the page that
//! shows a letter carries both in its form.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use askama::Template;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::track::rating::values;
use crate::api::contract::Contract;
use crate::api::idempotency::key_of;
use crate::api::problem::Fault;
use crate::api::public_limits::{self, PublicLimits};
use crate::enquiry::terms::EnquiryKind;
use crate::ids::uuid_at;
use crate::office::Office;
use crate::office::enquiries::{EnquiryLetter, EnquiryReceipt, EnquiryTracking};
use crate::office::failure::{Failure, Problem};
use crate::office::public::Code;
use crate::office::public::directory::AgencyView;
use crate::office::rating::Feedback;
use crate::vault::blind::normalise;
use crate::web::fields::Fields;
use crate::web::form::{Choice, Choices, Form, MORE, Shown, read};
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::picture::Picture;
use crate::web::visit::Visit;

#[derive(Template)]
#[template(path = "portal/enquiries_write.html")]
struct WritePage<'a> {
    p: &'a Frame,
    agency: AgencyView,
    form: Form,
    once: String,
}

#[derive(Template)]
#[template(path = "portal/enquiries_receipt.html")]
struct ReceiptPage<'a> {
    p: &'a Frame,
    receipt: EnquiryReceipt,
}

#[derive(Template)]
#[template(path = "portal/enquiries_open.html")]
struct OpenPage<'a> {
    p: &'a Frame,
    number: String,
    error: Option<String>,
}

#[derive(Template)]
#[template(path = "portal/enquiries_letter.html")]
struct LetterPage<'a> {
    p: &'a Frame,
    one: EnquiryTracking,
    code: String,
    values: [(i32, &'static str); 5],
    rated: bool,
    error: Option<String>,
}

impl LetterPage<'_> {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand over what they have by reference")]
    fn chose(&self, value: &i32) -> bool {
        self.one.satisfaction.is_some_and(|chosen| i32::from(chosen) == *value)
    }
}

/// The form of a letter.
pub(in crate::web) async fn write(
    visit: Visit,
    office: web::Data<Office>,
    contract: web::Data<Contract>,
    slug: web::Path<String>,
) -> Paged {
    let once = uuid_at(office.now(), &mut office.shared().randomness.clone()).to_string();
    form_of(&visit, (&office, &contract), &slug, &json!({"kind": EnquiryKind::MailboxLetter}), &[], once).await
}

async fn form_of(
    visit: &Visit,
    (office, contract): (&Office, &Contract),
    slug: &str,
    body: &Value,
    problems: &[Problem],
    once: String,
) -> Paged {
    let p = &visit.frame;
    let agency = office.agency(slug).await?;
    let kinds = [EnquiryKind::MailboxLetter, EnquiryKind::Question];
    let kinds = kinds.map(|kind| Choice::new(kind.as_str(), p.language.pick(kind.zh(), kind.en())));
    let choices: Choices = vec![("EnquiryLetter", "kind", kinds.to_vec())];
    let form = Form::of(contract, &EnquiryLetter::name(), p.language, body, problems, &choices)?;
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page::with_status(status, p, &WritePage { p, agency, form, once })
}

/// Takes a letter; sent twice, it is one.
pub(in crate::web) async fn send(
    visit: Visit,
    (office, contract, limits): (web::Data<Office>, web::Data<Contract>, web::Data<PublicLimits>),
    request: actix_web::HttpRequest,
    slug: web::Path<String>,
    fields: Fields,
) -> Paged {
    let body = read(&contract, &EnquiryLetter::name(), &fields);
    let once = fields.text("once");
    if fields.has(MORE) {
        return form_of(&visit, (&office, &contract), &slug, &body, &[], once).await;
    }
    limits.count(&request, office.now())?;
    let key = key_of(&once, "POST", &format!("/enquiries/to/{slug}"), &body);
    let taken = match contract.body::<EnquiryLetter>(body.clone()) {
        Ok(input) => office.write_to(&slug, input, Some(key)).await,
        Err(wrong) => Err(wrong),
    };
    match taken {
        Ok(receipt) => page::shown(&visit.frame, &ReceiptPage { p: &visit.frame, receipt }),
        Err(Failure::Invalid(problems)) => form_of(&visit, (&office, &contract), &slug, &body, &problems, once).await,
        Err(other) => Err(other.into()),
    }
}

/// The form that opens a letter.
pub(in crate::web) async fn show(visit: Visit) -> Paged {
    page::shown(&visit.frame, &OpenPage { p: &visit.frame, number: String::new(), error: None })
}

/// The letter, or the form again.
pub(in crate::web) async fn open(
    visit: Visit,
    office: web::Data<Office>,
    request: HttpRequest,
    fields: Fields,
) -> Paged {
    let (number, code) = key(&request, &fields);
    match office.track_enquiry(&number, &code).await {
        Ok(one) => letter(&visit, one, &code, false, None),
        Err(failure) => opened_in_vain(&visit, number, failure),
    }
}

/// Rates the answer, and shows the letter.
pub(in crate::web) async fn rate(
    visit: Visit,
    (office, contract): (web::Data<Office>, web::Data<Contract>),
    request: HttpRequest,
    fields: Fields,
) -> Paged {
    let (number, code) = key(&request, &fields);
    let p = &visit.frame;
    let mut body = json!({"satisfaction": fields.get("satisfaction").and_then(|text| text.parse::<i64>().ok())});
    if let (Some(comment), Some(body)) = (fields.get("comment"), body.as_object_mut()) {
        body.insert("comment".to_owned(), Value::from(comment));
    }
    let rated = match contract.body::<Feedback>(body) {
        Ok(input) => office.rate_enquiry(&number, &code, input).await,
        Err(wrong) => Err(wrong),
    };
    match rated {
        Ok(one) => letter(&visit, one, &code, true, None),
        Err(failure @ (Failure::Invalid(_) | Failure::RefusedInEnquiry { .. })) => {
            let error = match &failure {
                Failure::Invalid(_) => p.t("请选择一项评价。", "Choose one of the answers.").to_owned(),
                _ => Fault::from(failure).said(p.language),
            };
            let one = office.track_enquiry(&number, &code).await?;
            letter(&visit, one, &code, false, Some(error))
        }
        Err(failure) => opened_in_vain(&visit, number, failure),
    }
}

/// An input method for Chinese types letters and digits in full width.
fn key(request: &HttpRequest, fields: &Fields) -> (String, Code) {
    (normalise(&fields.text("number")), public_limits::code(request, normalise(&fields.text("code"))))
}

fn letter(visit: &Visit, one: EnquiryTracking, code: &Code, rated: bool, error: Option<String>) -> Paged {
    let p = &visit.frame;
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page::with_status(status, p, &LetterPage { p, one, code: code.text().to_owned(), values: values(p), rated, error })
}

fn opened_in_vain(visit: &Visit, number: String, failure: Failure) -> Paged {
    let p = &visit.frame;
    if !failure.opens_nothing() {
        return Err(failure.into());
    }
    let fault = Fault::from(failure);
    let error = Some(fault.said(p.language));
    page::at_fault(&fault, p, &OpenPage { p, number, error })
}
