//! Tags on many cases at once.

use serde::Serialize;
use utoipa::ToSchema;

use super::answer::{self, Answer};
use super::body::Checked;
use super::not_done::NotDoneView;
use super::officer::Staff;
use crate::office::tagging::{Tagged, TaggedAll, Tagging};

/// What changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaggedView {
    /// Whether nothing was changed yet.
    pub preview: bool,
    /// Each case with what is on it.
    pub tagged: Vec<Tagged>,
    /// Cases where it cannot be.
    pub failed: Vec<NotDoneView>,
}

/// Tag cases
///
/// Put tags on and take tags off. `preview` tells what would change. `GET /cases?tag=` lists the cases with one.
#[utoipa::path(post, path = "/api/v1/cases/tags", tag = "cases", request_body = Tagging,
    responses((status = 200, description = "What changed", body = TaggedView)))]
pub async fn tag(staff: Staff<Checked<Tagging>>) -> Answer {
    let Staff { officer, office, input } = staff;
    let preview = input.value.preview;
    let TaggedAll { tagged, failed } = office.tag(&officer, input.value).await?;
    let failed = failed.into_iter().map(|(case, failure)| NotDoneView::of(case, failure)).collect();
    answer::ok(TaggedView { preview, tagged, failed })
}
