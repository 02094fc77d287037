//! The blind index: finding a person by a whole value without keeping the value.
//!
//! Only equality can be asked. Whoever holds the database without the index key can see that two rows
//! are of one person, and cannot try out identity numbers (there are few enough to try them all).

use super::hex;
use super::keys::Keys;
use super::mac::mac;

/// How far the full-width forms (U+FF01 to U+FF5E) lie above the ASCII they double.
const FULL_WIDTH_OFFSET: u32 = 0xFEE0;

/// The index entry (64 hexadecimal digits) of a `value` of `field`: HMAC-SHA-256 under the index key over
/// the field's name and the [`normalise`]d value. Equal values of two fields have two entries, so a
/// phone number never meets an identity number. An absent value has no entry: do not ask for that of "".
#[must_use]
pub fn blind(keys: &Keys, field: &str, value: &str) -> String {
    let value = normalise(value);
    hex::encode(&mac(&keys.index, "dafu/blind-index/1", &[field.as_bytes(), value.as_bytes()]))
}

/// The one spelling under which a value is found: outer blanks off, full-width ASCII made half-width,
/// ASCII letters upper-case, every dot used inside transliterated names made U+00B7.
///
/// Changing this orphans every entry already stored. Letters outside ASCII are left alone for that
/// reason: the standard library's tables of letter case move with Unicode.
#[must_use]
pub fn normalise(value: &str) -> String {
    let half: String = value.chars().map(half_width).collect();
    half.trim().to_ascii_uppercase()
}

/// The half-width twin of `letter`, or `letter`. Also evens out the dots of transliterated names.
pub(super) fn half_width(letter: char) -> char {
    match letter {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => {
            char::from_u32(u32::from(letter).saturating_sub(FULL_WIDTH_OFFSET)).unwrap_or(letter)
        }
        // Input methods give any of these for the dot in 阿依古丽·买买提.
        '\u{2022}' | '\u{2027}' | '\u{30FB}' | '\u{FF65}' => '\u{00B7}',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::CountingEntropy;

    #[test]
    fn one_person_typed_in_three_ways_is_found() {
        let keys = Keys::generate(&mut CountingEntropy::new(1));
        let entry = blind(&keys, "identity", "11010519491231002X");
        assert_eq!(entry.len(), 64);
        assert_eq!(entry, blind(&keys, "identity", " 11010519491231002x\n"));
        assert_eq!(entry, blind(&keys, "identity", "　１１０１０５１９４９１２３１００２Ｘ"));
        assert_eq!(normalise("阿依古丽•买买提"), normalise("阿依古丽·买买提"));
    }

    #[test]
    fn another_value_field_or_key_gives_another_entry() {
        let keys = Keys::generate(&mut CountingEntropy::new(1));
        let entry = blind(&keys, "phone", "13800000000");
        assert_ne!(entry, blind(&keys, "phone", "13800000001"));
        assert_ne!(entry, blind(&keys, "identity", "13800000000"));
        assert_ne!(entry, blind(&Keys::generate(&mut CountingEntropy::new(2)), "phone", "13800000000"));
    }

    #[test]
    fn part_of_a_value_finds_nothing() {
        let keys = Keys::generate(&mut CountingEntropy::new(1));
        assert_ne!(blind(&keys, "name", "张三"), blind(&keys, "name", "张三丰"));
    }
}
