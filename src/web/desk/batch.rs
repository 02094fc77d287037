//! Many cases to one colleague: first what would move and what would not, then the move.

use askama::Template;
use serde_json::{Value, json};

use crate::api::problem::Fault;
use crate::ids::CaseId;
use crate::office::reassignment::{Moved, Reassignment};
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::Sent;
use crate::web::visit::local;

#[derive(Template)]
#[template(path = "desk/batch.html")]
struct BatchPage<'a> {
    p: &'a Frame,
    moved: Vec<Moved>,
    /// What cannot move, and why.
    failed: Vec<(CaseId, String)>,
    to: String,
    to_name: String,
    note: String,
    back: String,
    preview: bool,
}

/// Shows what would move; moves it once that was seen.
pub(in crate::web) async fn reassign(sent: Sent) -> Paged {
    let (by, fields) = (sent.by, sent.fields);
    let preview = fields.get("confirmed").is_none();
    let cases: Vec<Value> = fields.all("cases").map(Value::from).collect();
    let to = fields.text("to");
    let mut body = json!({ "cases": cases, "preview": preview, "to": to });
    if let (Some(note), Some(body)) = (fields.get("note"), body.as_object_mut()) {
        body.insert("note".to_owned(), Value::from(note));
    }
    let input: Reassignment = by.contract.body(body)?;
    let answer = by.office.reassign(&by.officer, input).await?;
    let language = by.frame.language;
    let failed = answer.failed.into_iter().map(|(case, why)| (case, Fault::from(why).said(language))).collect();
    let colleagues = by.office.colleagues(&by.officer).await?;
    let to_name = colleagues.into_iter().find(|one| one.id.to_string() == to).map(|one| one.name).unwrap_or_default();
    let page = BatchPage {
        p: &by.frame,
        moved: answer.moved,
        failed,
        to,
        to_name,
        note: fields.text("note"),
        back: local(fields.get("back").or(Some("/desk"))),
        preview,
    };
    page::shown(&by.frame, &page)
}
