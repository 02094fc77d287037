//! Filling in a wording. A value that is not there is a fault, never a gap; a wording that runs on for ever is cut off; and
//! what comes from the case cannot set a mark ([`super::marks`]).

use chrono::NaiveDate;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, ValueKind};
use minijinja::{AutoEscape, Environment, ErrorKind, Output, State, UndefinedBehavior, Value};

use super::facts::Facts;
use super::marks::guarded;
use super::wordings;
use crate::clock::in_chinese;

/// What is wrong with a wording.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {}: {reason}", line.map_or_else(|| "?".to_owned(), |line| line.to_string()))]
pub struct WordingFault {
    /// The line.
    pub line: Option<usize>,
    /// What is wrong there.
    pub reason: String,
    /// The kind of it in Chinese; the engine itself speaks English only.
    pub reason_zh: &'static str,
}

/// Steps a wording may take: many times what the longest table needs.
const FUEL: u64 = 500_000;

/// The longest a filled-in wording may be, in bytes.
const LONGEST: usize = 512 * 1024;

/// The name by which the engine knows the wording.
const WORDING: &str = "wording.txt";

/// Fills in a wording.
///
/// # Errors
/// [`WordingFault`] with the line and the reason.
pub fn fill(source: &str, facts: &Facts) -> Result<String, WordingFault> {
    let mut engine = Environment::new();
    engine.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    engine.set_auto_escape_callback(|_| AutoEscape::None);
    engine.set_formatter(write_guarded);
    engine.set_fuel(Some(FUEL));
    let syntax =
        SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build().map_err(|error| fault(&error))?;
    engine.set_syntax(syntax);
    engine.add_filter("day", |value: &Value| day(value));
    engine.add_template(wordings::REPLY_LAYOUT, wordings::reply_layout()).map_err(|error| fault(&error))?;
    engine.add_template(WORDING, source).map_err(|error| fault(&error))?;
    let filled =
        engine.get_template(WORDING).and_then(|wording| wording.render(Serde(facts))).map_err(|error| fault(&error))?;
    if filled.len() > LONGEST {
        let reason = "the result is too long".to_owned();
        return Err(WordingFault { line: None, reason, reason_zh: "结果过长" });
    }
    Ok(filled)
}

/// Values of the case are guarded; what the wording itself makes of them (a super block) was guarded on its way.
fn write_guarded(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), minijinja::Error> {
    if value.is_none() {
        let advice = "this value is not there; ask with `if` first";
        return Err(minijinja::Error::new(ErrorKind::UndefinedError, advice));
    }
    if value.kind() == ValueKind::String && !value.is_safe() {
        let text = value.as_str().unwrap_or_default();
        return out.write_str(&guarded(text)).map_err(minijinja::Error::from);
    }
    minijinja::escape_formatter(out, state, value)
}

fn fault(error: &minijinja::Error) -> WordingFault {
    WordingFault {
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
    }
}

/// A day as letters print it: 2026年11月25日.
fn day(value: &Value) -> Result<String, minijinja::Error> {
    let text = value.as_str().unwrap_or_default();
    let day: NaiveDate = text.parse().map_err(|_no_day| {
        minijinja::Error::new(ErrorKind::InvalidOperation, format!("`day` wants a date, not {value}"))
    })?;
    Ok(in_chinese(day))
}
