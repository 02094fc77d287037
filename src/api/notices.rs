//! Notices: what each member of staff chooses, what went out about a case, and for administrators the queue, the wordings and
//! the rules of reminding.

use actix_web::HttpRequest;

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::in_path;
use super::documented::CaseInPath;
use super::officer::Staff;
use super::query::CheckedQuery;
use crate::ids::NoticeId;
use crate::office::failure::Failure;
use crate::office::milestones::MilestoneView;
use crate::office::notices::choices::{ChoicesInput, ChoicesView};
use crate::office::notices::queue::{NoticeLine, NoticePage, NoticeQuery};
use crate::office::notices::wordings::{Preview, PreviewInput, Which, WordingInput, WordingView};
use crate::office::reminders::ReminderRules;

/// Show one's choices about notices
#[utoipa::path(get, path = "/api/v1/me/notices", tag = "notices",
    responses((status = 200, description = "The choices", body = ChoicesView)))]
pub async fn choices(staff: Staff<()>) -> Answer {
    answer::ok(staff.office.notice_choices(&staff.officer).await?)
}

/// Choose about notices
///
/// Address, language, hours; and which kinds come at once, in the day's digest, or not at all. What somebody answers for
/// cannot be switched off.
#[utoipa::path(put, path = "/api/v1/me/notices", tag = "notices", request_body = ChoicesInput,
    responses((status = 200, description = "The choices", body = ChoicesView)))]
pub async fn choose(staff: Staff<Checked<ChoicesInput>>) -> Answer {
    answer::ok(staff.office.choose_notices(&staff.officer, staff.input.value).await?)
}

/// List the notices about a case
///
/// Everything that went out, or is to, to whomever: one thread, the oldest first.
#[utoipa::path(get, path = "/api/v1/cases/{id}/notices", tag = "notices", params(CaseInPath),
    responses((status = 200, description = "The notices", body = Vec<NoticeLine>)))]
pub async fn of_case(staff: Staff<()>, request: HttpRequest) -> Answer {
    answer::ok(staff.office.case_notices(&staff.officer, in_path(&request, "id")?).await?)
}

/// List the milestones of a case
///
/// Every reminder and every step of an escalation, with the day it belongs to and who was told.
#[utoipa::path(get, path = "/api/v1/cases/{id}/milestones", tag = "notices", params(CaseInPath),
    responses((status = 200, description = "The milestones, in the order of their days", body = Vec<MilestoneView>)))]
pub async fn milestones(staff: Staff<()>, request: HttpRequest) -> Answer {
    answer::ok(staff.office.case_milestones(&staff.officer, in_path(&request, "id")?).await?)
}

/// List the outbox
///
/// Of the agencies of which the reader is administrator; without addresses or words.
#[utoipa::path(get, path = "/api/v1/admin/outbox", tag = "admin", params(NoticeQuery),
    responses((status = 200, description = "One page, the newest first", body = NoticePage)))]
pub async fn outbox(staff: Staff<CheckedQuery<NoticeQuery>>) -> Answer {
    answer::ok(staff.office.outbox(&staff.officer, staff.input.0).await?)
}

/// Have a notice sent again
///
/// At once, under the same Message-ID: one that waits, that was not delivered, or that was taken out.
#[utoipa::path(post, path = "/api/v1/admin/outbox/{id}/retry", tag = "admin",
    params(("id" = uuid::Uuid, Path, description = "The notice")),
    responses((status = 200, description = "The notice", body = NoticeLine)))]
pub async fn retry(staff: Staff<()>, request: HttpRequest) -> Answer {
    let id: NoticeId = in_path(&request, "id")?;
    answer::ok(staff.office.retry_notice(&staff.officer, id).await?)
}

/// Take a notice out of the outbox
///
/// Before it is sent. It stays on record.
#[utoipa::path(post, path = "/api/v1/admin/outbox/{id}/cancellation", tag = "admin",
    params(("id" = uuid::Uuid, Path, description = "The notice")),
    responses((status = 200, description = "The notice", body = NoticeLine)))]
pub async fn cancel(staff: Staff<()>, request: HttpRequest) -> Answer {
    let id: NoticeId = in_path(&request, "id")?;
    answer::ok(staff.office.cancel_notice(&staff.officer, id).await?)
}

/// Show the rules of reminding
///
/// When the agency's people are reminded, who hears of what is overdue, and when mail may come.
#[utoipa::path(get, path = "/api/v1/admin/agencies/{slug}/reminders", tag = "admin",
    params(("slug" = String, Path, description = "The agency's short name")),
    responses((status = 200, description = "The rules", body = ReminderRules)))]
pub async fn reminders(staff: Staff<()>, request: HttpRequest) -> Answer {
    let slug: String = in_path(&request, "slug")?;
    answer::ok(staff.office.reminder_rules(&staff.officer, &slug).await?)
}

