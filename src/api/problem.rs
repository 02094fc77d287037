//! The one place where what went wrong becomes an answer: RFC 9457 problem+json, and the only `ResponseError`.
//!
//! A handler returns a [`Fault`]; which status, title, sentence and headers belong to it stands in one exhaustive table
//! (`kind`). The fault travels with the response to the edge, which knows the reader's language and the request's id,
//! renders it there and logs it once.

pub mod body;
mod foretold;
mod kind;

use std::convert::Infallible;
use std::fmt;

use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, CONTENT_LANGUAGE, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::{HttpResponse, ResponseError};

use super::language::Language;
use crate::office::failure::{Failure, SignInFault};
use body::ProblemBody;
use foretold::ForetoldLetter;

/// Seconds after which a request refused for want of room is worth repeating.
const BUSY_SECONDS: u32 = 2;

/// The same for want of room on the disk: somebody has to make it.
const FULL_SECONDS: u32 = 60;

/// Why a request got no result: the use case failed, or the request never reached one.
#[derive(Debug)]
pub enum Fault {
    /// The use case failed.
    Failed(Failure),
    /// The body is not what its encoding claims: not JSON, not UTF-8, a key twice, broken off.
    Unreadable {
        /// What is wrong, in Chinese.
        zh: String,
        /// The same in English.
        en: String,
    },
    /// The body is larger than allowed.
    TooLarge {
        /// Bytes allowed.
        limit: usize,
    },
    /// The body did not arrive in the time allowed.
    TooSlow,
    /// The body is not of a media type taken here.
    WrongMediaType,
    /// The path exists, the method on it does not.
    WrongMethod {
        /// The methods that do, as in `Allow`.
        allow: String,
    },
}

impl Fault {
    /// The answer in `language`, carrying `request_id` where there is one.
    #[must_use]
    pub fn render(&self, language: Language, request_id: Option<&str>) -> HttpResponse {
        if let Self::Failed(Failure::Foretold(letters)) = self {
            return HttpResponse::Ok().json(letters.iter().map(ForetoldLetter::of).collect::<Vec<_>>());
        }
        let mut response = HttpResponse::build(self.kind().status);
        response.content_type("application/problem+json").insert_header((CONTENT_LANGUAGE, language.tag()));
        if let Some(seconds) = self.retry_after() {
            response.insert_header((RETRY_AFTER, seconds.to_string()));
        }
        if let Some(challenge) = self.challenge() {
            response.insert_header((WWW_AUTHENTICATE, challenge));
        }
        if let Self::WrongMethod { allow } = self {
            response.insert_header((ALLOW, allow.as_str()));
        }
        response.json(ProblemBody::of(self, language, request_id))
    }

    /// What happened this time and what to do, in `language`.
    ///
    /// For a page: what a program is told of a body's fields or of a header would mean nothing there.
    #[must_use]
    pub fn said(&self, language: Language) -> String {
        match self {
            Self::Failed(Failure::Invalid(problems)) => {
                let said: Vec<&str> =
                    problems.iter().map(|problem| language.pick(problem.zh.as_str(), problem.en.as_str())).collect();
                said.join(language.pick("", " "))
            }
            Self::Failed(Failure::Broken(_)) => language
                .pick(
                    "没有办成，是系统的问题。请稍后再试。",
                    "It could not be done; the fault is ours. Please try again later.",
                )
                .to_owned(),
            Self::Failed(Failure::Stale { .. }) => language
                .pick("案件已有变化，请返回后重新打开。", "The case has changed meanwhile: go back and open it again.")
                .to_owned(),
            _ => {
                let (zh, en) = self.detail();
                language.pick(zh, en)
            }
        }
    }

    /// The stable name of the kind, for the log.
    pub(super) const fn slug(&self) -> &'static str {
        self.kind().slug
    }

    /// The stable name of the kind, as the `type` of a problem has it.
    pub(super) fn type_name(&self) -> String {
        format!("{}{}", body::TYPES, self.slug())
    }

    /// Seconds until it is worth trying again, where that is so.
    pub(crate) fn retry_after(&self) -> Option<u32> {
        match self {
            Self::Failed(Failure::TooOften { retry_after } | Failure::WrongCodes { retry_after, .. }) => {
                Some(*retry_after)
            }
            Self::Failed(Failure::Busy | Failure::Unavailable) => Some(BUSY_SECONDS),
            Self::Failed(Failure::Full) => Some(FULL_SECONDS),
            _ => None,
        }
    }

    /// What `WWW-Authenticate` asks for (RFC 6750 §3; RFC 9110 wants the header with every 401).
    fn challenge(&self) -> Option<&'static str> {
        let Self::Failed(Failure::NotSignedIn(fault)) = self else { return None };
        Some(match fault {
            SignInFault::Missing | SignInFault::WrongCredentials | SignInFault::Inactive => r#"Bearer realm="dafu""#,
            SignInFault::Invalid | SignInFault::Expired | SignInFault::Reused => {
                r#"Bearer realm="dafu", error="invalid_token""#
            }
            // No registered scheme fits a receipt number with its code; the name is ours.
            SignInFault::WrongQueryCode => r#"QueryCode realm="dafu""#,
            SignInFault::WrongDraftCode => r#"DraftCode realm="dafu""#,
        })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(failure) => failure.fmt(f),
            _ => f.write_str(self.slug()),
        }
    }
}

impl std::error::Error for Fault {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            // A failure of ours already names its cause in its own words; what lies behind the cause follows.
            Self::Failed(Failure::Broken(cause)) => cause.source(),
            Self::Failed(failure) => failure.source(),
            _ => None,
        }
    }
}

impl From<Failure> for Fault {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// For extractors that cannot fail.
impl From<Infallible> for Fault {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

impl ResponseError for Fault {
    fn status_code(&self) -> StatusCode {
        self.kind().status
    }

    /// In Chinese and without a request id: what is seen only where no edge stands in between.
    fn error_response(&self) -> HttpResponse {
        self.render(Language::default(), None)
    }
}

#[cfg(test)]
mod tests;
