//! The body of a problem: RFC 9457 members first, then ours.

use serde::Serialize;
use utoipa::ToSchema;

use super::Fault;
use crate::api::language::Language;
use crate::case::Act;
use crate::case::allowed::open_acts;
use crate::office::failure::{Failure, Problem};
use crate::office::views::ArticleView;
use crate::{enquiry, proceeding};

/// Where the `type` of a problem begins. The types are names, listed in the API's documentation; they need not resolve.
pub(super) const TYPES: &str = "/problems/";

/// What went wrong, as RFC 9457 problem details (`application/problem+json`).
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemBody {
    /// The stable name of the kind of problem: `/problems/refused`, `invalid`, `not-signed-in`, `wrong-query-code`,
    /// `wrong-draft-code`, `forbidden`, `missing`, `stale`, `version-missing`, `key-reused`, `taken`, `too-often`, `busy`, `unavailable`, `broken`,
    /// `unreadable`, `too-large`, `too-slow`, `wrong-media-type` or `wrong-method`.
    #[serde(rename = "type")]
    #[schema(example = "/problems/refused")]
    pub kind: String,
    /// The kind in words.
    pub title: String,
    /// The HTTP status.
    #[schema(example = 409)]
    pub status: u16,
    /// What happened this time, and what to do.
    pub detail: String,
    /// Stable name of the rule that forbids it (409).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The article that forbids it (409).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article: Option<ArticleView>,
    /// What may be done instead (409).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed: Option<Vec<AllowedAct>>,
    /// Every field that is wrong, all at once (422).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub errors: Option<Vec<FieldError>>,
    /// The case as it is now (412).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub current: Option<serde_json::Value>,
    /// The version the case is at (412).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
    /// Names this request in the service's log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

/// An act that may be done now.
#[derive(Debug, Serialize, ToSchema)]
pub struct AllowedAct {
    /// Its stable name.
    #[schema(example = "draft")]
    pub act: String,
    /// Its Chinese name.
    pub zh: String,
    /// Its English name.
    pub en: String,
}

impl From<Act> for AllowedAct {
    fn from(act: Act) -> Self {
        Self { act: act.as_str().to_owned(), zh: act.zh().to_owned(), en: act.en().to_owned() }
    }
}

impl From<proceeding::Act> for AllowedAct {
    fn from(act: proceeding::Act) -> Self {
        Self { act: act.as_str().to_owned(), zh: act.zh().to_owned(), en: act.en().to_owned() }
    }
}

impl From<enquiry::Act> for AllowedAct {
    fn from(act: enquiry::Act) -> Self {
        Self { act: act.as_str().to_owned(), zh: act.zh().to_owned(), en: act.en().to_owned() }
    }
}

/// One thing wrong with what was sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldError {
    /// Where: a JSON pointer into the body (RFC 6901), or `?name` for a parameter of the query.
    #[schema(example = "/deadline_days")]
    pub pointer: String,
    /// What is wrong and what to do.
    pub detail: String,
}

impl FieldError {
    fn of(problem: &Problem, language: Language) -> Self {
        Self { pointer: problem.pointer.clone(), detail: language.pick(&problem.zh, &problem.en).clone() }
    }
}

impl ProblemBody {
    /// The body for `fault`, in `language`.
    #[must_use]
    pub fn of(fault: &Fault, language: Language, request_id: Option<&str>) -> Self {
        let kind = fault.kind();
        let (zh, en) = fault.detail();
        let mut body = Self {
            kind: format!("{TYPES}{}", kind.slug),
            title: language.pick(kind.zh, kind.en).to_owned(),
            status: kind.status.as_u16(),
            detail: language.pick(zh, en),
            rule: None,
            article: None,
            allowed: None,
            errors: None,
            current: None,
            version: None,
            request_id: request_id.map(str::to_owned),
        };
        if let Fault::Failed(failure) = fault {
            body.add(failure, language);
        }
        body
    }

    fn add(&mut self, failure: &Failure, language: Language) {
        match failure {
            Failure::Refused { refusal, allowed } => {
                self.rule = Some(refusal.rule().to_owned());
                self.article = Some(refusal.article().into());
                self.allowed = Some(open_acts(allowed).map(AllowedAct::from).collect());
            }
            Failure::RefusedInProceeding { refusal, allowed } => {
                self.rule = Some(refusal.rule().to_owned());
                self.article = Some(refusal.article().into());
                let open = allowed.iter().filter(|choice| choice.refusal.is_none());
                self.allowed = Some(open.map(|choice| AllowedAct::from(choice.act)).collect());
            }
            Failure::RefusedInEnquiry { refusal, allowed } => {
                self.rule = Some(refusal.rule().to_owned());
                self.article = Some(refusal.article().into());
                let open = allowed.iter().filter(|choice| choice.refusal.is_none());
                self.allowed = Some(open.map(|choice| AllowedAct::from(choice.act)).collect());
            }
            Failure::Invalid(problems) => {
                self.errors = Some(problems.iter().map(|problem| FieldError::of(problem, language)).collect());
            }
            Failure::Taken(problem) => self.errors = Some(vec![FieldError::of(problem, language)]),
            Failure::Stale { current, version } => {
                self.current = Some(current.as_ref().clone());
                self.version = Some(*version);
            }
            Failure::NotSignedIn(_)
            | Failure::Forbidden { .. }
            | Failure::Missing
            | Failure::Contrary { .. }
            | Failure::VersionMissing
            | Failure::KeyReused
            | Failure::TooOften { .. }
            | Failure::WrongCodes { .. }
            | Failure::Busy
            | Failure::Unavailable
            | Failure::Full
            | Failure::Foretold(_)
            | Failure::Broken(_) => {}
        }
    }
}
