//! Letters to the mailbox, questions and hand-overs: a queue of their own by what is due next, the form by which one is registered,
//! and what is opened from an application that was in truth one.

pub(in crate::web) mod act;
pub(in crate::web) mod show;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use askama::Template;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::api::idempotency::key_of;
use crate::enquiry::Act;
use crate::enquiry::terms::EnquiryKind;
use crate::ids::{CaseId, uuid_at};
use crate::office::enquiries::bodies::{EnquiryFromCase, EnquiryRegistration};
use crate::office::enquiries::views::EnquiryView;
use crate::office::enquiries::{EnquiryPage, EnquiryQuery, EnquiryReceipt};
use crate::office::failure::{Failure, Problem};
use crate::office::permission::Deed;
use crate::office::views::{CaseView, Term, term};
use crate::web::fields::Fields;
use crate::web::form::{Choice, Choices, Form, MORE, Shown, read};
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::{Sent, SignedIn};
use crate::web::signing_in::RESTORED;

/// The field that tells the same form sent twice from two that say the same.
const ONCE: &str = "once";

#[derive(Template)]
#[template(path = "desk/enquiries/queue.html")]
struct QueuePage<'a> {
    p: &'a Frame,
    page: EnquiryPage,
    kinds: Vec<Term>,
    kind: String,
    state: String,
    number: String,
    may_register: bool,
    next: Option<String>,
}

#[derive(Template)]
#[template(path = "desk/enquiries/register.html")]
struct RegisterPage<'a> {
    p: &'a Frame,
    form: Form,
    once: String,
}

#[derive(Template)]
#[template(path = "desk/enquiries/registered.html")]
struct RegisteredPage<'a> {
    p: &'a Frame,
    enquiry: EnquiryView,
    receipt: EnquiryReceipt,
}

#[derive(Template)]
#[template(path = "desk/enquiries/from_case.html")]
struct FromCasePage<'a> {
    p: &'a Frame,
    case: CaseView,
    form: Form,
    refused: Option<String>,
}

/// The queue.
pub(in crate::web) async fn queue(by: SignedIn, request: HttpRequest) -> Paged {
    let asked = Fields::of(request.query_string());
    let (state, kind, number) = (asked.text("state"), asked.text("kind"), asked.text("number"));
    let filled = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let query = EnquiryQuery {
        kind: filled(&kind),
        number: filled(&number),
        case: asked.get("case").and_then(|case| case.parse().ok()),
        cursor: asked.get("cursor").and_then(filled),
        open: match state.as_str() {
            "closed" => Some(false),
            "all" => None,
            _ if !number.is_empty() || asked.has("case") => None,
            _ => Some(true),
        },
        overdue: (state == "overdue").then_some(true),
        handler: (state == "mine").then(|| "me".to_owned()),
        ..EnquiryQuery::default()
    };
    let page = by.office.enquiries(&by.officer, query).await?;
    let next = page.next.as_deref().map(|cursor| {
        let mut further = asked.clone();
        further.set("cursor", cursor);
        format!("/desk/enquiries?{}", further.encoded())
    });
    let kinds = EnquiryKind::ALL.iter().map(|kind| term!(*kind)).collect();
    let may_register = by.officer.may_somewhere(Deed::Enquire(Act::Register));
    let view = QueuePage { p: &by.frame, page, kinds, kind, state, number, may_register, next };
    page::shown(&by.frame, &view)
}

/// The form of a new one.
pub(in crate::web) async fn register(by: SignedIn) -> Paged {
    let office = &by.office;
    let once = uuid_at(office.now(), &mut office.shared().randomness.clone()).to_string();
    form_of(&by, &json!({}), &[], once, None).await
}

