//! Each cell of a report opens what was counted in it: the applications of table 三, the proceedings of table 四. Counted are all; opened can
//! only be what the reader may see.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::counting::{days, place_of};
use super::workbench::{Scope, TakenIn};
use super::{agency_for, year_of};
use crate::ids::{CaseId, ProceedingId};
use crate::law::annual::{Form, Row};
use crate::law::judgment::{Cell, ReportRow};
use crate::law::receipt::ApplicantKind;
use crate::office::Office;
use crate::office::failure::{Failure, Problem};
use crate::office::permission::{Deed, Officer};
use crate::office::queue::{PAGE, PAGE_MAX, visible};
use crate::office::supervision::names;
use crate::office::views::{AgencyName, Term, term};
use crate::storage::report_cases::{self, CellFilter};
use crate::storage::{Conn, cases, proceedings, report_proceedings};

/// Which cell.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CellQuery {
    /// The agency, by its short name.
    pub agency: String,
    /// Whether the agencies below are taken in.
    pub below: Option<bool>,
    /// Whether those to which it had succeeded by the end of the year are taken in; they are if missing.
    pub predecessors: Option<bool>,
    /// The row of table 三 by its number, or of table 四 by its code.
    pub row: String,
    /// The column by its code; the whole row if missing.
    pub column: Option<String>,
    /// Where the last page ended: its `next`.
    pub cursor: Option<String>,
    /// Cases a page: 1 to 200, 50 if missing.
    pub limit: Option<u32>,
}

/// A case or a proceeding that was counted in the cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CountedItem {
    /// The case.
    #[schema(value_type = String, format = "uuid")]
    pub case: CaseId,
    /// Its number in the register, or on the receipt.
    pub number: String,
    /// The proceeding, where it is one.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub proceeding: Option<ProceedingId>,
    /// The agency.
    pub agency: AgencyName,
    /// The kind of applicant; none of a proceeding.
    pub applicant_kind: Option<Term>,
    /// Since when it counts.
    pub from: NaiveDate,
    /// Until when; none while it is open.
    pub until: Option<NaiveDate>,
    /// In which row of the form its result is counted, for a case; none while it is open.
    pub outcome: Option<Term>,
}

/// A page of a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CellPage {
    /// The first that came first.
    pub items: Vec<CountedItem>,
    /// Where the next page begins; none on the last.
    pub next: Option<String>,
}

/// What is asked for.
enum Asked {
    Three(CellFilter, Option<ApplicantKind>),
    Four(ReportRow, Option<Cell>),
}

impl Office {
    /// What was counted in a cell.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`], [`Failure::Invalid`] for no cell; the database's failures.
    pub async fn report_cell(&self, officer: &Officer, year: i32, query: CellQuery) -> Result<CellPage, Failure> {
        let officer = officer.clone();
        let year = year_of(year)?;
        let asked = asked(&query, year)?;
        let (after, limit) = page_of(&query)?;
        self.db()
            .read(move |conn| {
                let agency = agency_for(conn, &officer, Deed::Supervise, &query.agency)?;
                let mut scope = Scope::of(conn, agency, year, TakenIn::of(query.below, query.predecessors))?;
                // Whoever went into it may stand elsewhere in the tree: its cases are opened by whoever may see that place.
                let seen = visible(conn, &officer, Deed::Supervise, None)?;
                scope.agencies.retain(|one| seen.contains(one));
                match &asked {
                    Asked::Three(filter, kind) => list_cases(conn, &scope, (filter, *kind), after, limit),
                    Asked::Four(row, cell) => list_proceedings(conn, &scope, (*row, *cell)),
                }
            })
            .await
    }
}

fn asked(query: &CellQuery, year: i32) -> Result<Asked, Failure> {
    let no_cell =
        |pointer: &str| Failure::invalid(pointer, "报告中没有这一格。", "There is no such cell in the report.");
    let column = query.column.as_deref().filter(|code| *code != "total");
    if let Ok(row) = query.row.parse::<ReportRow>() {
        let cell = column.map(str::parse::<Cell>).transpose().map_err(|_none| no_cell("?column"))?;
        return Ok(Asked::Four(row, cell));
    }
    let row: Row = query.row.parse().map_err(|_none| no_cell("?row"))?;
    let kind = column.map(str::parse::<ApplicantKind>).transpose().map_err(|_none| no_cell("?column"))?;
    let (first, last) = days(year)?;
    let ended =
        |rows: Vec<Row>| CellFilter::Ended(first, last, rows.iter().map(|row| row.as_str().to_owned()).collect());
    let filter = match row {
        Row::New => CellFilter::New(first, last),
        Row::CarriedOver => CellFilter::OpenBefore(first),
        Row::Pending => CellFilter::OpenAfter(last),
        Row::Total => ended(Form::Current.rows().filter(|row| row.is_result()).collect()),
        Row::OtherTogether => ended(Row::ALL.iter().copied().filter(|row| row.is_other()).collect()),
        row => ended(vec![row]),
    };
    Ok(Asked::Three(filter, kind))
}

