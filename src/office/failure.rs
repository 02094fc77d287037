//! Everything that can leave a use case other than its result. The API and the pages each map it once, exhaustively.

use std::fmt;

use crate::case::{Choice, Refusal};
use crate::letters::Letter;
use crate::storage::{Repeatable, StoreError};
use crate::vault::VaultError;
use crate::wording::WordingFault;
use crate::{enquiry, proceeding};

/// One thing wrong with what was sent, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where: a JSON pointer (RFC 6901) into the body, or a parameter's name with a leading `?`.
    pub pointer: String,
    /// What is wrong and what to do, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

impl Problem {
    /// A problem at `pointer`.
    pub fn at(pointer: impl Into<String>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), zh: zh.into(), en: en.into() }
    }
}

/// Why somebody is not signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInFault {
    /// No token came.
    Missing,
    /// The token is not one of ours, or was tampered with.
    Invalid,
    /// The token has run out: refresh it.
    Expired,
    /// Wrong name or password; which of the two is not told.
    WrongCredentials,
    /// A refresh token was used twice: every token of that sign-in is void.
    Reused,
    /// The account is switched off.
    Inactive,
    /// The query code does not fit the receipt number; which of the two is wrong is not told.
    WrongQueryCode,
    /// The draft code opens nothing: wrong, run out, deleted or sent; which is not told.
    WrongDraftCode,
}

/// What leaves a use case other than its result.
#[derive(Debug)]
pub enum Failure {
    /// The law, or the state of the case, says no.
    Refused {
        /// What stands in the way.
        refusal: Refusal,
        /// What may be done instead.
        allowed: Vec<Choice>,
    },
    /// The same, in the file of a proceeding.
    RefusedInProceeding {
        /// What stands in the way.
        refusal: proceeding::Refusal,
        /// What may be done instead.
        allowed: Vec<proceeding::Choice>,
    },
    /// The same, with an enquiry.
    RefusedInEnquiry {
        /// What stands in the way.
        refusal: enquiry::Refusal,
        /// What may be done instead.
        allowed: Vec<enquiry::Choice>,
    },
    /// The input is wrong; every problem at once.
    Invalid(Vec<Problem>),
    /// Not signed in.
    NotSignedIn(SignInFault),
    /// Signed in, but without the role.
    Forbidden {
        /// What role would be needed, in Chinese.
        zh: String,
        /// The same in English.
        en: String,
    },
    /// Not there, or not one's own agency's: existence is not told.
    Missing,
    /// The case, or the file of a proceeding, has changed since it was read.
    Stale {
        /// As it is now.
        current: Box<serde_json::Value>,
        /// Its version.
        version: u32,
    },
    /// The version one has read must be stated.
    VersionMissing,
    /// The idempotency key was used for something else.
    KeyReused,
    /// Something with that name exists.
    Taken(Problem),
    /// It contradicts what stands by now, or who asks; nothing was written but what the text tells.
    Contrary {
        /// What stands in the way, in Chinese.
        zh: String,
        /// The same in English.
        en: String,
    },
    /// Too many attempts.
    TooOften {
        /// Seconds until it is worth trying again.
        retry_after: u32,
    },
    /// A code that opens nothing, after so many of them that it is told to wait. The right one opens meanwhile.
    WrongCodes {
        /// What the code does not fit.
        fault: SignInFault,
        /// Seconds until wrong ones are told without waiting again.
        retry_after: u32,
    },
    /// The act was only tried, as was wished: it can be done, and these letters would go out with it. Nothing was written.
    Foretold(Vec<Letter>),
    /// Others are in the way; nothing was written.
    Busy,
    /// The database is away.
    Unavailable,
    /// The disk is full; nothing was written.
    Full,
    /// A fault of ours.
    Broken(Box<dyn std::error::Error + Send + Sync>),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { refusal, .. } => write!(f, "refused: {}", refusal.en()),
            Self::RefusedInProceeding { refusal, .. } => write!(f, "refused: {}", refusal.en()),
            Self::RefusedInEnquiry { refusal, .. } => write!(f, "refused: {}", refusal.en()),
            Self::Invalid(problems) => {
                f.write_str("invalid:")?;
                problems.iter().try_for_each(|problem| write!(f, " {}: {};", problem.pointer, problem.en))
            }
            Self::NotSignedIn(fault) => write!(f, "not signed in: {fault:?}"),
            Self::Forbidden { en, .. } => write!(f, "forbidden: {en}"),
            Self::Missing => f.write_str("not there"),
            Self::Stale { version, .. } => write!(f, "stale: it is at version {version} now"),
            Self::VersionMissing => f.write_str("the version was not stated"),
            Self::KeyReused => f.write_str("the idempotency key was used for another body"),
            Self::Taken(problem) => write!(f, "taken: {}", problem.en),
            Self::Contrary { en, .. } => write!(f, "contrary: {en}"),
            Self::TooOften { retry_after } => write!(f, "too often; again in {retry_after} s"),
            Self::WrongCodes { fault, retry_after } => write!(f, "{fault:?} too often; again in {retry_after} s"),
            Self::Busy => f.write_str("the database is busy"),
            Self::Unavailable => f.write_str("the database is away"),
            Self::Full => f.write_str("the disk is full"),
            Self::Foretold(letters) => write!(f, "foretold: {} letters", letters.len()),
            Self::Broken(source) => write!(f, "broken: {source}"),
        }
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            // What it says itself stands in our own sentence; a report that follows the chain says it once.
            Self::Broken(source) => source.source(),
            _ => None,
        }
    }
}

