//! Supervision orders for both sides: the list, one order with all that happened in it, and the forms of whoever's turn it is.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use askama::Template;
use serde_json::{Value, json};

use crate::api::file;
use crate::api::idempotency::key_of;
use crate::ids::{CaseId, FileId, OrderId, uuid_at};
use crate::office::failure::Failure;
use crate::office::permission::Deed;
use crate::office::supervision::orders::papers::{PAPER_BYTES, PaperQuery};
use crate::office::supervision::orders::{
    NewOrder, OrderAnswer, OrderClosing, OrderKind, OrderPage, OrderQuery, OrderReturn, OrderState, OrderWithdrawal,
    WholeOrder,
};
use crate::office::views::{AgencyName, Term, term};
use crate::web::fields::Fields;
use crate::web::file_form::SentFiles;
use crate::web::form::Choice;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::{Sent, SignedIn};

/// The field that holds the key of a form.
const ONCE: &str = "once";

#[derive(Template)]
#[template(path = "supervision/orders.html")]
struct OrdersPage<'a> {
    p: &'a Frame,
    page: OrderPage,
    next: Option<String>,
    fields: Fields,
    agencies: Vec<AgencyName>,
    /// Those to which an order may be issued.
    issuable: Vec<AgencyName>,
    states: Vec<Term>,
    kinds: Vec<Term>,
    supervises: bool,
    may_issue: bool,
    /// The case a new order is to be about.
    about: Option<CaseId>,
    /// What was typed for a new one, and what is wrong with it.
    typed: Fields,
    error: Option<String>,
    /// The key under which this form is sent: pressed twice, it issues one order.
    once: String,
}

#[derive(Template)]
#[template(path = "supervision/order.html")]
struct OneOrder<'a> {
    p: &'a Frame,
    whole: WholeOrder,
    /// Files of the case that may prove an answer.
    files: Vec<Choice>,
    typed: Fields,
    error: Option<String>,
}

impl OneOrder<'_> {
    /// Whether the last answer says that this is done; the first is 1.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand over what they have by reference")]
    fn is_done(&self, place: &usize) -> bool {
        let last = self.whole.entries.iter().rfind(|entry| entry.act.code == "answered");
        last.is_some_and(|entry| u32::try_from(*place).is_ok_and(|place| entry.done.contains(&place)))
    }
}

/// The list.
pub(in crate::web) async fn list(by: SignedIn, request: HttpRequest) -> Paged {
    let fields = Fields::of(request.query_string());
    let about = fields.get("about").and_then(|case| case.parse().ok());
    shown(&by, fields, about, Fields::default(), None).await
}

async fn shown(
    by: &SignedIn,
    mut fields: Fields,
    about: Option<CaseId>,
    typed: Fields,
    error: Option<String>,
) -> Paged {
    fields.set("about", "");
    let query: OrderQuery = by.contract.query("get", "/api/v1/supervision/orders", &asked(&fields))?;
    let page = by.office.orders(&by.officer, query).await?;
    let may_issue = by.officer.may_somewhere(Deed::IssueOrder);
    let next = page.next.as_deref().map(|cursor| {
        let mut further = fields.clone();
        further.set("cursor", cursor);
        format!("/supervision/orders?{}", asked(&further))
    });
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let fresh = || uuid_at(by.office.now(), &mut by.office.shared().randomness.clone()).to_string();
    let once = typed.get(ONCE).map_or_else(fresh, str::to_owned);
    let view = OrdersPage {
        p: &by.frame,
        page,
        next,
        agencies: by.office.reach(&by.officer, Deed::SeeOrders).await?,
        issuable: if may_issue { by.office.reach(&by.officer, Deed::IssueOrder).await? } else { Vec::new() },
        states: OrderState::ALL.iter().map(|one| term!(*one)).collect(),
        kinds: OrderKind::ALL.iter().map(|one| term!(*one)).collect(),
        supervises: by.officer.may_somewhere(Deed::Supervise),
        fields,
        may_issue,
        about,
        typed,
        error,
        once,
    };
    page::with_status(status, &by.frame, &view)
}

/// The query of the list, without what is blank.
fn asked(fields: &Fields) -> String {
    crate::web::fields::encode(fields.iter().filter(|(name, text)| *name != "about" && !text.is_empty()))
}

/// Issues one. What cannot be done is told over the form, with what was typed.
pub(in crate::web) async fn issue(sent: Sent) -> Paged {
    let Sent { by, fields } = sent;
    let about: Option<CaseId> = fields.get("case").and_then(|case| case.parse().ok());
    let asks: Vec<&str> = fields.get("asks").unwrap_or_default().lines().map(str::trim).collect();
    let asks: Vec<&str> = asks.into_iter().filter(|ask| !ask.is_empty()).collect();
    let mut body = json!({
        "kind": fields.text("kind"), "text": fields.text("text"), "asks": asks, "days": number(&fields, "days"),
    });
    match (about, fields.get("agency")) {
        (Some(case), _) => put(&mut body, "case", json!(case)),
        (None, Some(agency)) => put(&mut body, "agency", json!(agency)),
        (None, None) => {}
    }
    let issued = async {
        let key = fields.get(ONCE).map(|once| key_of(once, "POST", "/supervision/orders", &body));
        let input: NewOrder = by.contract.body(body)?;
        by.office.issue_order(&by.officer, input, key).await
    };
    match issued.await {
        Ok(made) => page::see(&format!("/supervision/orders/{}", made.order.id)),
        Err(failure) => {
            let told = told(&by, failure)?;
            shown(&by, Fields::default(), about, fields, Some(told)).await
        }
    }
}

