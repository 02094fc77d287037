//! What an act's form begins with: the last draft, for the one who writes the next; the questions of the first look, one
//! row each.

use serde_json::{Value, json};

use crate::case::Act;
use crate::case::terms::ExaminationStep;
use crate::law::outcome::{Outcome, Statement, rule};
use crate::office::views::{CaseView, DraftView};

/// The body an act's form begins with; of a reply, with what the law has one with this `outcome` state.
pub(super) fn body(act: Act, case: &CaseView, outcome: Option<Outcome>) -> Value {
    match (act, &case.draft) {
        (Act::Draft, draft) => {
            let body = draft.as_ref().map_or_else(|| json!({}), drafted);
            match outcome {
                Some(outcome) => with_outcome(body, outcome),
                None => body,
            }
        }
        (Act::Examine, _) => {
            let rows: Vec<Value> = ExaminationStep::ALL.iter().map(|step| json!({ "step": step.as_str() })).collect();
            json!({ "answers": rows })
        }
        (Act::Annul, _) => case.last_step.as_ref().map_or_else(|| json!({}), |step| json!({ "seq": step.seq })),
        (Act::MarkSensitive, _) => json!({ "sensitive": !case.sensitive }),
        _ => json!({}),
    }
}

/// The draft with another outcome: what such a reply must state has a row each, with the words it had.
fn with_outcome(mut body: Value, outcome: Outcome) -> Value {
    let had: Vec<Value> = body.get("statements").and_then(Value::as_array).cloned().unwrap_or_default();
    let of = |statement: &Statement| {
        let same = |row: &&Value| row.get("statement").is_some_and(|code| code == statement.as_str());
        had.iter().find(same).cloned().unwrap_or_else(|| json!({ "statement": statement.as_str() }))
    };
    let rows: Vec<Value> = rule(outcome).must_state.iter().map(of).collect();
    if let Some(body) = body.as_object_mut() {
        body.insert("outcome".to_owned(), json!(outcome.as_str()));
        body.insert("statements".to_owned(), Value::Array(rows));
    }
    body
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
