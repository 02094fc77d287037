//! The calendar of working days, for the administrators of a top agency: what is in force, what is proposed and whom it moves,
//! and the second administrator's word.

use actix_web::HttpRequest;

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::in_path;
use super::officer::Staff;
use super::query::CheckedQuery;
use crate::ids::ProposalId;
use crate::office::calendar_proposals::formats::NewProposal;
use crate::office::calendar_proposals::moves::{MovesPage, MovesQuery};
use crate::office::calendar_proposals::views::{ProposalLine, ProposalView};
use crate::office::calendar_years::YearView;

/// List the years in force
#[utoipa::path(get, path = "/api/v1/admin/calendar", tag = "admin",
    responses((status = 200, description = "The years, oldest first", body = Vec<YearView>)))]
pub async fn years(staff: Staff<()>) -> Answer {
    answer::ok(staff.office.calendar_years(&staff.officer).await?)
}

/// List the changes that were proposed
///
/// The latest 200, newest first.
#[utoipa::path(get, path = "/api/v1/admin/calendar/proposals", tag = "admin",
    responses((status = 200, description = "The proposals", body = Vec<ProposalLine>)))]
pub async fn proposals(staff: Staff<()>) -> Answer {
    answer::ok(staff.office.calendar_proposals(&staff.officer).await?)
}

/// Propose a year's calendar
///
/// A year that was announced, or one that was changed: as data, as TOML, or as an iCalendar file. Nothing is reckoned with it
/// before another administrator confirms it; the answer shows which days change and which open cases that would move.
#[utoipa::path(post, path = "/api/v1/admin/calendar/proposals", tag = "admin", request_body = NewProposal,
    responses((status = 201, description = "The proposal", body = ProposalView)))]
pub async fn propose(staff: Staff<Checked<NewProposal>>) -> Answer {
    let proposal = staff.office.propose_calendar(&staff.officer, staff.input.value).await?;
    answer::created(&format!("/api/v1/admin/calendar/proposals/{}", proposal.line.id), proposal)
}

/// Show a proposed change
///
/// With the days that change, and the first page of what moves.
#[utoipa::path(get, path = "/api/v1/admin/calendar/proposals/{id}", tag = "admin",
    params(("id" = uuid::Uuid, Path, description = "The proposal")),
    responses((status = 200, description = "The proposal", body = ProposalView)))]
pub async fn proposal(staff: Staff<()>, request: HttpRequest) -> Answer {
    let id: ProposalId = in_path(&request, "id")?;
    answer::ok(staff.office.calendar_proposal(&staff.officer, id).await?)
}

/// List what a proposed change would move
///
/// Every clock of an open case that would end on another day, as the journal will have it. Empty once it is decided.
#[utoipa::path(get, path = "/api/v1/admin/calendar/proposals/{id}/moves", tag = "admin",
    params(("id" = uuid::Uuid, Path, description = "The proposal"), MovesQuery),
    responses((status = 200, description = "One page", body = MovesPage)))]
pub async fn moves(staff: Staff<CheckedQuery<MovesQuery>>, request: HttpRequest) -> Answer {
    let id: ProposalId = in_path(&request, "id")?;
    answer::ok(staff.office.calendar_moves(&staff.officer, id, staff.input.0).await?)
}

/// Confirm a proposed change
///
/// By another administrator than the one who proposed it. It is known a minute later, and the next act on a case or the next
/// turn of the calendar re-dates what it moves. If the year has got another edition since, this one is marked overtaken (409).
#[utoipa::path(post, path = "/api/v1/admin/calendar/proposals/{id}/confirmation", tag = "admin",
    params(("id" = uuid::Uuid, Path, description = "The proposal")),
    responses((status = 200, description = "The proposal, confirmed", body = ProposalView)))]
pub async fn confirm(staff: Staff<()>, request: HttpRequest) -> Answer {
    let id: ProposalId = in_path(&request, "id")?;
    answer::ok(staff.office.confirm_calendar(&staff.officer, id).await?)
}

/// Reject a proposed change
///
/// Or take back one's own.
#[utoipa::path(post, path = "/api/v1/admin/calendar/proposals/{id}/rejection", tag = "admin",
    params(("id" = uuid::Uuid, Path, description = "The proposal")),
    responses((status = 200, description = "The proposal, rejected", body = ProposalView)))]
pub async fn reject(staff: Staff<()>, request: HttpRequest) -> Answer {
    let id: ProposalId = in_path(&request, "id")?;
    answer::ok(staff.office.reject_calendar(&staff.officer, id).await?)
}
