//! Who is signed in, asked before anything else of a request is looked at: nobody learns from a 422 what a 401 keeps.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::AUTHORIZATION;
use actix_web::{FromRequest, HttpRequest, web};

use super::body::data;
use super::problem::Fault;
use super::public_limits::visit;
use crate::office::failure::{Failure, SignInFault};
use crate::office::{Office, Officer};

/// A request of a member of staff, and what else the handler needs of it.
pub struct Staff<E> {
    /// Who.
    pub officer: Officer,
    /// The office.
    pub office: web::Data<Office>,
    /// The body, the query or the like; taken only once the officer is known.
    pub input: E,
}

impl<E> FromRequest for Staff<E>
where
    E: FromRequest + 'static,
    E::Error: Into<Fault>,
{
    type Error = Fault;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Fault>>>>;

    /// # Errors
    /// [`Failure::NotSignedIn`], and then the errors of `E`.
    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let mut payload = payload.take();
        Box::pin(async move {
            let office = data::<Office>(&request)?;
            let mut officer = office.officer_of(token(&request)?).await?;
            officer.visit = visit(&request);
            if officer.must_change_password && !opens_with_a_first_password(&request) {
                return Err(Failure::Forbidden {
                    zh: "首次登录须先修改初始密码（POST /api/v1/me/password）。".to_owned(),
                    en: "Change the first password first (POST /api/v1/me/password).".to_owned(),
                }
                .into());
            }
            let input = E::from_request(&request, &mut payload).await.map_err(Into::into)?;
            Ok(Self { officer, office, input })
        })
    }
}

/// What somebody may do whose first password is known to whoever made the account.
fn opens_with_a_first_password(request: &HttpRequest) -> bool {
    const OPEN: [&str; 3] = ["/api/v1/me", "/api/v1/me/password", "/api/v1/auth/logout"];
    request.match_pattern().is_some_and(|pattern| OPEN.contains(&pattern.as_str()))
}

/// The bearer token (RFC 6750 §2.1). Never taken from the query: addresses end up in logs.
fn token(request: &HttpRequest) -> Result<&str, Failure> {
    let missing = || Failure::NotSignedIn(SignInFault::Missing);
    let header = request.headers().get(AUTHORIZATION).ok_or_else(missing)?;
    let (scheme, token) = header.to_str().ok().and_then(|value| value.split_once(' ')).ok_or_else(missing)?;
    if scheme.eq_ignore_ascii_case("bearer") { Ok(token.trim()) } else { Err(missing()) }
}
