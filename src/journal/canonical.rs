//! The canonical bytes of an event, so that the same fact has the same hash in any implementation.
//!
//! A subset of RFC 8785 (JSON Canonicalization Scheme): members ordered by the UTF-16 code units of their names, no
//! white space, the shortest escapes, integers only. Fractions are refused, not rounded: money is counted in
//! fen, time is text. Integers stay within ±(2^53 − 1), the range every JSON reader keeps exact (RFC 7493 §2.2).
//!
//! Written by hand over [`Value`] because neither the order of `serde_json`'s map (another crate may switch on
//! `preserve_order`) nor the spelling of its strings is promised to us.

mod reading;

pub use reading::{is_canonical, members};

use serde::Serialize;
use serde_json::{Map, Number, Value};
use std::cmp::Ordering;
use std::fmt::Write;
use thiserror::Error;

/// The largest integer that a double holds together with all its smaller neighbours.
const LARGEST_EXACT: u64 = (1 << 53) - 1;

/// Why a value has no canonical form.
#[derive(Debug, Error)]
pub enum CanonicalFault {
    /// A number with a fraction or an exponent.
    #[error("a journal holds whole numbers only, not {0}")]
    NotWhole(Number),
    /// An integer beyond ±(2^53 − 1).
    #[error("the integer {0} is beyond what every JSON reader keeps exact")]
    TooLarge(Number),
    /// The value cannot be put into JSON at all (a map whose keys are not text, say).
    #[error("the value cannot be written as JSON: {0}")]
    NotJson(#[source] serde_json::Error),
}

impl CanonicalFault {
    /// The Chinese sentence.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            Self::NotWhole(number) => format!("案卷日志只记整数，不接受 {number}"),
            Self::TooLarge(number) => format!("整数 {number} 超出可精确表示的范围"),
            Self::NotJson(source) => format!("内容无法写成 JSON：{source}"),
        }
    }
}

/// The canonical text of `value`; its UTF-8 bytes are what is hashed. Absent options are written as `null`
/// unless their type skips them.
///
/// A trap: serde turns a NaN or an infinity into `null` before we see it. Types that go into a journal hold no
/// floating-point numbers in the first place; the refusal here is the second lock.
///
/// # Errors
/// Each [`CanonicalFault`].
pub fn bytes(value: &impl Serialize) -> Result<String, CanonicalFault> {
    let value = serde_json::to_value(value).map_err(CanonicalFault::NotJson)?;
    let mut text = String::new();
    write_value(&mut text, &value)?;
    Ok(text)
}

fn write_value(text: &mut String, value: &Value) -> Result<(), CanonicalFault> {
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(true) => text.push_str("true"),
        Value::Bool(false) => text.push_str("false"),
        Value::Number(number) => write_number(text, number)?,
        Value::String(string) => write_string(text, string),
        Value::Array(items) => {
            text.push('[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    text.push(',');
                }
                write_value(text, item)?;
            }
            text.push(']');
        }
        Value::Object(members) => write_members(text, members)?,
    }
    Ok(())
}

fn write_members(text: &mut String, members: &Map<String, Value>) -> Result<(), CanonicalFault> {
    let mut members: Vec<(&String, &Value)> = members.iter().collect();
    // RFC 8785 §3.2.3. Differs from the order of UTF-8 bytes beyond U+FFFF.
    members.sort_by(|(one, _), (other, _)| in_order(one, other));
    text.push('{');
    for (place, (name, value)) in members.into_iter().enumerate() {
        if place > 0 {
            text.push(',');
        }
        write_string(text, name);
        text.push(':');
        write_value(text, value)?;
    }
    text.push('}');
    Ok(())
}

/// The order of two names: that of their UTF-16 code units, which of what is ASCII are the bytes.
fn in_order(one: &str, other: &str) -> Ordering {
    if one.is_ascii() && other.is_ascii() { one.cmp(other) } else { one.encode_utf16().cmp(other.encode_utf16()) }
}

fn write_number(text: &mut String, number: &Number) -> Result<(), CanonicalFault> {
    let Some(whole) = number.as_i128() else {
        return Err(CanonicalFault::NotWhole(number.clone()));
    };
    if whole.unsigned_abs() > u128::from(LARGEST_EXACT) {
        return Err(CanonicalFault::TooLarge(number.clone()));
    }
    put(text, format_args!("{whole}"));
    Ok(())
}

/// RFC 8785 §3.2.2.2: the two-character escapes where JSON has them, `\u00xx` for other controls, all else as it is.
fn write_string(text: &mut String, string: &str) {
    text.push('"');
    let mut rest = string;
    // What needs no escape goes in one piece.
    while let Some((plain, letter, behind)) = to_escape(rest) {
        text.push_str(plain);
        match letter {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\u{8}' => text.push_str("\\b"),
            '\t' => text.push_str("\\t"),
            '\n' => text.push_str("\\n"),
            '\u{c}' => text.push_str("\\f"),
            '\r' => text.push_str("\\r"),
            control => put(text, format_args!("\\u{:04x}", u32::from(control))),
        }
        rest = behind;
    }
    text.push_str(rest);
    text.push('"');
}

