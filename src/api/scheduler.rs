//! What the scheduler did and what is to be seen to.

use actix_web::HttpRequest;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::in_path;
use super::officer::Staff;
use super::query::CheckedQuery;
use crate::ids::TaskId;
use crate::office::scheduling::{RunPage, SchedulerView};
use crate::office::tasks::{Settlement, TaskPage, TaskQuery, TaskView};

/// A page of the log.
#[derive(Debug, Clone, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RunQuery {
    /// Where the last page ended: its `next`.
    pub cursor: Option<String>,
    /// Runs a page: 1 to 200, 50 if missing.
    pub limit: Option<u32>,
}

/// Show how the scheduler stands
///
/// When each reconciler last ran, why one failed, and how many notices stand where.
#[utoipa::path(get, path = "/api/v1/admin/scheduler", tag = "admin",
    responses((status = 200, description = "How it stands", body = SchedulerView)))]
pub async fn state(staff: Staff<()>) -> Answer {
    answer::ok(staff.office.scheduler(&staff.officer).await?)
}

/// List the scheduler's runs
///
/// Those that did something, or failed, for half a year.
#[utoipa::path(get, path = "/api/v1/admin/scheduler/runs", tag = "admin", params(RunQuery),
    responses((status = 200, description = "One page, the newest first", body = RunPage)))]
pub async fn runs(staff: Staff<CheckedQuery<RunQuery>>) -> Answer {
    let RunQuery { cursor, limit } = staff.input.0;
    answer::ok(staff.office.scheduler_runs(&staff.officer, cursor, limit).await?)
}

/// List what is to be seen to
///
/// Findings that are owed after a window has closed, and notices that did not arrive.
#[utoipa::path(get, path = "/api/v1/tasks", tag = "tasks", params(TaskQuery),
    responses((status = 200, description = "One page", body = TaskPage)))]
pub async fn tasks(staff: Staff<CheckedQuery<TaskQuery>>) -> Answer {
    answer::ok(staff.office.tasks(&staff.officer, staff.input.0).await?)
}

/// Settle a task
///
/// By whoever works on the agency's cases: say how its reader was told after all.
#[utoipa::path(post, path = "/api/v1/tasks/{id}/settlement", tag = "tasks", request_body = Settlement,
    params(("id" = uuid::Uuid, Path, description = "The task")),
    responses((status = 200, description = "The task", body = TaskView)))]
pub async fn settle(staff: Staff<Checked<Settlement>>, request: HttpRequest) -> Answer {
    let id: TaskId = in_path(&request, "id")?;
    answer::ok(staff.office.settle_task(&staff.officer, id, staff.input.value).await?)
}
