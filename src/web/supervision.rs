//! Supervision: what is overdue and what will be, over an agency and all below it, now or as of a day; each number opens
//! the list behind it, each row its case.

pub(super) mod assessment;
mod chart;
mod figures;
mod months;
pub(super) mod orders;
pub(super) mod waiting;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use askama::Template;
use chrono::NaiveDate;

use super::fields::{Fields, encode};
use super::frame::Frame;
use super::page::{self, Paged};
use super::signed_in::SignedIn;
use crate::api::file;
use crate::case::Stage;
use crate::office::failure::Failure;
use crate::office::permission::Deed;
use crate::office::supervision::late_replies::{LatePage, LateQuery};
use crate::office::supervision::orders::OrderQuery;
use crate::office::supervision::satisfaction::{Satisfaction, SatisfactionQuery};
use crate::office::supervision::stalled::{StalledPage, StalledQuery};
use crate::office::supervision::timeliness::TimelinessQuery;
use crate::office::supervision::windows::{WindowPage, WindowQuery};
use crate::office::supervision::workload::{Workload, WorkloadQuery};
use crate::office::supervision::{DuePage, SupervisionQuery};
use crate::office::views::{AgencyName, Term, term};
use chart::Bars;
use months::Columns;

/// Cases listed on the board itself; the whole list is a page of its own.
const FIRST: &str = "8";

#[derive(Template)]
#[template(path = "supervision/board.html")]
struct Board<'a> {
    p: &'a Frame,
    asked: Asked,
    overdue: DuePage,
    soon: DuePage,
    workload: Workload,
    bars: Bars,
    windows: WindowPage,
    stalled: StalledPage,
    columns: Columns,
    /// Supervision orders whose answer is overdue, now.
    orders: i64,
}

#[derive(Template)]
#[template(path = "supervision/due.html")]
struct DueList<'a> {
    p: &'a Frame,
    asked: Asked,
    title: &'static str,
    page: DuePage,
    next: Option<String>,
    /// Where the same is had as a table.
    table: Option<String>,
    stages: Vec<Term>,
    /// The one that was asked for.
    stage: String,
}

#[derive(Template)]
#[template(path = "supervision/late.html")]
struct LateList<'a> {
    p: &'a Frame,
    asked: Asked,
    from: String,
    to: String,
    page: LatePage,
    next: Option<String>,
}

#[derive(Template)]
#[template(path = "supervision/satisfaction.html")]
struct SatisfactionList<'a> {
    p: &'a Frame,
    asked: Asked,
    from: String,
    to: String,
    satisfaction: Satisfaction,
}

#[derive(Template)]
#[template(path = "supervision/workload.html")]
struct WorkloadList<'a> {
    p: &'a Frame,
    asked: Asked,
    workload: Workload,
}

impl Board<'_> {
    /// Windows that have closed and wait for a finding.
    fn closed(&self) -> i64 {
        self.windows.by_window.iter().map(|one| one.closed).sum()
    }

    /// Receipts that lie unconfirmed.
    fn unconfirmed(&self) -> i64 {
        self.stalled.by_step.iter().filter(|one| one.step.code == "confirmation").map(|one| one.count).sum()
    }

    /// The beginnings of the two lists, each with its title and where the whole is.
    fn lists(&self) -> [(&'static str, &DuePage, String); 2] {
        let pick = |zh, en| self.p.language.pick(zh, en);
        [
            (pick("超期最久的", "Overdue longest"), &self.overdue, self.asked.link("overdue")),
            (pick("最先到期的", "Due first"), &self.soon, self.asked.link("due-soon")),
        ]
    }
}

impl SatisfactionList<'_> {
    /// The mean, as one writes it.
    fn mean(&self) -> String {
        self.satisfaction
            .mean_hundredths
            .map_or_else(|| "—".to_owned(), |mean| format!("{}.{:02}", mean / 100, mean % 100))
    }

    /// Width of a bar of so many, in the picture's units.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand over what they have by reference")]
    fn width(&self, count: &i64) -> i64 {
        count * 300 / self.satisfaction.counts.iter().map(|one| one.count).max().unwrap_or(1).max(1)
    }
}

/// What is asked for, and what may be asked for instead.
struct Asked {
    agency: String,
    as_of: String,
    agencies: Vec<AgencyName>,
    /// What is wrong with it.
    error: Option<String>,
}

