//! Who is signed in by browser, asked before anything else of a request is looked at; and whether a form of theirs was
//! sent from a page of ours.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use subtle::ConstantTimeEq;

use super::cookies::Kind;
use super::fields::Fields;
use super::frame::{Frame, Reader};
use super::turn::Turn;
use super::uploads::TOKEN_HEADER;
use super::visit::frame_of;
use crate::api::contract::Contract;
use crate::api::public_limits::visit;
use crate::office::failure::{Failure, SignInFault};
use crate::office::{Office, Officer};
use crate::vault::token;

/// The hidden field that carries the form token.
pub(super) const TOKEN: &str = "form_token";

/// A page of a member of staff.
pub(super) struct SignedIn {
    /// Who.
    pub officer: Officer,
    /// The office.
    pub office: web::Data<Office>,
    /// The API's contract.
    pub contract: web::Data<Contract>,
    /// The frame of the page.
    pub frame: Frame,
}

/// A form that a member of staff sent.
pub(super) struct Sent {
    /// From whom.
    pub by: SignedIn,
    /// What.
    pub fields: Fields,
}

impl FromRequest for SignedIn {
    type Error = Turn;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Turn>>>>;

    /// # Errors
    /// [`Turn::SignIn`], [`Turn::FirstPassword`]; the database's failures.
    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { enter(&request).await.map_err(|refused| refused.turn(&request, None)) })
    }
}

impl FromRequest for Sent {
    type Error = Turn;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Turn>>>>;

    /// # Errors
    /// As of [`SignedIn`]: what was typed goes along to the sign-in and comes back; [`Failure::Forbidden`] for a form
    /// that no page of ours made.
    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let fields = Fields::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let fields = fields.await?;
            let by = match enter(&request).await {
                Ok(by) => by,
                Err(refused) => return Err(refused.turn(&request, Some(&fields))),
            };
            by.made(&fields)?;
            Ok(Self { by, fields })
        })
    }
}

impl SignedIn {
    /// Whether a page of ours made the form for this reader.
    ///
    /// # Errors
    /// [`Failure::Forbidden`] where none did.
    pub(super) fn made(&self, fields: &Fields) -> Result<(), Failure> {
        self.knows(&fields.text(TOKEN))
    }

    /// Whether a page of ours sent these bytes: the token stands in a header.
    ///
    /// # Errors
    /// As [`SignedIn::made`].
    pub(super) fn sent(&self, request: &HttpRequest) -> Result<(), Failure> {
        let token = request.headers().get(TOKEN_HEADER).and_then(|token| token.to_str().ok());
        self.knows(token.unwrap_or_default())
    }

    fn knows(&self, token: &str) -> Result<(), Failure> {
        if bool::from(token.as_bytes().ct_eq(self.frame.token().as_bytes())) {
            return Ok(());
        }
        Err(Failure::Forbidden {
            zh: "这份表单不是从本系统的页面提交的，或者页面已经过时。请返回，刷新后再试。".to_owned(),
            en: "This form was not sent from a page of ours, or the page is out of date. Go back, reload, try again."
                .to_owned(),
        })
    }
}

/// Why somebody was not let in.
enum Refused {
    Failed(Failure),
    FirstPassword,
}

impl Refused {
    fn turn(self, request: &HttpRequest, fields: Option<&Fields>) -> Turn {
        match self {
            Self::Failed(failure) if Turn::signed_out(&failure) => Turn::SignIn {
                next: frame_of(request).here,
                carried: fields.filter(|_| may_be_carried(request.path())).map(Fields::encoded),
            },
            Self::Failed(failure) => failure.into(),
            Self::FirstPassword => Turn::FirstPassword,
        }
    }
}

/// Passwords are never written into a page.
fn may_be_carried(path: &str) -> bool {
    !path.starts_with("/me") && path != "/admin/staff" && !path.ends_with("/password")
}

/// What somebody may do whose first password is known to whoever made the account: as in the API.
fn opens_with_a_first_password(path: &str) -> bool {
    ["/me", "/me/password", "/sign-out"].contains(&path)
}

async fn enter(request: &HttpRequest) -> Result<SignedIn, Refused> {
    let broken = || Refused::Failed(Failure::broken("the office is not in the app's data"));
    let office = request.app_data::<web::Data<Office>>().cloned().ok_or_else(broken)?;
    let contract = request.app_data::<web::Data<Contract>>().cloned().ok_or_else(broken)?;
    let secret = Kind::Session.of(request).ok_or(Refused::Failed(Failure::NotSignedIn(SignInFault::Missing)))?;
    let mut officer = office.officer_of_session(&secret).await.map_err(Refused::Failed)?;
    officer.visit = visit(request);
    if officer.must_change_password && !opens_with_a_first_password(request.path()) {
        return Err(Refused::FirstPassword);
    }
    let mut frame = frame_of(request);
    frame.reader = Some(Reader::of(&officer, token::form_token(&secret)));
    Ok(SignedIn { officer, office, contract, frame })
}

/// Who is signed in, if anybody is: for pages that are everybody's and greet those who are.
pub(super) async fn reader_of(request: &HttpRequest) -> Option<Reader> {
    let office = request.app_data::<web::Data<Office>>()?;
    let secret = Kind::Session.of(request)?;
    let officer = office.officer_of_session(&secret).await.ok()?;
    Some(Reader::of(&officer, token::form_token(&secret)))
}
