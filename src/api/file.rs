//! A file as an answer.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};

use crate::office::letters::reading::{Format, LetterFile};

/// A file for the reader alone: shown where the browser can, under its own name where it is kept.
pub fn handed_out(file: LetterFile) -> HttpResponse {
    let kind = if file.format == Format::Pdf { "inline" } else { "attachment" };
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, file.format.media_type()))
        .insert_header((CONTENT_DISPOSITION, format!("{kind}; filename*=UTF-8''{}", encoded(&file.name))))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(file.bytes)
}

/// A name as RFC 8187 writes it: every byte but letters and digits in hexadecimal.
fn encoded(name: &str) -> String {
    use std::fmt::Write;
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'-' {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
