//! From a schema, a value and what is wrong with it to the parts of a form.

use serde_json::Value;

use super::words::{Words, fields_of};
use super::{Choice, Field, Kind, Part};
use crate::api::contract::Contract;
use crate::api::language::Language;
use crate::office::failure::{Failure, Problem};

/// Above so many a list of choices is a menu.
const RADIOS: usize = 8;

/// Above so many for choices that grow with the house, such as colleagues.
const FEW: usize = 3;

/// From so many characters on, a text has several lines.
const LONG: u64 = 1000;

/// From so many on, it is a letter.
const TALL: u64 = 10_000;

/// What is to be chosen where the schema cannot know it: component, field, choices.
pub(in crate::web) type Choices = Vec<(&'static str, &'static str, Vec<Choice>)>;

/// A form.
#[derive(Debug, Clone)]
pub(in crate::web) struct Form {
    /// Its parts.
    pub parts: Vec<Part>,
    /// What is wrong, field by field, with the field's id; none where no field is shown for it.
    pub problems: Vec<(Option<String>, String)>,
}

/// A field that is shown, for the list of what is wrong.
struct Named {
    pointer: String,
    id: String,
    label: &'static str,
}

/// What a form is built from.
struct Builder<'a> {
    contract: &'a Contract,
    language: Language,
    problems: &'a [Problem],
    choices: &'a Choices,
    shown: Vec<Named>,
}

impl Form {
    /// The form of a component with `value` in it.
    ///
    /// # Errors
    /// [`Failure::Broken`] when the component is not in the document.
    pub(in crate::web) fn of(
        contract: &Contract,
        component: &str,
        language: Language,
        value: &Value,
        problems: &[Problem],
        choices: &Choices,
    ) -> Result<Self, Failure> {
        let mut builder = Builder { contract, language, problems, choices, shown: Vec::new() };
        let parts = builder.object(component, "", value)?;
        let told = problems.iter().map(|problem| {
            let text = language.pick(&problem.zh, &problem.en);
            match builder.shown.iter().enumerate().find(|(_, one)| one.pointer == problem.pointer) {
                Some((place, one)) => {
                    (place, (Some(one.id.clone()), format!("{}{}{text}", one.label, language.pick("：", ": "))))
                }
                None => (usize::MAX, (None, text.clone())),
            }
        });
        let mut told: Vec<_> = told.collect();
        // In the order of the fields, whatever order the contract found them in.
        told.sort_by_key(|(place, _)| *place);
        let problems = told.into_iter().map(|(_, one)| one).collect();
        Ok(Self { parts, problems })
    }

    /// With the empty place at the end of a list opened, for whoever asked for another.
    #[must_use]
    pub(in crate::web) fn with_more(mut self, list: Option<&str>) -> Self {
        if let Some(list) = list {
            open_last(&mut self.parts, &format!("{list}."));
        }
        self
    }

    /// Without what helps only officers to fill it in.
    #[must_use]
    pub(in crate::web) fn without_hints(mut self) -> Self {
        for part in &mut self.parts {
            if let Part::Field(field) = part {
                field.hint = None;
            }
        }
        self
    }

    /// With a field that must be filled in here, although the contract leaves it open for other uses of the same body.
    #[must_use]
    pub(in crate::web) fn requiring(mut self, name: &str) -> Self {
        for part in &mut self.parts {
            if let Part::Field(field) = part
                && field.name == name
            {
                field.required = true;
            }
        }
        self
    }

    /// Without a field that this reader is not asked for.
    #[must_use]
    pub(in crate::web) fn without(mut self, name: &str) -> Self {
        self.parts.retain(|part| !matches!(part, Part::Field(field) if field.name == name));
        self
    }
}

