//! Every fault of a body is told at once, each where it is.

use super::*;

fn document() -> Value {
    json!({
        "openapi": "3.1.0",
        "info": { "title": "t", "version": "1" },
        "components": { "schemas": {
            "Stage": { "type": "string", "enum": ["handling", "closed"] },
            "Way": { "oneOf": [
                { "type": "object", "required": ["kind", "no"], "additionalProperties": false, "properties": {
                    "kind": { "type": "string", "enum": ["post"] }, "no": { "type": "string" } } },
                { "type": "object", "required": ["kind", "on"], "additionalProperties": false, "properties": {
                    "kind": { "type": "string", "enum": ["window"] }, "on": { "type": "string", "format": "date" } } }
            ] },
            "Answer": { "type": "object" },
            "Form": {
                "type": "object",
                "required": ["subject", "received_on", "way"],
                "additionalProperties": false,
                "properties": {
                    "subject": { "type": "string", "minLength": 1, "maxLength": 4 },
                    "received_on": { "type": "string", "format": "date" },
                    "days": { "type": ["integer", "null"], "format": "int32", "minimum": 0 },
                    "stage": { "oneOf": [{ "type": "null" }, { "$ref": "#/components/schemas/Stage" }] },
                    "way": { "$ref": "#/components/schemas/Way" }
                }
            }
        } },
        "paths": { "/api/v1/forms": { "post": { "requestBody": { "content": { "application/json": {
            "schema": { "$ref": "#/components/schemas/Form" } } } } } }, "/api/v1/cases/{id}": { "get": { "parameters": [
            { "name": "id", "in": "path", "required": true, "schema": { "type": "string", "format": "uuid" } },
            { "name": "limit", "in": "query", "required": false, "schema": { "type": ["integer", "null"], "maximum": 200 } },
            { "name": "stage", "in": "query", "required": false,
              "schema": { "type": "array", "items": { "$ref": "#/components/schemas/Stage" } } },
            { "name": "as_of", "in": "query", "required": true, "schema": { "type": "string", "format": "date" } }
        ] } } }
    })
}

fn problems(body: &Value) -> Vec<(String, String)> {
    let schemas = Schemas::compile(&document()).expect("compiles");
    let found = schemas.check_body("Form", body).expect("a component");
    found.into_iter().map(|problem| (problem.pointer, problem.en)).collect()
}

fn pair(pointer: &str, en: &str) -> (String, String) {
    (pointer.to_owned(), en.to_owned())
}

#[test]
fn a_body_as_documented_has_no_problems() {
    let body = json!({ "subject": "预算", "received_on": "2026-03-02", "days": null, "stage": "closed",
        "way": { "kind": "window", "on": "2026-03-02" } });
    assert_eq!(problems(&body), []);
}

#[test]
fn every_problem_is_told_at_once_each_where_it_is() {
    let body = json!({ "subject": "", "received_on": "2 March", "days": "ten", "stage": "sleeping", "recieved_on": 1,
        "a/b": 1 });
    assert_eq!(
        problems(&body),
        [
            pair("/a~1b", "There is no such field; check its name."),
            pair("/days", "Expected: integer."),
            pair("/received_on", "A date is expected, such as 2026-03-02."),
            pair("/recieved_on", "There is no such field; check its name."),
            pair("/stage", "One of: handling, closed."),
            pair("/subject", "It must not be empty."),
            pair("/way", "This is missing."),
        ]
    );
}

#[test]
fn of_several_forms_the_one_that_was_meant_is_explained() {
    let body =
        json!({ "subject": "预算", "received_on": "2026-03-02", "way": { "kind": "window", "on": "today", "x": 1 } });
    assert_eq!(
        problems(&body),
        [
            pair("/way/on", "A date is expected, such as 2026-03-02."),
            pair("/way/x", "There is no such field; check its name."),
        ]
    );
}

#[test]
fn a_length_is_counted_in_characters_not_in_bytes() {
    let body = |subject: &str| json!({ "subject": subject, "received_on": "2026-03-02", "way": { "kind": "post", "no": "1" } });
    assert_eq!(problems(&body("预算公开")), []);
    assert_eq!(problems(&body("预算公开表")), [pair("/subject", "At most 4 characters.")]);
}

#[test]
fn a_query_is_checked_by_the_parameters_of_its_operation() {
    let schemas = Schemas::compile(&document()).expect("compiles");
    let query = schemas.query("GET", "/api/v1/cases/{id}").expect("documented");
    assert_eq!(query.wanted.get("limit"), Some(&Wanted::Integer));
    assert_eq!(query.wanted.get("stage"), Some(&Wanted::List));
    assert_eq!(query.wanted.get("id"), None, "a part of the path is not a part of the query");

    let asked = json!({ "limit": 900, "stage": ["handling", "asleep"], "offset": "3" });
    let mut told: Vec<String> =
        query.check(asked.as_object().expect("an object")).into_iter().map(|problem| problem.pointer).collect();
    told.sort();
    assert_eq!(told, ["?as_of", "?limit", "?offset", "?stage"]);
}

#[test]
fn a_schema_that_cannot_be_compiled_is_named() {
    let mut document = document();
    document["components"]["schemas"]["Form"]["type"] = json!("strnig");
    let fault = Schemas::compile(&document).expect_err("not a type");
    assert!(fault.to_string().contains("Form"), "{fault}");
}

#[test]
fn what_is_sent_is_compiled_with_its_parts_and_what_is_only_answered_is_not() {
    let schemas = Schemas::compile(&document()).expect("compiles");
    let known = |name: &str| schemas.check_body(name, &json!({})).is_some();
    assert!(known("Form") && known("Stage") && known("Way"));
    assert!(!known("Answer"));
}
