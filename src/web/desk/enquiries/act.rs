//! A form for every act with an enquiry. The version one has read goes along: who comes second finds what they typed where they typed
//! it.

use actix_web::http::StatusCode;
use actix_web::{ResponseError, web};
use askama::Template;
use serde_json::{Value, json};

use crate::api::problem::Fault;
use crate::case::Role;
use crate::enquiry::Act;
use crate::enquiry::terms::EnquiryKind;
use crate::ids::EnquiryId;
use crate::law::receipt::Channel;
use crate::office::enquiries::EnquiryInput;
use crate::office::enquiries::views::EnquiryView;
use crate::office::failure::{Failure, Problem};
use crate::office::public::directory::DirectoryQuery;
use crate::office::views::{ArticleView, EntryView};
use crate::web::form::own::{EXTRA, VERSION as FORM_VERSION};
use crate::web::form::{Choice, Choices, Form, MORE, Shown, read};
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::{Sent, SignedIn};
use crate::web::signing_in::RESTORED;

/// The field of the version one has read.
const VERSION: &str = "version";

/// A refusal, with what it rests on.
struct Refused {
    text: String,
    article: Option<ArticleView>,
}

#[derive(Template)]
#[template(path = "desk/enquiries/act.html")]
struct ActPage<'a> {
    p: &'a Frame,
    one: EnquiryView,
    act: Act,
    version: i32,
    form: Form,
    refused: Option<Refused>,
    /// What happened since the form was opened.
    meanwhile: Vec<EntryView>,
    restored: bool,
}

fn named(name: &str) -> Result<(Act, String), Failure> {
    let act: Act = name.parse().map_err(|_no_act| Failure::Missing)?;
    Ok((act, EnquiryInput::component(act).ok_or(Failure::Missing)?))
}

/// The form of an act.
pub(in crate::web) async fn show(by: SignedIn, place: web::Path<(EnquiryId, String)>) -> Paged {
    let (id, act) = place.into_inner();
    let (act, component) = named(&act)?;
    let one = by.office.enquiry(&by.officer, id).await?;
    let (version, body) = (one.summary.version, prefilled(act, &one));
    page_of(&by, one, (act, &component), (version, &body), None, (false, None)).await
}

/// What stands in the form before anybody has typed.
fn prefilled(act: Act, one: &EnquiryView) -> Value {
    match act {
        Act::Assign => json!({"handler": one.summary.handler.as_ref().map(|handler| handler.id)}),
        Act::Answer => json!({"text": one.answer}),
        // What a letter says already; whoever enters the application asks for the rest (art. 29).
        Act::TurnIntoApplication => {
            let writer = one.writer.as_ref();
            let said = one.summary.kind.code == EnquiryKind::Hotline.as_str();
            let channel = if said { Channel::Spoken } else { Channel::Email };
            json!({
                "agency": one.summary.agency.slug,
                "channel": channel.as_str(),
                "arrived_on": one.summary.arrived_on,
                "applicant": {
                    "name": writer.map(|writer| &writer.name),
                    "phone": writer.and_then(|writer| writer.phone.as_ref()),
                    "email": writer.and_then(|writer| writer.email.as_ref()),
                    "address": writer.and_then(|writer| writer.address.as_ref()),
                },
                "request": {"subject": one.summary.subject, "description": one.content},
            })
        }
        _ => json!({}),
    }
}

/// Those who can see to an enquiry, at the reader's agencies.
///
/// # Errors
/// The database's failures.
pub(super) async fn colleagues(by: &SignedIn) -> Result<Vec<Choice>, Failure> {
    let fits = |code: &str| [Role::Handler, Role::Clerk].iter().any(|role| role.as_str() == code);
    let mine = by.officer.roles.iter().any(|held| fits(held.role.as_str()));
    let oneself = format!("{}{}", by.officer.name, by.frame.t("（本人）", " (me)"));
    let oneself = mine.then(|| Choice::new(by.officer.id.to_string(), oneself));
    let others = by.office.colleagues(&by.officer).await?.into_iter();
    let others = others.filter(|one| one.roles.iter().any(|held| fits(held.role.code)));
    Ok(oneself.into_iter().chain(others.map(|one| Choice::new(one.id.to_string(), one.name))).collect())
}

