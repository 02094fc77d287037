//! A notice in words: a wording and a view give subject, text and html.

use chrono::NaiveDate;

use super::kind::Notice;
use super::templates;
use super::view::NoticeView;
use crate::clock::in_chinese;
use crate::law::coded::coded;
use crate::wording::{self, Wording, WordingFault};

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

/// What is wrong with a part of a wording.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{part}, {fault}")]
pub struct TemplateFault {
    /// `subject`, `text` or `html`.
    pub part: &'static str,
    /// The line, and what is wrong there.
    pub fault: WordingFault,
}

/// The longest subject, in characters.
const LONGEST_SUBJECT: usize = 120;

/// Renders a wording.
///
/// # Errors
/// [`TemplateFault`] naming the part, the line and the reason.
pub fn render(texts: &Texts, language: Language, view: &NoticeView) -> Result<Rendered, TemplateFault> {
    let layouts = templates::layouts(language);
    let day = match language {
        Language::Zh => in_chinese,
        Language::En => in_english,
    };
    let part = |part: &'static str, source: &str, guard: fn(&str) -> String| {
        wording::fill(&Wording { source, layouts: &layouts, guard, day }, view)
            .map_err(|fault| TemplateFault { part, fault })
    };
    let subject = part("subject", &texts.subject, str::to_owned)?;
    let subject: String = subject.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(Rendered {
        subject: subject.chars().take(LONGEST_SUBJECT).collect(),
        text: tidy(&part("text", &texts.text, str::to_owned)?),
        // What an applicant typed stays text in every page, whatever an edited wording says.
        html: part("html", &texts.html, wording::in_html)?,
    })
}

/// A day as English writes it: 25 November 2026.
fn in_english(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
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