impl Failure {
    /// One problem with the input.
    pub fn invalid(pointer: impl Into<String>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Invalid(vec![Problem::at(pointer, zh, en)])
    }

    /// Whether the code that came along opens nothing, be it the first of its kind or one of too many: for one that a browser still has
    /// from some time ago it comes to the same.
    #[must_use]
    pub const fn opens_nothing(&self) -> bool {
        matches!(
            self,
            Self::NotSignedIn(SignInFault::WrongQueryCode | SignInFault::WrongDraftCode) | Self::WrongCodes { .. }
        )
    }

    /// Contrary to what stands.
    pub fn contrary(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Contrary { zh: zh.into(), en: en.into() }
    }

    /// A fault in a wording that an administrator wrote, at `pointer`.
    pub fn wording(pointer: &str, fault: &WordingFault) -> Self {
        let line = fault.line.map_or_else(String::new, |line| line.to_string());
        Self::invalid(pointer, format!("第{line}行：{}。", fault.reason_zh), format!("Line {line}: {}", fault.reason))
    }

    /// What fits the schema and still not the type, at `pointer`: a rule the schema cannot state.
    pub fn misfit(pointer: &str, source: &serde_json::Error) -> Self {
        let said = source.to_string();
        match known(&said) {
            Some(known) => Self::invalid(
                pointer,
                format!("只能是：{}。", known.join("、")),
                format!("One of: {}.", known.join(", ")),
            ),
            None => Self::invalid(pointer, format!("内容不符合要求：{said}"), format!("It does not fit: {said}.")),
        }
    }

    /// A fault of ours.
    pub fn broken(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Broken(source.into())
    }
}

/// The values that are known, of what the library says of one that is not. It says so in English to everybody, and repeats what was sent,
/// which may be somebody's name.
fn known(said: &str) -> Option<Vec<&str>> {
    let (_sent, expected) = said.strip_prefix("unknown variant ")?.rsplit_once(", expected ")?;
    Some(expected.split('`').skip(1).step_by(2).collect())
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Missing => Self::Missing,
            StoreError::Busy => Self::Busy,
            StoreError::Unavailable => Self::Unavailable,
            StoreError::Full => Self::Full,
            other @ (StoreError::Conflict | StoreError::Broken(_)) => Self::Broken(Box::new(other)),
        }
    }
}

impl Failure {
    /// The failure of a write that lost to another: [`Failure::Busy`], so that it is done again on what now stands. All else is as ever.
    #[must_use]
    pub fn of_race(error: StoreError) -> Self {
        match error {
            StoreError::Conflict => Self::Busy,
            other => other.into(),
        }
    }
}

impl Repeatable for Failure {
    fn worth_repeating(&self) -> bool {
        matches!(self, Self::Busy)
    }
}

impl From<VaultError> for Failure {
    fn from(error: VaultError) -> Self {
        Self::Broken(Box::new(error))
    }
}