async fn choices(by: &SignedIn, act: Act, one: &EnquiryView) -> Result<Choices, Failure> {
    let here = &one.summary.agency;
    Ok(match act {
        Act::Assign => vec![("EnquiryAssignment", "handler", colleagues(by).await?)],
        Act::HandOver => {
            let all = by.office.find_agencies(DirectoryQuery::default()).await?.into_iter();
            let others = all.filter(|found| found.agency.slug != here.slug);
            vec![(
                "EnquiryHandOver",
                "agency",
                others.map(|found| Choice::new(found.agency.slug, found.agency.name)).collect(),
            )]
        }
        Act::TurnIntoApplication => {
            vec![("Enter", "agency", vec![Choice::new(here.slug.clone(), here.name.clone())])]
        }
        _ => Choices::new(),
    })
}

async fn page_of(
    by: &SignedIn,
    one: EnquiryView,
    (act, component): (Act, &str),
    (version, body): (i32, &Value),
    failed: Option<Failure>,
    (restored, more): (bool, Option<&str>),
) -> Paged {
    let p = &by.frame;
    let mut version = version;
    let (mut status, mut problems) = (StatusCode::OK, Vec::<Problem>::new());
    let (mut refused, mut meanwhile) = (None, Vec::new());
    match failed {
        None => {
            let choice = one.choices.iter().find(|choice| choice.act.code == act.as_str());
            refused = choice.and_then(|choice| {
                let (zh, en) = (choice.zh.as_deref()?, choice.en.as_deref()?);
                Some(Refused { text: p.t(zh, en).to_owned(), article: choice.article.clone() })
            });
        }
        Some(Failure::Invalid(wrong)) => {
            status = StatusCode::UNPROCESSABLE_ENTITY;
            problems = wrong;
        }
        Some(Failure::Stale { .. }) => {
            status = StatusCode::PRECONDITION_FAILED;
            let read = u32::try_from(version).unwrap_or_default();
            meanwhile = one.journal.iter().filter(|entry| entry.seq > read).cloned().collect();
            version = one.summary.version;
        }
        Some(failure) => {
            let article = match &failure {
                Failure::RefusedInEnquiry { refusal, .. } => Some(refusal.article().into()),
                _ => None,
            };
            let fault = Fault::from(failure);
            status = fault.status_code();
            refused = Some(Refused { text: fault.said(p.language), article });
        }
    }
    let choices = choices(by, act, &one).await?;
    let form = Form::of(&by.contract, component, p.language, body, &problems, &choices)?.with_more(more);
    // An agency's own questions stand in no schema: whoever turns a letter into an application asks for them afterwards.
    let form = form.without(EXTRA).without(FORM_VERSION);
    page::with_status(status, p, &ActPage { p, one, act, version, form, refused, meanwhile, restored })
}

/// Performs an act; or shows the form again, with what was typed.
pub(in crate::web) async fn perform(sent: Sent, place: web::Path<(EnquiryId, String)>) -> Paged {
    let Sent { by, fields } = sent;
    let (id, act) = place.into_inner();
    let (act, component) = named(&act)?;
    let body = read(&by.contract, &component, &fields);
    let version: i32 = fields.get(VERSION).and_then(|text| text.parse().ok()).unwrap_or_default();
    if fields.has(RESTORED) || fields.has(MORE) {
        let one = by.office.enquiry(&by.officer, id).await?;
        let again = (fields.has(RESTORED), fields.get(MORE));
        return page_of(&by, one, (act, &component), (version, &body), None, again).await;
    }
    let done = match EnquiryInput::read(act, body.clone(), by.contract.get_ref()) {
        Ok(input) => {
            let expected = u32::try_from(version).unwrap_or_default();
            by.office.enquire(&by.officer, id, expected, input).await.map(drop)
        }
        Err(wrong) => Err(wrong),
    };
    match done {
        Ok(()) => page::see(&format!("/desk/enquiries/{id}?done={}", act.as_str())),
        Err(
            failure @ (Failure::Invalid(_)
            | Failure::RefusedInEnquiry { .. }
            | Failure::Refused { .. }
            | Failure::Stale { .. }
            | Failure::Forbidden { .. }
            | Failure::Busy),
        ) => {
            let one = by.office.enquiry(&by.officer, id).await?;
            page_of(&by, one, (act, &component), (version, &body), Some(failure), (false, None)).await
        }
        Err(other) => Err(other.into()),
    }
}