/// The first letter that is written otherwise, with what stands before and behind it.
fn to_escape(text: &str) -> Option<(&str, char, &str)> {
    let escaped = |letter: char| matches!(letter, '"' | '\\' | '\0'..='\u{1f}');
    let (plain, rest) = text.split_at_checked(text.find(escaped)?)?;
    let mut letters = rest.chars();
    let letter = letters.next()?;
    Some((plain, letter, letters.as_str()))
}

fn put(text: &mut String, what: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _infallible = text.write_fmt(what);
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn canonical(value: &Value) -> String {
        bytes(value).expect("canonical")
    }

    #[test]
    fn members_are_ordered_and_nothing_is_padded() {
        let value = json!({"b": [1, {"z": null, "a": true}], "a": "", "B": -7, "": 0});
        assert_eq!(canonical(&value), r#"{"":0,"B":-7,"a":"","b":[1,{"a":true,"z":null}]}"#);
    }

    #[test]
    fn the_order_is_that_of_the_rfcs_own_example() {
        // RFC 8785 §3.2.3; U+1F600 comes before U+FB33 because its first code unit is a surrogate.
        let value = json!({
            "\u{20ac}": "Euro Sign", "\r": "Carriage Return", "\u{fb33}": "Hebrew Letter Dalet With Dagesh",
            "1": "One", "\u{1f600}": "Emoji: Grinning Face", "\u{80}": "Control", "\u{f6}": "Latin Small Letter O With Diaeresis",
        });
        let text = canonical(&value);
        let places: Vec<usize> = ["Carriage", "One", "Control", "Latin", "Euro", "Emoji", "Hebrew"]
            .iter()
            .map(|word| text.find(word).expect("present"))
            .collect();
        assert!(places.is_sorted(), "{text}");
    }

    #[test]
    fn strings_have_the_shortest_escapes() {
        let value = json!("\u{20ac}$\u{f}\nA'B\"\\\"/\u{8}\t\u{c}\r\u{0}\u{1f}\u{7f}\u{2028}答复😀");
        assert_eq!(
            canonical(&value),
            "\"\u{20ac}$\\u000f\\nA'B\\\"\\\\\\\"/\\b\\t\\f\\r\\u0000\\u001f\u{7f}\u{2028}答复😀\""
        );
    }

    #[test]
    fn canonical_text_is_its_own_canonical_text() {
        let text = canonical(&json!({"乙": [1, 2, {"丁": null}], "甲": "\u{1}\n"}));
        let again: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(canonical(&again), text);
    }

    #[test]
    fn an_event_is_spelt_the_same_whatever_the_order_of_its_fields() {
        #[derive(Serialize)]
        struct One {
            on: &'static str,
            days: Option<u8>,
        }
        #[derive(Serialize)]
        struct Other {
            days: Option<u8>,
            on: &'static str,
        }
        let one = bytes(&One { on: "2026-03-09", days: None }).expect("canonical");
        assert_eq!(one, bytes(&Other { days: None, on: "2026-03-09" }).expect("canonical"));
        assert_eq!(one, r#"{"days":null,"on":"2026-03-09"}"#);
    }

    #[test]
    fn a_fraction_is_refused_even_if_it_is_whole() {
        for value in [json!(1.5), json!({"a": [1.0]}), json!(-0.0), json!(1e300)] {
            assert!(matches!(bytes(&value), Err(CanonicalFault::NotWhole(_))), "{value}");
        }
        assert!(matches!(bytes(&0.5_f32), Err(CanonicalFault::NotWhole(_))));
    }

    #[test]
    fn integers_end_where_other_readers_would_round_them() {
        let largest = 9_007_199_254_740_991_i64;
        assert_eq!(bytes(&largest).expect("canonical"), "9007199254740991");
        assert_eq!(bytes(&-largest).expect("canonical"), "-9007199254740991");
        for beyond in [largest + 1, -largest - 1, i64::MIN, i64::MAX] {
            assert!(matches!(bytes(&beyond), Err(CanonicalFault::TooLarge(_))), "{beyond}");
        }
        assert!(matches!(bytes(&u64::MAX), Err(CanonicalFault::TooLarge(_))));
    }

    #[test]
    fn a_map_whose_keys_are_not_text_is_refused() {
        let map = std::collections::BTreeMap::from([((1, 2), "x")]);
        assert!(matches!(bytes(&map), Err(CanonicalFault::NotJson(_))));
    }
}
