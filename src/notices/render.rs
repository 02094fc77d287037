//! One engine for every notice: a wording and a view give subject, text and html. A value that is not there is a fault, never
//! a gap; a wording that runs on for ever is cut off.

use chrono::{Datelike, NaiveDate};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, ErrorKind, UndefinedBehavior, Value};

use super::kind::Notice;
use super::templates;
use super::view::NoticeView;
use crate::law::coded::coded;

coded! {
    /// The language of a notice.
    pub enum Language {
        /// Chinese.
        Zh = "zh", "中文", "Chinese";
        /// English.
        En = "en", "英文", "English";
    }
}

/// A wording: what stands in the three files of a notice's folder, or what an administrator put in their place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Texts {
    /// The subject; one line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The html.
    pub html: String,
}

impl Texts {
    /// What comes with the system.
    #[must_use]
    pub fn embedded(notice: Notice, language: Language) -> Self {
        templates::embedded(notice, language)
    }
}

/// A notice in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The subject.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The html.
    pub html: String,
}

/// What is wrong with a wording.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{part}, line {}: {reason}", line.map_or_else(|| "?".to_owned(), |line| line.to_string()))]
pub struct TemplateFault {
    /// `subject`, `text` or `html`.
    pub part: &'static str,
    /// The line.
    pub line: Option<usize>,
    /// What is wrong there.
    pub reason: String,
    /// The kind of it in Chinese; the engine itself speaks English only.
    pub reason_zh: &'static str,
}

/// Steps a wording may take: a hundred times what the longest digest needs.
const FUEL: u64 = 500_000;

/// The longest a rendered part may be, in bytes.
const LONGEST: usize = 512 * 1024;

/// The longest subject, in characters.
const LONGEST_SUBJECT: usize = 120;

/// The name by which the engine knows an html; what stands in it is escaped.
const HTML: &str = "html.html";

/// Renders a wording.
///
/// # Errors
/// [`TemplateFault`] naming the part, the line and the reason.
pub fn render(texts: &Texts, language: Language, view: &NoticeView) -> Result<Rendered, TemplateFault> {
    let subject = part("subject", "subject.txt", &texts.subject, language, view)?;
    let subject: String = subject.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(Rendered {
        subject: subject.chars().take(LONGEST_SUBJECT).collect(),
        text: tidy(&part("text", "text.txt", &texts.text, language, view)?),
        html: part("html", HTML, &texts.html, language, view)?,
    })
}

fn part(
    name: &'static str,
    file: &'static str,
    source: &str,
    language: Language,
    view: &NoticeView,
) -> Result<String, TemplateFault> {
    let fault = |error: minijinja::Error| TemplateFault {
        part: name,
        line: error.line(),
        reason: match (error.kind(), error.detail()) {
            (ErrorKind::OutOfFuel, _) => "it runs on and on".to_owned(),
            (kind, Some(detail)) => format!("{kind}: {detail}"),
            (kind, None) => kind.to_string(),
        },
        reason_zh: match error.kind() {
            ErrorKind::OutOfFuel => "运行时间过长",
            ErrorKind::SyntaxError => "写法有误",
            ErrorKind::UndefinedError => "用到的值不存在，请先判断它是否存在",
            ErrorKind::UnknownFilter | ErrorKind::UnknownFunction | ErrorKind::UnknownTest => "用到了没有的功能",
            _ => "无法填写",
        },
    };
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    environment.set_auto_escape_callback(|name| {
        if name == HTML || name == templates::HTML_LAYOUT { AutoEscape::Html } else { AutoEscape::None }
    });
    // A value that is not there would be written as `none`.
    environment.set_formatter(|out, state, value| {
        if value.is_none() {
            return Err(minijinja::Error::new(
                ErrorKind::UndefinedError,
                "this value is not there; ask with `if` first",
            ));
        }
        minijinja::escape_formatter(out, state, value)
    });
    // What an applicant typed stays text in every page, whatever an edited wording says.
    environment.remove_filter("safe");
    environment.set_fuel(Some(FUEL));
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build().map_err(fault)?);
    environment.add_filter("day", move |value: &Value| day(value, language));
    for (layout, text) in templates::layouts(language) {
        environment.add_template(layout, text).map_err(fault)?;
    }
    environment.add_template(file, source).map_err(fault)?;
    let rendered = environment.get_template(file).and_then(|template| template.render(Serde(view))).map_err(fault)?;
    if rendered.len() > LONGEST {
        let reason = "the result is too long".to_owned();
        return Err(TemplateFault { part: name, line: None, reason, reason_zh: "结果过长" });
    }
    Ok(rendered)
}

/// A day as people read it: 2026年11月25日, 25 November 2026.
fn day(value: &Value, language: Language) -> Result<String, minijinja::Error> {
    let text = value.as_str().unwrap_or_default();
    let day: NaiveDate = text.parse().map_err(|_no_day| {
        minijinja::Error::new(ErrorKind::InvalidOperation, format!("`day` wants a date, not {value}"))
    })?;
    Ok(match language {
        Language::Zh => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        Language::En => day.format("%-d %B %Y").to_string(),
    })
}

/// No more than one empty line in a row, none at the ends.
fn tidy(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim_end) {
        if !(line.is_empty() && lines.last().is_none_or(|last| last.is_empty())) {
            lines.push(line);
        }
    }
    format!("{}\n", lines.join("\n").trim_end())
}
