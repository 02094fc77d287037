//! An act of an officer on a case: who, on which case, resting on which version, with what. Asked in this order, so
//! that every act of the API fails in the same way.

use std::future::Future;
use std::pin::Pin;
use std::str::FromStr;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};

use super::if_match::Expected;
use super::officer::Staff;
use super::problem::Fault;
use crate::ids::CaseId;
use crate::office::failure::Failure;
use crate::office::{Office, Officer};

/// The query by which an act is only tried: the letters that would go out with it are answered, and nothing is done.
pub(super) const ONLY_TRIED: &str = "preview=letters";

/// The act, ready to be put to the office.
pub struct CaseAct<E> {
    /// The office.
    pub office: web::Data<Office>,
    /// Who acts.
    pub officer: Officer,
    /// On which case.
    pub case: CaseId,
    /// The version they have read.
    pub expected: u32,
    /// The body; `()` for an act without particulars.
    pub input: E,
}

impl<E> FromRequest for CaseAct<E>
where
    E: FromRequest + 'static,
    E::Error: Into<Fault>,
{
    type Error = Fault;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Fault>>>>;

    /// # Errors
    /// [`Failure::NotSignedIn`]; [`Failure::Missing`] for an id that is none; [`Failure::VersionMissing`] and
    /// [`Failure::Invalid`] for the version; then the errors of `E`.
    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let only_tried = request.query_string() == ONLY_TRIED;
        let signed_in = Staff::<InOrder<E>>::from_request(request, payload);
        Box::pin(async move {
            let Staff { officer, office, input: InOrder { case, expected, input } } = signed_in.await?;
            let office = if only_tried { web::Data::new(office.rehearsing()) } else { office };
            Ok(Self { office, officer, case, expected, input })
        })
    }
}

/// What follows the officer.
struct InOrder<E> {
    case: CaseId,
    expected: u32,
    input: E,
}

impl<E> FromRequest for InOrder<E>
where
    E: FromRequest + 'static,
    E::Error: Into<Fault>,
{
    type Error = Fault;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Fault>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let mut payload = payload.take();
        Box::pin(async move {
            let case = in_path(&request, "id")?;
            let Expected(expected) = Expected::of(&request)?;
            let input = E::from_request(&request, &mut payload).await.map_err(Into::into)?;
            Ok(Self { case, expected, input })
        })
    }
}

/// A part of the path.
///
/// # Errors
/// [`Failure::Missing`] when it is not of the right form: what cannot be an id is not there. Nothing that is there has
/// the character U+0000 (`%00`) in its name, which PostgreSQL would not even take as a question.
pub fn in_path<T: FromStr>(request: &HttpRequest, name: &str) -> Result<T, Failure> {
    let part = request.match_info().get(name).filter(|part| !part.contains('\0'));
    part.and_then(|part| part.parse().ok()).ok_or(Failure::Missing)
}
