//! Where a request for a page ends other than at its page: at a fault, whose status and words come from the API's one
//! table, or at the door.

use std::fmt;

use actix_web::ResponseError;
use actix_web::http::StatusCode;

use crate::api::problem::Fault;
use crate::office::failure::{Failure, SignInFault};

/// Why there is no page.
#[derive(Debug)]
pub(super) enum Turn {
    /// It failed.
    Fault(Fault),
    /// Sign in first, then go on there.
    SignIn {
        /// Where to, after.
        next: String,
        /// What was typed into the form that found the sign-in over, as it was sent.
        carried: Option<String>,
    },
    /// Change the first password first.
    FirstPassword,
    /// The browser's number and code open nothing any more: open the application anew.
    Track,
}

impl Turn {
    /// The sign-in is over, or was never begun.
    pub(super) const fn signed_out(failure: &Failure) -> bool {
        matches!(
            failure,
            Failure::NotSignedIn(
                SignInFault::Missing | SignInFault::Invalid | SignInFault::Expired | SignInFault::Inactive
            )
        )
    }
}

impl From<Fault> for Turn {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<Failure> for Turn {
    fn from(failure: Failure) -> Self {
        match failure {
            // Told at the door, which asks for both; whoever stands at it already is told by the form.
            Failure::NotSignedIn(SignInFault::WrongQueryCode)
            | Failure::WrongCodes { fault: SignInFault::WrongQueryCode, .. } => Self::Track,
            other => Self::Fault(other.into()),
        }
    }
}

/// A template that cannot be filled in is a fault of ours.
impl From<askama::Error> for Turn {
    fn from(error: askama::Error) -> Self {
        Failure::broken(error).into()
    }
}

impl fmt::Display for Turn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fault(fault) => fault.fmt(f),
            Self::SignIn { .. } => f.write_str("not signed in"),
            Self::FirstPassword => f.write_str("the first password must be changed"),
            Self::Track => f.write_str("number and code do not fit"),
        }
    }
}

impl std::error::Error for Turn {}

/// The edge makes the page; this is seen only where none stands in between.
impl ResponseError for Turn {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Fault(fault) => fault.status_code(),
            Self::SignIn { .. } | Self::Track => StatusCode::UNAUTHORIZED,
            Self::FirstPassword => StatusCode::FORBIDDEN,
        }
    }
}
