//! The law's closed lists, written into the schemas of the fields that take them. The lists know nothing of OpenAPI,
//! so here stands which field takes which; a test finds a field that no longer exists.

use serde_json::{Value, json};

use crate::case::Role;
use crate::case::terms::{ConfirmedBy, ConsultedParty, DeliveryRoute, InformationForm, Opinion, ServiceWay};
use crate::law::outcome::Outcome;
use crate::law::receipt::{ApplicantKind, Channel};
use crate::office::absences::AbsenceReason;

macro_rules! codes {
    ($list:ty) => {
        <$list>::ALL.iter().map(|term| term.as_str()).collect()
    };
}

/// Component, field, and the codes it takes.
fn fields() -> Vec<(&'static str, &'static str, Vec<&'static str>)> {
    vec![
        ("ApplicantInput", "kind", codes!(ApplicantKind)),
        ("RequestInput", "form", codes!(InformationForm)),
        ("RequestInput", "route", codes!(DeliveryRoute)),
        ("Enter", "channel", codes!(Channel)),
        ("Confirmation", "by", codes!(ConfirmedBy)),
        ("ConsultationRequest", "party", codes!(ConsultedParty)),
        ("OpinionAnswer", "opinion", codes!(Opinion)),
        ("ReplyDraft", "outcome", codes!(Outcome)),
        ("ReplyDraft", "withheld", codes!(Outcome)),
        ("NewStaff", "roles", codes!(Role)),
        ("Service", "way", codes!(ServiceWay)),
        ("NewAbsence", "note_code", codes!(AbsenceReason)),
    ]
}

/// Writes each list as the `enum` of its field, or of the items of a field that is a list.
pub(super) fn enumerate(document: &mut Value) {
    for (component, field, codes) in fields() {
        if let Some(schema) = document.pointer_mut(&format!("/components/schemas/{component}/properties/{field}")) {
            let schema = if schema.get("items").is_some() { schema.get_mut("items") } else { Some(schema) };
            if let Some(schema) = schema.and_then(Value::as_object_mut) {
                schema.insert("enum".to_owned(), json!(codes));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_with_a_list_is_in_the_document() {
        let document = crate::api::document().expect("a document");
        for (component, field, codes) in fields() {
            let place = format!("/components/schemas/{component}/properties/{field}");
            let schema = document.pointer(&place).unwrap_or_else(|| panic!("{place} is gone"));
            let list = schema.get("enum").or_else(|| schema.pointer("/items/enum"));
            assert_eq!(list, Some(&json!(codes)), "{place}");
        }
    }
}
