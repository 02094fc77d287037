//! The schema of an application that is not finished: the published one of a finished application, and of all it is made
//! of, with nothing required and nothing too short. Made from it and not written beside it, so that a field the form
//! learns is in the draft as well.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// Where references begin.
const COMPONENTS: &str = "#/components/schemas/";

/// What is not asked of a draft.
const NOT_ASKED: [&str; 3] = ["required", "minLength", "minItems"];

/// What the name of a lenient component ends with.
const SUFFIX: &str = "Draft";

/// Puts the lenient form of the component `of` in the place of `of` + `Draft`, and that of every component it refers to
/// beside it.
pub(super) fn add(document: &mut Value, of: &str) {
    let Some(schemas) = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut) else { return };
    let (mut waiting, mut done) = (vec![of.to_owned()], BTreeSet::new());
    while let Some(name) = waiting.pop() {
        let Some(strict) = schemas.get(&name).filter(|_| done.insert(name.clone())) else { continue };
        let mut lenient = strict.clone();
        relax(&mut lenient, &mut waiting);
        schemas.insert(format!("{name}{SUFFIX}"), lenient);
    }
}

/// Relaxes a schema and all within it. The members of `properties` are names of fields, not keywords: a field may be
/// called `required`.
fn relax(schema: &mut Value, referred: &mut Vec<String>) {
    match schema {
        Value::Object(members) => {
            for keyword in NOT_ASKED {
                members.remove(keyword);
            }
            refer(members, referred);
            for (keyword, member) in members.iter_mut() {
                match member {
                    Value::Object(fields) if keyword == "properties" => {
                        fields.values_mut().for_each(|field| relax(field, referred));
                    }
                    _ => relax(member, referred),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| relax(item, referred)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn refer(members: &mut Map<String, Value>, referred: &mut Vec<String>) {
    let Some(Value::String(reference)) = members.get_mut("$ref") else { return };
    if let Some(name) = reference.strip_prefix(COMPONENTS).map(str::to_owned) {
        *reference = format!("{COMPONENTS}{name}{SUFFIX}");
        referred.push(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_has_the_fields_of_the_form_with_the_same_longest_lengths_and_none_required() {
        let document = crate::api::document().expect("a document");
        let at = |pointer: &str| document.pointer(&format!("/components/schemas/{pointer}")).cloned();
        for (strict, lenient) in [("Apply", "ApplyDraft"), ("ApplicantInput", "ApplicantInputDraft")] {
            let names = |of: &str| -> Vec<String> {
                at(&format!("{of}/properties")).expect(of).as_object().expect(of).keys().cloned().collect()
            };
            assert_eq!(names(strict), names(lenient));
            assert!(at(&format!("{strict}/required")).is_some());
            assert_eq!(at(&format!("{lenient}/required")), None);
            assert_eq!(at(&format!("{lenient}/additionalProperties")), Some(Value::Bool(false)));
        }
        let name = at("ApplicantInputDraft/properties/name").expect("a name");
        assert_eq!((name.get("minLength"), name.get("maxLength")), (None, Some(&Value::from(200))));
        assert!(at("ApplicantInputDraft/properties/kind/enum").is_some(), "codes are codes in a draft too");
    }
}