impl Builder<'_> {
    fn object(&mut self, component: &str, at: &str, value: &Value) -> Result<Vec<Part>, Failure> {
        let schema = self
            .contract
            .component(component)
            .ok_or_else(|| Failure::broken(format!("no schema of {component} in the OpenAPI document")))?;
        let required = schema.get("required").and_then(Value::as_array);
        let mut parts = Vec::new();
        for words in fields_of(component) {
            let Some(of) = schema.get("properties").and_then(|all| all.get(words.field)) else { continue };
            let pointer = format!("{at}/{}", words.field);
            let must = required.is_some_and(|names| names.iter().any(|name| name == words.field));
            let inner = value.get(words.field).unwrap_or(&Value::Null);
            self.member(component, words, plain(of), &pointer, must, inner, &mut parts)?;
        }
        Ok(parts)
    }

    #[expect(clippy::too_many_arguments, reason = "a field is its schema, its words, its place and its value")]
    fn member(
        &mut self,
        component: &str,
        words: &Words,
        schema: &Value,
        pointer: &str,
        required: bool,
        value: &Value,
        parts: &mut Vec<Part>,
    ) -> Result<(), Failure> {
        if let Some(inner) = component_of(schema, self.contract) {
            let open = !value.is_null();
            let parts_of = self.object(inner, pointer, value)?;
            parts.push(self.group(words, pointer, !required, open, parts_of));
            return Ok(());
        }
        if let Some(inner) = schema.get("items").and_then(|items| component_of(items, self.contract)) {
            // One more than is filled in: the next can always be added without scripts.
            let rows = value.as_array().map_or(0, Vec::len);
            for row in 0..=rows {
                let place = format!("{pointer}/{row}");
                let parts_of = self.object(inner, &place, value.get(row).unwrap_or(&Value::Null))?;
                // What is filled in, or must be, stands open; the empty place after it may stay empty.
                let mut group = self.group(words, &place, row >= rows, row < rows, parts_of);
                if let Part::Group { label, .. } = &mut group
                    && rows > 0
                {
                    *label = format!("{label} {}", row + 1);
                }
                parts.push(group);
            }
            parts.push(Part::More { name: name_of(pointer), label: words.label(self.language).to_owned() });
            return Ok(());
        }
        if schema.get("items").is_some_and(|items| is(items, "array")) {
            // A list of lists: each row is a field of its own, and there is always one row more.
            let rows = value.as_array().map_or(0, Vec::len);
            for row in 0..=rows {
                let place = format!("{pointer}/{row}");
                let inner = schema.get("items").unwrap_or(&Value::Null);
                let within = value.get(row).unwrap_or(&Value::Null);
                let mut field = self.field(component, words, inner, &place, required && row == 0, within);
                field.label = format!("{} {}", field.label, row + 1);
                parts.push(Part::Field(field));
            }
            return Ok(());
        }
        let field = self.field(component, words, schema, pointer, required, value);
        parts.push(Part::Field(field));
        Ok(())
    }

    fn group(&mut self, words: &Words, pointer: &str, optional: bool, open: bool, parts: Vec<Part>) -> Part {
        let name = name_of(pointer);
        self.note(words, pointer, &name);
        Part::Group {
            label: words.label(self.language).to_owned(),
            hint: words.hint(self.language).map(str::to_owned),
            optional,
            open,
            problem: self.wrong(pointer),
            parts,
            name,
        }
    }

    fn field(
        &mut self,
        component: &str,
        words: &Words,
        schema: &Value,
        pointer: &str,
        required: bool,
        value: &Value,
    ) -> Field {
        let name = name_of(pointer);
        self.note(words, pointer, &name);
        let values = match value {
            Value::Null => Vec::new(),
            Value::Array(items) if is_numbers(schema) => {
                vec![items.iter().map(text_of).collect::<Vec<_>>().join(", ")]
            }
            Value::Array(items) if schema.get("items").is_some_and(|items| items.get("enum").is_none()) => {
                let lines: Vec<String> = items.iter().map(text_of).collect();
                if self.given(component, words.field).is_some() { lines } else { vec![lines.join("\n")] }
            }
            Value::Array(items) => items.iter().map(text_of).collect(),
            other => vec![text_of(other)],
        };
        Field {
            label: words.label(self.language).to_owned(),
            hint: words.hint(self.language).map(str::to_owned),
            required,
            kind: self.kind(component, words.field, schema),
            longest: schema.get("maxLength").and_then(Value::as_u64),
            values,
            problem: self.wrong(pointer),
            autocomplete: words.autocomplete(component),
            name,
        }
    }

    fn kind(&self, component: &str, field: &str, schema: &Value) -> Kind {
        let is_list = is(schema, "array");
        let choices = self.given(component, field).or_else(|| {
            self.contract.terms(component, field).map(|terms| {
                terms.iter().map(|term| Choice::new(term.code, self.language.pick(term.zh, term.en))).collect()
            })
        });
        if let Some(choices) = choices {
            let few = if self.given(component, field).is_some() { FEW } else { RADIOS };
            return match choices.len() {
                _ if is_list => Kind::Boxes(choices),
                many if many <= few => Kind::Radios(choices),
                _ => Kind::Select(choices),
            };
        }
        if is_numbers(schema) {
            return Kind::Line;
        }
        if is_list {
            return Kind::Long { tall: false };
        }
        if is(schema, "boolean") {
            return Kind::YesNo;
        }
        if is(schema, "integer") {
            return Kind::Number;
        }
        let longest = schema.get("maxLength").and_then(Value::as_u64).unwrap_or_default();
        match schema.get("format").and_then(Value::as_str) {
            Some("date") => Kind::Day,
            _ if field == "password" => Kind::Secret,
            _ if field == "email" || field == "office_email" => Kind::Email,
            _ if field == "phone" || field == "office_phone" => Kind::Phone,
            _ if longest >= LONG => Kind::Long { tall: longest >= TALL },
            _ => Kind::Line,
        }
    }

    fn given(&self, component: &str, field: &str) -> Option<Vec<Choice>> {
        let found = self.choices.iter().find(|(of, name, _)| *of == component && *name == field);
        found.map(|(_, _, choices)| choices.clone())
    }

    fn note(&mut self, words: &Words, pointer: &str, name: &str) {
        self.shown.push(Named {
            pointer: pointer.to_owned(),
            id: name.replace('.', "-"),
            label: words.label(self.language),
        });
    }

    fn wrong(&self, pointer: &str) -> Option<String> {
        let problem = self.problems.iter().find(|problem| problem.pointer == pointer)?;
        Some(self.language.pick(&problem.zh, &problem.en).clone())
    }
}

