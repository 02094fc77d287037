//! Whether a text is canonical, told while it is read once, byte by byte: nothing is taken apart and written anew to be compared.
//! An audit holds every entry of every journal against this.

use super::{LARGEST_EXACT, in_order};
use std::borrow::Cow;
use std::cmp::Ordering;

/// As deep as serde_json reads; nothing of ours is.
const DEEPEST: usize = 127;

/// Whether `text` is the canonical text of a value.
#[must_use]
pub fn is_canonical(text: &str) -> bool {
    let mut reader = Reader { rest: text };
    reader.value(DEEPEST).is_some() && reader.rest.is_empty()
}

/// Name and canonical text of each member of a canonical object, in their order; `None` for any other text. Names stand as they are
/// written, between their quotation marks.
#[must_use]
pub fn members(text: &str) -> Option<Vec<(&str, &str)>> {
    let mut reader = Reader { rest: text };
    // As many as an entry has.
    let mut found = Vec::with_capacity(8);
    reader.object(DEEPEST, |name, value| found.push((name, value)))?;
    reader.rest.is_empty().then_some(found)
}

/// What is left to read. Each way forward gives `None` where the text is not canonical.
struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn word(&mut self, word: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(word)?;
        Some(())
    }

    fn has(&mut self, sign: &str) -> bool {
        self.word(sign).is_some()
    }

    fn value(&mut self, depth: usize) -> Option<()> {
        match self.rest.as_bytes().first()? {
            b'"' => self.string().map(drop),
            b'{' => self.object(depth, |_, _| ()),
            b'[' => self.list(depth),
            b'n' => self.word("null"),
            b't' => self.word("true"),
            b'f' => self.word("false"),
            _ => self.number(),
        }
    }

    fn list(&mut self, depth: usize) -> Option<()> {
        let depth = depth.checked_sub(1)?;
        self.word("[")?;
        if self.has("]") {
            return Some(());
        }
        loop {
            self.value(depth)?;
            if !self.has(",") {
                return self.word("]");
            }
        }
    }

    fn object(&mut self, depth: usize, mut seen: impl FnMut(&'a str, &'a str)) -> Option<()> {
        let depth = depth.checked_sub(1)?;
        self.word("{")?;
        if self.has("}") {
            return Some(());
        }
        let mut before: Option<&str> = None;
        loop {
            let name = self.string()?;
            // In their order, and none twice.
            if before.is_some_and(|before| in_order(&spelt_out(before), &spelt_out(name)) != Ordering::Less) {
                return None;
            }
            before = Some(name);
            self.word(":")?;
            let begins = self.rest;
            self.value(depth)?;
            seen(name, before_rest(begins, self.rest)?);
            if !self.has(",") {
                return self.word("}");
            }
        }
    }

    /// What stands between the quotation marks, as it is written.
    fn string(&mut self) -> Option<&'a str> {
        self.word("\"")?;
        let begins = self.rest;
        loop {
            let at = self.rest.bytes().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f))?;
            let (_, found) = self.rest.split_at_checked(at)?;
            if let Some(behind) = found.strip_prefix('"') {
                self.rest = behind;
                return before_rest(begins, found);
            }
            // A control that is not escaped ends it here.
            let (_, behind) = escape(found)?;
            self.rest = behind;
        }
    }

    fn number(&mut self) -> Option<()> {
        let negative = self.has("-");
        let length = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, behind) = self.rest.split_at_checked(length)?;
        let whole: u64 = digits.parse().ok()?;
        // No padding, and no zero below zero.
        let shortest = if digits.starts_with('0') { length == 1 && !negative } else { true };
        self.rest = behind;
        (shortest && whole <= LARGEST_EXACT).then_some(())
    }
}

/// What stands before `rest`, with which `text` ends. By their lengths: comparing them would read the rest once for every string.
fn before_rest<'a>(text: &'a str, rest: &str) -> Option<&'a str> {
    text.get(..text.len().checked_sub(rest.len())?)
}

/// The letter that the escape at the beginning stands for, and what comes behind it; only in the spelling that is ours.
fn escape(text: &str) -> Option<(char, &str)> {
    let behind = text.strip_prefix('\\')?;
    let mut letters = behind.chars();
    let letter = match letters.next()? {
        '"' => '"',
        '\\' => '\\',
        'b' => '\u{8}',
        't' => '\t',
        'n' => '\n',
        'f' => '\u{c}',
        'r' => '\r',
        'u' => return control(letters.as_str()),
        _ => return None,
    };
    Some((letter, letters.as_str()))
}

/// The four digits of a control that has no escape of two letters.
fn control(text: &str) -> Option<(char, &str)> {
    let (digits, behind) = text.split_at_checked(4)?;
    let lower = digits.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
    let letter = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
    let has_its_own = matches!(letter, '\u{8}' | '\t' | '\n' | '\u{c}' | '\r');
    (lower && letter < ' ' && !has_its_own).then_some((letter, behind))
}

