//! The OpenAPI document put to work: what it says of a body or a query is what is checked, so the two cannot differ.
//!
//! All validators are compiled once, at start: a schema that cannot be compiled stops the service from starting instead
//! of the first request that meets it.

mod explain;

use std::collections::{BTreeSet, HashMap};

use jsonschema::{Draft, Registry, Validator};
use serde_json::{Map, Value, json};
use thiserror::Error;

use crate::office::failure::Problem;

/// The name under which schemas refer to the document; nothing is ever fetched from there.
const DOCUMENT: &str = "urn:dafu:openapi";

/// A part of the document that cannot be compiled.
#[derive(Debug, Error)]
pub enum SchemaFault {
    /// The document cannot be taken in at all.
    #[error("the OpenAPI document cannot be read as a set of schemas: {0}")]
    Document(String),
    /// One schema is not valid.
    #[error("the schema of {of} in the OpenAPI document is not valid: {source}")]
    Schema {
        /// The component, or the operation.
        of: String,
        /// Why.
        source: Box<jsonschema::ValidationError<'static>>,
    },
}

/// What a parameter of a query is to become before it is checked: a query knows only text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Boolean,
    /// Any number of texts, the parameter given again for each.
    List,
    /// The text itself.
    Text,
}

/// The query of one operation.
#[derive(Debug)]
pub(super) struct Query {
    /// Its parameters.
    pub wanted: HashMap<String, Wanted>,
    validator: Validator,
}

/// The compiled validators.
#[derive(Debug)]
pub(super) struct Schemas {
    components: HashMap<String, Validator>,
    queries: HashMap<(String, String), Query>,
}

impl Schemas {
    /// Compiles every component that is sent, and the query of every operation, of an OpenAPI 3.1 `document`. What is only ever
    /// answered is checked by nobody here, and compiled it would take a hundred megabytes.
    ///
    /// # Errors
    /// [`SchemaFault`], naming the schema.
    pub(super) fn compile(document: &Value) -> Result<Self, SchemaFault> {
        let registry = Registry::new()
            .draft(Draft::Draft202012)
            .add(DOCUMENT, document)
            .and_then(jsonschema::RegistryBuilder::prepare)
            .map_err(|source| SchemaFault::Document(source.to_string()))?;
        let mut schemas = Self { components: HashMap::new(), queries: HashMap::new() };
        for name in sent(document) {
            let reference = format!("{DOCUMENT}#/components/schemas/{}", escaped(name));
            let validator = compile(&registry, name, &json!({ "$ref": reference }))?;
            schemas.components.insert(name.to_owned(), validator);
        }
        for (path, item) in object(document, "/paths") {
            for (method, operation) in item.as_object().into_iter().flatten() {
                let place = format!("/paths/{}/{}", escaped(path), escaped(method));
                let of = format!("the query of {method} {path}");
                let parameters = query_parameters(operation);
                let validator = compile(&registry, &of, &query_schema(&place, &parameters))?;
                let wanted = parameters.iter().map(|(_, name, it)| (name.to_string(), wanted(it, document))).collect();
                schemas.queries.insert((method.clone(), path.clone()), Query { wanted, validator });
            }
        }
        Ok(schemas)
    }

    /// Everything wrong with `body` as the component `name`; `None` when there is no such component.
    pub(super) fn check_body(&self, name: &str, body: &Value) -> Option<Vec<Problem>> {
        let problems = explain::problems(self.components.get(name)?.iter_errors(body));
        Some(problems)
    }

    /// The query of an operation.
    pub(super) fn query(&self, method: &str, path: &str) -> Option<&Query> {
        self.queries.get(&(method.to_ascii_lowercase(), path.to_owned()))
    }
}

impl Query {
    /// Everything wrong with the parameters, each at `?name`.
    pub(super) fn check(&self, parameters: &Map<String, Value>) -> Vec<Problem> {
        let mut problems = explain::problems(self.validator.iter_errors(&Value::Object(parameters.clone())));
        for problem in &mut problems {
            // A list's items have pointers of their own; the reader knows the parameter by its name.
            let name = problem.pointer.trim_start_matches('/').split('/').next().unwrap_or_default();
            problem.pointer = format!("?{name}");
        }
        problems
    }
}

