//! What was answered to an agency's own questions: held to the version that was filled in, kept as one text of the case,
//! and shown by the words of that version.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::fields::{FieldKind, FormField};
use super::{ExtraForm, of_version};
use crate::case::Case;
use crate::ids::AgencyId;
use crate::journal::canonical;
use crate::office::contents::Contents;
use crate::office::failure::{Failure, Problem};
use crate::office::input::Reader;
use crate::storage::Conn;

/// The answers by the names of their fields.
pub type Extra = BTreeMap<String, Value>;

/// One answer, by the words of the version that was filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ExtraView {
    /// The field.
    pub name: String,
    /// What was asked, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
    /// What was answered, as it was sent.
    pub value: Value,
    /// The answer as Chinese readers read it.
    pub value_zh: String,
    /// As English readers do.
    pub value_en: String,
}

/// On which way an application came: a field that must be filled in is asked for on line only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::office) enum Asked {
    /// The applicant fills in the form.
    OnLine,
    /// An officer enters what came otherwise (art. 29: it cannot be refused for a field of the agency's own).
    OnPaper,
}

/// Answers that fit, as a case keeps them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::office) struct Answered {
    /// The version; none where no form was filled in.
    pub version: Option<u32>,
    /// The answers as canonical JSON; none where nothing was answered.
    pub words: Option<String>,
}

/// Reads answers; everything wrong with them is added to `problems`, each at `/extra/` and its name.
///
/// # Errors
/// The database's failures.
pub(in crate::office) fn read(
    conn: &mut Conn,
    agency: AgencyId,
    extra: Option<&Extra>,
    version: Option<u32>,
    asked: Asked,
    problems: &mut Vec<Problem>,
) -> Result<Answered, Failure> {
    let Some(form) = of_version(conn, agency, version)? else {
        problems.push(Problem::at(
            "/form_version",
            "这个机关没有这个版本的申请表，请重新打开申请表填写。",
            "This agency has no such version of its form; open the form again.",
        ));
        return Ok(Answered::default());
    };
    let nothing = Extra::new();
    let mut reader = Reader::new();
    let kept = answers(&mut reader, &form, extra.unwrap_or(&nothing), asked);
    if let Err(Failure::Invalid(wrong)) = reader.finish(()) {
        problems.extend(wrong);
    }
    let filled_in = form.version > 0 && (asked == Asked::OnLine || version.is_some() || !kept.is_empty());
    Ok(Answered {
        version: filled_in.then_some(form.version),
        words: (!kept.is_empty()).then(|| canonical::bytes(&kept)).transpose().map_err(Failure::broken)?,
    })
}

/// What is wrong with the answers in a draft, whose other parts may be missing. What is of the wrong shape altogether the
/// published schema has told of already.
///
/// # Errors
/// The database's failures.
pub(in crate::office) fn check(
    conn: &mut Conn,
    agency: AgencyId,
    draft: &serde_json::Map<String, Value>,
) -> Result<Vec<Problem>, Failure> {
    let extra = draft.get("extra").and_then(Value::as_object);
    let extra: Option<Extra> = extra.map(|all| all.iter().map(|(name, value)| (name.clone(), value.clone())).collect());
    let version = draft.get("form_version").and_then(Value::as_u64).map(|one| u32::try_from(one).unwrap_or(u32::MAX));
    let mut problems = Vec::new();
    read(conn, agency, extra.as_ref(), version, Asked::OnLine, &mut problems)?;
    Ok(problems)
}

fn answers(reader: &mut Reader, form: &ExtraForm, extra: &Extra, asked: Asked) -> Extra {
    for name in extra.keys().filter(|name| !form.fields.iter().any(|field| field.name == **name)) {
        let name = name.replace('~', "~0").replace('/', "~1");
        reader.wrong(
            &format!("/extra/{name}"),
            "申请表的这个版本没有这一项。",
            "This version of the form has no such field.",
        );
    }
    let mut kept = Extra::new();
    for field in &form.fields {
        let pointer = format!("/extra/{}", field.name);
        let given = extra.get(&field.name).filter(|value| !is_blank(value));
        match given {
            Some(value) => {
                if let Some(value) = answer(reader, &pointer, field, value) {
                    kept.insert(field.name.clone(), value);
                }
            }
            None if field.required && asked == Asked::OnLine => {
                reader.wrong(&pointer, "请填写。", "Please fill this in.");
            }
            None => {}
        }
    }
    kept
}

fn is_blank(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty())
}

/// The answer as it is kept, if it fits its field.
fn answer(reader: &mut Reader, pointer: &str, field: &FormField, value: &Value) -> Option<Value> {
    match (field.kind, value) {
        (FieldKind::YesNo, Value::Bool(_)) => Some(value.clone()),
        (FieldKind::YesNo, _) => {
            reader.wrong(pointer, "应为 true 或者 false。", "True or false is expected.");
            None
        }
        (FieldKind::Day, Value::String(day)) if day.parse::<NaiveDate>().is_ok() => Some(value.clone()),
        (FieldKind::Day, _) => {
            reader.wrong(pointer, "请填写日期，例如 2026-03-02。", "Give a date, such as 2026-03-02.");
            None
        }
        (FieldKind::Choice, Value::String(code)) if field.choices().iter().any(|one| one.code == *code) => {
            Some(value.clone())
        }
        (FieldKind::Choice, _) => {
            let codes: Vec<&str> = field.choices().iter().map(|one| one.code.as_str()).collect();
            let codes = codes.join(", ");
            reader.wrong(pointer, &format!("应为下列之一：{codes}。"), &format!("One of: {codes}."));
            None
        }
        (FieldKind::Line | FieldKind::Text, Value::String(text)) => {
            let text = reader.text(pointer, text);
            let longest = field.kind.longest();
            if text.chars().count() > longest {
                reader.wrong(pointer, &format!("最多{longest}个字。"), &format!("At most {longest} characters."));
            } else if field.kind == FieldKind::Line && text.contains('\n') {
                reader.wrong(pointer, "请写在一行内。", "Keep it to one line.");
            }
            Some(Value::from(text))
        }
        (FieldKind::Line | FieldKind::Text, _) => {
            reader.wrong(pointer, "应为文字。", "A text is expected.");
            None
        }
    }
}

/// The answers in a case, by the words of the version it has; none once destroyed.
///
/// # Errors
/// The database's failures.
pub(in crate::office) fn view(conn: &mut Conn, case: &Case, contents: &Contents) -> Result<Vec<ExtraView>, Failure> {
    let Some(words) = case.filed.extra.and_then(|text| contents.words(text)) else { return Ok(Vec::new()) };
    let answers: Extra = serde_json::from_str(&words).map_err(Failure::broken)?;
    let form = of_version(conn, case.agency(), case.filed.form_version)?.unwrap_or_default();
    let shown = |field: FormField| {
        let value = answers.get(&field.name)?.clone();
        let (value_zh, value_en) = said(&field, &value);
        Some(ExtraView { name: field.name, zh: field.zh, en: field.en, value, value_zh, value_en })
    };
    Ok(form.fields.into_iter().filter_map(shown).collect())
}

/// An answer in both languages.
fn said(field: &FormField, value: &Value) -> (String, String) {
    let both = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
    match value {
        Value::Bool(true) => both("是", "yes"),
        Value::Bool(false) => both("否", "no"),
        Value::String(text) => {
            let choice = field.choices().iter().find(|one| field.kind == FieldKind::Choice && one.code == *text);
            choice.map_or_else(|| both(text, text), |one| both(&one.zh, &one.en))
        }
        other => both(&other.to_string(), &other.to_string()),
    }
}
