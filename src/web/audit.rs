//! For auditors: the seals over the journals, each with the slip that is kept elsewhere and a sheet to print it on; what the last
//! audit found; and the log, who looked at what and who kept house how.

use actix_web::{HttpRequest, web};
use askama::Template;

use super::fields::Fields;
use super::frame::Frame;
use super::page::{self, Paged};
use super::signed_in::{Sent, SignedIn};
use crate::ids::CaseId;
use crate::office::failure::Failure;
use crate::office::log::{Kind, LogChain, LogEntry, LogPage, LogQuery, ReadingsQuery};
use crate::office::permission::Deed;
use crate::office::seals::{SealView, Verification};
use crate::office::views::{CaseView, Term, term};

#[derive(Template)]
#[template(path = "audit/seals.html")]
struct SealsPage<'a> {
    p: &'a Frame,
    seals: Vec<SealView>,
    /// What became of the button, if it was pressed.
    made: Option<bool>,
    /// Where older ones begin.
    before: Option<u64>,
    verification: Option<Verification>,
    reads_log: bool,
}

#[derive(Template)]
#[template(path = "audit/slip.html")]
struct SlipPage<'a> {
    p: &'a Frame,
    seal: SealView,
}

#[derive(Template)]
#[template(path = "audit/entries.html")]
struct EntriesPage<'a> {
    p: &'a Frame,
    page: LogPage,
    fields: Fields,
    chains: Vec<Term>,
    kinds: Vec<Term>,
    problems: Vec<String>,
    next: Option<String>,
}

#[derive(Template)]
#[template(path = "audit/readings.html")]
struct ReadingsPage<'a> {
    p: &'a Frame,
    case: CaseView,
    tab: &'static str,
    page: LogPage,
    next: Option<String>,
}

impl EntriesPage<'_> {
    fn is(&self, name: &str, value: &str) -> bool {
        self.fields.get(name) == Some(value)
    }
}

/// What an entry tells besides, a line each: name and value.
#[derive(Debug, Clone)]
pub(super) struct Told {
    name: String,
    value: String,
}

/// Names of facts, as people read them. What is not listed is shown under its own name.
const NAMES: &[(&str, &str, &str)] = &[
    ("account", "账号（索引）", "account (index)"),
    ("after", "变更后", "after"),
    ("before", "变更前", "before"),
    ("by", "途径", "by"),
    ("delegate", "代理人", "stands in"),
    ("draft", "草稿", "draft"),
    ("effective_from", "启用日期", "from"),
    ("ended", "结束", "ended"),
    ("file", "文件", "file"),
    ("format", "格式", "format"),
    ("from", "自", "from"),
    ("language", "语言", "language"),
    ("letter", "文书", "letter"),
    ("notice", "通知", "notice"),
    ("number", "编号", "number"),
    ("order", "督办单", "order"),
    ("outcome", "处理结果", "outcome"),
    ("proposal", "日历变更", "proposal"),
    ("query", "条件", "asked"),
    ("reason", "理由", "reason"),
    ("roles", "岗位", "roles"),
    ("seal", "封存编号", "seal"),
    ("seq", "第几次办理", "act"),
    ("session", "登录", "sign-in"),
    ("settled", "处理方式", "settled"),
    ("sheet", "表单", "sheet"),
    ("shown", "条数", "shown"),
    ("subject", "申请人（索引）", "applicant (index)"),
    ("task", "待办", "task"),
    ("to", "至", "to"),
    ("version", "版本", "version"),
    ("year", "年度", "year"),
];

/// The lines of an entry: facts, then what was typed. Whom it is about and what was changed have places of their own.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand over what they have by reference")]
pub(super) fn told(p: &&Frame, entry: &LogEntry) -> Vec<Told> {
    let besides = &entry.besides;
    let facts = besides.facts.iter().filter(|(name, _)| !matches!(name.as_str(), "about" | "fields"));
    let told = facts.chain(&besides.words).map(|(name, value)| {
        let named = NAMES.iter().find(|(code, ..)| code == name);
        Told {
            name: named.map_or(name.as_str(), |(_, zh, en)| p.t(zh, en)).to_owned(),
            value: if name == "query" { decoded(value) } else { value.clone() },
        }
    });
    told.collect()
}

/// A query as people read it.
fn decoded(query: &str) -> String {
    let pairs = Fields::of(query);
    pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" · ")
}

/// The seals, the newest first.
pub(super) async fn show(by: SignedIn, request: HttpRequest) -> Paged {
    let fields = Fields::of(request.query_string());
    let before = fields.get("before").and_then(|number| number.parse().ok());
    let seals = by.office.seals(&by.officer, before).await?;
    let made = fields.get("made").map(|made| made == "yes");
    let before = seals.last().map(|last| last.number).filter(|number| *number > 1);
    let verification = by.office.verification(&by.officer).await?;
    let reads_log = by.officer.may_somewhere(Deed::ReadLog);
    page::shown(&by.frame, &SealsPage { p: &by.frame, seals, made, before, verification, reads_log })
}

/// Seals at once.
pub(super) async fn seal(sent: Sent) -> Paged {
    let made = sent.by.office.seal_on_demand(&sent.by.officer).await?;
    page::see(if made.is_empty() { "/audit?made=no" } else { "/audit?made=yes" })
}

/// The sheet on which one slip is printed.
pub(super) async fn slip(by: SignedIn, number: web::Path<u64>) -> Paged {
    let seals = by.office.seals(&by.officer, number.checked_add(1)).await?;
    let seal = seals.into_iter().find(|one| one.number == *number).ok_or(Failure::Missing)?;
    page::shown(&by.frame, &SlipPage { p: &by.frame, seal })
}

/// The log.
pub(super) async fn entries(by: SignedIn, request: HttpRequest) -> Paged {
    let fields = Fields::of(request.query_string());
    let query: LogQuery = by.contract.query("get", "/api/v1/audit/entries", request.query_string())?;
    let (page, problems) = match by.office.log_entries(&by.officer, query).await {
        Ok(page) => (page, Vec::new()),
        Err(Failure::Invalid(problems)) => {
            let told = problems.iter().map(|one| by.frame.t(&one.zh, &one.en).to_owned()).collect();
            (LogPage { items: Vec::new(), next: None }, told)
        }
        Err(other) => return Err(other.into()),
    };
    let next = further(&page, &fields, "/audit/entries");
    let view = EntriesPage {
        p: &by.frame,
        page,
        fields,
        chains: LogChain::ALL.iter().map(|chain| term!(*chain)).collect(),
        kinds: Kind::ALL.iter().map(|kind| term!(*kind)).collect(),
        problems,
        next,
    };
    page::shown(&by.frame, &view)
}

/// Who looked into a case.
pub(super) async fn readings(by: SignedIn, id: web::Path<CaseId>, request: HttpRequest) -> Paged {
    let fields = Fields::of(request.query_string());
    let query = ReadingsQuery { cursor: fields.get("cursor").map(str::to_owned) };
    let page = by.office.case_readings(&by.officer, *id, query).await?;
    let case = by.office.case(&by.officer, *id).await?;
    let next = further(&page, &fields, &format!("/desk/cases/{id}/readings"));
    page::shown(&by.frame, &ReadingsPage { p: &by.frame, case, tab: "readings", page, next })
}

fn further(page: &LogPage, fields: &Fields, path: &str) -> Option<String> {
    let cursor = page.next.as_deref()?;
    let mut further = fields.clone();
    further.set("cursor", cursor);
    Some(format!("{path}?{}", further.encoded()))
}
