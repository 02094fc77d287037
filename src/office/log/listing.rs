//! Reading the log: its entries for auditors, and who looked into one case for its supervisors. Reading it is an entry too.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::entry::{Change, Form, Note, Particulars};
use super::kind::{Kind, LogChain};
use crate::clock::end_of_day_in_china;
use crate::ids::{AgencyId, CaseId, LogId, StaffId};
use crate::office::failure::{Failure, Problem};
use crate::office::permission::{Deed, Officer, permit};
use crate::office::queue::visible;
use crate::office::views::{AgencyName, StaffName, Term, term};
use crate::office::{Office, Shared, projection};
use crate::storage::access_log::{self, AccessRow};
use crate::storage::log_entries::{self, LogFilter, LogRow};
use crate::storage::{Conn, agencies, cases, staff};
use crate::vault::particulars::{SealedParticulars, open_particulars};

/// Entries a page.
const PAGE: u32 = 50;

/// The most.
const PAGE_MAX: u32 = 200;

/// Which entries.
#[derive(Debug, Clone, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LogQuery {
    /// `readings` or `staff`; both if missing.
    pub chain: Option<String>,
    /// Entries of this kind only.
    pub kind: Option<String>,
    /// Whose: an account, or its id; also what was done in their place.
    pub staff: Option<String>,
    /// In which case: its id, or the number of its receipt.
    pub case: Option<String>,
    /// From this day on, in China.
    pub from: Option<NaiveDate>,
    /// Until this day, in China, it included.
    pub to: Option<NaiveDate>,
    /// Where the last page ended: its `next`.
    pub cursor: Option<String>,
    /// Entries a page: 1 to 200, 50 if missing.
    pub limit: Option<u32>,
}

/// A case, as an entry names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct EntryCase {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: CaseId,
    /// Its number, or that of its receipt.
    pub number: String,
}

/// What an entry tells besides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct EntryFacts {
    /// Codes, ids and numbers, as they are hashed.
    pub facts: BTreeMap<String, String>,
    /// Whom it is about, where that is a member of staff.
    pub about: Option<StaffName>,
    /// Where the request came from; for auditors.
    pub address: Option<String>,
    /// What was typed; for auditors.
    pub words: BTreeMap<String, String>,
    /// Values before and after; for auditors.
    pub changes: Vec<Change>,
}

/// An entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LogEntry {
    /// Its id.
    pub id: String,
    /// Its chain.
    pub chain: Term,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub kind: Term,
    /// Who; none for the command line, and where nobody is known.
    pub staff: Option<StaffName>,
    /// In whose place.
    pub on_behalf_of: Option<StaffName>,
    /// In which case.
    pub case: Option<EntryCase>,
    /// At which agency.
    pub agency: Option<AgencyName>,
    /// What it tells besides.
    #[serde(flatten)]
    pub besides: EntryFacts,
    /// Its number in its chain; none until the sealer has put it there.
    pub seq: Option<u32>,
    /// Its hash there.
    pub hash: Option<String>,
}

/// A page of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LogPage {
    /// The entries, the newest first.
    pub items: Vec<LogEntry>,
    /// Where the next page begins; none on the last.
    pub next: Option<String>,
}

/// Who looked into a case.
#[derive(Debug, Clone, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReadingsQuery {
    /// Where the last page ended: its `next`.
    pub cursor: Option<String>,
}

impl Office {
    /// The log, for an auditor: what concerns the agencies at which they hold that role, and all below.
    ///
    /// # Errors
    /// [`Failure::Forbidden`]; [`Failure::Invalid`] with every parameter that is wrong; the database's failures.
    pub async fn log_entries(&self, officer: &Officer, query: LogQuery) -> Result<LogPage, Failure> {
        let (shared, by) = (self.shared(), officer.clone());
        let asked = serde_json::to_string(&asked_of(&query)).map_err(Failure::broken)?;
        let page = self
            .db()
            .read(move |conn| {
                let agencies = kept(conn, &by)?;
                let (filter, limit) = filter_of(conn, &query, agencies)?;
                page_of(conn, &shared, &filter, limit, true)
            })
            .await?;
        let note = Note::of_look(officer, Kind::Log, Deed::ReadLog).word("query", asked);
        self.write_down(note.fact("shown", page.items.len())).await?;
        Ok(page)
    }