type Page = (Option<(NaiveDate, CaseId)>, u32);

fn page_of(query: &CellQuery) -> Result<Page, Failure> {
    let mut problems = Vec::new();
    let limit = query.limit.unwrap_or(PAGE);
    if !(1..=PAGE_MAX).contains(&limit) {
        problems.push(Problem::at("?limit", "每页1至200件。", "A page has 1 to 200 cases."));
    }
    let read = |cursor: &str| cursor.split_once('|').and_then(|(on, id)| Some((on.parse().ok()?, id.parse().ok()?)));
    let after = query.cursor.as_deref().and_then(read);
    if query.cursor.is_some() && after.is_none() {
        problems.push(Problem::at("?cursor", "请使用上一页给出的 next。", "Use the `next` of the page before."));
    }
    if problems.is_empty() { Ok((after, limit)) } else { Err(Failure::Invalid(problems)) }
}

fn list_cases(
    conn: &mut Conn,
    scope: &Scope,
    (filter, kind): (&CellFilter, Option<ApplicantKind>),
    after: Option<(NaiveDate, CaseId)>,
    limit: u32,
) -> Result<CellPage, Failure> {
    let kind = kind.map(ApplicantKind::as_str);
    let more = i64::from(limit) + 1;
    let mut rows = report_cases::list_cell(conn, &scope.agencies, (filter, kind), after, more)?;
    let next = (rows.len() > usize::try_from(limit).map_err(Failure::broken)?).then(|| {
        rows.pop();
        rows.last().map(|row| format!("{}|{}", row.from_on, row.case_id))
    });
    let ids: Vec<CaseId> = rows.iter().map(|row| row.case_id).collect();
    let known: HashMap<CaseId, _> = cases::list_of(conn, &ids)?.into_iter().map(|row| (row.id, row)).collect();
    let names = names(conn)?;
    let items = rows.into_iter().filter_map(|row| {
        let case = known.get(&row.case_id)?;
        let kind = row.applicant_kind.parse::<ApplicantKind>().ok();
        // What it was counted by: what has become of the case since may be another thing.
        let outcome = row.line.as_deref().and_then(|code| code.parse::<Row>().ok());
        Some(CountedItem {
            case: row.case_id,
            number: case.number.clone().unwrap_or_else(|| case.receipt_no.clone()),
            proceeding: None,
            agency: names.get(&row.agency_id).cloned()?,
            applicant_kind: kind.map(|kind| term!(kind)),
            from: row.from_on,
            until: row.until_on,
            outcome: outcome.map(|outcome| term!(outcome)),
        })
    });
    Ok(CellPage { items: items.collect(), next: next.flatten() })
}

/// Proceedings are few: a cell of table 四 is one page.
fn list_proceedings(
    conn: &mut Conn,
    scope: &Scope,
    (line, cell): (ReportRow, Option<Cell>),
) -> Result<CellPage, Failure> {
    let rows = report_proceedings::list_within(conn, &scope.agencies, days(scope.year)?)?;
    let mut counted = Vec::new();
    for of_one in rows.chunk_by(|one, next| one.proceeding_id == next.proceeding_id) {
        let place = place_of(of_one, scope.year)?;
        if place.is_some_and(|(row, at)| row == line && cell.is_none_or(|cell| cell == at)) {
            counted.extend(of_one.last().cloned());
        }
    }
    let ids: Vec<ProceedingId> = counted.iter().map(|row| row.proceeding_id).collect();
    let files: HashMap<ProceedingId, String> =
        proceedings::list_of_ids(conn, &ids)?.into_iter().map(|row| (row.id, row.number)).collect();
    let names = names(conn)?;
    let items = counted.into_iter().filter_map(|row| {
        Some(CountedItem {
            case: row.case_id,
            number: files.get(&row.proceeding_id).cloned()?,
            proceeding: Some(row.proceeding_id),
            agency: names.get(&row.agency_id).cloned()?,
            applicant_kind: None,
            from: row.from_on,
            until: row.until_on,
            outcome: None,
        })
    });
    Ok(CellPage { items: items.collect(), next: None })
}
