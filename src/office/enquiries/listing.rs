//! The enquiries of the agencies one sees, by the day on which they are due: filtered, in pages that begin where the last one ended.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::contents::Contents;
use super::reading::LISTED;
use super::views::{EnquiryDue, EnquirySummary};
use crate::clock::day_in_china;
use crate::enquiry::Stage;
use crate::enquiry::clock::days_left;
use crate::enquiry::terms::{Ending, EnquiryKind};
use crate::ids::{AgencyId, CaseId, EnquiryId, StaffId};
use crate::office::failure::{Failure, Problem};
use crate::office::log::{Kind, Note};
use crate::office::permission::{Deed, Officer};
use crate::office::queue::{PAGE, PAGE_MAX, handlers_asked, visible};
use crate::office::views::{AgencyName, StaffName, term};
use crate::office::{Office, Shared, bands};
use crate::storage::enquiries::{self, EnquiryFilter, EnquiryRow};
use crate::storage::{Conn, agencies, enquiry_journal, staff};

/// What to list.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EnquiryQuery {
    /// An agency by its short name, with all below it; all one may see if missing.
    pub agency: Option<String>,
    /// Kinds, separated by commas.
    pub kind: Option<String>,
    /// Stages, separated by commas.
    pub stage: Option<String>,
    /// Who sees to it: an id, or `me`.
    pub handler: Option<String>,
    /// Only open ones, or only closed ones.
    pub open: Option<bool>,
    /// Only those whose day has passed.
    pub overdue: Option<bool>,
    /// Only those that came of this application, or went on as it.
    #[param(value_type = Option<String>)]
    #[schema(value_type = Option<String>, format = "uuid")]
    pub case: Option<CaseId>,
    /// Only the one of this number.
    pub number: Option<String>,
    /// Where the last page ended: its `next`.
    pub cursor: Option<String>,
    /// Enquiries a page: 1 to 200, 50 if missing.
    pub limit: Option<u32>,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct EnquiryPage {
    /// The enquiries.
    pub items: Vec<EnquirySummary>,
    /// Where the next page begins; none on the last.
    pub next: Option<String>,
}

impl Office {
    /// A page of enquiries; the look is written down.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with every parameter that is wrong; [`Failure::Missing`] for an agency one may not see; the database's
    /// failures.
    pub async fn enquiries(&self, officer: &Officer, query: EnquiryQuery) -> Result<EnquiryPage, Failure> {
        let words = serde_json::to_string(&query).map_err(Failure::broken)?;
        let note = Note::of_look(officer, Kind::EnquiryList, Deed::Read).word("query", words);
        let (shared, officer) = (self.shared(), officer.clone());
        let page = self.db().read(move |conn| page(conn, &shared, &officer, &query)).await?;
        self.write_down(note.fact("shown", page.items.len())).await?;
        Ok(page)
    }
}

fn page(conn: &mut Conn, shared: &Shared, officer: &Officer, query: &EnquiryQuery) -> Result<EnquiryPage, Failure> {
    let mut filter = read(officer, query, shared.clock.now())?;
    filter.agencies = visible(conn, officer, Deed::Read, query.agency.as_deref())?;
    let size = usize::try_from(query.limit.unwrap_or(PAGE)).map_err(Failure::broken)?;
    let mut rows = enquiries::list(conn, &filter, i64::try_from(size.saturating_add(1)).map_err(Failure::broken)?)?;
    let more = rows.len() > size;
    rows.truncate(size);
    let next = rows.last().filter(|_| more).map(cursor_of);
    Ok(EnquiryPage { items: summaries(conn, shared, rows)?, next })
}