    /// Who looked into a case, for its supervisors and auditors.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; [`Failure::Invalid`] for a cursor that is none; the database's
    /// failures.
    pub async fn case_readings(&self, officer: &Officer, id: CaseId, query: ReadingsQuery) -> Result<LogPage, Failure> {
        let (shared, by) = (self.shared(), officer.clone());
        let (page, agency) = self
            .db()
            .read(move |conn| {
                let (case, _) = projection::load(conn, id)?;
                let lineage = projection::lineage(conn, case.agency())?;
                permit(&by, Deed::SeeReadings, &lineage)?;
                let after = query.cursor.as_deref().map(str::parse).transpose().map_err(|_no_id| wrong_cursor())?;
                let chain = Some(LogChain::Readings.as_str().to_owned());
                let filter = LogFilter { chain, case: Some(id), after, ..LogFilter::default() };
                let audits = permit(&by, Deed::ReadLog, &lineage).is_ok();
                let mut page = page_of(conn, &shared, &filter, PAGE, audits)?;
                if page.next.is_none() {
                    page.items.extend(before_the_chain(conn, id)?);
                }
                Ok::<_, Failure>((page, case.agency()))
            })
            .await?;
        let note = Note::of_look(officer, Kind::Log, Deed::SeeReadings).of(id).at(agency);
        self.write_down(note.fact("shown", page.items.len())).await?;
        Ok(page)
    }
}

/// What was asked for, as the entry of this reading tells it.
fn asked_of(query: &LogQuery) -> BTreeMap<&'static str, String> {
    let asked = [
        ("chain", query.chain.clone()),
        ("kind", query.kind.clone()),
        ("staff", query.staff.clone()),
        ("case", query.case.clone()),
        ("from", query.from.map(|day| day.to_string())),
        ("to", query.to.map(|day| day.to_string())),
    ];
    asked.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// The agencies whose entries this auditor reads; none where that is all, those of no agency included.
fn kept(conn: &mut Conn, officer: &Officer) -> Result<Option<Vec<AgencyId>>, Failure> {
    let within = visible(conn, officer, Deed::ReadLog, None)?;
    let all = agencies::list(conn)?.into_iter().all(|row| within.contains(&row.id));
    Ok(if all { None } else { Some(within) })
}

fn wrong_cursor() -> Failure {
    Failure::Invalid(vec![Problem::at("?cursor", "请使用上一页给出的 next。", "Use the `next` of the page before.")])
}

fn filter_of(conn: &mut Conn, query: &LogQuery, agencies: Option<Vec<AgencyId>>) -> Result<(LogFilter, u32), Failure> {
    let mut problems = Vec::new();
    let mut wrong = |name: &str, zh: &str, en: &str| problems.push(Problem::at(format!("?{name}"), zh, en));
    if query.chain.as_deref().is_some_and(|name| name.parse::<LogChain>().is_err()) {
        wrong("chain", "应为 readings 或者 staff。", "This is `readings` or `staff`.");
    }
    if query.kind.as_deref().is_some_and(|name| name.parse::<Kind>().is_err()) {
        wrong("kind", "没有这种留痕。", "There is no such kind.");
    }
    let staff = match query.staff.as_deref().map(str::trim) {
        None => None,
        Some(given) => match given.parse::<StaffId>() {
            Ok(id) => Some(id),
            Err(_not_an_id) => staff::find_by_login(conn, &given.to_lowercase())?.map(|row| row.id).or_else(|| {
                wrong("staff", "没有这个账号。", "There is no such account.");
                None
            }),
        },
    };
    let case = match query.case.as_deref().map(str::trim) {
        None => None,
        Some(given) => match given.parse::<CaseId>() {
            Ok(id) => Some(id),
            Err(_not_an_id) => cases::find_by_receipt_no(conn, given)?.map(|row| row.id).or_else(|| {
                wrong("case", "没有这件申请。", "There is no such case.");
                None
            }),
        },
    };
    let after = query.cursor.as_deref().and_then(|text| {
        let read = text.parse::<LogId>().ok();
        if read.is_none() {
            wrong("cursor", "请使用上一页给出的 next。", "Use the `next` of the page before.");
        }
        read
    });
    let limit = query.limit.unwrap_or(PAGE);
    if !(1..=PAGE_MAX).contains(&limit) {
        wrong("limit", "每页1至200条。", "A page has 1 to 200 entries.");
    }
    let filter = LogFilter {
        agencies,
        chain: query.chain.clone(),
        kind: query.kind.clone(),
        staff,
        case,
        from: query.from.and_then(|day| day.pred_opt()).map(end_of_day_in_china),
        until: query.to.map(end_of_day_in_china),
        after,
    };
    if problems.is_empty() { Ok((filter, limit)) } else { Err(Failure::Invalid(problems)) }
}

