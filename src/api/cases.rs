//! Cases: the queue, the one entered over the counter, and what a case shows of itself.

use actix_web::HttpRequest;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::in_path;
use super::documented::{CaseAnswer, CaseInPath, MayRepeat};
use super::officer::Staff;
use super::query::CheckedQuery;
use crate::office::intake::{Enter, Receipt};
use crate::office::queue::counts::{CountQuery, QueueCounts};
use crate::office::queue::{CasePage, CaseQuery};
use crate::office::views::{CaseView, ChoiceView, ClockView, EntryView};

/// Of when.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ClockQuery {
    /// As recorded and known by the end of that day; as of now if missing.
    pub as_of: Option<NaiveDate>,
}

/// A case that was entered, and what to hand to the applicant.
#[derive(Debug, Serialize, ToSchema)]
pub struct Entered {
    /// The case.
    pub case: CaseView,
    /// The receipt.
    pub receipt: Receipt,
}

/// List cases
///
/// The queue of the reader's agencies, filtered and in the order asked for. `next` is the cursor of the page after.
#[utoipa::path(get, path = "/api/v1/cases", tag = "cases", params(CaseQuery),
    responses((status = 200, description = "One page", body = CasePage)))]
pub async fn list(staff: Staff<CheckedQuery<CaseQuery>>) -> Answer {
    answer::ok(staff.office.queue(&staff.officer, staff.input.0).await?)
}

/// Count the queues of the desk
///
/// How many cases the reader has in each, with the query of `GET /cases` that lists them.
#[utoipa::path(get, path = "/api/v1/cases/counts", tag = "cases", params(CountQuery),
    responses((status = 200, description = "The queues, in the order of a case's way", body = QueueCounts)))]
pub async fn counts(staff: Staff<CheckedQuery<CountQuery>>) -> Answer {
    answer::ok(staff.office.queue_counts(&staff.officer, staff.input.0).await?)
}

/// Enter an application
///
/// One that came by window, post, fax or e-mail, or was spoken (art. 29).
#[utoipa::path(post, path = "/api/v1/cases", tag = "cases", params(MayRepeat), request_body = Enter,
    responses((status = 201, description = "The case and its receipt", body = Entered)))]
pub async fn enter(staff: Staff<Checked<Enter>>) -> Answer {
    let Staff { officer, office, input } = staff;
    let (case, receipt) = office.enter(&officer, input.value, input.key).await?;
    answer::created(&format!("/api/v1/cases/{}", case.id), Entered { case, receipt })
}

/// Show a case
///
/// With the acts that the reader may do now.
#[utoipa::path(get, path = "/api/v1/cases/{id}", tag = "cases", params(CaseInPath), responses(CaseAnswer))]
pub async fn show(staff: Staff<()>, request: HttpRequest) -> Answer {
    let view = staff.office.case(&staff.officer, in_path(&request, "id")?).await?;
    answer::case_unless_known(&request, &view)
}

/// Read the journal
///
/// Every entry in its order, each with its hash.
#[utoipa::path(get, path = "/api/v1/cases/{id}/journal", tag = "cases", params(CaseInPath),
    responses((status = 200, description = "The entries", body = Vec<EntryView>)))]
pub async fn journal(staff: Staff<()>, request: HttpRequest) -> Answer {
    answer::ok(staff.office.journal(&staff.officer, in_path(&request, "id")?).await?)
}

/// Explain the clocks
///
/// Each day of each clock: counted, skipped, or stopped, and why; or what was believed of them at the end of an earlier day.
#[utoipa::path(get, path = "/api/v1/cases/{id}/clock", tag = "cases", params(CaseInPath, ClockQuery),
    responses((status = 200, description = "The clocks", body = Vec<ClockView>)))]
pub async fn clock(staff: Staff<CheckedQuery<ClockQuery>>, request: HttpRequest) -> Answer {
    let as_of = staff.input.0.as_of;
    answer::ok(staff.office.clocks(&staff.officer, in_path(&request, "id")?, as_of).await?)
}

/// List what may be done
///
/// Every act of the reader's roles, with what stands in its way now.
#[utoipa::path(get, path = "/api/v1/cases/{id}/allowed", tag = "cases", params(CaseInPath),
    responses((status = 200, description = "The acts", body = Vec<ChoiceView>)))]
pub async fn allowed(staff: Staff<()>, request: HttpRequest) -> Answer {
    answer::ok(staff.office.choices(&staff.officer, in_path(&request, "id")?).await?)
}
