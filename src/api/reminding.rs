//! Reminding the handlers of many cases by hand.

use serde::Serialize;
use utoipa::ToSchema;

use super::answer::{self, Answer};
use super::body::Checked;
use super::not_done::NotDoneView;
use super::officer::Staff;
use crate::office::reminding::{HandReminder, Reached, Reminded};

/// Whom a reminder reached.
#[derive(Debug, Serialize, ToSchema)]
pub struct RemindedView {
    /// Whether nothing was sent yet.
    pub preview: bool,
    /// Each who is told, or would be, with the cases.
    pub reached: Vec<Reached>,
    /// Cases of which nobody is told.
    pub failed: Vec<NotDoneView>,
}

/// Remind handlers
///
/// One mail to each handler about all the chosen cases that are theirs; once a day for a case and a sender. `preview` tells
/// whom it would reach.
#[utoipa::path(post, path = "/api/v1/cases/reminders", tag = "assignment", request_body = HandReminder,
    responses((status = 200, description = "Who is told of what", body = RemindedView)))]
pub async fn remind(staff: Staff<Checked<HandReminder>>) -> Answer {
    let Staff { officer, office, input } = staff;
    let preview = input.value.preview;
    let Reminded { reached, failed } = office.remind(&officer, input.value).await?;
    let failed = failed.into_iter().map(|(case, failure)| NotDoneView::of(case, failure)).collect();
    answer::ok(RemindedView { preview, reached, failed })
}
