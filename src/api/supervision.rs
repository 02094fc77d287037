//! Supervision: what is overdue or soon due at an agency and below it, on any day.

use super::answer::{self, Answer};
use super::officer::Staff;
use super::query::CheckedQuery;
use crate::office::supervision::{DuePage, SupervisionQuery};

/// List what is overdue
///
/// As it stood on `as_of`, with what was known of calendars and cases then.
#[utoipa::path(get, path = "/api/v1/supervision/overdue", tag = "supervision", params(SupervisionQuery),
    responses((status = 200, description = "The cases, and how many an agency", body = DuePage)))]
pub async fn overdue(staff: Staff<CheckedQuery<SupervisionQuery>>) -> Answer {
    answer::ok(staff.office.overdue(&staff.officer, staff.input.0).await?)
}

/// List what is due soon
#[utoipa::path(get, path = "/api/v1/supervision/due-soon", tag = "supervision", params(SupervisionQuery),
    responses((status = 200, description = "The cases, and how many an agency", body = DuePage)))]
pub async fn due_soon(staff: Staff<CheckedQuery<SupervisionQuery>>) -> Answer {
    answer::ok(staff.office.due_soon(&staff.officer, staff.input.0).await?)
}
