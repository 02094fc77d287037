//! Reminding the handlers of many cases: first whom it would reach, then the mails.

use askama::Template;
use serde_json::{Value, json};

use crate::api::problem::Fault;
use crate::ids::CaseId;
use crate::office::reminding::{HandReminder, Reached};
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::Sent;
use crate::web::visit::local;

#[derive(Template)]
#[template(path = "desk/remind.html")]
struct RemindPage<'a> {
    p: &'a Frame,
    reached: Vec<Reached>,
    /// Cases of which nobody is told, and why.
    failed: Vec<(CaseId, String)>,
    text: String,
    back: String,
    preview: bool,
}

impl RemindPage<'_> {
    /// The cases that somebody is told of, each once.
    fn cases(&self) -> Vec<CaseId> {
        let mut cases: Vec<CaseId> = self.reached.iter().flat_map(|one| &one.cases).map(|one| one.case).collect();
        cases.sort_unstable();
        cases.dedup();
        cases
    }
}

/// Shows whom a reminder would reach; sends it once that was seen.
pub(in crate::web) async fn remind(sent: Sent) -> Paged {
    let (by, fields) = (sent.by, sent.fields);
    let preview = fields.get("confirmed").is_none();
    let cases: Vec<Value> = fields.all("cases").map(Value::from).collect();
    let mut body = json!({ "cases": cases, "preview": preview });
    if let (Some(text), Some(body)) = (fields.get("text"), body.as_object_mut()) {
        body.insert("text".to_owned(), Value::from(text));
    }
    let input: HandReminder = by.contract.body(body)?;
    let answer = by.office.remind(&by.officer, input).await?;
    let language = by.frame.language;
    let page = RemindPage {
        p: &by.frame,
        reached: answer.reached,
        failed: answer.failed.into_iter().map(|(case, why)| (case, Fault::from(why).said(language))).collect(),
        text: fields.text("text"),
        back: local(fields.get("back").or(Some("/desk"))),
        preview,
    };
    page::shown(&by.frame, &page)
}