async fn form_of(by: &SignedIn, body: &Value, problems: &[Problem], once: String, more: Option<&str>) -> Paged {
    let agencies = by.office.reach(&by.officer, Deed::Enquire(Act::Register)).await?;
    let agencies: Vec<Choice> = agencies.into_iter().map(|agency| Choice::new(agency.slug, agency.name)).collect();
    let choices: Choices = vec![
        ("EnquiryRegistration", "agency", agencies),
        ("EnquiryRegistration", "handler", act::colleagues(by).await?),
    ];
    let name = EnquiryRegistration::name();
    let form = Form::of(&by.contract, &name, by.frame.language, body, problems, &choices)?.with_more(more);
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page::with_status(status, &by.frame, &RegisterPage { p: &by.frame, form, once })
}

/// Registers it; sent twice, it is registered once.
pub(in crate::web) async fn registered(sent: Sent) -> Paged {
    let Sent { by, fields } = sent;
    let body = read(&by.contract, &EnquiryRegistration::name(), &fields);
    let once = fields.text(ONCE);
    if fields.has(RESTORED) || fields.has(MORE) {
        return form_of(&by, &body, &[], once, fields.get(MORE)).await;
    }
    let key = key_of(&once, "POST", "/desk/enquiries/new", &body);
    let done = match by.contract.body::<EnquiryRegistration>(body.clone()) {
        Ok(input) => by.office.register_enquiry(&by.officer, input, Some(key)).await,
        Err(wrong) => Err(wrong),
    };
    match done {
        Ok((enquiry, receipt)) => page::shown(&by.frame, &RegisteredPage { p: &by.frame, enquiry, receipt }),
        Err(Failure::Invalid(problems)) => form_of(&by, &body, &problems, once, None).await,
        Err(other) => Err(other.into()),
    }
}

/// The form by which an application that was in truth something else is taken up as a letter (art. 39).
pub(in crate::web) async fn of_case(by: SignedIn, id: web::Path<CaseId>) -> Paged {
    page_of_case(&by, *id, &json!({}), &[], None).await
}

async fn page_of_case(
    by: &SignedIn,
    id: CaseId,
    body: &Value,
    problems: &[Problem],
    refused: Option<Failure>,
) -> Paged {
    let case = by.office.case(&by.officer, id).await?;
    let (mut status, mut told) = (StatusCode::OK, None);
    if let Some(failure) = refused {
        let fault = crate::api::problem::Fault::from(failure);
        (status, told) = (actix_web::ResponseError::status_code(&fault), Some(fault.said(by.frame.language)));
    }
    if !problems.is_empty() {
        status = StatusCode::UNPROCESSABLE_ENTITY;
    }
    let kinds = [EnquiryKind::Question, EnquiryKind::MailboxLetter];
    let kinds = kinds.map(|kind| Choice::new(kind.as_str(), by.frame.language.pick(kind.zh(), kind.en())));
    let choices: Choices =
        vec![("EnquiryFromCase", "kind", kinds.to_vec()), ("EnquiryFromCase", "handler", act::colleagues(by).await?)];
    let form = Form::of(&by.contract, &EnquiryFromCase::name(), by.frame.language, body, problems, &choices)?;
    page::with_status(status, &by.frame, &FromCasePage { p: &by.frame, case, form, refused: told })
}

/// Takes it up.
pub(in crate::web) async fn opened(sent: Sent, id: web::Path<CaseId>) -> Paged {
    let Sent { by, fields } = sent;
    let body = read(&by.contract, &EnquiryFromCase::name(), &fields);
    if fields.has(RESTORED) {
        return page_of_case(&by, *id, &body, &[], None).await;
    }
    let done = match by.contract.body::<EnquiryFromCase>(body.clone()) {
        Ok(input) => by.office.enquiry_from_case(&by.officer, *id, input).await,
        Err(wrong) => Err(wrong),
    };
    match done {
        Ok(enquiry) => page::see(&format!("/desk/enquiries/{}", enquiry.summary.id)),
        Err(Failure::Invalid(problems)) => page_of_case(&by, *id, &body, &problems, None).await,
        Err(failure @ (Failure::Contrary { .. } | Failure::Forbidden { .. })) => {
            page_of_case(&by, *id, &body, &[], Some(failure)).await
        }
        Err(other) => Err(other.into()),
    }
}
