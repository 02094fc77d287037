//! Agencies and staff, for administrators.

use actix_web::HttpRequest;

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::in_path;
use super::officer::Staff;
use crate::ids::StaffId;
use crate::office::accounts::{AccountChange, PasswordReset, RoleChange};
use crate::office::agencies::{AgencyAdded, NewAgency};
use crate::office::agency_settings::{AgencyChange, AgencySettings};
use crate::office::application_form::{AgencyForm, FormChange};
use crate::office::approval_flow::ApprovalFlow;
use crate::office::staff::{AccountStatus, NewStaff, StaffView};

/// Add an agency
///
/// Below one of which the reader is administrator.
#[utoipa::path(post, path = "/api/v1/admin/agencies", tag = "admin", request_body = NewAgency,
    responses((status = 201, description = "The agency", body = AgencyAdded)))]
pub async fn add_agency(staff: Staff<Checked<NewAgency>>) -> Answer {
    let agency = staff.office.add_agency(&staff.officer, staff.input.value).await?;
    answer::created(&format!("/api/v1/public/agencies/{}", agency.slug), agency)
}

/// Show an agency's settings
///
/// Of one of which the reader is administrator; with the reconsideration body that the law has for such an agency.
#[utoipa::path(get, path = "/api/v1/admin/agencies/{slug}", tag = "admin",
    params(("slug" = String, Path, description = "Its short name")),
    responses((status = 200, description = "The settings", body = AgencySettings)))]
pub async fn agency(staff: Staff<()>, request: HttpRequest) -> Answer {
    answer::ok(staff.office.agency_settings(&staff.officer, in_path(&request, "slug")?).await?)
}

/// Change an agency's settings
///
/// What is missing stays; a blank text clears what may be missing. A change holds for what is decided after it.
#[utoipa::path(patch, path = "/api/v1/admin/agencies/{slug}", tag = "admin", request_body = AgencyChange,
    params(("slug" = String, Path, description = "Its short name")),
    responses((status = 200, description = "The settings", body = AgencySettings)))]
pub async fn change_agency(staff: Staff<Checked<AgencyChange>>, request: HttpRequest) -> Answer {
    let slug: String = in_path(&request, "slug")?;
    answer::ok(staff.office.change_agency(&staff.officer, slug, staff.input.value).await?)
}

/// Show an agency's own fields of the application form
///
/// The version in force, and every version there was.
#[utoipa::path(get, path = "/api/v1/admin/agencies/{slug}/form", tag = "admin",
    params(("slug" = String, Path, description = "The agency's short name")),
    responses((status = 200, description = "The form", body = AgencyForm)))]
pub async fn application_form(staff: Staff<()>, request: HttpRequest) -> Answer {
    let slug: String = in_path(&request, "slug")?;
    answer::ok(staff.office.application_form(&staff.officer, &slug).await?)
}

/// Lay down an agency's own fields of the application form
///
/// As the next version. They never ask what the information is for, nor for more proof than art. 29 allows; and nobody's
/// application may be refused for want of one.
#[utoipa::path(put, path = "/api/v1/admin/agencies/{slug}/form", tag = "admin", request_body = FormChange,
    params(("slug" = String, Path, description = "The agency's short name")),
    responses((status = 200, description = "The form", body = AgencyForm)))]
pub async fn lay_down_application_form(staff: Staff<Checked<FormChange>>, request: HttpRequest) -> Answer {
    let slug: String = in_path(&request, "slug")?;
    answer::ok(staff.office.lay_down_application_form(&staff.officer, &slug, staff.input.value).await?)
}

/// List the staff
///
/// Of the agencies of which the reader is administrator.
#[utoipa::path(get, path = "/api/v1/admin/staff", tag = "admin",
    responses((status = 200, description = "The staff", body = Vec<StaffView>)))]
pub async fn staff(staff: Staff<()>) -> Answer {
    answer::ok(staff.office.staff(&staff.officer).await?)
}

/// Add a member of staff
///
/// With a first password, to be changed at the first sign-in.
#[utoipa::path(post, path = "/api/v1/admin/staff", tag = "admin", request_body = NewStaff,
    responses((status = 201, description = "The member of staff", body = StaffView)))]
pub async fn add_staff(staff: Staff<Checked<NewStaff>>) -> Answer {
    let added = staff.office.add_staff(&staff.officer, staff.input.value).await?;
    answer::created("/api/v1/admin/staff", added)
}

