//! Reconsiderations, suits, complaints and inspections: opened beside a case, moved by acts, listed, and counted for table 四.

use actix_web::{HttpRequest, web};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::answer::{self, Answer};
use super::body::{Checked, Unread};
use super::case_act::{ONLY_TRIED, in_path};
use super::contract::Contract;
use super::documented::{CaseInPath, IfMatch, ProceedingAnswer, ProceedingInPath};
use super::if_match::Expected;
use super::officer::Staff;
use super::query::CheckedQuery;
use crate::office::proceedings::bodies::ProceedingOpening;
use crate::office::proceedings::reminding::ProceedingReminderRules;
use crate::office::proceedings::views::{ProceedingSummary, ProceedingView};
use crate::office::proceedings::{ProceedingInput, ProceedingPage, ProceedingQuery, TableFourView};

/// Over which agencies.
#[derive(Debug, Clone, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TableFourQuery {
    /// An agency by its short name, with all below it; all one supervises if missing.
    pub agency: Option<String>,
}

/// The version the act rests on, and what was sent with it.
pub struct Resting {
    /// The version.
    pub(super) expected: u32,
    /// What was sent.
    pub(super) body: serde_json::Value,
}

impl actix_web::FromRequest for Resting {
    type Error = super::problem::Fault;
    type Future = std::pin::Pin<Box<dyn Future<Output = Result<Self, Self::Error>>>>;

    /// # Errors
    /// First those of the version, then those of the body.
    fn from_request(request: &HttpRequest, payload: &mut actix_web::dev::Payload) -> Self::Future {
        let expected = Expected::of(request);
        let body = Unread::from_request(request, payload);
        Box::pin(async move {
            let Expected(expected) = expected?;
            let Unread(body) = body.await?;
            Ok(Self { expected, body })
        })
    }
}

/// List the files beside a case
///
/// Oldest first.
#[utoipa::path(get, path = "/api/v1/cases/{id}/proceedings", tag = "proceedings", params(CaseInPath),
    responses((status = 200, description = "The files", body = Vec<ProceedingSummary>)))]
pub async fn of_case(staff: Staff<()>, request: HttpRequest) -> Answer {
    answer::ok(staff.office.proceedings_of_case(&staff.officer, in_path(&request, "id")?).await?)
}

/// Open a file
///
/// When the first letter about it comes, or when one hears of it. It has a number of its own.
#[utoipa::path(post, path = "/api/v1/cases/{id}/proceedings", tag = "proceedings", params(CaseInPath),
    request_body = ProceedingOpening,
    responses((status = 201, description = "The file", body = ProceedingView)))]
pub async fn open(staff: Staff<Checked<ProceedingOpening>>, request: HttpRequest) -> Answer {
    let Staff { officer, office, input } = staff;
    let file = office.open_proceeding(&officer, in_path(&request, "id")?, input.value).await?;
    answer::created(&format!("/api/v1/proceedings/{}", file.summary.id), file)
}

/// List the files
///
/// Of the reader's agencies, by what is due next. `next` is the cursor of the page after.
#[utoipa::path(get, path = "/api/v1/proceedings", tag = "proceedings", params(ProceedingQuery),
    responses((status = 200, description = "One page", body = ProceedingPage)))]
pub async fn list(staff: Staff<CheckedQuery<ProceedingQuery>>) -> Answer {
    answer::ok(staff.office.proceedings(&staff.officer, staff.input.0).await?)
}

/// Show a file
///
/// With its rounds, its clocks day by day, its journal, and what may be done in it now.
#[utoipa::path(
    get,
    path = "/api/v1/proceedings/{id}",
    tag = "proceedings",
    params(ProceedingInPath),
    responses(ProceedingAnswer)
)]
pub async fn show(staff: Staff<()>, request: HttpRequest) -> Answer {
    answer::proceeding(&staff.office.proceeding(&staff.officer, in_path(&request, "id")?).await?)
}

/// Do an act in a file
///
/// `act` is one of those listed under `choices`. Which body it takes is in docs/PROCEEDINGS.md: `receive_copy` a `CopyReceived`,
/// `answer` an `AnswerHandedIn`, `receive_decision` a `DecisionReceived`, and so on. With `?preview=letters` nothing is done, and the answer is
/// the letters that would go out: one for `issue_paper`.
#[utoipa::path(post, path = "/api/v1/proceedings/{id}/acts/{act}", tag = "proceedings",
    params(ProceedingInPath, ("act" = String, Path, description = "The act"), IfMatch), request_body = ProceedingInput,
    responses(ProceedingAnswer))]
pub async fn act(staff: Staff<Resting>, contract: web::Data<Contract>, request: HttpRequest) -> Answer {
    let Staff { officer, office, input: Resting { expected, body } } = staff;
    let only_tried = request.query_string() == ONLY_TRIED;
    let office = if only_tried { web::Data::new(office.rehearsing()) } else { office };
    let input = ProceedingInput::read(in_path(&request, "act")?, body, contract.get_ref())?;
    answer::proceeding(&office.proceed(&officer, in_path(&request, "id")?, expected, input).await?)
}

/// Table 四 of the annual report
///
/// Reconsiderations and suits of a year, by how they ended or that they were pending on its last day.
#[utoipa::path(get, path = "/api/v1/reports/{year}/table-four", tag = "proceedings",
    params(("year" = i32, Path, description = "The year"), TableFourQuery),
    responses((status = 200, description = "The table", body = TableFourView)))]
pub async fn table_four(staff: Staff<CheckedQuery<TableFourQuery>>, request: HttpRequest) -> Answer {
    let agency = staff.input.0.agency;
    answer::ok(staff.office.table_four(&staff.officer, in_path(&request, "year")?, agency).await?)
}

/// Show the rules of reminding in proceedings
///
/// When the agency's people hear that an answer, a performance, a report, an appeal or a hearing comes near, and who hears of what was
/// missed.
#[utoipa::path(get, path = "/api/v1/admin/agencies/{slug}/proceeding-reminders", tag = "admin",
    params(("slug" = String, Path, description = "The agency's short name")),
    responses((status = 200, description = "The rules", body = ProceedingReminderRules)))]
pub async fn reminders(staff: Staff<()>, request: HttpRequest) -> Answer {
    let slug: String = in_path(&request, "slug")?;
    answer::ok(staff.office.proceeding_reminder_rules(&staff.officer, &slug).await?)
}

/// Lay down the rules of reminding in proceedings
///
/// In place of those that stood. What has been told stays told.
#[utoipa::path(put, path = "/api/v1/admin/agencies/{slug}/proceeding-reminders", tag = "admin",
    request_body = ProceedingReminderRules, params(("slug" = String, Path, description = "The agency's short name")),
    responses((status = 200, description = "The rules", body = ProceedingReminderRules)))]
pub async fn lay_down_reminders(staff: Staff<Checked<ProceedingReminderRules>>, request: HttpRequest) -> Answer {
    let slug: String = in_path(&request, "slug")?;
    answer::ok(staff.office.lay_down_proceeding_reminders(&staff.officer, &slug, staff.input.value).await?)
}
