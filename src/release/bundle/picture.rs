//! Whether a picture by itself can be put onto a page of the book. Its head says how many pixels it has, before any of them is unpacked.

use std::io::Cursor;

use image::ImageReader;

use crate::release::redact::MAX_SOURCE_PIXELS;

/// Whether it is a picture, of no more pixels than a page may show.
#[must_use]
pub fn can_be_shown(bytes: &[u8]) -> bool {
    let size = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok().and_then(|it| it.into_dimensions().ok());
    size.is_some_and(|(width, height)| u64::from(width).saturating_mul(u64::from(height)) <= MAX_SOURCE_PIXELS)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The head of a PNG that says it has so many pixels a side.
    fn head(side: u32) -> Vec<u8> {
        let mut chunk = b"IHDR".to_vec();
        chunk.extend(side.to_be_bytes());
        chunk.extend(side.to_be_bytes());
        chunk.extend([8, 6, 0, 0, 0]);
        let mut crc = flate2::Crc::new();
        crc.update(&chunk);
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\r".to_vec();
        png.extend(&chunk);
        png.extend(crc.sum().to_be_bytes());
        // The head of what is packed behind it.
        png.extend(b"\0\0\0\0IDAT");
        png
    }

    #[test]
    fn a_picture_is_shown_up_to_forty_million_pixels_and_what_is_none_is_not() {
        assert!(can_be_shown(&head(6_000)));
        assert!(!can_be_shown(&head(6_500)) && !can_be_shown(&head(1 << 20)));
        assert!(!can_be_shown(b"") && !can_be_shown(b"%PDF-1.7"));
    }
}
