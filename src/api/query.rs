//! Parameters of a query, checked like a body: all that is wrong at once, what is unknown by its name.

use std::cell::RefCell;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use serde::de::DeserializeOwned;
use serde::de::value::MapDeserializer;
use serde_json::{Map, Value};

use super::body::data;
use super::contract::Contract;
use super::problem::Fault;
use super::schemas::{Query, Schemas, Wanted};
use crate::office::failure::{Failure, Problem};

/// A query that fits the parameters its operation documents.
#[derive(Debug)]
pub struct CheckedQuery<T>(pub T);

impl<T: DeserializeOwned> FromRequest for CheckedQuery<T> {
    type Error = Fault;
    type Future = Ready<Result<Self, Fault>>;

    /// # Errors
    /// [`Failure::Invalid`] with every parameter that is wrong, unknown, missing or given twice; [`Failure::Broken`]
    /// when the operation is not in the document.
    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        ready(read(request).map(Self).map_err(Fault::from))
    }
}

fn read<T: DeserializeOwned>(request: &HttpRequest) -> Result<T, Failure> {
    let contract = data::<Contract>(request)?;
    let route = request.match_pattern().unwrap_or_default();
    parse(&contract.schemas, request.method().as_str(), &route, request.query_string())
}

/// The query `text` of the operation, checked.
///
/// # Errors
/// As of [`CheckedQuery`].
pub(super) fn parse<T: DeserializeOwned>(
    schemas: &Schemas,
    method: &str,
    route: &str,
    text: &str,
) -> Result<T, Failure> {
    let query = schemas
        .query(method, route)
        .ok_or_else(|| Failure::broken(format!("{route} is not in the OpenAPI document")))?;
    let pairs = web::Query::<Vec<(String, String)>>::from_query(text)
        .map_err(|_source| Failure::invalid("?", "参数的编码不正确。", "The query is not encoded as it should be."))?;

    let mut problems = Vec::new();
    let parameters = gather(query, pairs.into_inner(), &mut problems);
    problems.extend(query.check(&parameters));
    if !problems.is_empty() {
        return Err(Failure::Invalid(problems));
    }
    typed(parameters)
}

/// The parameters as what is asked for. They are handed over one by one, so that of one that does not fit the name is known.
fn typed<T: DeserializeOwned>(parameters: Map<String, Value>) -> Result<T, Failure> {
    let at = RefCell::new(String::new());
    let mut rest = parameters.into_iter();
    let one_by_one = std::iter::from_fn(|| {
        let next = rest.next();
        *at.borrow_mut() = next.as_ref().map(|(name, _)| name.clone()).unwrap_or_default();
        next
    });
    T::deserialize(MapDeserializer::<_, serde_json::Error>::new(one_by_one))
        .map_err(|source| Failure::misfit(&format!("?{}", at.borrow()), &source))
}

/// The parameters as JSON. A text that is not what is wanted stays a text, and the check says what it should have been.
/// A blank one counts as not given: that is what a form sends for a field left empty.
fn gather(query: &Query, pairs: Vec<(String, String)>, problems: &mut Vec<Problem>) -> Map<String, Value> {
    let mut parameters = Map::new();
    for (name, text) in pairs.into_iter().filter(|(_, text)| !text.is_empty()) {
        if text.contains('\0') {
            problems.push(Problem::at(
                format!("?{name}"),
                "含有空字符（%00），请删去。",
                "It holds the character U+0000 (%00); leave it out.",
            ));
            continue;
        }
        let wanted = query.wanted.get(&name).copied().unwrap_or(Wanted::Text);
        let value = match wanted {
            Wanted::Integer => text.parse::<i64>().map_or(Value::String(text), Value::from),
            Wanted::Boolean => text.parse::<bool>().map_or(Value::String(text), Value::from),
            Wanted::List | Wanted::Text => Value::String(text),
        };
        match (wanted, parameters.get_mut(&name)) {
            (Wanted::List, Some(Value::Array(items))) => items.push(value),
            (Wanted::List, _) => {
                parameters.insert(name, Value::Array(vec![value]));
            }
            (_, Some(_)) => {
                problems.push(Problem::at(format!("?{name}"), "只能给出一次。", "It can be given once only."));
            }
            (_, None) => {
                parameters.insert(name, value);
            }
        }
    }
    parameters
}