/// Switch an account on or off
///
/// For somebody who leaves: off ends every sign-in at once. Of a member of staff with a role at an agency of which the
/// reader is administrator; never one's own.
#[utoipa::path(post, path = "/api/v1/admin/staff/{id}/status", tag = "admin", request_body = AccountStatus,
    params(("id" = uuid::Uuid, Path, description = "The member of staff")),
    responses((status = 200, description = "The member of staff", body = StaffView)))]
pub async fn set_staff_status(staff: Staff<Checked<AccountStatus>>, request: HttpRequest) -> Answer {
    let id: StaffId = in_path(&request, "id")?;
    answer::ok(staff.office.set_staff_status(&staff.officer, id, staff.input.value).await?)
}

/// Show a member of staff
///
/// One with a role at an agency of which the reader is administrator.
#[utoipa::path(get, path = "/api/v1/admin/staff/{id}", tag = "admin",
    params(("id" = uuid::Uuid, Path, description = "The member of staff")),
    responses((status = 200, description = "The member of staff", body = StaffView)))]
pub async fn staff_member(staff: Staff<()>, request: HttpRequest) -> Answer {
    answer::ok(staff.office.staff_member(&staff.officer, in_path(&request, "id")?).await?)
}

/// Change an account
///
/// The name, or the address to which notices go; what is missing stays.
#[utoipa::path(patch, path = "/api/v1/admin/staff/{id}", tag = "admin", request_body = AccountChange,
    params(("id" = uuid::Uuid, Path, description = "The member of staff")),
    responses((status = 200, description = "The member of staff", body = StaffView)))]
pub async fn change_account(staff: Staff<Checked<AccountChange>>, request: HttpRequest) -> Answer {
    let id: StaffId = in_path(&request, "id")?;
    answer::ok(staff.office.change_account(&staff.officer, id, staff.input.value).await?)
}

/// Lay down somebody's roles
///
/// All that they hold at one agency; they hold from the next request on. Not one's own administration, not the last role, and
/// never the last administrator of a top agency.
#[utoipa::path(put, path = "/api/v1/admin/staff/{id}/roles", tag = "admin", request_body = RoleChange,
    params(("id" = uuid::Uuid, Path, description = "The member of staff")),
    responses((status = 200, description = "The member of staff", body = StaffView)))]
pub async fn set_roles(staff: Staff<Checked<RoleChange>>, request: HttpRequest) -> Answer {
    let id: StaffId = in_path(&request, "id")?;
    answer::ok(staff.office.set_roles(&staff.officer, id, staff.input.value).await?)
}

/// Reset a password
///
/// A new first password, to be changed at the first sign-in; every sign-in of theirs ends. By whoever keeps every agency at which
/// they hold a role.
#[utoipa::path(post, path = "/api/v1/admin/staff/{id}/password", tag = "admin", request_body = PasswordReset,
    params(("id" = uuid::Uuid, Path, description = "The member of staff")),
    responses((status = 204, description = "It is reset")))]
pub async fn reset_password(staff: Staff<Checked<PasswordReset>>, request: HttpRequest) -> Answer {
    let id: StaffId = in_path(&request, "id")?;
    staff.office.reset_password(&staff.officer, id, staff.input.value).await?;
    answer::nothing()
}

/// Show the way of approval
///
/// The rounds that the agency has laid down for its replies; no rules is the usual way.
#[utoipa::path(get, path = "/api/v1/admin/agencies/{slug}/approval-flow", tag = "admin",
    params(("slug" = String, Path, description = "The agency's short name")),
    responses((status = 200, description = "The rules", body = ApprovalFlow)))]
pub async fn approval_flow(staff: Staff<()>, request: HttpRequest) -> Answer {
    let slug: String = in_path(&request, "slug")?;
    answer::ok(staff.office.approval_flow(&staff.officer, &slug).await?)
}

/// Lay down the way of approval
///
/// Whatever it says, the secrecy review stays where the law asks for it, and the signature comes last and alone.
#[utoipa::path(put, path = "/api/v1/admin/agencies/{slug}/approval-flow", tag = "admin", request_body = ApprovalFlow,
    params(("slug" = String, Path, description = "The agency's short name")),
    responses((status = 200, description = "The rules", body = ApprovalFlow)))]
pub async fn lay_down_approval_flow(staff: Staff<Checked<ApprovalFlow>>, request: HttpRequest) -> Answer {
    let slug: String = in_path(&request, "slug")?;
    answer::ok(staff.office.lay_down_approval_flow(&staff.officer, &slug, staff.input.value).await?)
}
