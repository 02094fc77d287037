//! Search by text: overlapping pairs of characters, so that any piece of two characters or more is found exactly.
//!
//! The pairs lie in the database in the clear, apart from the texts they came from; a setting switches them off
//! (docs/OPERATING.md says what that costs).

use std::collections::BTreeSet;

/// A piece shorter than this cannot be looked up.
pub const SHORTEST: usize = 2;

/// The pairs of neighbouring letters or digits in a text, in their plain form.
#[must_use]
pub fn grams_of(text: &str) -> BTreeSet<String> {
    let mut grams = BTreeSet::new();
    let mut before: Option<char> = None;
    for now in text.chars().map(plain) {
        if !now.is_alphanumeric() {
            before = None;
            continue;
        }
        if let Some(before) = before {
            grams.insert([before, now].iter().collect());
        }
        before = Some(now);
    }
    grams
}

/// Whether `text` holds the piece that was looked for: pairs may all be there without standing side by side.
#[must_use]
pub fn holds(text: &str, piece: &str) -> bool {
    in_plain_form(text).contains(in_plain_form(piece).trim())
}

/// A text as it is looked through.
#[must_use]
pub fn in_plain_form(text: &str) -> String {
    text.chars().map(plain).collect()
}

/// Full-width forms as half-width, upper case as lower.
pub(super) fn plain(letter: char) -> char {
    const FULL_WIDTH: std::ops::RangeInclusive<char> = '\u{FF01}'..='\u{FF5E}';
    const DISTANCE: u32 = 0xFEE0;
    let half = if FULL_WIDTH.contains(&letter) {
        char::from_u32(u32::from(letter) - DISTANCE).unwrap_or(letter)
    } else {
        letter
    };
    half.to_lowercase().next().unwrap_or(half)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_do_not_cross_punctuation() {
        let grams = grams_of("路灯，维修");
        assert_eq!(grams.into_iter().collect::<Vec<_>>(), ["维修", "路灯"]);
    }

    #[test]
    fn full_width_and_capitals_are_found_as_plain_letters() {
        assert!(holds("ＡＢ路灯", "ab路"));
        assert!(grams_of("ＡＢ").contains("ab"));
    }
}
