//! `Idempotency-Key`: a request that may be sent again after a broken connection without being done twice.
//!
//! The key is bound to method, path and body. What it answers, and for how long, is the office's matter: the record lies
//! in the transaction of the act itself.

use actix_web::HttpRequest;
use actix_web::http::header::HeaderName;
use serde_json::Value;

use crate::journal::canonical;
use crate::office::failure::Failure;
use crate::office::idempotency::IdempotencyKey;
use crate::vault::Digest;

/// The header (draft-ietf-httpapi-idempotency-key-header).
pub const HEADER: HeaderName = HeaderName::from_static("idempotency-key");

/// Characters a key may have.
const LONGEST: usize = 128;

/// What the digest of a request is for.
const DOMAIN: &str = "dafu/idempotency/v1";

/// The key of this request over `body`, if one was sent.
///
/// # Errors
/// [`Failure::Invalid`] for a key that is not 1 to 128 visible ASCII characters.
pub fn key(request: &HttpRequest, body: &Value) -> Result<Option<IdempotencyKey>, Failure> {
    let Some(header) = request.headers().get(&HEADER) else { return Ok(None) };
    let key = header.as_bytes();
    if key.is_empty() || key.len() > LONGEST || !key.iter().all(u8::is_ascii_graphic) {
        return Err(Failure::invalid(
            "Idempotency-Key",
            format!("应为 1 至 {LONGEST} 个可见的 ASCII 字符。"),
            format!("1 to {LONGEST} visible ASCII characters are expected."),
        ));
    }
    Ok(Some(key_of(&String::from_utf8_lossy(key), request.method().as_str(), request.path(), body)))
}

/// The key `key` over a request with this method, path and body.
pub(crate) fn key_of(key: &str, method: &str, path: &str, body: &Value) -> IdempotencyKey {
    // Fractions (boxes on a page) have no canonical form of the journal's; the text of the body tells it from another as well.
    let body = canonical::bytes(body).unwrap_or_else(|_fraction| body.to_string());
    let digest = Digest::of(DOMAIN, &[method.as_bytes(), path.as_bytes(), body.as_bytes()]).to_string();
    IdempotencyKey { key: key.to_owned(), digest }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;
    use serde_json::json;

    fn key_for(path: &str, header: &str, body: &Value) -> Result<Option<IdempotencyKey>, Failure> {
        key(&TestRequest::post().uri(path).insert_header((HEADER, header)).to_http_request(), body)
    }

    #[test]
    fn the_same_request_has_the_same_digest_however_it_is_written() {
        let one = serde_json::from_str(r#"{"a":1,"b":"字"}"#).expect("JSON");
        let same = serde_json::from_str(r#"{ "b": "\u5b57", "a": 1 }"#).expect("JSON");
        assert_eq!(key_for("/x", "k", &one).expect("a key"), key_for("/x", "k", &same).expect("a key"));
    }

    #[test]
    fn another_body_or_another_path_has_another_digest() {
        let digest = |path: &str, body: Value| key_for(path, "k", &body).expect("a key").expect("a key").digest;
        assert_ne!(digest("/x", json!({})), digest("/x", json!({ "a": 1 })));
        assert_ne!(digest("/x", json!({})), digest("/y", json!({})));
    }

    #[test]
    fn a_key_that_cannot_be_told_apart_by_eye_is_refused() {
        for header in ["", "a b", "é", &"k".repeat(129)] {
            assert!(matches!(key_for("/x", header, &json!({})), Err(Failure::Invalid(_))), "{header}");
        }
        assert!(key_for("/x", &"k".repeat(128), &json!({})).is_ok());
    }
}
