//! What stood in the way of one case where many were meant, in the words of the problem that the case alone would have met,
//! in both languages.

use serde::Serialize;
use utoipa::ToSchema;

use super::problem::Fault;
use crate::ids::CaseId;
use crate::office::failure::Failure;

/// A case with which it could not be done.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotDoneView {
    /// The case.
    #[schema(value_type = String, format = "uuid")]
    pub case: CaseId,
    /// The kind of problem that the case alone would have met.
    #[serde(rename = "type")]
    #[schema(example = "/problems/refused")]
    pub kind: String,
    /// The rule in the way, where it was refused.
    pub rule: Option<&'static str>,
    /// Why, in Chinese.
    pub zh: String,
    /// Why, in English.
    pub en: String,
}

impl NotDoneView {
    /// Tells of one.
    pub(super) fn of(case: CaseId, failure: Failure) -> Self {
        if let Failure::Broken(source) = &failure {
            // The answer as a whole is no problem, so the edge will not log this one.
            tracing::error!(%case, %source, "it could not be done with a case");
        }
        let rule = match &failure {
            Failure::Refused { refusal, .. } => Some(refusal.rule()),
            _ => None,
        };
        let told = match &failure {
            Failure::Invalid(problems) => problems.first().map(|problem| (problem.zh.clone(), problem.en.clone())),
            _ => None,
        };
        let fault = Fault::from(failure);
        let (zh, en) = told.unwrap_or_else(|| fault.detail());
        Self { case, kind: fault.type_name(), rule, zh, en }
    }
}