impl Asked {
    async fn of(by: &SignedIn, fields: &Fields) -> Result<Self, Failure> {
        let agencies = by.office.reach(&by.officer, Deed::Supervise).await?;
        Ok(Self { agency: fields.text("agency"), as_of: fields.text("as_of"), agencies, error: None })
    }

    /// The address of a list with what is asked for here.
    fn link(&self, list: &str) -> String {
        // What is over has a day of its own, and what waits is seen as it is now; only what is due is seen as of one.
        let as_of = match list {
            "late-replies" | "satisfaction" | "windows" | "stalled" | "indicators" | "forecast" | "scorecards"
            | "orders" => "",
            _ => self.as_of.as_str(),
        };
        let pairs = [("agency", self.agency.as_str()), ("as_of", as_of)];
        let query = encode(pairs.into_iter().filter(|(_, text)| !text.is_empty()));
        format!("/supervision/{list}{}{query}", if query.is_empty() { "" } else { "?" })
    }

    /// The list of what lies at one step.
    fn stalled_at(&self, step: &str) -> String {
        let pairs = [("agency", self.agency.as_str()), ("step", step)];
        format!("/supervision/stalled?{}", encode(pairs.into_iter().filter(|(_, text)| !text.is_empty())))
    }

    /// The list of what came late between two days.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand over what they have by reference")]
    fn late_between(&self, from: &NaiveDate, to: &NaiveDate) -> String {
        let (from, to) = (from.to_string(), to.to_string());
        let pairs = [("agency", self.agency.as_str()), ("from", from.as_str()), ("to", to.as_str())];
        format!("/supervision/late-replies?{}", encode(pairs.into_iter().filter(|(_, text)| !text.is_empty())))
    }

    /// What is asked for now, whatever the day: the agency alone, with more.
    fn now(&self, more: &[(&str, &str)]) -> String {
        let pairs = [("agency", self.agency.as_str())];
        encode(pairs.into_iter().chain(more.iter().copied()).filter(|(_, text)| !text.is_empty()))
    }

    /// The board of one agency.
    fn board_of(&self, slug: &str) -> String {
        let pairs = [("agency", slug), ("as_of", self.as_of.as_str())];
        format!("/supervision?{}", encode(pairs.into_iter().filter(|(_, text)| !text.is_empty())))
    }

    /// The query of a call, with more.
    fn query(&self, more: &[(&str, &str)]) -> String {
        let pairs = [("agency", self.agency.as_str()), ("as_of", self.as_of.as_str())];
        encode(pairs.into_iter().chain(more.iter().copied()).filter(|(_, text)| !text.is_empty()))
    }
}

