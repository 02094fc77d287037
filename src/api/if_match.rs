//! Who changes a case says which version of it they have read, and so never overwrites what they have not seen
//! (RFC 9110 §13.1). The entity tag of a case is its version in quotes.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{HeaderValue, IF_MATCH, IF_NONE_MATCH};
use actix_web::{FromRequest, HttpRequest};

use super::problem::Fault;
use crate::office::failure::Failure;

/// The version of the case that this act rests on, from `If-Match`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected(pub u32);

impl Expected {
    /// Reads the header.
    ///
    /// # Errors
    /// [`Failure::VersionMissing`] without it; [`Failure::Invalid`] when it is not one version in quotes.
    pub fn of(request: &HttpRequest) -> Result<Self, Failure> {
        let value = request.headers().get(IF_MATCH).ok_or(Failure::VersionMissing)?;
        let version = value.to_str().ok().and_then(version).ok_or_else(|| {
            Failure::invalid(
                "If-Match",
                "应为带引号的版本，例如 If-Match: \"7\"；不接受 * 和多个版本。",
                "One version in quotes is expected, as in If-Match: \"7\"; neither * nor several versions.",
            )
        })?;
        Ok(Self(version))
    }
}

impl FromRequest for Expected {
    type Error = Fault;
    type Future = Ready<Result<Self, Fault>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        ready(Self::of(request).map_err(Fault::from))
    }
}

/// The entity tag of a case at `version`.
#[must_use]
pub fn etag(version: u32) -> HeaderValue {
    // Digits and quotes always make a header; the fallback only spares a panic.
    HeaderValue::try_from(format!("\"{version}\"")).unwrap_or_else(|_never| HeaderValue::from_static("\"0\""))
}

/// Whether the reader has `version` already, by `If-None-Match`.
#[must_use]
pub fn has_already(request: &HttpRequest, version: u32) -> bool {
    request
        .headers()
        .get_all(IF_NONE_MATCH)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        // The weak comparison is the one for reading (RFC 9110 §13.1.2).
        .any(|tag| tag == "*" || self::version(tag.strip_prefix("W/").unwrap_or(tag)) == Some(version))
}

fn version(tag: &str) -> Option<u32> {
    let digits = tag.trim().strip_prefix('"')?.strip_suffix('"')?;
    // parse() would take "+7" too.
    if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn expected(header: Option<&str>) -> Result<Expected, Failure> {
        let request =
            header.into_iter().fold(TestRequest::default(), |request, value| request.insert_header((IF_MATCH, value)));
        Expected::of(&request.to_http_request())
    }

    #[test]
    fn a_version_in_quotes_is_read() {
        assert_eq!(expected(Some("\"7\"")).expect("a version"), Expected(7));
    }

    #[test]
    fn an_act_without_its_version_is_not_done() {
        assert!(matches!(expected(None), Err(Failure::VersionMissing)));
    }

    #[test]
    fn what_is_not_one_version_is_refused() {
        for header in ["7", "*", "\"7\", \"8\"", "W/\"7\"", "\"x\"", "\"+7\"", "\"\"", "\"99999999999\""] {
            assert!(matches!(expected(Some(header)), Err(Failure::Invalid(_))), "{header}");
        }
    }

    #[test]
    fn a_reader_who_has_the_version_need_not_be_sent_it() {
        let request = |tags: &str| TestRequest::default().insert_header((IF_NONE_MATCH, tags)).to_http_request();
        assert!(has_already(&request("\"6\", W/\"7\""), 7));
        assert!(!has_already(&request("\"6\""), 7));
        assert!(!has_already(&TestRequest::default().to_http_request(), 7));
    }
}