/// Lay down the rules of reminding
///
/// In place of those that stood. What has been told stays told.
#[utoipa::path(put, path = "/api/v1/admin/agencies/{slug}/reminders", tag = "admin", request_body = ReminderRules,
    params(("slug" = String, Path, description = "The agency's short name")),
    responses((status = 200, description = "The rules", body = ReminderRules)))]
pub async fn lay_down_reminders(staff: Staff<Checked<ReminderRules>>, request: HttpRequest) -> Answer {
    let slug: String = in_path(&request, "slug")?;
    answer::ok(staff.office.lay_down_reminders(&staff.officer, &slug, staff.input.value).await?)
}

fn which(request: &HttpRequest) -> Result<Which, Failure> {
    Ok(Which {
        slug: in_path(request, "slug")?,
        notice: in_path(request, "notice")?,
        language: in_path(request, "language")?,
    })
}

/// Show the wording of a notice
///
/// The agency's own, or that of one above it, or what comes with the system.
#[utoipa::path(get, path = "/api/v1/admin/agencies/{slug}/wordings/{notice}/{language}", tag = "admin",
    params(("slug" = String, Path, description = "The agency's short name"),
        ("notice" = String, Path, description = "The notice, as `/terms` lists them"),
        ("language" = String, Path, description = "`zh` or `en`")),
    responses((status = 200, description = "The wording", body = WordingView)))]
pub async fn wording(staff: Staff<()>, request: HttpRequest) -> Answer {
    answer::ok(staff.office.wording(&staff.officer, which(&request)?).await?)
}

/// Edit the wording of a notice
///
/// For the agency and those below it. One that cannot be rendered is refused with the line and the reason; earlier editions
/// are kept.
#[utoipa::path(put, path = "/api/v1/admin/agencies/{slug}/wordings/{notice}/{language}", tag = "admin",
    request_body = WordingInput,
    params(("slug" = String, Path, description = "The agency's short name"),
        ("notice" = String, Path, description = "The notice, as `/terms` lists them"),
        ("language" = String, Path, description = "`zh` or `en`")),
    responses((status = 200, description = "The wording", body = WordingView)))]
pub async fn edit_wording(staff: Staff<Checked<WordingInput>>, request: HttpRequest) -> Answer {
    let Staff { officer, office, input } = staff;
    answer::ok(office.edit_wording(&officer, which(&request)?, Some(input.value)).await?)
}

/// Go back to the wording that comes with the system
#[utoipa::path(delete, path = "/api/v1/admin/agencies/{slug}/wordings/{notice}/{language}", tag = "admin",
    params(("slug" = String, Path, description = "The agency's short name"),
        ("notice" = String, Path, description = "The notice, as `/terms` lists them"),
        ("language" = String, Path, description = "`zh` or `en`")),
    responses((status = 200, description = "The wording", body = WordingView)))]
pub async fn restore_wording(staff: Staff<()>, request: HttpRequest) -> Answer {
    answer::ok(staff.office.edit_wording(&staff.officer, which(&request)?, None).await?)
}

/// Preview the wording of a notice
///
/// In force or not laid down yet; with the last such notice of a case, or with an invented one. Names, subjects and codes are
/// masked.
#[utoipa::path(post, path = "/api/v1/admin/agencies/{slug}/wordings/{notice}/{language}/preview", tag = "admin",
    request_body = PreviewInput,
    params(("slug" = String, Path, description = "The agency's short name"),
        ("notice" = String, Path, description = "The notice, as `/terms` lists them"),
        ("language" = String, Path, description = "`zh` or `en`")),
    responses((status = 200, description = "The notice in words", body = Preview)))]
pub async fn preview(staff: Staff<Checked<PreviewInput>>, request: HttpRequest) -> Answer {
    let Staff { officer, office, input } = staff;
    answer::ok(office.preview_wording(&officer, which(&request)?, input.value).await?)
}

/// Send a wording to oneself
///
/// As a test, to the address among one's own choices.
#[utoipa::path(post, path = "/api/v1/admin/agencies/{slug}/wordings/{notice}/{language}/test", tag = "admin",
    request_body = PreviewInput,
    params(("slug" = String, Path, description = "The agency's short name"),
        ("notice" = String, Path, description = "The notice, as `/terms` lists them"),
        ("language" = String, Path, description = "`zh` or `en`")),
    responses((status = 200, description = "The notice as it was sent", body = Preview)))]
pub async fn try_out(staff: Staff<Checked<PreviewInput>>, request: HttpRequest) -> Answer {
    let Staff { officer, office, input } = staff;
    answer::ok(office.try_wording(&officer, which(&request)?, input.value).await?)
}
