//! A form made from the schema of the body it sends: the fields, what must be given, what may be chosen and how long a text
//! may be stand in the API's contract, once; here stands how they look. Words for each field are in `words`.
//!
//! A field is named by its path with dots, `applicant.name` or `statements.0.text`, so that what a form sent reads back
//! into the body (`reading`), and a problem at a JSON pointer finds its field.

mod answers;
mod building;
pub(super) mod own;
mod reading;
mod words;

use askama::Template;

use super::frame::Frame;

pub(super) use answers::{Answer, answers};
pub(super) use building::{Choices, Form};
pub(super) use reading::read;

/// One thing to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    /// What is sent.
    pub code: String,
    /// What is shown.
    pub name: String,
    /// Under which heading of a menu.
    pub group: Option<&'static str>,
}

impl Choice {
    /// A choice under no heading.
    pub(super) fn new(code: impl Into<String>, name: impl Into<String>) -> Self {
        Self { code: code.into(), name: name.into(), group: None }
    }
}

/// How a field is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A line of text.
    Line,
    /// Text of several lines; tall for a letter.
    Long { tall: bool },
    /// A password.
    Secret,
    /// A day.
    Day,
    /// A whole number.
    Number,
    /// An address for e-mail.
    Email,
    /// A telephone number.
    Phone,
    /// Yes or no.
    YesNo,
    /// One of several, each shown.
    Radios(Vec<Choice>),
    /// One of many.
    Select(Vec<Choice>),
    /// Any of several.
    Boxes(Vec<Choice>),
}

/// One field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    /// Its name in the form.
    pub name: String,
    /// What it asks for.
    pub label: String,
    /// What helps to fill it in.
    pub hint: Option<String>,
    /// Whether it must be given.
    pub required: bool,
    /// How it is filled in.
    pub kind: Kind,
    /// The longest text, in characters.
    pub longest: Option<u64>,
    /// What stands in it.
    pub values: Vec<String>,
    /// What is wrong with it.
    pub problem: Option<String>,
    /// What a browser may fill in by itself (WCAG 1.3.5).
    pub autocomplete: Option<&'static str>,
}

/// A part of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// A field.
    Field(Field),
    /// Fields that belong together.
    Group {
        /// Its name in the form.
        name: String,
        /// What it is about.
        label: String,
        /// What helps to fill it in.
        hint: Option<String>,
        /// Whether all of it may be left empty.
        optional: bool,
        /// Whether something stands in it.
        open: bool,
        /// What is wrong with it as a whole.
        problem: Option<String>,
        /// Its parts.
        parts: Vec<Part>,
    },
    /// A way to add another of a list without sending what the form is for.
    More {
        /// The list's name in the form.
        name: String,
        /// What is added.
        label: String,
    },
}

/// The field of the button that adds another of a list: it has the list's name.
pub(super) const MORE: &str = "more";

impl Field {
    /// For `id`: dots would be read as classes by a stylesheet.
    pub(super) fn id(&self) -> String {
        self.name.replace('.', "-")
    }

    /// The one value.
    pub(super) fn value(&self) -> &str {
        self.values.first().map_or("", String::as_str)
    }

    /// Whether this is chosen.
    pub(super) fn chosen(&self, code: &str) -> bool {
        self.values.iter().any(|value| value == code)
    }

    /// Its choices under their headings, in their order.
    pub(super) fn grouped(&self) -> Vec<Heading<'_>> {
        if let Kind::Select(choices) = &self.kind { grouped(choices) } else { Vec::new() }
    }

    /// What describes it, for `aria-describedby`.
    pub(super) fn described(&self) -> String {
        let id = self.id();
        let hint = self.hint.as_ref().map(|_| format!("{id}-hint"));
        let problem = self.problem.as_ref().map(|_| format!("{id}-problem"));
        hint.into_iter().chain(problem).collect::<Vec<_>>().join(" ")
    }

    /// Whether several inputs stand for it, so that a legend names them.
    pub(super) const fn several(&self) -> bool {
        matches!(self.kind, Kind::YesNo | Kind::Radios(_) | Kind::Boxes(_))
    }
}

/// A heading of a menu, and the choices under it.
pub(super) type Heading<'a> = (Option<&'static str>, Vec<&'a Choice>);

/// Choices under their headings, in their order.
pub(super) fn grouped(choices: &[Choice]) -> Vec<Heading<'_>> {
    let mut groups: Vec<Heading<'_>> = Vec::new();
    for choice in choices {
        match groups.last_mut() {
            Some((group, within)) if *group == choice.group => within.push(choice),
            _ => groups.push((choice.group, vec![choice])),
        }
    }
    groups
}

/// The fields as HTML, for a page to put into its form.
#[derive(Template)]
#[template(path = "shared/fields.html")]
pub(super) struct Shown<'a> {
    p: &'a Frame,
    parts: &'a [Part],
}

impl<'a> Shown<'a> {
    pub(super) const fn new(p: &'a Frame, parts: &'a [Part]) -> Self {
        Self { p, parts }
    }
}
