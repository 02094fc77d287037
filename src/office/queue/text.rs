//! The filters of a list as they go behind the `?` of its address: what is kept, and what a count leads to.

use std::collections::BTreeMap;

use serde_json::Value;

use super::CaseQuery;
use crate::office::failure::Failure;

impl CaseQuery {
    /// The filters in the order of their names, from the first page on.
    ///
    /// # Errors
    /// [`Failure::Broken`] where they cannot be written.
    pub fn text(&self) -> Result<String, Failure> {
        let query = Self { cursor: None, ..self.clone() };
        let Value::Object(members) = serde_json::to_value(&query).map_err(Failure::broken)? else {
            return Err(Failure::broken("a query is no object"));
        };
        let given: BTreeMap<String, String> = members
            .into_iter()
            .filter_map(|(name, value)| match value {
                Value::Null => None,
                Value::String(text) => Some((name, text)),
                other => Some((name, other.to_string())),
            })
            .collect();
        Ok(form_urlencoded::Serializer::new(String::new()).extend_pairs(given).finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_written_in_the_order_of_its_names_without_a_cursor_and_with_what_it_needs_encoded() {
        let query = CaseQuery {
            stage: Some("handling,serving".to_owned()),
            overdue: Some(true),
            limit: Some(20),
            q: Some("路灯 & 井盖".to_owned()),
            cursor: Some("2026-01-01|x".to_owned()),
            ..CaseQuery::default()
        };
        assert_eq!(
            query.text().expect("written"),
            "limit=20&overdue=true&q=%E8%B7%AF%E7%81%AF+%26+%E4%BA%95%E7%9B%96&stage=handling%2Cserving"
        );
    }
}
