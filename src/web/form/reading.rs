//! From what a form sent to the body: what was left blank is left out, and the contract says whether that may be.

use serde_json::{Map, Value};

use super::building::{component_of, is, is_numbers, plain};
use super::words::fields_of;
use crate::api::contract::Contract;
use crate::web::fields::Fields;

/// Rows of a list that are looked at; what the contract allows is fewer.
const ROWS: usize = 200;

/// The body of a component, as far as the form has it.
pub(in crate::web) fn read(contract: &Contract, component: &str, fields: &Fields) -> Value {
    object(contract, component, "", fields).unwrap_or_else(|| Value::Object(Map::new()))
}

/// An object; none when nothing was entered.
fn object(contract: &Contract, component: &str, at: &str, fields: &Fields) -> Option<Value> {
    let schema = contract.component(component)?;
    let required = schema.get("required").and_then(Value::as_array);
    let mut members = Map::new();
    let mut blank = Vec::new();
    for words in fields_of(component) {
        let Some(of) = schema.get("properties").and_then(|all| all.get(words.field)) else { continue };
        let of = plain(of);
        let name = if at.is_empty() { words.field.to_owned() } else { format!("{at}.{}", words.field) };
        match member(contract, component, words.field, of, &name, fields) {
            Some(value) => {
                members.insert(words.field.to_owned(), value);
            }
            // A list that must be there may be empty; that it must not be is the contract's to say.
            None if required.is_some_and(|names| names.iter().any(|one| one == words.field)) => {
                let empty = match () {
                    () if is(of, "array") => Value::Array(Vec::new()),
                    () if component_of(of, contract).is_some() => Value::Object(Map::new()),
                    () => continue,
                };
                blank.push((words.field.to_owned(), empty));
            }
            None => {}
        }
    }
    if members.is_empty() && !at.is_empty() {
        return None;
    }
    members.extend(blank);
    Some(Value::Object(members))
}

/// How many rows of a list a form can hold: up to the last that it names.
fn rows(fields: &Fields, name: &str) -> usize {
    let row = |field: &str| field.strip_prefix(name)?.strip_prefix('.')?.split('.').next()?.parse::<usize>().ok();
    let last = fields.iter().filter_map(|(field, _)| row(field)).max();
    last.map_or(0, |last| last.saturating_add(1).min(ROWS))
}

fn member(
    contract: &Contract,
    component: &str,
    field: &str,
    schema: &Value,
    name: &str,
    fields: &Fields,
) -> Option<Value> {
    if let Some(inner) = component_of(schema, contract) {
        return object(contract, inner, name, fields);
    }
    if schema.get("items").is_some_and(|items| is(items, "array")) {
        let rows = (0..ROWS).map(|row| fields.all(&format!("{name}.{row}")).map(Value::from).collect::<Vec<_>>());
        let rows: Vec<Value> = rows.filter(|row| !row.is_empty()).map(Value::Array).collect();
        return (!rows.is_empty()).then_some(Value::Array(rows));
    }
    if is_numbers(schema) {
        let apart = |letter: char| letter.is_whitespace() || matches!(letter, ',' | '，' | '、');
        let numbers = fields.get(name)?.split(apart).filter(|text| !text.is_empty());
        return Some(Value::Array(numbers.map(number).collect()));
    }
    if let Some(items) = schema.get("items") {
        let list: Vec<Value> = match component_of(items, contract) {
            Some(inner) => (0..rows(fields, name))
                .filter_map(|row| object(contract, inner, &format!("{name}.{row}"), fields))
                .collect(),
            // Chosen from a list, each is a field of its own; written down, each is a line.
            None if contract.terms(component, field).is_some() || items.get("format").is_some() => {
                fields.all(name).map(Value::from).collect()
            }
            None => fields
                .all(name)
                .flat_map(str::lines)
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .map(Value::from)
                .collect(),
        };
        return (!list.is_empty()).then_some(Value::Array(list));
    }
    let text = fields.get(name)?;
    Some(match () {
        () if is(schema, "boolean") => match text {
            "yes" => Value::Bool(true),
            "no" => Value::Bool(false),
            other => Value::from(other),
        },
        () if is(schema, "integer") => number(text),
        () => Value::from(text),
    })
}

/// A number; what is none stays as it was typed, and the contract says what it should have been.
fn number(text: &str) -> Value {
    text.trim().parse::<i64>().map_or_else(|_| Value::from(text), Value::from)
}
