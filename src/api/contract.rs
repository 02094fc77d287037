//! The API's contract for those who stand beside it: the pages send the same bodies and queries, checked against the same
//! schemas, and show the same coded terms for choice. What a page can do, the API can do, and the other way round.

use serde::de::DeserializeOwned;
use serde_json::Value;
use utoipa::ToSchema;

use super::openapi::terms::fields;
use super::query;
use super::schemas::Schemas;
use crate::office::failure::{Failure, Problem};
use crate::office::proceedings::input::ReadsBodies;
use crate::office::views::Term;

/// The document, compiled.
#[derive(Debug)]
pub struct Contract {
    pub(super) schemas: Schemas,
    document: Value,
    terms: Vec<(&'static str, &'static str, Vec<Term>)>,
}

impl Contract {
    pub(super) fn new(schemas: Schemas, document: Value) -> Self {
        Self { schemas, document, terms: fields() }
    }

    /// A body that fits the component of its type.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with every field that does not fit; [`Failure::Broken`] when the type is not in the document.
    pub fn body<T: DeserializeOwned + ToSchema>(&self, body: Value) -> Result<T, Failure> {
        let problems = self.problems(&T::name(), &body)?;
        if !problems.is_empty() {
            return Err(Failure::Invalid(problems));
        }
        serde_json::from_value(body).map_err(|source| Failure::misfit("", &source))
    }

    /// Everything wrong with `body` as the component `name`.
    ///
    /// # Errors
    /// [`Failure::Broken`] when there is no such component.
    pub fn problems(&self, name: &str, body: &Value) -> Result<Vec<Problem>, Failure> {
        self.schemas
            .check_body(name, body)
            .ok_or_else(|| Failure::broken(format!("no schema of {name} in the OpenAPI document")))
    }

    /// A query as the operation documents it; blank parameters count as not given.
    ///
    /// # Errors
    /// As of the API's own queries.
    pub fn query<T: DeserializeOwned>(&self, method: &str, path: &str, text: &str) -> Result<T, Failure> {
        query::parse(&self.schemas, method, path, text)
    }

    /// The schema of a component.
    #[must_use]
    pub fn component(&self, name: &str) -> Option<&Value> {
        self.document.get("components")?.get("schemas")?.get(name)
    }

    /// The coded terms that a field of a component takes.
    #[must_use]
    pub fn terms(&self, component: &str, field: &str) -> Option<&[Term]> {
        let found = self.terms.iter().find(|(of, name, _)| *of == component && *name == field);
        found.map(|(_, _, terms)| terms.as_slice())
    }
}

impl ReadsBodies for Contract {
    fn read<T: DeserializeOwned + ToSchema>(&self, body: Value) -> Result<T, Failure> {
        self.body(body)
    }
}
