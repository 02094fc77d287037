//! The fields that an agency has laid down itself, as a group of a form: they stand in no schema, so they are made from the
//! version that is filled in, and read back by it.

use serde_json::{Map, Value};

use super::{Choice, Field, Form, Kind, Part};
use crate::api::language::Language;
use crate::office::application_form::{ExtraForm, FieldKind, FormField};
use crate::office::failure::Problem;
use crate::web::fields::Fields;

/// Where the answers stand in an application.
pub(in crate::web) const EXTRA: &str = "extra";

/// Where the version stands that was filled in.
pub(in crate::web) const VERSION: &str = "form_version";

impl Form {
    /// With the fields of an agency's own behind its parts, and what is wrong with them.
    #[must_use]
    pub(in crate::web) fn with_own(mut self, language: Language, own: &Own<'_>, problems: &[Problem]) -> Self {
        for problem in problems.iter().filter(|one| is_own(&one.pointer)) {
            let text = language.pick(&problem.zh, &problem.en);
            let name = problem.pointer.strip_prefix("/extra/").unwrap_or_default();
            self.problems.push(match own.form.fields.iter().find(|field| field.name == name) {
                Some(field) => {
                    let label = language.pick(&field.zh, &field.en);
                    let id = format!("{}-{name}", own.at.replace('.', "-"));
                    (Some(id), format!("{label}{}{text}", language.pick("：", ": ")))
                }
                None => (None, text.clone()),
            });
        }
        if !own.form.fields.is_empty() {
            self.parts.push(own.group(language, problems));
        }
        self
    }
}

/// Whether a problem is one of an agency's own fields, or of their version.
pub(in crate::web) fn is_own(pointer: &str) -> bool {
    pointer == "/extra" || pointer == "/form_version" || pointer.starts_with("/extra/")
}

/// An agency's own fields with what stands in them.
#[derive(Debug, Clone, Copy)]
pub(in crate::web) struct Own<'a> {
    /// The version.
    pub form: &'a ExtraForm,
    /// What the names of the fields begin with.
    pub at: &'a str,
    /// What stands in them.
    pub value: &'a Value,
    /// Whose they are, where several agencies' stand on one page; those fields need not be filled in.
    pub of: Option<&'a str>,
}

impl Own<'_> {
    fn group(&self, language: Language, problems: &[Problem]) -> Part {
        let parts = self.form.fields.iter().map(|field| Part::Field(self.field(language, field, problems)));
        let label = language.pick("这个机关的补充问题", "The agency's own questions");
        let hint = match self.of {
            None => language.pick(
                "法律没有要求这些内容，回答它们是为了更快找到您要的信息。回答有困难的，可以当面、邮寄等其他方式申请。",
                "The law does not ask for these; they help to find what you want. If you cannot answer, you may apply at the window or by post.",
            ),
            Some(_) => language.pick(
                "申请中没有的不必填写，也不得因此不予受理。",
                "Leave out what the application does not say; it may not be turned away for that.",
            ),
        };
        Part::Group {
            name: self.at.to_owned(),
            label: self.of.map_or_else(|| label.to_owned(), |of| format!("{label}：{of}")),
            hint: Some(hint.to_owned()),
            optional: self.of.is_some(),
            open: self.of.is_none() || self.value.as_object().is_some_and(|all| !all.is_empty()),
            problem: None,
            parts: parts.collect(),
        }
    }

    fn field(&self, language: Language, field: &FormField, problems: &[Problem]) -> Field {
        let hint = language.pick(&field.hint_zh, &field.hint_en).clone();
        let choices = field.choices().iter().map(|one| Choice::new(&one.code, language.pick(&one.zh, &one.en)));
        let pointer = format!("/extra/{}", field.name);
        let wrong = problems.iter().find(|problem| problem.pointer == pointer);
        Field {
            name: format!("{}.{}", self.at, field.name),
            label: language.pick(&field.zh, &field.en).clone(),
            hint,
            required: field.required && self.of.is_none(),
            kind: match field.kind {
                FieldKind::Line => Kind::Line,
                FieldKind::Text => Kind::Long { tall: false },
                FieldKind::Choice => Kind::Radios(choices.collect()),
                FieldKind::YesNo => Kind::YesNo,
                FieldKind::Day => Kind::Day,
            },
            longest: matches!(field.kind, FieldKind::Line | FieldKind::Text)
                .then(|| u64::try_from(field.kind.longest()).unwrap_or(u64::MAX)),
            values: self.value.get(&field.name).map(text_of).into_iter().collect(),
            problem: wrong.map(|problem| language.pick(&problem.zh, &problem.en).clone()),
            autocomplete: None,
        }
    }

    /// What a form sent, as an application has it: what was left blank is left out.
    pub(in crate::web) fn read(form: &ExtraForm, at: &str, fields: &Fields) -> Map<String, Value> {
        let answer = |field: &FormField| {
            let text = fields.get(&format!("{at}.{}", field.name))?;
            let value = match (field.kind, text) {
                (FieldKind::YesNo, "yes") => Value::Bool(true),
                (FieldKind::YesNo, "no") => Value::Bool(false),
                _ => Value::from(text),
            };
            Some((field.name.clone(), value))
        };
        form.fields.iter().filter_map(answer).collect()
    }
}

fn text_of(value: &Value) -> String {
    match value {
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
