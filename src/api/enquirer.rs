//! A request of somebody who wrote a letter: its number in the path and its code in a header, as an applicant's.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};

use super::applicant::HEADER;
use super::body::data;
use super::case_act::in_path;
use super::problem::Fault;
use super::public_limits;
use crate::office::Office;
use crate::office::failure::{Failure, SignInFault};
use crate::office::public::Code;

/// The request. Whether the code fits is asked by the office together with the act.
pub struct Enquirer<E> {
    /// The office.
    pub office: web::Data<Office>,
    /// The letter's number.
    pub number: String,
    /// The code that came with it.
    pub code: Code,
    /// The body, or `()`.
    pub input: E,
}

impl<E> FromRequest for Enquirer<E>
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
            let number = in_path(&request, "number")?;
            let code = request.headers().get(&HEADER).and_then(|code| code.to_str().ok());
            let code = code.ok_or(Failure::NotSignedIn(SignInFault::WrongQueryCode))?;
            let code = public_limits::code(&request, code);
            let input = E::from_request(&request, &mut payload).await.map_err(Into::into)?;
            Ok(Self { office, number, code, input })
        })
    }
}
