//! Reading JSON that means one thing only: an object that names a member twice is refused, because two readers of the
//! same bytes (a gateway, this service, a later audit) might each believe the other value (RFC 8259 §4).

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::problem::Fault;

/// Reads `bytes` as one JSON value.
///
/// # Errors
/// [`Fault::Unreadable`] when they are not UTF-8, not JSON, nested too deeply, name a member twice, or hold the
/// character U+0000.
pub(super) fn read(bytes: &[u8]) -> Result<Value, Fault> {
    let text = std::str::from_utf8(bytes).map_err(|source| Fault::Unreadable {
        zh: format!("内容不是 UTF-8 编码（第 {} 字节）。", source.valid_up_to()),
        en: format!("The body is not UTF-8 (at byte {}).", source.valid_up_to()),
    })?;
    let Unambiguous(value) = serde_json::from_str(text).map_err(|source| Fault::Unreadable {
        zh: format!("内容不是有效的 JSON（第 {} 行第 {} 列）：{source}", source.line(), source.column()),
        en: format!("The body is not valid JSON: {source}"),
    })?;
    if holds_nul(&value) {
        return Err(Fault::Unreadable {
            zh: "内容含有空字符（\\u0000），请删去后重新提交。".to_owned(),
            en: "The body holds the character U+0000 (\\u0000); send it without.".to_owned(),
        });
    }
    Ok(value)
}

/// Whether U+0000 stands anywhere in it: lawful JSON, but PostgreSQL cannot keep it in a text and C libraries take it for
/// the end of one. No name, letter or form has it.
fn holds_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(items) => items.iter().any(holds_nul),
        Value::Object(members) => members.iter().any(|(name, value)| name.contains('\0') || holds_nul(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// A JSON value without any member named twice.
struct Unambiguous(Value);

impl<'de> Deserialize<'de> for Unambiguous {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader).map(Self)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Unambiguous(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(list.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some((name, Unambiguous(value))) = members.next_entry::<String, _>()? {
            if object.contains_key(&name) {
                return Err(A::Error::custom(format_args!("the member {name:?} comes twice")));
            }
            object.insert(name, value);
        }
        Ok(object.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_kind_of_value_is_read() {
        let text = r#"{"a":[null,true,-1,18446744073709551615,1.5,"字\n"],"b":{}}"#;
        let value = read(text.as_bytes()).expect("JSON");
        assert_eq!(value, json!({ "a": [null, true, -1, u64::MAX, 1.5, "字\n"], "b": {} }));
    }

    #[test]
    fn a_member_named_twice_is_refused_at_any_depth() {
        for text in [r#"{"a":1,"a":2}"#, r#"[{"x":{"a":1,"a":1}}]"#, r#"{"a":1,"\u0061":2}"#] {
            assert!(
                matches!(read(text.as_bytes()), Err(Fault::Unreadable { en, .. }) if en.contains("twice")),
                "{text}"
            );
        }
    }

    #[test]
    fn the_character_zero_is_refused_wherever_it_stands() {
        for text in [r#""a\u0000""#, r#"{"a":[{"b":"\u0000"}]}"#, r#"{"\u0000":1}"#] {
            assert!(
                matches!(read(text.as_bytes()), Err(Fault::Unreadable { en, .. }) if en.contains("U+0000")),
                "{text}"
            );
        }
        assert!(read(br#""a\\u0000""#).is_ok(), "a backslash and five letters");
    }

    #[test]
    fn what_is_not_json_is_said_to_be_unreadable() {
        let deep = "[".repeat(100_000);
        for bytes in [&b""[..], b"{", b"{}{}", b"\xff\xfe", b"'a'", deep.as_bytes()] {
            assert!(matches!(read(bytes), Err(Fault::Unreadable { .. })));
        }
    }
}
