//! The fields of an agency's own: what one consists of, and what an administrator may lay down.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::law::coded::coded;
use crate::office::failure::Failure;
use crate::office::input::Reader;

/// Letters of the longest name of a field and of a code.
const LONGEST_NAME: usize = 40;

coded! {
    /// How a field is filled in.
    pub enum FieldKind {
        /// A line of at most 200 characters.
        Line = "line", "一行文字", "a line";
        /// Text of at most 5000 characters.
        Text = "text", "多行文字", "several lines";
        /// One of its choices, by code.
        Choice = "choice", "选择一项", "one of several";
        /// `true` or `false`.
        YesNo = "yes_no", "是或否", "yes or no";
        /// A day, `YYYY-MM-DD`.
        Day = "day", "日期", "a day";
    }
}

impl FieldKind {
    /// The longest text, in characters.
    #[must_use]
    pub const fn longest(self) -> usize {
        match self {
            Self::Text => 5000,
            Self::Line | Self::Choice | Self::YesNo | Self::Day => 200,
        }
    }
}

/// One thing to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldChoice {
    /// What is sent: small letters, digits and `_`, a letter first.
    #[schema(min_length = 1, max_length = 40, example = "house")]
    pub code: String,
    /// What is shown, in Chinese.
    #[schema(min_length = 1, max_length = 100)]
    pub zh: String,
    /// The same in English.
    #[schema(min_length = 1, max_length = 200)]
    pub en: String,
}

/// One field of an agency's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FormField {
    /// Under which name the value is sent: small letters, digits and `_`, a letter first.
    #[schema(min_length = 1, max_length = 40, example = "plot")]
    pub name: String,
    /// What is asked, in Chinese.
    #[schema(min_length = 1, max_length = 100)]
    pub zh: String,
    /// The same in English.
    #[schema(min_length = 1, max_length = 200)]
    pub en: String,
    /// What helps to answer, in Chinese.
    #[schema(max_length = 500)]
    pub hint_zh: Option<String>,
    /// The same in English.
    #[schema(max_length = 500)]
    pub hint_en: Option<String>,
    /// `line`, `text`, `choice`, `yes_no` or `day`.
    #[schema(value_type = String, example = "line")]
    pub kind: FieldKind,
    /// What may be chosen, for a `choice`; two at least.
    #[schema(max_items = 30)]
    pub choices: Option<Vec<FieldChoice>>,
    /// Whether the form on line asks until it is filled in. An application that came on paper is taken without it.
    #[serde(default)]
    #[schema(default = false)]
    pub required: bool,
}

impl FormField {
    /// What may be chosen.
    #[must_use]
    pub fn choices(&self) -> &[FieldChoice] {
        self.choices.as_deref().unwrap_or_default()
    }
}

/// The fields as they are kept; everything wrong is told at once.
///
/// # Errors
/// [`Failure::Invalid`] for a name that is no name or stands twice, and for choices where none or too few belong.
pub(super) fn read(given: &[FormField]) -> Result<Vec<FormField>, Failure> {
    let mut reader = Reader::new();
    let mut fields: Vec<FormField> = Vec::new();
    for (place, field) in given.iter().enumerate() {
        let at = format!("/fields/{place}");
        let pointer = format!("{at}/name");
        if !is_name(&field.name) {
            wrong_name(&mut reader, &pointer);
        } else if fields.iter().any(|known| known.name == field.name) {
            reader.wrong(&pointer, "名称重复，请换一个。", "That name stands already; choose another.");
        }
        fields.push(FormField {
            name: field.name.clone(),
            zh: reader.text(&format!("{at}/zh"), &field.zh),
            en: reader.text(&format!("{at}/en"), &field.en),
            hint_zh: reader.optional(field.hint_zh.as_deref()),
            hint_en: reader.optional(field.hint_en.as_deref()),
            kind: field.kind,
            choices: choices(&mut reader, &format!("{at}/choices"), field),
            required: field.required,
        });
    }
    reader.finish(fields)
}

fn choices(reader: &mut Reader, at: &str, field: &FormField) -> Option<Vec<FieldChoice>> {
    if field.kind != FieldKind::Choice {
        if !field.choices().is_empty() {
            reader.wrong(at, "只有“选择一项”可以列出选项。", "Only a `choice` has choices.");
        }
        return None;
    }
    if field.choices().len() < 2 {
        reader.wrong(at, "请列出至少两个选项。", "Give at least two choices.");
    }
    let mut kept: Vec<FieldChoice> = Vec::new();
    for (place, choice) in field.choices().iter().enumerate() {
        let pointer = format!("{at}/{place}/code");
        if !is_name(&choice.code) {
            wrong_name(reader, &pointer);
        } else if kept.iter().any(|known| known.code == choice.code) {
            reader.wrong(&pointer, "代码重复，请换一个。", "That code stands already; choose another.");
        }
        kept.push(FieldChoice {
            code: choice.code.clone(),
            zh: reader.text(&format!("{at}/{place}/zh"), &choice.zh),
            en: reader.text(&format!("{at}/{place}/en"), &choice.en),
        });
    }
    Some(kept)
}

fn wrong_name(reader: &mut Reader, pointer: &str) {
    reader.wrong(
        pointer,
        "只用小写字母、数字和下划线，以字母开头，最多40个字符，例如 plot。",
        "Small letters, digits and _, a letter first, 40 at most, such as plot.",
    );
}

fn is_name(text: &str) -> bool {
    text.len() <= LONGEST_NAME
        && text.starts_with(|letter: char| letter.is_ascii_lowercase())
        && text.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_made_of_small_letters_digits_and_underscores_and_begins_with_a_letter() {
        for name in ["plot", "plot_2", "a"] {
            assert!(is_name(name), "{name}");
        }
        let long = "a".repeat(41);
        for name in ["", "2plot", "Plot", "plot.name", "宗地", "a b", "a/b", long.as_str()] {
            assert!(!is_name(name), "{name}");
        }
    }
}
