//! What somebody must see to beside the steps of the law: a finding that is owed (known from what is timed), and a notice that
//! did not arrive (kept until somebody says how it was settled).

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::failure::{Failure, Problem};
use super::log::{Kind, Note};
use super::permission::{Deed, Officer, permit};
use super::queue::visible;
use super::scheduling::page;
use super::views::{AgencyName, Term, term};
use super::{Office, projection};
use crate::case::timing::Timed;
use crate::ids::{CaseId, NoticeId, TaskId};
use crate::law::coded::coded;
use crate::notices::Notice;
use crate::storage::tasks::{self, TaskRow};
use crate::storage::{Conn, agencies, cases, notices, timings};

coded! {
    /// How a notice that did not arrive was settled.
    pub enum Settled {
        /// The reader was told by telephone.
        Phoned = "phoned", "已电话告知", "told by telephone";
        /// A letter went out instead.
        Posted = "posted", "已邮寄告知", "told by post";
        /// The address was put right and the mail sent again.
        SentAgain = "sent_again", "更正地址后重新发送", "sent again to the right address";
        /// Nothing was needed any more.
        Unneeded = "unneeded", "已无需告知", "no longer needed";
    }
}

coded! {
    /// What a task is about.
    pub enum TaskKind {
        /// A window has closed: find whether there is good reason.
        Finding = "finding", "待认定有无正当理由", "a finding is owed";
        /// A notice did not arrive.
        Undelivered = "undelivered", "通知未送达", "a notice did not arrive";
    }
}

/// A task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TaskView {
    /// Its id; none where it settles itself by an act in the case.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub id: Option<TaskId>,
    /// What it is about.
    pub kind: Term,
    /// The case.
    #[schema(value_type = String, format = "uuid")]
    pub case: CaseId,
    /// Its number in the register, or on the receipt.
    pub number: String,
    /// The agency.
    pub agency: AgencyName,
    /// Since when.
    pub since: NaiveDate,
    /// The notice that did not arrive.
    pub notice: Option<Term>,
    /// Why it did not: a code of the mail server, or a word.
    pub fault: Option<String>,
    /// When it was settled.
    pub done_at: Option<DateTime<Utc>>,
    /// How.
    pub settled: Option<Term>,
}

/// A page of tasks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TaskPage {
    /// Findings that are owed, the longest first; on the first page only.
    pub findings: Vec<TaskView>,
    /// Other tasks, the oldest first.
    pub items: Vec<TaskView>,
    /// Where the next page begins; none on the last.
    pub next: Option<String>,
}

/// Which tasks.
#[derive(Debug, Clone, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TaskQuery {
    /// An agency by its short name, with all below it; all one may see if missing.
    pub agency: Option<String>,
    /// Where the last page ended: its `next`.
    pub cursor: Option<String>,
    /// Tasks a page: 1 to 200, 50 if missing.
    pub limit: Option<u32>,
}

/// How a task was settled.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Settlement {
    /// How.
    #[schema(value_type = String, example = "phoned")]
    pub settled: Settled,
}

impl Office {
    /// What is to be seen to at the agencies this officer may read.
    ///
    /// # Errors
    /// [`Failure::Invalid`], [`Failure::Missing`], [`Failure::Forbidden`]; the database's failures.
    pub async fn tasks(&self, officer: &Officer, query: TaskQuery) -> Result<TaskPage, Failure> {
        let officer = officer.clone();
        let (after, limit) = page::<TaskId>(query.cursor.as_deref(), query.limit)?;
        self.db()
            .read(move |conn| {
                let seen = visible(conn, &officer, Deed::Read, query.agency.as_deref())?;
                let findings = match after {
                    None => timings::list_current(conn, Timed::Finding.as_str(), &seen, limit)?,
                    Some(_) => Vec::new(),
                };
                let findings = findings
                    .into_iter()
                    .map(|row| finding(conn, row.case_id, row.on_day))
                    .collect::<Result<Vec<_>, Failure>>()?;
                let mut rows = tasks::list_open(conn, &seen, after, limit + 1)?;
                let more = u32::try_from(rows.len()).is_ok_and(|found| found > limit);
                if more {
                    rows.pop();
                }
                let next = rows.last().filter(|_| more).map(|row| row.id.to_string());
                let items = rows.into_iter().map(|row| view(conn, &row)).collect::<Result<_, _>>()?;
                Ok(TaskPage { findings, items, next })
            })
            .await
    }

    /// Says how a task was settled.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; [`Failure::Taken`] when it was settled already.
    pub async fn settle_task(&self, officer: &Officer, id: TaskId, how: Settlement) -> Result<TaskView, Failure> {
        let (officer, now, shared) = (officer.clone(), self.now(), self.shared());
        self.db()
            .write(move |conn| {
                let row = tasks::load(conn, id)?;
                // Whoever works on the agency's cases may.
                let lineage = projection::lineage(conn, row.agency_id)?;
                permit(&officer, Deed::SeeIdentity, &lineage)?;
                tasks::finish(conn, id, officer.id, how.settled.as_str(), now).map_err(|_done| {
                    Failure::Taken(Problem::at("/settled", "该待办已经办结。", "This task is settled already."))
                })?;
                let row = tasks::load(conn, id)?;
                let note = Note::by(&officer, Kind::TaskSettled).of(row.case_id).at(row.agency_id).fact("task", id);
                note.in_place_of(officer.acts_as(Deed::SeeIdentity, &lineage).absent())
                    .fact("settled", how.settled)
                    .write(conn, &shared)?;
                view(conn, &row)
            })
            .await
    }
}

fn finding(conn: &mut Conn, case: CaseId, since: NaiveDate) -> Result<TaskView, Failure> {
    let kind = TaskKind::Finding;
    let (number, agency) = numbered(conn, case)?;
    Ok(TaskView {
        id: None,
        kind: term!(kind),
        case,
        number,
        agency,
        since,
        notice: None,
        fault: None,
        done_at: None,
        settled: None,
    })
}

fn view(conn: &mut Conn, row: &TaskRow) -> Result<TaskView, Failure> {
    let (number, agency) = numbered(conn, row.case_id)?;
    let kind = TaskKind::Undelivered;
    let about = row.notice_id.map(|id: NoticeId| notices::load(conn, id)).transpose()?;
    let notice = about.as_ref().map(|about| about.kind.parse::<Notice>()).transpose().map_err(Failure::broken)?;
    let settled = row.remark.as_deref().map(str::parse::<Settled>).transpose().map_err(Failure::broken)?;
    Ok(TaskView {
        id: Some(row.id),
        kind: term!(kind),
        case: row.case_id,
        number,
        agency,
        since: crate::clock::day_in_china(row.raised_at),
        notice: notice.map(|notice| term!(notice)),
        fault: about.and_then(|about| about.fault),
        done_at: row.done_at,
        settled: settled.map(|settled| term!(settled)),
    })
}

fn numbered(conn: &mut Conn, case: CaseId) -> Result<(String, AgencyName), Failure> {
    let row = cases::load(conn, case)?;
    let agency = agencies::load(conn, row.agency_id)?;
    Ok((row.number.unwrap_or(row.receipt_no), AgencyName { slug: agency.slug, name: agency.name }))
}
