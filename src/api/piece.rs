//! A piece of a file as a body: where it goes on, and its bytes as they come. It is never held whole.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};

use super::problem::Fault;
use crate::office::failure::Failure;

/// The header that tells from which byte on it is.
const OFFSET: &str = "Upload-Offset";

/// A piece of a file.
pub struct Piece {
    /// From which byte on.
    pub offset: u64,
    /// Its bytes.
    pub body: web::Payload,
}

impl FromRequest for Piece {
    type Error = Fault;
    type Future = Ready<Result<Self, Fault>>;

    /// # Errors
    /// [`Failure::Invalid`] when the offset is missing or no number.
    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let offset =
            request.headers().get(OFFSET).and_then(|text| text.to_str().ok()).and_then(|text| text.parse().ok());
        let wrong = || {
            Failure::invalid(
                OFFSET,
                "请用 Upload-Offset 请求头给出本段的起始字节，首段为 0。",
                "Give the byte from which this piece goes on in the header Upload-Offset: 0 at first.",
            )
        };
        let body = web::Payload::from_request(request, payload).into_inner();
        ready(match (offset, body) {
            (Some(offset), Ok(body)) => Ok(Self { offset, body }),
            (None, _) => Err(wrong().into()),
            (Some(_), Err(fault)) => Err(Failure::broken(fault.to_string()).into()),
        })
    }
}
