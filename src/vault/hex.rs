//! Bytes as lower-case hexadecimal text and back. Strict: one value has one spelling, so that a changed
//! letter case in a stored digest counts as a change.

/// Two lower-case digits a byte.
pub(crate) fn encode(bytes: &[u8]) -> String {
    // The whole length at once: a growing buffer would leave copies of a key behind when it moves.
    let mut digits = Vec::with_capacity(bytes.len().saturating_mul(2));
    // Every hash of a journal is compared by its text: formatting each byte took longer than hashing.
    digits.extend(bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 0xf)]));
    // Digits are always text.
    String::from_utf8(digits).unwrap_or_default()
}

/// The digit of a number below sixteen.
const fn digit(nibble: u8) -> u8 {
    if nibble < 10 { b'0' + nibble } else { b'a' + nibble - 10 }
}

/// Exactly `N` bytes from exactly `2 N` lower-case digits, else `None`.
pub(crate) fn decode<const N: usize>(text: &str) -> Option<[u8; N]> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if pairs.len() != N || !rest.is_empty() {
        return None;
    }
    let mut bytes = [0_u8; N];
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = (nibble(*high)? << 4) | nibble(*low)?;
    }
    Some(bytes)
}

/// Bytes from any number of pairs of lower-case digits, else `None`.
pub(crate) fn decode_any(text: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs.iter().map(|[high, low]| Some((nibble(*high)? << 4) | nibble(*low)?)).collect()
}

fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back_from_their_text() {
        let bytes = [0x00, 0x0f, 0xa5, 0xff];
        assert_eq!(encode(&bytes), "000fa5ff");
        assert_eq!(decode::<4>("000fa5ff"), Some(bytes));
    }

    #[test]
    fn another_spelling_of_the_same_bytes_is_refused() {
        for text in ["000FA5FF", "000fa5f", "000fa5ff0", "000fa5ff00", "000fa5fg", "", " 00fa5ff"] {
            assert_eq!(decode::<4>(text), None, "{text:?}");
        }
    }
}
