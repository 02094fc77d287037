//! What can go wrong with an operation, added to each by what it takes: nobody has to remember it in an attribute, and
//! the same status has the same words everywhere.

use serde_json::{Map, Value, json};

/// The problems of every operation.
const EVERYWHERE: &[(&str, &str)] =
    &[("500", "A fault of ours"), ("503", "Busy, or the database is away; see Retry-After")];

/// Adds to each operation the answers its parameters, body and security can lead to.
pub(super) fn add_problems(document: &mut Value) {
    let secured = document.get("security").is_some();
    if let Some(components) = document.get_mut("components").and_then(Value::as_object_mut) {
        components.insert("responses".to_owned(), json!({ "Problem": problem() }));
    }
    let Some(paths) = document.get_mut("paths").and_then(Value::as_object_mut) else { return };
    for item in paths.values_mut().filter_map(Value::as_object_mut) {
        for operation in item.values_mut().filter_map(Value::as_object_mut) {
            let problems = problems_of(operation, secured);
            let responses = operation.entry("responses").or_insert_with(|| json!({}));
            let Some(responses) = responses.as_object_mut() else { continue };
            for (status, description) in problems {
                responses
                    .entry(status)
                    .or_insert_with(|| json!({ "$ref": "#/components/responses/Problem", "description": description }));
            }
        }
    }
}

fn problem() -> Value {
    json!({
        "description": "What went wrong (RFC 9457)",
        "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/ProblemBody" } } }
    })
}

fn problems_of(operation: &Map<String, Value>, secured: bool) -> Vec<(&'static str, &'static str)> {
    let asks = Asks::of(operation, secured);
    let mut problems = EVERYWHERE.to_vec();
    if asks.body {
        problems.extend([
            ("400", "Not JSON, not UTF-8, or a member named twice"),
            ("408", "The body did not arrive in time"),
            ("413", "The body is too large"),
            ("415", "The body is not application/json"),
        ]);
    }
    // A year stands in the path, and not every number is one.
    if asks.body || asks.query || asks.year {
        problems.push(("422", "Fields wrong, missing or unknown: all of them, in errors"));
    }
    if asks.token || asks.code || asks.draft || asks.password {
        problems.push(("401", "No token, code or password, or one that does not fit"));
    }
    if asks.token {
        problems.push(("403", "The role is missing"));
    }
    // What a body or a query names may be missing as well as what stands in the path.
    if asks.path || asks.token || asks.agency {
        problems.push(("404", "Not there, or not one's agency's"));
    }
    if asks.version || ((asks.code || asks.token) && asks.body) {
        problems.push(("409", "The law or the state of the case forbids it: rule, article, allowed"));
    }
    if asks.version {
        problems.push(("412", "The case has changed: current, version"));
        problems.push(("428", "If-Match is missing"));
    }
    // Who changes a password gives the one of before, and wrong ones are counted as at the door.
    if asks.code || asks.draft || !asks.token || (asks.password && asks.body) {
        problems.push(("429", "Too often; see Retry-After"));
    }
    problems
}

/// What an operation asks of the client.
struct Asks {
    body: bool,
    query: bool,
    path: bool,
    agency: bool,
    year: bool,
    version: bool,
    token: bool,
    code: bool,
    draft: bool,
    password: bool,
}

impl Asks {
    fn of(operation: &Map<String, Value>, secured: bool) -> Self {
        let parameters = operation.get("parameters").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let takes = |place: &str| parameters.iter().any(|parameter| parameter.get("in").is_some_and(|it| it == place));
        let body = operation.get("requestBody");
        let body = body.and_then(|body| body.pointer("/content/application~1json/schema/$ref")?.as_str());
        let by = |scheme: &str| {
            operation
                .get("security")
                .and_then(Value::as_array)
                .is_some_and(|schemes| schemes.iter().any(|one| one.get(scheme).is_some()))
        };
        let named = |name: &str| parameters.iter().any(|parameter| parameter.get("name").is_some_and(|it| it == name));
        let tagged = |tag: &str| {
            operation.get("tags").and_then(Value::as_array).is_some_and(|tags| tags.iter().any(|one| one == tag))
        };
        Self {
            body: operation.contains_key("requestBody"),
            query: takes("query"),
            path: takes("path"),
            agency: named("agency"),
            year: named("year"),
            version: named("If-Match"),
            token: by("bearer") || (secured && !operation.contains_key("security")),
            code: by("query_code"),
            draft: by("draft_code"),
            // The link to all that one has applied for, and the pass it is exchanged for, open like a password.
            password: tagged("sign-in")
                || named("X-Mine-Pass")
                || body.is_some_and(|schema| schema.ends_with("/MineLink")),
        }
    }
}
