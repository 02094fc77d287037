//! Tags on many cases: first what would change, then the change.

use askama::Template;
use serde_json::{Value, json};

use crate::api::problem::Fault;
use crate::ids::CaseId;
use crate::office::failure::Failure;
use crate::office::tagging::{Tagged, Tagging};
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::Sent;
use crate::web::visit::local;

#[derive(Template)]
#[template(path = "desk/tagging.html")]
struct TagPage<'a> {
    p: &'a Frame,
    tagged: Vec<Tagged>,
    /// Cases where it cannot be, and why.
    failed: Vec<(CaseId, String)>,
    /// The cases that were chosen.
    cases: Vec<String>,
    add: String,
    remove: String,
    /// What is wrong with what was typed.
    problems: Vec<String>,
    back: String,
    preview: bool,
}

/// Asks which tags; shows what would change; changes it once that was seen.
pub(in crate::web) async fn tag(sent: Sent) -> Paged {
    let (by, fields) = (sent.by, sent.fields);
    let preview = fields.get("confirmed").is_none();
    let (add, remove) = (fields.text("add"), fields.text("remove"));
    let cases: Vec<String> = fields.all("cases").map(str::to_owned).collect();
    let mut page = TagPage {
        p: &by.frame,
        tagged: Vec::new(),
        failed: Vec::new(),
        cases,
        add,
        remove,
        problems: Vec::new(),
        back: local(fields.get("back").or(Some("/desk"))),
        preview,
    };
    if page.cases.is_empty() || (page.add.trim().is_empty() && page.remove.trim().is_empty()) {
        return page::shown(&by.frame, &page);
    }
    let body = json!({
        "cases": page.cases.iter().map(String::as_str).map(Value::from).collect::<Vec<_>>(),
        "add": words(&page.add),
        "remove": words(&page.remove),
        "preview": preview,
    });
    let answer = match by.contract.body::<Tagging>(body) {
        Ok(input) => by.office.tag(&by.officer, input).await,
        Err(wrong) => Err(wrong),
    };
    let language = by.frame.language;
    match answer {
        Ok(answer) => {
            page.tagged = answer.tagged;
            page.failed =
                answer.failed.into_iter().map(|(case, why)| (case, Fault::from(why).said(language))).collect();
        }
        Err(Failure::Invalid(problems)) => {
            page.problems = problems.iter().map(|one| by.frame.t(&one.zh, &one.en).to_owned()).collect();
            page.problems.dedup();
        }
        Err(other) => return Err(other.into()),
    }
    page::shown(&by.frame, &page)
}

/// What stands between commas, full or half width.
fn words(text: &str) -> Vec<String> {
    text.split([',', '，', '、']).map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