fn read(officer: &Officer, query: &EnquiryQuery, now: DateTime<Utc>) -> Result<EnquiryFilter, Failure> {
    let mut problems = Vec::new();
    let mut wrong = |name: &str, zh: &str, en: &str| problems.push(Problem::at(format!("?{name}"), zh, en));
    let codes = |list: Option<&str>| -> Vec<String> {
        list.map_or_else(Vec::new, |list| list.split(',').map(str::to_owned).collect())
    };
    let kinds = codes(query.kind.as_deref());
    if kinds.iter().any(|kind| kind.parse::<EnquiryKind>().is_err()) {
        wrong("kind", "没有这一类来信。", "There is no such kind.");
    }
    let stages = codes(query.stage.as_deref());
    if stages.iter().any(|stage| stage.parse::<Stage>().is_err()) {
        wrong("stage", "没有这个阶段。", "There is no such stage.");
    }
    if query.limit.is_some_and(|limit| !(1..=PAGE_MAX).contains(&limit)) {
        wrong("limit", "应为1至200。", "1 to 200 are expected.");
    }
    let handlers = handlers_asked(officer, query.handler.as_deref(), &mut wrong);
    let after = query.cursor.as_deref().map(cursor).and_then(|read| {
        if read.is_none() {
            wrong("cursor", "翻页标记无效，请从第一页开始。", "This is no cursor; begin with the first page.");
        }
        read
    });
    if !problems.is_empty() {
        return Err(Failure::Invalid(problems));
    }
    Ok(EnquiryFilter {
        agencies: Vec::new(),
        kinds,
        stages,
        handlers,
        open: query.open,
        overdue_before: query.overdue.filter(|overdue| *overdue).map(|_| day_in_china(now)),
        case: query.case,
        number: query.number.as_deref().map(|number| number.trim().to_ascii_uppercase()),
        after,
    })
}

/// `2026-03-04.<id>`, or `none.<id>`.
fn cursor_of(row: &EnquiryRow) -> String {
    row.due_on.map_or_else(|| format!("none.{}", row.id), |on| format!("{on}.{}", row.id))
}

fn cursor(text: &str) -> Option<(Option<NaiveDate>, EnquiryId)> {
    let (day, id) = text.split_once('.')?;
    let day = if day == "none" { None } else { Some(day.parse().ok()?) };
    Some((day, id.parse().ok()?))
}

/// Rows with what is shown beside them: five queries, whatever their number.
///
/// # Errors
/// [`Failure::Broken`] for a word that is none; the database's failures.
pub(super) fn summaries(
    conn: &mut Conn,
    shared: &Shared,
    rows: Vec<EnquiryRow>,
) -> Result<Vec<EnquirySummary>, Failure> {
    let ids: Vec<EnquiryId> = rows.iter().map(|row| row.id).collect();
    let contents = Contents::of(conn, shared, &ids, Some(LISTED))?;
    let subjects = subjects(conn, &ids)?;
    let people: Vec<StaffId> = rows.iter().filter_map(|row| row.handler_id).collect();
    let names: HashMap<StaffId, String> = staff::names_of(conn, &people)?.into_iter().collect();
    let offices: HashMap<AgencyId, AgencyName> =
        agencies::list(conn)?.into_iter().map(|row| (row.id, AgencyName { slug: row.slug, name: row.name })).collect();
    let now = shared.clock.now();
    let (calendar, today) = (shared.calendars_in(conn)?.known_at(now), day_in_china(now));
    rows.into_iter()
        .map(|row| {
            let due = row.due_on.map(|on| {
                let (left, overdue) = (days_left(today, on, &calendar), today > on);
                let band = term!(bands::of(shared.bands, left, overdue));
                EnquiryDue { on, provisional: row.due_provisional, days_left: left, band, overdue }
            });
            Ok(EnquirySummary {
                id: row.id,
                version: row.version,
                kind: term!(code::<EnquiryKind>(&row.kind)?),
                subject: subjects.get(&row.id).and_then(|subject| contents.words(*subject)),
                stage: term!(code::<Stage>(&row.stage)?),
                agency: offices.get(&row.agency_id).cloned().ok_or(Failure::Missing)?,
                handler: row.handler_id.map(|id| StaffName { id, name: names.get(&id).cloned().unwrap_or_default() }),
                arrived_on: row.arrived_on,
                registered_on: row.registered_on,
                due,
                ending: row.ending.as_deref().map(code::<Ending>).transpose()?.map(|one| term!(one)),
                closed_on: row.closed_on,
                late: row.late,
                satisfaction: row.satisfaction,
                number: row.number,
            })
        })
        .collect()
}

/// The references of their titles, from the first entries.
fn subjects(conn: &mut Conn, ids: &[EnquiryId]) -> Result<HashMap<EnquiryId, crate::case::terms::TextRef>, Failure> {
    let rows = enquiry_journal::list_first(conn, ids)?;
    rows.iter()
        .map(|row| {
            let entry = super::recording::entry_of(row)?;
            match entry.event {
                crate::enquiry::Event::Registered(opening) => Ok((row.enquiry_id, opening.subject)),
                other => Err(Failure::broken(format!("an enquiry that begins with {}", other.kind()))),
            }
        })
        .collect()
}

fn code<T: std::str::FromStr>(word: &str) -> Result<T, Failure>
where
    T::Err: std::error::Error + Send + Sync + 'static,
{
    word.parse().map_err(Failure::broken)
}
