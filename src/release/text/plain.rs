//! Text without markup, in whichever of the usual encodings it was saved.

use encoding_rs::{Encoding, GB18030, UTF_8};

use super::{Passage, Place, push};

/// One passage for each line that says something.
pub(super) fn passages(bytes: &[u8]) -> Vec<Passage> {
    let mut passages = Vec::new();
    for (line, number) in decode(bytes).lines().zip(1..) {
        push(&mut passages, Place::Line(number), line);
    }
    passages
}

/// UTF-8 or UTF-16 by its mark, UTF-16 without one by its zero bytes, UTF-8 when it is valid, else GB18030.
pub(super) fn decode(bytes: &[u8]) -> String {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return encoding.decode_without_bom_handling(bytes).0.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(error) if ends_cut(bytes, error) => UTF_8.decode(bytes).0.into_owned(),
        Err(_) => GB18030.decode(bytes).0.into_owned(),
    }
}

/// Whether all but a character that the end cuts in two is UTF-8 and not only ASCII.
fn ends_cut(bytes: &[u8], error: std::str::Utf8Error) -> bool {
    let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
    error.error_len().is_none() && !valid.is_ascii()
}

/// Line ends and digits have a zero byte in UTF-16 and nothing has one in the other encodings: which half of
/// the pairs holds the zeros tells the order.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let (pairs, _) = bytes.as_chunks::<2>();
    let first = pairs.iter().filter(|[high, low]| *high == 0 && *low != 0).count();
    let second = pairs.iter().filter(|[high, low]| *high != 0 && *low == 0).count();
    match first.cmp(&second) {
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some(encoding_rs::UTF_16BE),
        std::cmp::Ordering::Less => Some(encoding_rs::UTF_16LE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_encoding_is_read() {
        let text = "张三 110101199003078515\n第二行";
        let utf16le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let utf16be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = |mark: &[u8], rest: &[u8]| [mark, rest].concat();
        for bytes in [
            text.as_bytes().to_vec(),
            marked(b"\xEF\xBB\xBF", text.as_bytes()),
            marked(b"\xFF\xFE", &utf16le),
            marked(b"\xFE\xFF", &utf16be),
            utf16le,
            utf16be,
            GB18030.encode(text).0.into_owned(),
        ] {
            assert_eq!(decode(&bytes), text);
        }
    }

    #[test]
    fn lines_are_counted_from_one_and_empty_ones_are_left_out() {
        let found = passages("甲\n\n乙".as_bytes());
        assert_eq!(found.first().map(|passage| passage.place.clone()), Some(Place::Line(1)));
        assert_eq!(found.last().map(|passage| passage.place.clone()), Some(Place::Line(3)));
    }
}
