//! Reconsiderations, suits, complaints and inspections: a queue of their own by what is due next, and those beside a case, with the
//! form by which one is opened.

pub(in crate::web) mod act;
mod choices;
mod opening;
pub(in crate::web) mod show;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use askama::Template;
use chrono::NaiveDate;
use serde_json::Value;
use utoipa::ToSchema;

use crate::ids::CaseId;
use crate::office::failure::{Failure, Problem};
use crate::office::permission::Deed;
use crate::office::proceedings::bodies::ProceedingOpening;
use crate::office::proceedings::views::ProceedingSummary;
use crate::office::proceedings::{Caution, ProceedingPage, ProceedingQuery};
use crate::office::views::{CaseView, Term, term};
use crate::proceeding::Act;
use crate::proceeding::terms::ProceedingKind;
use crate::web::fields::Fields;
use crate::web::form::{Form, MORE, Shown, read};
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::{Sent, SignedIn};
use crate::web::signing_in::RESTORED;
use act::Refused;
use opening::Offer;

#[derive(Template)]
#[template(path = "desk/proceedings/queue.html")]
struct QueuePage<'a> {
    p: &'a Frame,
    page: ProceedingPage,
    kinds: Vec<Term>,
    kind: String,
    state: String,
    as_of: String,
    /// The day it is shown as of, where one is asked for.
    day: Option<NaiveDate>,
    error: Option<String>,
    next: Option<String>,
}

#[derive(Template)]
#[template(path = "desk/proceedings/case.html")]
struct CasePage<'a> {
    p: &'a Frame,
    case: CaseView,
    tab: &'static str,
    files: Vec<ProceedingSummary>,
    /// The kinds of which a new one may be, for whoever may open one.
    offers: Vec<Offer>,
    /// The form of a new one, once its kind is chosen.
    chosen: Option<(ProceedingKind, Form)>,
    /// What to look at twice before that.
    cautions: Vec<Caution>,
    /// Whether the kinds stand open.
    opening: bool,
    refused: Option<Refused>,
}

/// The queue.
pub(in crate::web) async fn queue(by: SignedIn, request: HttpRequest) -> Paged {
    let asked = Fields::of(request.query_string());
    let state = asked.text("state");
    let kind = asked.text("kind");
    let as_of = asked.text("as_of");
    let filled = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let query = ProceedingQuery {
        kind: filled(&kind),
        cursor: asked.get("cursor").and_then(filled),
        as_of: as_of.parse().ok(),
        open: match state.as_str() {
            "closed" => Some(false),
            "all" | "overturned" => None,
            _ => Some(true),
        },
        overdue: (state == "overdue").then_some(true),
        overturned: (state == "overturned").then_some(true),
        handler: (state == "mine").then(|| "me".to_owned()),
        ..ProceedingQuery::default()
    };
    let day = query.as_of;
    let (status, page, error) = match by.office.proceedings(&by.officer, query).await {
        Ok(page) => (StatusCode::OK, page, None),
        // A day that is still to come is said beside its field; anything else is no page of this form.
        Err(Failure::Invalid(problems)) if problems.iter().all(|one| one.pointer == "?as_of") => {
            let error = problems.first().map(|one| by.frame.t(&one.zh, &one.en).to_owned());
            (StatusCode::UNPROCESSABLE_ENTITY, ProceedingPage { items: Vec::new(), next: None }, error)
        }
        Err(other) => return Err(other.into()),
    };
    let next = page.next.as_deref().map(|cursor| {
        let mut further = asked.clone();
        further.set("cursor", cursor);
        format!("/desk/proceedings?{}", further.encoded())
    });
    let kinds = ProceedingKind::ALL.iter().map(|kind| term!(*kind)).collect();
    let view = QueuePage { p: &by.frame, page, kinds, kind, state, as_of, day, error, next };
    page::with_status(status, &by.frame, &view)
}

/// Those beside a case.
pub(in crate::web) async fn of_case(by: SignedIn, id: web::Path<CaseId>, request: HttpRequest) -> Paged {
    let asked = Fields::of(request.query_string());
    let kind = asked.get("kind").and_then(|kind| kind.parse().ok());
    let body = match kind {
        Some(kind) => opening::begun(&by, *id, kind).await?,
        None => Value::Null,
    };
    page_of(&by, *id, &body, asked.has("open"), None, None).await
}

async fn page_of(
    by: &SignedIn,
    id: CaseId,
    body: &Value,
    opening: bool,
    refused: Option<Failure>,
    more: Option<&str>,
) -> Paged {
    let p = &by.frame;
    let case = by.office.case(&by.officer, id).await?;
    let files = by.office.proceedings_of_case(&by.officer, id).await?;
    let (status, problems, refused): (_, Vec<Problem>, _) = match refused {
        None => (StatusCode::OK, Vec::new(), None),
        Some(Failure::Invalid(wrong)) => (StatusCode::UNPROCESSABLE_ENTITY, wrong, None),
        Some(failure) => {
            let (status, refused) = Refused::of(p, failure);
            (status, Vec::new(), Some(refused))
        }
    };
    let may_open = by.officer.may_somewhere(Deed::Proceed(Act::Open));
    let kind = body.get("kind").and_then(Value::as_str).and_then(|kind| kind.parse::<ProceedingKind>().ok());
    let chosen = match kind.filter(|_| may_open) {
        Some(kind) => Some((kind, opening::form(by, id, kind, &files, body, &problems).await?.with_more(more))),
        None => None,
    };
    let cautions = match &chosen {
        Some((kind, _)) => by.office.cautions(&by.officer, id, *kind).await?,
        None => Vec::new(),
    };
    let offers = if may_open { opening::offers() } else { Vec::new() };
    let page = CasePage { p, case, tab: "proceedings", files, offers, chosen, cautions, opening, refused };
    page::with_status(status, p, &page)
}

/// Opens one.
pub(in crate::web) async fn open(sent: Sent, id: web::Path<CaseId>) -> Paged {
    let Sent { by, fields } = sent;
    let body = read(&by.contract, &ProceedingOpening::name(), &fields);
    if fields.has(RESTORED) || fields.has(MORE) {
        return page_of(&by, *id, &body, true, None, fields.get(MORE)).await;
    }
    let opened = match by.contract.body::<ProceedingOpening>(body.clone()) {
        Ok(input) => by.office.open_proceeding(&by.officer, *id, input).await,
        Err(wrong) => Err(wrong),
    };
    match opened {
        Ok(file) => page::see(&format!("/desk/proceedings/{}", file.summary.id)),
        Err(failure @ (Failure::Invalid(_) | Failure::RefusedInProceeding { .. } | Failure::Forbidden { .. })) => {
            page_of(&by, *id, &body, true, Some(failure), None).await
        }
        Err(other) => Err(other.into()),
    }
}
