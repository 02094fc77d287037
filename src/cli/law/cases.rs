//! `dafu law deadline`: a file of cases in, their dates out, under the keys of the worked cases.
//!
//! `expected` decides only *which* keys are printed; no value is ever taken from it.

use super::kinds::{Reckoned, reckon};
use crate::law::calendar::Calendar;
use crate::law::count::Due;
use anyhow::{Context, bail};
use chrono::NaiveDate;
use serde_json::{Map, Value, json};
use std::path::Path;

/// Every key a case's answer may have, in the order they are printed.
const KEYS: &[&str] = &[
    "due",
    "provisional_due",
    "due_roll",
    "provisional_due_roll",
    "correction_notice_due",
    "correction_notice_in_time",
    "extension_must_be_decided_by",
    "extension_in_time",
    "reply_in_time_strict",
    "reply_in_time_roll",
];

/// Reads a file of cases (`{"cases": [{"id", "kind", "facts", "expected"?}]}`) and reckons each.
///
/// The answer is `{"cases": [{"id", …}]}` with the keys each case has in `expected`, or all that apply. Facts nothing
/// asked for are listed under `unread`, so that a misspelt one does not silently give another date.
///
/// # Errors
/// If the file cannot be read or any case is wrong: all faults at once, each with its case and field.
pub fn deadline(cases: &Path, calendar: &Calendar) -> anyhow::Result<Value> {
    let file = read(cases)?;
    let Some(list) = file.get("cases").and_then(Value::as_array) else {
        bail!("{}: cases: is no list", cases.display());
    };
    let (mut answers, mut faults, mut unread) = (Vec::new(), Vec::new(), Vec::new());
    for (place, case) in list.iter().enumerate() {
        match answer(case, place, calendar) {
            Ok((answer, fields)) => {
                unread.extend(fields);
                answers.push(answer);
            }
            Err(more) => faults.extend(more),
        }
    }
    if !faults.is_empty() {
        bail!("{}: wrong in {} places\n  {}", cases.display(), faults.len(), faults.join("\n  "));
    }
    let mut result = Map::from_iter([("cases".to_owned(), Value::Array(answers))]);
    if !unread.is_empty() {
        result.insert("unread".to_owned(), json!(unread));
    }
    Ok(Value::Object(result))
}

/// A JSON file.
pub fn read(path: &Path) -> anyhow::Result<Value> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is not JSON", path.display()))
}

/// How faults name a case: its id, or its place in the file.
pub fn name(case: &Value, place: usize) -> String {
    case.get("id").and_then(Value::as_str).map_or_else(|| format!("cases[{place}]"), |id| format!("case {id}"))
}

fn answer(case: &Value, place: usize, calendar: &Calendar) -> Result<(Value, Vec<String>), Vec<String>> {
    let name = name(case, place);
    let mut faults = Vec::new();
    if case.get("id").is_none_or(|id| !id.is_string()) {
        faults.push(format!("{name}: id: is missing or no text"));
    }
    let reckoned = match reckon(&name, case, calendar) {
        Ok(reckoned) => Some(reckoned),
        Err(more) => {
            faults.extend(more);
            None
        }
    };
    let asked = case.get("expected").and_then(Value::as_object);
    for key in asked.iter().flat_map(|expected| expected.keys()).filter(|key| !KEYS.contains(&key.as_str())) {
        faults.push(format!("{name}: expected.{key}: no such result; known are {}", KEYS.join(", ")));
    }
    let Some((reckoned, replied_on, unread)) = reckoned.filter(|_| faults.is_empty()) else { return Err(faults) };

    let all = results(&reckoned, replied_on);
    let mut answer = Map::from_iter([("id".to_owned(), case.get("id").cloned().unwrap_or_default())]);
    match asked {
        Some(expected) => {
            answer.extend(expected.keys().map(|key| (key.clone(), all.get(key).cloned().unwrap_or_default())));
        }
        None => answer.extend(all),
    }
    Ok((Value::Object(answer), unread))
}

/// Every result that applies, by key. A provisional date is `null` under its own key and stands beside it (R11).
fn results(reckoned: &Reckoned, replied_on: Option<NaiveDate>) -> Map<String, Value> {
    let mut all = Map::new();
    let clock = reckoned.clock();
    date(&mut all, "due", clock.due);
    date(&mut all, "due_roll", clock.last_defensible);
    if let Reckoned::Reply(reply) = reckoned {
        if let Some(due) = reply.correction_notice_due {
            date(&mut all, "correction_notice_due", due);
        }
        if let Some(in_time) = reply.correction_in_time {
            all.insert("correction_notice_in_time".to_owned(), json!(in_time));
        }
        if let Some(in_time) = reply.extension_in_time {
            date(&mut all, "extension_must_be_decided_by", reply.extension_latest);
            all.insert("extension_in_time".to_owned(), json!(in_time));
        }
    }
    if let Some(on) = replied_on {
        all.insert("reply_in_time_strict".to_owned(), json!(on <= clock.due.on));
        all.insert("reply_in_time_roll".to_owned(), json!(on <= clock.last_defensible.on));
    }
    all
}

fn date(all: &mut Map<String, Value>, key: &str, due: Due) {
    all.insert(key.to_owned(), json!(due.final_on()));
    if due.provisional {
        all.insert(format!("provisional_{key}"), json!(due.on));
    }
}
