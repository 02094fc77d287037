//! What the scheduler did, and how each of its tasks stands.

use actix_web::HttpRequest;
use askama::Template;

use crate::office::scheduling::{RunPage, SchedulerView};
use crate::web::fields::Fields;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::SignedIn;

#[derive(Template)]
#[template(path = "admin/scheduler.html")]
struct SchedulerPage<'a> {
    p: &'a Frame,
    state: SchedulerView,
    runs: RunPage,
}

/// The scheduler.
pub(in crate::web) async fn show(by: SignedIn, request: HttpRequest) -> Paged {
    let cursor = Fields::of(request.query_string()).get("cursor").map(str::to_owned);
    let state = by.office.scheduler(&by.officer).await?;
    let runs = by.office.scheduler_runs(&by.officer, cursor, None).await?;
    page::shown(&by.frame, &SchedulerPage { p: &by.frame, state, runs })
}

/// A task of the scheduler, by its name.
pub(in crate::web) fn task(p: &Frame, name: &str) -> String {
    let zh = match name {
        "dates" => "重算期限",
        "findings" | "lapses" => "认定逾期",
        "reminders" => "提醒",
        "mail" | "sending" => "发送邮件",
        "sweep" => "清理",
        other => other,
    };
    p.language.pick(zh, name).to_owned()
}
