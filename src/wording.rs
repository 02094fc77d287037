//! Wordings that an administrator may edit, filled in: one engine for letters and notices. A value that is not there is a fault,
//! never a gap; a wording that runs on for ever is cut off; and what comes from a case stays what it is, whatever an edited
//! wording says of it: every value passes the guard of its room, and there is no way around it.

use chrono::NaiveDate;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, ErrorKind, UndefinedBehavior, Value};
use serde::Serialize;

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

/// A wording, and how it is to be filled in.
pub struct Wording<'s> {
    /// Its text.
    pub source: &'s str,
    /// What it may build on: name and text.
    pub layouts: &'s [(&'static str, &'static str)],
    /// Makes a value harmless for the form the wording is written in: html, lines with marks, plain text.
    pub guard: fn(&str) -> String,
    /// How a day is written: the filter `day`.
    pub day: fn(NaiveDate) -> String,
}

/// The guard of html: a value stays text.
#[must_use]
pub fn in_html(value: &str) -> String {
    minijinja::HtmlEscape(value).to_string()
}

/// Steps a wording may take: many times what the longest table or digest needs.
const FUEL: u64 = 500_000;

/// The longest a filled-in wording may be, in bytes.
const LONGEST: usize = 512 * 1024;

/// The name by which the engine knows the wording.
const NAME: &str = "wording";

/// The engine's filters that declare a value to be harmless already.
const AROUND_THE_GUARD: [&str; 3] = ["safe", "escape", "e"];

/// Fills in a wording with what `facts` serialises to.
///
/// # Errors
/// [`WordingFault`] with the line and the reason.
pub fn fill(wording: &Wording<'_>, facts: &impl Serialize) -> Result<String, WordingFault> {
    let mut engine = Environment::new();
    engine.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    // What a block has written is then known to have passed the guard and is not guarded twice; the engine's own escaping is
    // never asked.
    engine.set_auto_escape_callback(|_| AutoEscape::Html);
    let guard = wording.guard;
    engine.set_formatter(move |out, _, value| {
        if value.is_none() {
            let advice = "this value is not there; ask with `if` first";
            return Err(minijinja::Error::new(ErrorKind::UndefinedError, advice));
        }
        let text = value.to_string();
        out.write_str(&if value.is_safe() { text } else { guard(&text) }).map_err(minijinja::Error::from)
    });
    for filter in AROUND_THE_GUARD {
        engine.remove_filter(filter);
    }
    engine.set_fuel(Some(FUEL));
    engine.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build().map_err(fault)?);
    let day = wording.day;
    engine.add_filter("day", move |value: &Value| written_day(value, day));
    for (name, text) in wording.layouts {
        engine.add_template(name, text).map_err(fault)?;
    }
    engine.add_template(NAME, wording.source).map_err(fault)?;
    let filled = engine.get_template(NAME).and_then(|wording| wording.render(Serde(facts))).map_err(fault)?;
    if filled.len() > LONGEST {
        let reason = "the result is too long".to_owned();
        return Err(WordingFault { line: None, reason, reason_zh: "结果过长" });
    }
    Ok(filled)
}

#[expect(clippy::needless_pass_by_value, reason = "it is what the engine hands over")]
fn fault(error: minijinja::Error) -> WordingFault {
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

fn written_day(value: &Value, day: fn(NaiveDate) -> String) -> Result<String, minijinja::Error> {
    let read: NaiveDate = value.as_str().unwrap_or_default().parse().map_err(|_no_day| {
        minijinja::Error::new(ErrorKind::InvalidOperation, format!("`day` wants a date, not {value}"))
    })?;
    Ok(day(read))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn filled(source: &str) -> Result<String, WordingFault> {
        let guard = |text: &str| text.replace('#', "[hash]");
        let day = |day: NaiveDate| day.to_string();
        let layouts = [("layout", "{% block body %}{{ said }}{% endblock %}")];
        fill(&Wording { source, layouts: &layouts, guard, day }, &json!({ "said": "# one", "list": ["# two"] }))
    }

    #[test]
    fn no_filter_block_or_print_of_a_whole_list_leads_around_the_guard() {
        for source in [
            "{{ said }}",
            "{{ list }}",
            "{% autoescape false %}{{ said }}{% endautoescape %}",
            "{% set kept %}{{ said }}{% endset %}{{ kept }}",
            "{% extends 'layout' %}{% block body %}{{ super() }}{% endblock %}",
            "{{ said ~ '' }}",
            "{{ list | join(',') }}",
        ] {
            let text = filled(source).unwrap();
            assert!(text.contains("[hash]") && !text.contains('#'), "{source}: {text}");
        }
        for source in ["{{ said|safe }}", "{{ said|escape }}", "{{ said|e }}"] {
            assert_eq!(filled(source).unwrap_err().reason_zh, "用到了没有的功能", "{source}");
        }
    }

    #[test]
    fn what_a_wording_itself_says_is_not_guarded() {
        assert_eq!(filled("# {{ said }}").unwrap(), "# [hash] one");
        let twice = "{% extends 'layout' %}{% block body %}{{ super() }}{% endblock %}";
        assert_eq!(filled(twice).unwrap(), "[hash] one");
    }

    #[test]
    fn a_value_that_is_not_there_and_a_wording_without_end_are_faults_with_a_line() {
        let missing = filled("first\n{{ other }}").unwrap_err();
        assert_eq!((missing.line, missing.reason_zh), (Some(2), "用到的值不存在，请先判断它是否存在"));
        assert_eq!(filled("{% for i in range(9999999) %}{{ i }}{% endfor %}").unwrap_err().line, Some(1));
    }
}