/// Opens the last group whose name begins so, and those around it.
fn open_last(parts: &mut [Part], begins: &str) -> bool {
    for part in parts.iter_mut().rev() {
        if let Part::Group { name, open, parts, .. } = part {
            let is_it = name.strip_prefix(begins).is_some_and(|rest| !rest.contains('.'));
            if is_it || open_last(parts, begins) {
                *open = true;
                return true;
            }
        }
    }
    false
}

/// The schema itself, where the field may also be null.
pub(super) fn plain(schema: &Value) -> &Value {
    let branches = schema.get("oneOf").and_then(Value::as_array);
    branches
        .and_then(|branches| branches.iter().find(|branch| branch.get("type").is_none_or(|kind| kind != "null")))
        .unwrap_or(schema)
}

/// The component that a schema refers to, where that is an object.
pub(super) fn component_of<'a>(schema: &'a Value, contract: &Contract) -> Option<&'a str> {
    let name = schema.get("$ref")?.as_str()?.rsplit('/').next()?;
    contract.component(name)?.get("properties")?;
    Some(name)
}

/// Whether a schema is of this type, null or not.
pub(super) fn is(schema: &Value, kind: &str) -> bool {
    match schema.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().any(|one| one == kind),
        Some(one) => one == kind,
        None => false,
    }
}

/// Whether a schema is that of a list of numbers: one line holds them all.
pub(super) fn is_numbers(schema: &Value) -> bool {
    schema.get("items").is_some_and(|items| is(items, "integer"))
}

fn name_of(pointer: &str) -> String {
    pointer.trim_start_matches('/').replace('/', ".")
}

fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        other => other.to_string(),
    }
}