fn compile(registry: &Registry<'_>, of: &str, schema: &Value) -> Result<Validator, SchemaFault> {
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .with_registry(registry)
        // "date", "uuid" and "email" are promises of the document: without this they would be remarks.
        .should_validate_formats(true)
        .build(schema)
        .map_err(|source| SchemaFault::Schema { of: of.to_owned(), source: Box::new(source) })
}

/// The components that some operation takes in its body, with all that they are made of.
fn sent(document: &Value) -> BTreeSet<&str> {
    let operations = object(document, "/paths").values().filter_map(Value::as_object).flat_map(Map::values);
    let mut waiting: Vec<&Value> = operations.filter_map(|operation| operation.get("requestBody")).collect();
    let components = object(document, "/components/schemas");
    let mut found = BTreeSet::new();
    while let Some(value) = waiting.pop() {
        match value {
            Value::Object(members) => waiting.extend(members.values()),
            Value::Array(items) => waiting.extend(items),
            Value::String(text) => {
                let name = text.strip_prefix("#/components/schemas/");
                let known = name.and_then(|name| components.get_key_value(name));
                if let Some((name, schema)) = known
                    && found.insert(name.as_str())
                {
                    waiting.push(schema);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    found
}

/// Place in the operation's list, name and schema of each parameter of the query.
fn query_parameters(operation: &Value) -> Vec<(usize, &str, &Value)> {
    let parameters = operation.get("parameters").and_then(Value::as_array);
    parameters
        .into_iter()
        .flatten()
        .enumerate()
        .filter(|(_, parameter)| parameter.get("in").is_some_and(|place| place == "query"))
        .filter_map(|(at, parameter)| Some((at, parameter.get("name")?.as_str()?, parameter)))
        .collect()
}

/// The parameters as one object, so that unknown and missing ones are found in the same pass.
fn query_schema(place: &str, parameters: &[(usize, &str, &Value)]) -> Value {
    let properties: Map<String, Value> = parameters
        .iter()
        .map(|(at, name, _)| {
            ((*name).to_owned(), json!({ "$ref": format!("{DOCUMENT}#{place}/parameters/{at}/schema") }))
        })
        .collect();
    let required: Vec<&str> = parameters
        .iter()
        .filter(|(_, _, parameter)| parameter.get("required").is_some_and(|required| required == true))
        .map(|(_, name, _)| *name)
        .collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

fn wanted(parameter: &Value, document: &Value) -> Wanted {
    parameter.get("schema").map_or(Wanted::Text, |schema| wanted_by(schema, document))
}

fn wanted_by(schema: &Value, document: &Value) -> Wanted {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let target = reference.strip_prefix('#').and_then(|pointer| document.pointer(pointer));
        return target.map_or(Wanted::Text, |target| wanted_by(target, document));
    }
    // Option<T> of a component is written as one of null and T.
    if let Some(branches) = schema.get("oneOf").and_then(Value::as_array) {
        let mut kinds = branches.iter().map(|branch| wanted_by(branch, document));
        return kinds.find(|kind| *kind != Wanted::Text).unwrap_or(Wanted::Text);
    }
    let says = |name: &str| match schema.get("type") {
        Some(Value::Array(types)) => types.iter().any(|one| one == name),
        Some(one) => one == name,
        None => false,
    };
    match () {
        () if says("integer") => Wanted::Integer,
        () if says("boolean") => Wanted::Boolean,
        () if says("array") => Wanted::List,
        () => Wanted::Text,
    }
}

fn object<'a>(document: &'a Value, pointer: &str) -> &'a Map<String, Value> {
    static NONE: std::sync::LazyLock<Map<String, Value>> = std::sync::LazyLock::new(Map::new);
    document.pointer(pointer).and_then(Value::as_object).unwrap_or(&NONE)
}

/// A name as one token of a JSON pointer within a URI (RFC 6901 §§3, 6).
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1").replace('{', "%7B").replace('}', "%7D")
}

#[cfg(test)]
mod tests;
