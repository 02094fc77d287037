//! What becomes of closed files: the plan of what is due, holds, lists of what is destroyed, packages for an archive.

use actix_web::HttpRequest;

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::{CaseAct, in_path};
use super::documented::{CaseAnswer, CaseInPath, IfMatch};
use super::file;
use super::officer::Staff;
use super::query::CheckedQuery;
use crate::office::retention::disposal::{Decision, DisposalView, Proposal, Striking, WholeDisposal};
use crate::office::retention::holds::{HoldInput, HoldLifting, StandingHold};
use crate::office::retention::plan::{PlanLine, PlanQuery};
use crate::office::retention::schedule::RetentionSchedule;
use crate::office::retention::transfer::{HandOverInput, TransferInput, TransferView};

/// Show what is due when
///
/// Closed files by year and term, with the last day on which they must be kept. What was destroyed is left out.
#[utoipa::path(get, path = "/api/v1/retention/plan", tag = "retention", params(PlanQuery),
    responses((status = 200, description = "The earliest first", body = Vec<PlanLine>)))]
pub async fn plan(staff: Staff<CheckedQuery<PlanQuery>>) -> Answer {
    answer::ok(staff.office.retention_plan(&staff.officer, staff.input.0).await?)
}

/// List the holds that stand
#[utoipa::path(get, path = "/api/v1/retention/holds", tag = "retention",
    responses((status = 200, description = "By hand, the oldest first, then by proceedings that run; 500 of each at most", body = Vec<StandingHold>)))]
pub async fn holds(staff: Staff<()>) -> Answer {
    answer::ok(staff.office.holds(&staff.officer).await?)
}

/// Place a hold
///
/// The closed file is kept, whatever its term, until somebody lifts the hold.
#[utoipa::path(post, path = "/api/v1/cases/{id}/holds", tag = "retention",
    params(CaseInPath, IfMatch), request_body = HoldInput, responses(CaseAnswer))]
pub async fn place_hold(act: CaseAct<Checked<HoldInput>>) -> Answer {
    answer::case(&act.office.place_hold(&act.officer, act.case, act.expected, act.input.value).await?)
}

/// Lift a hold
#[utoipa::path(post, path = "/api/v1/cases/{id}/holds/lifting", tag = "retention",
    params(CaseInPath, IfMatch), request_body = HoldLifting, responses(CaseAnswer))]
pub async fn lift_hold(act: CaseAct<Checked<HoldLifting>>) -> Answer {
    answer::case(&act.office.lift_hold(&act.officer, act.case, act.expected, act.input.value).await?)
}

/// List the lists of what is destroyed
#[utoipa::path(get, path = "/api/v1/retention/disposals", tag = "retention",
    responses((status = 200, description = "The newest first, 100 at most", body = Vec<DisposalView>)))]
pub async fn disposals(staff: Staff<()>) -> Answer {
    answer::ok(staff.office.disposals(&staff.officer).await?)
}

/// Propose what is due for destruction
///
/// Every file of the agency whose term is over, that nothing holds and that stands on no other list; 2,000 at most.
#[utoipa::path(post, path = "/api/v1/retention/disposals", tag = "retention", request_body = Proposal,
    responses((status = 201, description = "The list", body = WholeDisposal)))]
pub async fn propose(staff: Staff<Checked<Proposal>>) -> Answer {
    let made = staff.office.propose_disposal(&staff.officer, staff.input.value).await?;
    answer::created(&format!("/api/v1/retention/disposals/{}", made.list.id), made)
}

/// Look through a list
///
/// File by file, with how far it has been carried out.
#[utoipa::path(get, path = "/api/v1/retention/disposals/{id}", tag = "retention",
    params(("id" = uuid::Uuid, Path, description = "The list's id")),
    responses((status = 200, description = "The list", body = WholeDisposal)))]
pub async fn disposal(staff: Staff<()>, request: HttpRequest) -> Answer {
    answer::ok(staff.office.disposal(&staff.officer, in_path(&request, "id")?).await?)
}

/// Strike a file off a list
///
/// Before the approval; after it only what could not be destroyed, because it is held by now.
#[utoipa::path(post, path = "/api/v1/retention/disposals/{id}/strikes", tag = "retention", request_body = Striking,
    params(("id" = uuid::Uuid, Path, description = "The list's id")),
    responses((status = 200, description = "The list", body = WholeDisposal)))]
pub async fn strike(staff: Staff<Checked<Striking>>, request: HttpRequest) -> Answer {
    let id = in_path(&request, "id")?;
    answer::ok(staff.office.strike_off(&staff.officer, id, staff.input.value).await?)
}

/// Approve a list
///
/// Not by whoever proposed it, nor by anybody in their place. What stands on it is then destroyed by the scheduler, the keys first;
/// it cannot be undone.
#[utoipa::path(post, path = "/api/v1/retention/disposals/{id}/approval", tag = "retention", request_body = Decision,
    params(("id" = uuid::Uuid, Path, description = "The list's id")),
    responses((status = 200, description = "The list", body = WholeDisposal)))]
pub async fn approve(staff: Staff<Checked<Decision>>, request: HttpRequest) -> Answer {
    answer::ok(staff.office.approve_disposal(&staff.officer, in_path(&request, "id")?).await?)
}