/// The board. What is wrong with the day is said beside the field, over the board of today.
pub(super) async fn show(by: SignedIn, request: HttpRequest) -> Paged {
    let fields = Fields::of(request.query_string());
    match board(&by, Asked::of(&by, &fields).await?).await {
        Ok(page) => page,
        Err(Failure::Invalid(problems)) => {
            let told: Vec<&str> = problems.iter().map(|one| by.frame.t(&one.zh, &one.en)).collect();
            let asked = Asked { as_of: String::new(), error: Some(told.join(" ")), ..Asked::of(&by, &fields).await? };
            let mut response = board(&by, asked).await??;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(other) => Err(other.into()),
    }
}

async fn board(by: &SignedIn, asked: Asked) -> Result<Paged, Failure> {
    let text = asked.query(&[("limit", FIRST)]);
    let overdue: SupervisionQuery = by.contract.query("get", "/api/v1/supervision/overdue", &text)?;
    let soon: SupervisionQuery = by.contract.query("get", "/api/v1/supervision/due-soon", &text)?;
    let load: WorkloadQuery = by.contract.query("get", "/api/v1/supervision/workload", &asked.query(&[]))?;
    let overdue = by.office.overdue(&by.officer, overdue).await?;
    let soon = by.office.due_soon(&by.officer, soon).await?;
    let workload = by.office.workload(&by.officer, load).await?;
    let first = asked.now(&[("limit", "1")]);
    let windows: WindowQuery = by.contract.query("get", "/api/v1/supervision/windows", &first)?;
    let stalled: StalledQuery = by.contract.query("get", "/api/v1/supervision/stalled", &first)?;
    let months: TimelinessQuery = by.contract.query("get", "/api/v1/supervision/timeliness", &asked.now(&[]))?;
    let windows = by.office.closing_windows(&by.officer, windows).await?;
    let stalled = by.office.stalled(&by.officer, stalled).await?;
    let columns = Columns::of(&by.office.timeliness(&by.officer, months).await?);
    let missed: OrderQuery =
        by.contract.query("get", "/api/v1/supervision/orders", &asked.now(&[("overdue", "true"), ("limit", "1")]))?;
    let orders = by.office.orders(&by.officer, missed).await?.total;
    let (p, bars) = (&by.frame, Bars::of(&workload));
    Ok(page::shown(p, &Board { p, asked, overdue, soon, workload, bars, windows, stalled, columns, orders }))
}

/// A list behind the board. What is wrong with a day is said beside the field, over the list as it is without it.
pub(super) async fn list(by: SignedIn, list: web::Path<String>, request: HttpRequest) -> Paged {
    let fields = Fields::of(request.query_string());
    match listed(&by, &list, &fields, None).await {
        Ok(page) => page,
        Err(Failure::Invalid(problems)) => {
            let mut bare = Fields::default();
            bare.set("agency", fields.text("agency"));
            let told: Vec<&str> = problems.iter().map(|one| by.frame.t(&one.zh, &one.en)).collect();
            let mut response = listed(&by, &list, &bare, Some(told.join(" "))).await??;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(other) => Err(other.into()),
    }
}

/// What is overdue, as a table.
pub(in crate::web) async fn overdue_table(by: SignedIn, request: HttpRequest) -> Paged {
    let query: SupervisionQuery =
        by.contract.query("get", "/api/v1/supervision/overdue.csv", request.query_string())?;
    let name = format!("overdue-{}.csv", by.office.today());
    Ok(file::figures(&name, by.office.overdue_table(&by.officer, query).await?))
}

async fn listed(by: &SignedIn, list: &str, fields: &Fields, error: Option<String>) -> Result<Paged, Failure> {
    let p = &by.frame;
    let asked = Asked { error, ..Asked::of(by, fields).await? };
    let further = |next: &Option<String>| {
        next.as_deref().map(|cursor| {
            let mut further = fields.clone();
            further.set("cursor", cursor);
            format!("/supervision/{list}?{}", further.encoded())
        })
    };
    let text = fields.encoded();
    let text = text.as_str();
    Ok(match list {
        "overdue" | "due-soon" => {
            let path = if list == "overdue" { "/api/v1/supervision/overdue" } else { "/api/v1/supervision/due-soon" };
            let query: SupervisionQuery = by.contract.query("get", path, text)?;
            let (title, page) = if list == "overdue" {
                (p.language.pick("已超期的案件", "Overdue cases"), by.office.overdue(&by.officer, query).await?)
            } else {
                (p.language.pick("即将到期的案件", "Cases due soon"), by.office.due_soon(&by.officer, query).await?)
            };
            let next = further(&page.next);
            let table = (list == "overdue").then(|| format!("/supervision/overdue.csv?{text}"));
            let stages = Stage::ALL.iter().map(|stage| term!(*stage)).collect();
            page::shown(p, &DueList { p, asked, title, page, next, table, stages, stage: fields.text("stage") })
        }
        "late-replies" => {
            let query: LateQuery = by.contract.query("get", "/api/v1/supervision/late-replies", text)?;
            let page = by.office.late_replies(&by.officer, query).await?;
            let next = further(&page.next);
            page::shown(p, &LateList { p, asked, from: fields.text("from"), to: fields.text("to"), page, next })
        }
        "satisfaction" => {
            let query: SatisfactionQuery = by.contract.query("get", "/api/v1/supervision/satisfaction", text)?;
            let satisfaction = by.office.satisfaction(&by.officer, query).await?;
            let (from, to) = (fields.text("from"), fields.text("to"));
            page::shown(p, &SatisfactionList { p, asked, from, to, satisfaction })
        }
        "workload" => {
            let query: WorkloadQuery = by.contract.query("get", "/api/v1/supervision/workload", text)?;
            let workload = by.office.workload(&by.officer, query).await?;
            page::shown(p, &WorkloadList { p, asked, workload })
        }
        _ => return Err(Failure::Missing),
    })
}
