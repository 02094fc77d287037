//! A picture written into the page that shows it: for what is drawn for one look and kept nowhere, so that it has no address.

/// The picture as the address of an image (RFC 2397).
pub(super) fn png(bytes: &[u8]) -> String {
    format!("data:image/png;base64,{}", base64(bytes))
}

/// Base 64 with its usual alphabet and padding (RFC 4648 §4).
fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        // Left-aligned in 24 bits, however many bytes the last chunk has.
        let bits = (0..3).fold(0_u32, |bits, at| (bits << 8) | u32::from(chunk.get(at).copied().unwrap_or_default()));
        for (at, shift) in [18_u32, 12, 6, 0].into_iter().enumerate() {
            let place = usize::try_from((bits >> shift) & 0b11_1111).unwrap_or_default();
            let sign = SIGNS.get(place).copied().filter(|_| at <= chunk.len());
            text.push(sign.map_or('=', char::from));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_gives_the_vectors_of_rfc_4648() {
        let vectors =
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy")];
        for (plain, text) in vectors {
            assert_eq!(base64(plain.as_bytes()), text);
        }
        assert_eq!(base64(&[0xfb, 0xff, 0xfe]), "+//+");
        assert!(png(b"f").starts_with("data:image/png;base64,"));
    }
}
