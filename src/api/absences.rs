//! Who is away from when to when, and who stands in.

use actix_web::HttpRequest;

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::in_path;
use super::officer::Staff;
use crate::ids::{AbsenceId, StaffId};
use crate::office::absences::{AbsenceView, MyAbsences, NewAbsence};
use crate::office::colleagues::Colleague;

/// List one's colleagues
///
/// Active members of staff of the agencies of which one is, with their roles there; of those who are away today, until
/// when, and who stands in.
#[utoipa::path(get, path = "/api/v1/me/colleagues", tag = "absences",
    responses((status = 200, description = "The colleagues", body = Vec<Colleague>)))]
pub async fn colleagues(staff: Staff<()>) -> Answer {
    answer::ok(staff.office.colleagues(&staff.officer).await?)
}

/// List one's absences
///
/// One's own, and those in which one stands in: of the last year, and to come.
#[utoipa::path(get, path = "/api/v1/me/absences", tag = "absences",
    responses((status = 200, description = "The absences", body = MyAbsences)))]
pub async fn mine(staff: Staff<()>) -> Answer {
    answer::ok(staff.office.my_absences(&staff.officer).await?)
}

/// Go away
///
/// From the first day to the last the delegate has one's roles beside their own, and the journal names both.
#[utoipa::path(post, path = "/api/v1/me/absences", tag = "absences", request_body = NewAbsence,
    responses((status = 201, description = "The absence", body = AbsenceView)))]
pub async fn go_away(staff: Staff<Checked<NewAbsence>>) -> Answer {
    let Staff { officer, office, input } = staff;
    answer::created("/api/v1/me/absences", office.go_away(&officer, input.value).await?)
}

/// Come back
///
/// One that has not begun before today is taken back; one that has, ended yesterday.
#[utoipa::path(delete, path = "/api/v1/me/absences/{id}", tag = "absences",
    params(("id" = uuid::Uuid, Path, description = "The absence")),
    responses((status = 204, description = "Ended")))]
pub async fn come_back(staff: Staff<()>, request: HttpRequest) -> Answer {
    let id: AbsenceId = in_path(&request, "id")?;
    staff.office.come_back(&staff.officer, id).await?;
    answer::nothing()
}

/// Enter somebody's absence
///
/// For a member of staff who cannot, of an agency of which the reader is administrator. The administrator cannot be the
/// delegate.
#[utoipa::path(post, path = "/api/v1/admin/staff/{id}/absences", tag = "absences", request_body = NewAbsence,
    params(("id" = uuid::Uuid, Path, description = "The member of staff who is away")),
    responses((status = 201, description = "The absence", body = AbsenceView)))]
pub async fn enter(staff: Staff<Checked<NewAbsence>>, request: HttpRequest) -> Answer {
    let of: StaffId = in_path(&request, "id")?;
    let Staff { officer, office, input } = staff;
    answer::created("/api/v1/admin/staff", office.enter_absence(&officer, of, input.value).await?)
}