/// A name without its escapes, of which there are hardly ever any.
fn spelt_out(name: &str) -> Cow<'_, str> {
    if !name.contains('\\') {
        return Cow::Borrowed(name);
    }
    let (mut plain, mut rest) = (String::new(), name);
    while let Some((before, _)) = rest.split_once('\\') {
        let found = rest.strip_prefix(before).unwrap_or_default();
        plain.push_str(before);
        // It was read before: each is an escape.
        let Some((letter, behind)) = escape(found) else { break };
        plain.push(letter);
        rest = behind;
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::super::bytes;
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Map, Value};

    /// The long way: taken apart and written anew.
    fn is_written_so(text: &str) -> bool {
        serde_json::from_str::<Value>(text).is_ok_and(|value| bytes(&value).is_ok_and(|written| written == text))
    }

    fn some_value() -> impl Strategy<Value = Value> {
        let words = "[a-c\"\\\\\u{8}\t\n\u{1}\u{1f}答\u{fb33}\u{1f600}]{0,4}";
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            prop_oneof![-12_i64..12, any::<i64>()].prop_map(Value::from),
            words.prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 24, 4, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map(words, inner, 0..4)
                    .prop_map(|members| Value::from(members.into_iter().collect::<Map<_, _>>())),
            ]
        })
    }

    proptest! {
        #[test]
        fn both_ways_tell_the_same_of_what_was_written(value in some_value(), spaced in any::<bool>()) {
            let text = if spaced { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
            let text = text.expect("JSON");
            prop_assert_eq!(is_canonical(&text), is_written_so(&text), "{}", text);
            if let Ok(text) = bytes(&value) {
                prop_assert!(is_canonical(&text), "{}", text);
            }
        }

        #[test]
        fn both_ways_tell_the_same_when_a_letter_is_changed(
            value in some_value(), at in any::<prop::sample::Index>(), letter in "[\"\\\\{}\\[\\],:0-9eE.a-fu \\-]", instead in any::<bool>(),
        ) {
            let mut letters: Vec<char> = serde_json::to_string(&value).expect("JSON").chars().collect();
            let at = at.index(letters.len());
            let letter = letter.chars().next().expect("a letter");
            if instead { letters[at] = letter } else { letters.insert(at, letter) }
            let text: String = letters.into_iter().collect();
            prop_assert_eq!(is_canonical(&text), is_written_so(&text), "{}", text);
        }
    }

    #[test]
    fn what_is_spelt_otherwise_is_not_canonical() {
        for text in [
            "",
            " 1",
            "1 ",
            "01",
            "-0",
            "-",
            "1.0",
            "1e2",
            "9007199254740992",
            "nul",
            "tru",
            "[1,]",
            "[,1]",
            "{,}",
            "[1",
            "{\"a\":1",
            "{\"b\":1,\"a\":2}",
            "{\"a\":1,\"a\":1}",
            "{\"a\" :1}",
            "{a:1}",
            "\"\\/\"",
            "\"\\u0041\"",
            "\"\\u0009\"",
            "\"\\u001F\"",
            "\"\\u00\"",
            "\"\\x\"",
            "\"\t\"",
            "\"",
            "1 2",
            "{\"\u{fb33}\":1,\"\u{1f600}\":2}",
        ] {
            assert!(!is_canonical(text) && !is_written_so(text), "{text}");
        }
        for text in [
            "0",
            "-7",
            "9007199254740991",
            "\"\\u001f\\n\\\"\u{7f}答\"",
            "{}",
            "[]",
            "{\"\u{1f600}\":2,\"\u{fb33}\":1}",
        ] {
            assert!(is_canonical(text) && is_written_so(text), "{text}");
        }
    }

    #[test]
    fn nothing_is_too_deep_to_be_told() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        for depth in [1, 127, 128, 129, 100_000] {
            assert_eq!(is_canonical(&nested(depth)), is_written_so(&nested(depth)), "{depth}");
        }
    }

    #[test]
    fn a_long_text_is_read_once() {
        // Two million strings and members: read anew for each, this would not end.
        let strings = vec!["\"\""; 1_000_000].join(",");
        let names = (0..1_000_000).map(|at| format!("\"{at:07}\":0")).collect::<Vec<_>>().join(",");
        let text = format!("{{\"a\":[{strings}],\"b\":{{{names}}}}}");
        assert_eq!(members(&text).map(|members| members.len()), Some(2));
    }

    #[test]
    fn the_members_of_an_object_come_as_they_are_written() {
        let text = r#"{"a":{"b":[1,"x"]},"c":null,"d":"\"答\""}"#;
        let all = [("a", r#"{"b":[1,"x"]}"#), ("c", "null"), ("d", r#""\"答\"""#)];
        assert_eq!(members(text), Some(all.to_vec()));
        for other in ["[]", "1", "{\"a\":1}}", "{\"a\": 1}"] {
            assert_eq!(members(other), None, "{other}");
        }
    }
}
