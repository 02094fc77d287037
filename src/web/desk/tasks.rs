//! What has to be done besides the acts that the stages show: mail that could not be sent, findings that are called for.

use actix_web::{HttpRequest, web};
use askama::Template;
use serde_json::json;

use crate::ids::TaskId;
use crate::office::tasks::{Settled, Settlement, TaskPage as Tasks, TaskQuery};
use crate::office::views::{Term, term};
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::{Sent, SignedIn};

#[derive(Template)]
#[template(path = "desk/tasks.html")]
struct TasksPage<'a> {
    p: &'a Frame,
    tasks: Tasks,
    settlements: Vec<Term>,
}

/// The tasks.
pub(in crate::web) async fn show(by: SignedIn, request: HttpRequest) -> Paged {
    let query: TaskQuery = by.contract.query("get", "/api/v1/tasks", request.query_string())?;
    let tasks = by.office.tasks(&by.officer, query).await?;
    let settlements = Settled::ALL.iter().map(|way| term!(*way)).collect();
    page::shown(&by.frame, &TasksPage { p: &by.frame, tasks, settlements })
}

/// Settles one.
pub(in crate::web) async fn settle(sent: Sent, id: web::Path<TaskId>) -> Paged {
    let Sent { by, fields } = sent;
    let how: Settlement = by.contract.body(json!({ "settled": fields.text("settled") }))?;
    by.office.settle_task(&by.officer, *id, how).await?;
    page::see("/desk/tasks")
}
