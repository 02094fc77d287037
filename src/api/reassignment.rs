//! Many cases to one handler. What stands in the way of one is told beside it in the words of the problem that a single
//! assignment would have met, in both languages.

use serde::Serialize;
use utoipa::ToSchema;

use super::answer::{self, Answer};
use super::body::Checked;
use super::not_done::NotDoneView;
use super::officer::Staff;
use crate::ids::CaseId;
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

/// What became of the cases.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReassignmentView {
    /// Whether nothing was moved yet.
    pub preview: bool,
    /// Those that moved, or would.
    pub moved: Vec<MovedView>,
    /// Those that could not.
    pub failed: Vec<NotDoneView>,
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
        failed: failed.into_iter().map(|(case, failure)| NotDoneView::of(case, failure)).collect(),
        more,
    })
}
