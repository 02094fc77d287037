//! A form that was filled in, to be read over: each field that has something in it, with choices by their names.

use super::{Field, Kind, Part};
use crate::web::frame::Frame;

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::web) struct Answer {
    /// What was asked; with the group's name before it within a group.
    pub label: String,
    /// What was answered.
    pub text: String,
}

/// The answers of a form.
pub(in crate::web) fn answers(p: &Frame, parts: &[Part]) -> Vec<Answer> {
    let mut found = Vec::new();
    gather(p, "", parts, &mut found);
    found
}

fn gather(p: &Frame, within: &str, parts: &[Part], found: &mut Vec<Answer>) {
    for part in parts {
        match part {
            Part::Field(field) if field.values.iter().all(String::is_empty) => {}
            Part::Field(field) => {
                let label = match within {
                    "" => field.label.clone(),
                    within => format!("{within} · {}", field.label),
                };
                found.push(Answer { label, text: text(p, field) });
            }
            Part::Group { open: true, label, parts, .. } => gather(p, label, parts, found),
            Part::Group { .. } | Part::More { .. } => {}
        }
    }
}

fn text(p: &Frame, field: &Field) -> String {
    let names: Vec<&str> = field
        .values
        .iter()
        .map(|value| match (&field.kind, value.as_str()) {
            (Kind::YesNo, "yes") => p.t("是", "Yes"),
            (Kind::YesNo, _) => p.t("否", "No"),
            (Kind::Radios(choices) | Kind::Select(choices) | Kind::Boxes(choices), code) => {
                choices.iter().find(|choice| choice.code == code).map_or(code, |choice| choice.name.as_str())
            }
            (_, text) => text,
        })
        .collect();
    names.join(p.t("、", ", "))
}
