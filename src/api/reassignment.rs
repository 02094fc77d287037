//! Many cases to one handler. What stands in the way of one is told beside it in the words of the problem that a single
//! assignment would have met, in both languages.

use serde::Serialize;
use utoipa::ToSchema;

use super::answer::{self, Answer};
use super::body::Checked;
use super::officer::Staff;
use super::problem::Fault;
use crate::ids::CaseId;
use crate::office::failure::Failure;
use crate::office::reassignment::{Moved, Reassigned, Reassignment};
use crate::office::views::StaffName;

/// A case that moved, or would.
#[derive(Debug, Serialize, ToSchema)]
pub struct MovedView {
    /// The case.
    #[schema(value_type = String, format = "uuid")]
    pub case: CaseId,
    /// Its number in the register, or on the receipt.
    pub number: String,
    /// In whose hands it was.
    pub from: Option<StaffName>,
}

/// A case that could not move.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotMovedView {
    /// The case.
    #[schema(value_type = String, format = "uuid")]
    pub case: CaseId,
    /// The kind of problem that a single assignment would have met.
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

/// What became of the cases.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReassignmentView {
    /// Whether nothing was moved yet.
    pub preview: bool,
    /// Those that moved, or would.
    pub moved: Vec<MovedView>,
    /// Those that could not.
    pub failed: Vec<NotMovedView>,
    /// Whether there are more in those hands: ask again.
    pub more: bool,
}

/// Reassign many cases
///
/// Each by the same act as a single assignment and on its own: one that cannot move holds up no other. `preview` tells
/// what would happen.
#[utoipa::path(post, path = "/api/v1/cases/reassignment", tag = "assignment", request_body = Reassignment,
    responses((status = 200, description = "What became of each", body = ReassignmentView)))]
pub async fn reassign(staff: Staff<Checked<Reassignment>>) -> Answer {
    let Staff { officer, office, input } = staff;
    let preview = input.value.preview;
    let Reassigned { moved, failed, more } = office.reassign(&officer, input.value).await?;
    answer::ok(ReassignmentView {
        preview,
        moved: moved.into_iter().map(|Moved { case, number, from }| MovedView { case, number, from }).collect(),
        failed: failed.into_iter().map(|(case, failure)| not_moved(case, failure)).collect(),
        more,
    })
}

fn not_moved(case: CaseId, failure: Failure) -> NotMovedView {
    if let Failure::Broken(source) = &failure {
        // The answer as a whole is no problem, so the edge will not log this one.
        tracing::error!(%case, %source, "a case could not be moved");
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
    NotMovedView { case, kind: fault.type_name(), rule, zh, en }
}
