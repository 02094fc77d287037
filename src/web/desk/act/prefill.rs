//! What an act's form begins with: the last draft, for the one who writes the next; the questions of the first look, one
//! row each.

use serde_json::{Value, json};

use crate::case::Act;
use crate::case::terms::ExaminationStep;
use crate::office::views::{CaseView, DraftView};

/// The body an act's form begins with.
pub(super) fn body(act: Act, case: &CaseView) -> Value {
    match (act, &case.draft) {
        (Act::Draft, Some(draft)) => drafted(draft),
        (Act::Examine, _) => {
            let rows: Vec<Value> = ExaminationStep::ALL.iter().map(|step| json!({ "step": step.as_str() })).collect();
            json!({ "answers": rows })
        }
        (Act::MarkSensitive, _) => json!({ "sensitive": !case.sensitive }),
        _ => json!({}),
    }
}

fn drafted(draft: &DraftView) -> Value {
    let statements: Vec<Value> = draft
        .statements
        .iter()
        .map(|one| json!({ "statement": one.statement.code, "text": one.text.clone().unwrap_or_default() }))
        .collect();
    let parts: Vec<Value> = draft
        .parts
        .iter()
        .map(|one| {
            json!({
                "ground": one.ground.code,
                "kind": one.kind.code,
                "part": one.part.clone().unwrap_or_default(),
                "reason": one.reason.clone().unwrap_or_default(),
            })
        })
        .collect();
    let mut body = json!({
        "outcome": draft.outcome.code,
        "letter": draft.letter.clone().unwrap_or_default(),
        "withheld": draft.withheld.iter().map(|ground| ground.code).collect::<Vec<_>>(),
        "statements": statements,
        "parts": parts,
    });
    if let (Some(found), Some(body)) = (&draft.separability, body.as_object_mut()) {
        let reason = found.reason.clone().unwrap_or_default();
        body.insert("separability".to_owned(), json!({ "finding": found.finding.code, "reason": reason }));
    }
    if let (Some(repeats), Some(body)) = (draft.repeats, body.as_object_mut()) {
        body.insert("repeats".to_owned(), json!(repeats));
    }
    body
}
