//! The API as a client meets it, over an office of its own in a database of its own.

mod acts;
mod edges;
mod house;

use std::collections::BTreeSet;

use serde_json::Value;

use super::{ROUTES, document};

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

#[test]
fn the_document_and_the_route_table_agree() {
    let document = document().expect("a document");
    let documented: BTreeSet<(String, String)> = document["paths"]
        .as_object()
        .expect("paths")
        .iter()
        .flat_map(|(path, item)| {
            let methods = METHODS.iter().filter(|method| item.get(**method).is_some());
            methods.map(|method| ((*method).to_owned(), path.clone()))
        })
        .collect();
    let routed = ROUTES.iter().map(|route| (route.method.to_owned(), route.path.to_owned())).collect();
    assert_eq!(documented, routed);
}

#[test]
fn no_route_is_listed_twice() {
    let distinct: BTreeSet<_> = ROUTES.iter().map(|route| (route.method, route.path)).collect();
    assert_eq!(distinct.len(), ROUTES.len());
}

#[test]
fn every_operation_says_what_it_does_and_how_it_fails() {
    let document = document().expect("a document");
    assert_eq!(document["openapi"], "3.1.0");
    for route in ROUTES {
        let operation = &document["paths"][route.path][route.method];
        let told = |member: &str| operation[member].as_str().is_some_and(|text| !text.is_empty());
        assert!(told("summary"), "{} {}", route.method, route.path);
        assert_eq!(
            operation["responses"]["500"]["$ref"], "#/components/responses/Problem",
            "{} {}",
            route.method, route.path
        );
        let takes_body = operation.get("requestBody").is_some();
        assert_eq!(
            operation["responses"].get("422").is_some(),
            takes_body || asks_by_query(operation) || route.path.contains("{year}"),
            "{}",
            route.path
        );
    }
}

fn asks_by_query(operation: &Value) -> bool {
    let parameters = operation["parameters"].as_array();
    parameters.is_some_and(|parameters| parameters.iter().any(|parameter| parameter["in"] == "query"))
}

#[test]
fn every_body_refuses_fields_it_does_not_know() {
    let document = document().expect("a document");
    for route in ROUTES {
        let operation = &document["paths"][route.path][route.method];
        let schema = &operation["requestBody"]["content"]["application/json"]["schema"]["$ref"];
        if let Some(pointer) = schema.as_str().and_then(|reference| reference.strip_prefix('#')) {
            let body = document.pointer(pointer).expect("a component");
            // One of several, by the act in the address.
            let several = body["oneOf"].as_array().map(|all| all.iter().filter_map(|one| one["$ref"].as_str()));
            for pointer in several.into_iter().flatten().chain(body.get("oneOf").is_none().then_some(pointer)) {
                let body = document.pointer(pointer.trim_start_matches('#')).expect("a component");
                assert_eq!(body["additionalProperties"], false, "{pointer}");
            }
        }
    }
}

#[test]
fn a_setting_of_days_has_the_range_of_the_law_in_its_schema() {
    use crate::law::periods::{CORRECTION_NOTICE_DAYS, CORRECTION_WINDOW_DAYS, EXPLANATION_WINDOW_DAYS};
    let document = document().expect("a document");
    let days = |name: &str| &document["components"]["schemas"]["AgencyChange"]["properties"][name];
    for (name, range) in [
        ("confirmation_days", 0..=CORRECTION_NOTICE_DAYS),
        ("correction_window_days", CORRECTION_WINDOW_DAYS),
        ("explanation_window_days", EXPLANATION_WINDOW_DAYS),
    ] {
        assert_eq!(days(name)["minimum"], *range.start(), "{name}");
        assert_eq!(days(name)["maximum"], *range.end(), "{name}");
    }
}

#[test]
fn an_act_on_a_case_states_its_version() {
    let document = document().expect("a document");
    // Looking is posted for its reason's sake, and a file that is announced is not in the case yet: neither changes it. Nor does
    // what is made beside it.
    let beside = ["/identity-view", "/uploads", "/bundles", "/proceedings", "/enquiries", "/redaction/remnants"];
    let no_act = |path: &str| beside.iter().any(|end| path.ends_with(end));
    let acts = ROUTES.iter().filter(|route| !no_act(route.path));
    for route in acts.filter(|route| route.path.starts_with("/api/v1/cases/{id}/") && route.method == "post") {
        let responses = &document["paths"][route.path]["post"]["responses"];
        for status in ["401", "403", "404", "409", "412", "422", "428"] {
            assert!(responses.get(status).is_some(), "{} {status}", route.path);
        }
    }
}
