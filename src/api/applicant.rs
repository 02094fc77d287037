//! A request of an applicant: a receipt number in the path and its code in a header, never in an address, where it
//! would end up in logs and histories.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::HeaderName;
use actix_web::{FromRequest, HttpRequest, web};

use super::body::data;
use super::case_act::in_path;
use super::problem::Fault;
use super::public_limits;
use crate::office::Office;
use crate::office::failure::{Failure, SignInFault};
use crate::office::public::Code;

/// The header that carries the code.
pub const HEADER: HeaderName = HeaderName::from_static("x-query-code");

/// The request. Whether the code fits is asked by the office together with the act, at the same cost for a number that
/// exists and one that does not.
pub struct Applicant<E> {
    /// The office.
    pub office: web::Data<Office>,
    /// The number on the receipt.
    pub receipt_no: String,
    /// The code that came with it.
    pub code: Code,
    /// The body, or `()`.
    pub input: E,
}

impl<E> FromRequest for Applicant<E>
where
    E: FromRequest + 'static,
    E::Error: Into<Fault>,
{
    type Error = Fault;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Fault>>>>;

    /// # Errors
    /// [`Failure::NotSignedIn`] without a code; then the errors of `E`.
    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let mut payload = payload.take();
        Box::pin(async move {
            let office = data::<Office>(&request)?;
            let receipt_no = in_path(&request, "receipt_no")?;
            let given = request.headers().get(&HEADER).and_then(|code| code.to_str().ok());
            let given = given.ok_or(Failure::NotSignedIn(SignInFault::WrongQueryCode))?;
            let code = public_limits::code(&request, given);
            let input = E::from_request(&request, &mut payload).await.map_err(Into::into)?;
            Ok(Self { office, receipt_no, code, input })
        })
    }
}