fn page_of(conn: &mut Conn, shared: &Shared, filter: &LogFilter, limit: u32, whole: bool) -> Result<LogPage, Failure> {
    let mut rows = log_entries::list(conn, filter, i64::from(limit) + 1)?;
    let more = rows.len() > usize::try_from(limit).map_err(Failure::broken)?;
    if more {
        rows.truncate(rows.len().saturating_sub(1));
    }
    let next = rows.last().filter(|_| more).map(|row| row.id.to_string());
    let ids: Vec<LogId> = rows.iter().map(|row| row.id).collect();
    let mut links: HashMap<LogId, (u32, String)> = HashMap::new();
    for link in log_entries::list_links_of(conn, &ids)? {
        links.insert(link.entry_id, (u32::try_from(link.seq).map_err(Failure::broken)?, link.hash));
    }
    let mut particulars: HashMap<LogId, Particulars> = HashMap::new();
    for row in if whole { log_entries::list_particulars(conn, &ids)? } else { Vec::new() } {
        let sealed = SealedParticulars { wrapped: row.wrapped, sealed: row.sealed };
        let opened = open_particulars(&shared.keys, row.entry_id, &sealed)?;
        particulars.insert(row.entry_id, serde_json::from_slice(&opened.plain).map_err(Failure::broken)?);
    }
    let names = Names::of(conn, &rows)?;
    let items = rows.into_iter().map(|row| {
        let (seq, hash) = links.remove(&row.id).unzip();
        Ok(LogEntry { seq, hash, ..names.entry(&row, particulars.remove(&row.id).unwrap_or_default())? })
    });
    Ok(LogPage { items: items.collect::<Result<_, Failure>>()?, next })
}

/// What the ids in some entries stand for.
struct Names {
    staff: HashMap<StaffId, String>,
    agencies: HashMap<AgencyId, AgencyName>,
    cases: HashMap<CaseId, String>,
}

impl Names {
    fn of(conn: &mut Conn, rows: &[LogRow]) -> Result<Self, Failure> {
        let mut of_cases: Vec<CaseId> = rows.iter().filter_map(|row| row.case_id).collect();
        of_cases.sort_unstable();
        of_cases.dedup();
        let agency = |row: agencies::AgencyRow| (row.id, AgencyName { slug: row.slug, name: row.name });
        let case = |row: cases::CaseRow| (row.id, row.number.unwrap_or(row.receipt_no));
        Ok(Self {
            staff: staff::list(conn)?.into_iter().map(|row| (row.id, row.name)).collect(),
            agencies: agencies::list(conn)?.into_iter().map(agency).collect(),
            cases: cases::list_of(conn, &of_cases)?.into_iter().map(case).collect(),
        })
    }

    fn staff(&self, id: StaffId) -> StaffName {
        StaffName { id, name: self.staff.get(&id).cloned().unwrap_or_default() }
    }

    fn entry(&self, row: &LogRow, particulars: Particulars) -> Result<LogEntry, Failure> {
        let form: Form = serde_json::from_str(&row.body).map_err(Failure::broken)?;
        let about = form.facts.get("about").and_then(|id| id.parse().ok()).map(|id| self.staff(id));
        let Particulars { address, words, changes } = particulars;
        Ok(LogEntry {
            id: row.id.to_string(),
            chain: term!(form.chain),
            at: row.at,
            kind: term!(form.kind),
            staff: row.staff_id.map(|id| self.staff(id)),
            on_behalf_of: row.absent_id.map(|id| self.staff(id)),
            case: row.case_id.map(|id| EntryCase { id, number: self.cases.get(&id).cloned().unwrap_or_default() }),
            agency: row.agency_id.and_then(|id| self.agencies.get(&id).cloned()),
            besides: EntryFacts { facts: form.facts, about, address, words, changes },
            seq: None,
            hash: None,
        })
    }
}

/// Looks from before looks had a chain: they are shown with the rest, and no seal covers them.
fn before_the_chain(conn: &mut Conn, case: CaseId) -> Result<Vec<LogEntry>, Failure> {
    let names: HashMap<StaffId, String> = staff::list(conn)?.into_iter().map(|row| (row.id, row.name)).collect();
    let mut rows = access_log::list(conn, case)?;
    rows.reverse();
    let entry = |row: AccessRow| {
        let kind: Kind = row.kind.parse().map_err(Failure::broken)?;
        let name = names.get(&row.staff_id).cloned().unwrap_or_default();
        let facts = row.reason_code.map(|reason| ("reason".to_owned(), reason)).into_iter().collect();
        Ok(LogEntry {
            id: row.id.to_string(),
            chain: term!(LogChain::Readings),
            at: row.at,
            kind: term!(kind),
            staff: Some(StaffName { id: row.staff_id, name }),
            on_behalf_of: None,
            case: None,
            agency: None,
            besides: EntryFacts { facts, about: None, address: None, words: BTreeMap::new(), changes: Vec::new() },
            seq: None,
            hash: None,
        })
    };
    rows.into_iter().map(entry).collect()
}