/// Give a list up
///
/// Before its approval; nothing on it is destroyed.
#[utoipa::path(post, path = "/api/v1/retention/disposals/{id}/dropping", tag = "retention", request_body = Decision,
    params(("id" = uuid::Uuid, Path, description = "The list's id")),
    responses((status = 200, description = "The list", body = WholeDisposal)))]
pub async fn give_up(staff: Staff<Checked<Decision>>, request: HttpRequest) -> Answer {
    answer::ok(staff.office.drop_disposal(&staff.officer, in_path(&request, "id")?).await?)
}

/// Make the certificate of destruction
///
/// From the approval on, and for ever: it has no personal data.
#[utoipa::path(get, path = "/api/v1/retention/disposals/{id}/certificate/{format}", tag = "retention",
    params(("id" = uuid::Uuid, Path, description = "The list's id"),
        ("format" = String, Path, description = "`pdf`, `docx` or `txt`")),
    responses((status = 200, description = "The file", content_type = "application/pdf")))]
pub async fn certificate(staff: Staff<()>, request: HttpRequest) -> Answer {
    let (id, format) = (in_path(&request, "id")?, in_path(&request, "format")?);
    Ok(file::handed_out(staff.office.destruction_certificate(&staff.officer, id, format).await?))
}

/// List the packages for an archive
#[utoipa::path(get, path = "/api/v1/retention/transfers", tag = "retention",
    responses((status = 200, description = "The newest first, 100 at most", body = Vec<TransferView>)))]
pub async fn transfers(staff: Staff<()>) -> Answer {
    answer::ok(staff.office.transfers(&staff.officer).await?)
}

/// Put files together for an archive
///
/// Those of one year that no archive has; 500 at most.
#[utoipa::path(post, path = "/api/v1/retention/transfers", tag = "retention", request_body = TransferInput,
    responses((status = 201, description = "The package", body = TransferView)))]
pub async fn make_transfer(staff: Staff<Checked<TransferInput>>) -> Answer {
    let made = staff.office.make_transfer(&staff.officer, staff.input.value).await?;
    answer::created(&format!("/api/v1/retention/transfers/{}", made.id), made)
}

/// Show a package
#[utoipa::path(get, path = "/api/v1/retention/transfers/{id}", tag = "retention",
    params(("id" = uuid::Uuid, Path, description = "The package's id")),
    responses((status = 200, description = "The package", body = TransferView)))]
pub async fn transfer(staff: Staff<()>, request: HttpRequest) -> Answer {
    answer::ok(staff.office.transfer(&staff.officer, in_path(&request, "id")?).await?)
}

/// Fetch a package
///
/// A zip: the letters as issued and as PDF/A-2b, the attachments, of every file what is to be known as XML, and a manifest with the
/// hash of each paper. Who fetched it is written down.
#[utoipa::path(get, path = "/api/v1/retention/transfers/{id}/package", tag = "retention",
    params(("id" = uuid::Uuid, Path, description = "The package's id")),
    responses((status = 200, description = "The file", content_type = "application/zip")))]
pub async fn package(staff: Staff<()>, request: HttpRequest) -> Answer {
    let id = in_path(&request, "id")?;
    let (name, pieces) = staff.office.archive_package(&staff.officer, id).await?;
    Ok(file::package(&name, pieces))
}

/// Record that a package was handed over
///
/// It becomes an entry in the journal of every file of it.
#[utoipa::path(post, path = "/api/v1/retention/transfers/{id}/hand-over", tag = "retention", request_body = HandOverInput,
    params(("id" = uuid::Uuid, Path, description = "The package's id")),
    responses((status = 200, description = "The package", body = TransferView)))]
pub async fn hand_over(staff: Staff<Checked<HandOverInput>>, request: HttpRequest) -> Answer {
    let id = in_path(&request, "id")?;
    answer::ok(staff.office.hand_over(&staff.officer, id, staff.input.value).await?)
}

/// Show how long an agency keeps its files
#[utoipa::path(get, path = "/api/v1/admin/agencies/{slug}/retention", tag = "admin",
    params(("slug" = String, Path, description = "The agency's short name")),
    responses((status = 200, description = "The schedule", body = RetentionSchedule)))]
pub async fn schedule(staff: Staff<()>, request: HttpRequest) -> Answer {
    let slug: String = in_path(&request, "slug")?;
    answer::ok(staff.office.retention_schedule(&staff.officer, &slug).await?)
}

/// Lay down how long an agency keeps its files
///
/// Its own table of terms, as the archives authority has consented to it. It holds at once, for all that is not destroyed.
#[utoipa::path(put, path = "/api/v1/admin/agencies/{slug}/retention", tag = "admin", request_body = RetentionSchedule,
    params(("slug" = String, Path, description = "The agency's short name")),
    responses((status = 200, description = "The schedule", body = RetentionSchedule)))]
pub async fn lay_down_schedule(staff: Staff<Checked<RetentionSchedule>>, request: HttpRequest) -> Answer {
    let slug: String = in_path(&request, "slug")?;
    answer::ok(staff.office.lay_down_retention(&staff.officer, &slug, staff.input.value).await?)
}