/// One whole.
pub(in crate::web) async fn show(by: SignedIn, id: web::Path<OrderId>) -> Paged {
    one(&by, *id, Fields::default(), None).await
}

async fn one(by: &SignedIn, id: OrderId, typed: Fields, error: Option<String>) -> Paged {
    let whole = by.office.order(&by.officer, id).await?;
    let mut files = Vec::new();
    if let (true, Some(case)) = (whole.may_answer, whole.order.case) {
        let of_case = by.office.files(&by.officer, case).await?;
        files.extend(of_case.into_iter().map(|file| Choice::new(file.id.to_string(), file.name)));
    }
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page::with_status(status, &by.frame, &OneOrder { p: &by.frame, whole, files, typed, error })
}

/// A document for the answer comes in.
pub(in crate::web) async fn send_paper(sent: SentFiles, id: web::Path<OrderId>) -> Paged {
    let SentFiles { by, mut form } = sent;
    let Some(file) = form.next_file().await? else {
        let told = by.frame.t("请选择文件。", "Choose a file.").to_owned();
        return one(&by, *id, Fields::default(), Some(told)).await;
    };
    let query = PaperQuery { name: file.name.clone() };
    let bytes = file.whole(PAPER_BYTES).await?;
    match by.office.send_order_paper(&by.officer, *id, query, bytes).await {
        Ok(_) => page::see(&format!("/supervision/orders/{id}#answer")),
        Err(failure) => {
            let told = told(&by, failure)?;
            one(&by, *id, Fields::default(), Some(told)).await
        }
    }
}

/// An act in it.
pub(in crate::web) async fn act(sent: Sent, path: web::Path<(OrderId, String)>) -> Paged {
    let Sent { by, fields } = sent;
    let (id, act) = path.into_inner();
    match done(&by, id, &act, &fields).await {
        Ok(()) => page::see(&format!("/supervision/orders/{id}")),
        Err(failure) => {
            let told = told(&by, failure)?;
            one(&by, id, fields, Some(told)).await
        }
    }
}

async fn done(by: &SignedIn, id: OrderId, act: &str, fields: &Fields) -> Result<(), Failure> {
    let text = fields.text("text");
    match act {
        "answer" => {
            let done: Vec<u32> = fields.all("done").filter_map(|place| place.parse().ok()).collect();
            let files: Vec<Value> = fields.all("file").map(|file| json!({ "file": file })).collect();
            let input: OrderAnswer = by.contract.body(json!({"text": text, "done": done, "files": files}))?;
            by.office.answer_order(&by.officer, id, input).await.map(drop)
        }
        "return" => {
            let input: OrderReturn = by.contract.body(json!({"text": text, "days": number(fields, "days")}))?;
            by.office.return_order(&by.officer, id, input).await.map(drop)
        }
        "close" => {
            let body = if text.is_empty() { json!({}) } else { json!({"text": text}) };
            let input: OrderClosing = by.contract.body(body)?;
            by.office.close_order(&by.officer, id, input).await.map(drop)
        }
        "withdraw" => {
            let input: OrderWithdrawal = by.contract.body(json!({"text": text}))?;
            by.office.withdraw_order(&by.officer, id, input).await.map(drop)
        }
        _ => Err(Failure::Missing),
    }
}

/// A file that proves an answer.
pub(in crate::web) async fn proof(by: SignedIn, path: web::Path<(OrderId, FileId)>) -> Paged {
    let (id, proof) = path.into_inner();
    Ok(file::proof(by.office.order_proof(&by.officer, id, proof).await?))
}

/// What stands in the way, in the reader's words; all else is a page of its own.
fn told(by: &SignedIn, failure: Failure) -> Result<String, Failure> {
    match failure {
        Failure::Invalid(problems) => {
            let told: Vec<&str> = problems.iter().map(|one| by.frame.t(&one.zh, &one.en)).collect();
            Ok(told.join(" "))
        }
        Failure::Contrary { zh, en } => Ok(by.frame.t(&zh, &en).to_owned()),
        other => Err(other),
    }
}

/// A whole number as JSON; what is none stays a text, and the contract says what it should have been.
fn number(fields: &Fields, name: &str) -> Value {
    let text = fields.text(name);
    text.trim().parse::<i64>().map_or(Value::String(text), Value::from)
}

fn put(body: &mut Value, name: &str, value: Value) {
    if let Some(members) = body.as_object_mut() {
        members.insert(name.to_owned(), value);
    }
}
