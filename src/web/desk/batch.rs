//! Many cases to one colleague: first what would move and what would not, then the move.

use askama::Template;
use serde_json::{Value, json};

use crate::api::problem::Fault;
use crate::case::Role;
use crate::ids::CaseId;
use crate::office::colleagues::Colleague;
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
    /// What cannot move, by its number, and why.
    failed: Vec<(CaseId, String, String)>,
    /// The cases that were chosen, with their numbers, where it is still to be said to whom.
    chosen: Vec<(String, String)>,
    colleagues: Vec<Colleague>,
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
    let numbers: Vec<(String, String)> = fields
        .all("number")
        .filter_map(|pair| pair.split_once(' '))
        .map(|(id, number)| (id.to_owned(), number.to_owned()))
        .collect();
    let number_of = |id: &str| numbers.iter().find(|(of, _)| of == id).map_or_else(String::new, |(_, it)| it.clone());
    let colleagues = by.office.colleagues(&by.officer).await?;
    let colleagues: Vec<Colleague> = colleagues
        .into_iter()
        .filter(|one| one.roles.iter().any(|held| held.role.code == Role::Handler.as_str()))
        .collect();
    if to.is_empty() || cases.is_empty() {
        let chosen = fields.all("cases").map(|id| (id.to_owned(), number_of(id))).collect();
        let page = BatchPage {
            p: &by.frame,
            moved: Vec::new(),
            failed: Vec::new(),
            chosen,
            colleagues,
            to,
            to_name: String::new(),
            note: fields.text("note"),
            back: local(fields.get("back").or(Some("/desk"))),
            preview: true,
        };
        return page::shown(&by.frame, &page);
    }
    let mut body = json!({ "cases": cases, "preview": preview, "to": to });
    if let (Some(note), Some(body)) = (fields.get("note"), body.as_object_mut()) {
        body.insert("note".to_owned(), Value::from(note));
    }
    let input: Reassignment = by.contract.body(body)?;
    let answer = by.office.reassign(&by.officer, input).await?;
    let language = by.frame.language;
    let failed = answer
        .failed
        .into_iter()
        .map(|(case, why)| (case, number_of(&case.to_string()), Fault::from(why).said(language)))
        .collect();
    let to_name =
        colleagues.iter().find(|one| one.id.to_string() == to).map(|one| one.name.clone()).unwrap_or_default();
    let page = BatchPage {
        p: &by.frame,
        moved: answer.moved,
        failed,
        chosen: Vec::new(),
        colleagues,
        to,
        to_name,
        note: fields.text("note"),
        back: local(fields.get("back").or(Some("/desk"))),
        preview,
    };
    page::shown(&by.frame, &page)
}
