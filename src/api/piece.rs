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

/// From which byte on the body of this request is.
///
/// # Errors
/// [`Failure::Invalid`] when that is not told, or no number.
pub(crate) fn offset(request: &HttpRequest) -> Result<u64, Failure> {
    let told = request.headers().get(OFFSET).and_then(|text| text.to_str().ok());
    told.and_then(|text| text.parse().ok()).ok_or_else(|| {
        Failure::invalid(
            OFFSET,
            "请用 Upload-Offset 请求头给出本段的起始字节，首段为 0。",
            "Give the byte from which this piece goes on in the header Upload-Offset: 0 at first.",
        )
    })
}

impl FromRequest for Piece {
    type Error = Fault;
    type Future = Ready<Result<Self, Fault>>;

    /// # Errors
    /// As [`offset`].
    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = web::Payload::from_request(request, payload).into_inner();
        ready(match (offset(request), body) {
            (Ok(offset), Ok(body)) => Ok(Self { offset, body }),
            (Err(wrong), _) => Err(wrong.into()),
            (Ok(_), Err(fault)) => Err(Failure::broken(fault.to_string()).into()),
        })
    }
}
