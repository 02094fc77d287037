//! The workbench of a year: the tables as they are counted now, what is entered, what does not agree, what has been frozen, and what
//! has changed since.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::counting::{Counted, count};
use super::editions;
use super::entering::{Entered, entered};
use super::views::{BreakView, EditionSummary, ReportView};
use super::{agency_for, year_of};
use crate::ids::AgencyId;
use crate::law::annual::identity::breaks;
use crate::law::annual::{Printed, Row, TableTwo};
use crate::office::Office;
use crate::office::failure::Failure;
use crate::office::permission::{Deed, Officer};
use crate::office::views::{AgencyName, Term, term};
use crate::reports::body::{ReportBody, Words};
use crate::storage::agencies::AgencyRow;
use crate::storage::annual_reports::{self, AnnualReportRow};
use crate::storage::{Conn, agencies, agency_history, report_drafts};

/// Which report.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReportQuery {
    /// The agency, by its short name.
    pub agency: String,
    /// Whether the agencies below are taken in; only the agency itself if missing.
    pub below: Option<bool>,
    /// Whether those to which it had succeeded by the end of the year are taken in; they are if missing.
    pub predecessors: Option<bool>,
}

/// Which other agencies a report takes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakenIn {
    /// Those below.
    pub below: bool,
    /// Those to which these had succeeded by the end of the year.
    pub predecessors: bool,
}

impl TakenIn {
    /// As it was asked for.
    pub(super) fn of(below: Option<bool>, predecessors: Option<bool>) -> Self {
        Self { below: below.unwrap_or_default(), predecessors: predecessors.unwrap_or(true) }
    }
}

/// The workbench.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Workbench {
    /// The agency.
    pub agency: AgencyName,
    /// The report as it stands now.
    pub report: ReportView,
    /// The version of what is entered, for If-Match; 0 while nothing is.
    pub version: i32,
    /// What does not agree, with the report of the year before where there is one. Of what is counted here, only a carry-over from a
    /// report of others, and table 二.
    pub breaks: Vec<BreakView>,
    /// Whether there are agencies to which it had succeeded by the end of the year: `report.predecessors` names them where they are
    /// taken in.
    pub succeeded: bool,
    /// Lines of table 二 that are not entered yet.
    pub missing: Vec<String>,
    /// Whether there is a report of the year before, against which the carry-over was held.
    pub year_before: bool,
    /// Of the agencies that are taken in, those which have not entered table 二 in full: their part of it is missing in the sums.
    pub unentered: Vec<AgencyName>,
    /// Of the agencies that are taken in, those whose latest report of the year was entered as it was published: counted here are their
    /// cases alone, not what they printed.
    pub as_printed: Vec<AgencyName>,
    /// Whether the year is over: before that nothing can be frozen.
    pub over: bool,
    /// The editions, the latest first.
    pub editions: Vec<EditionSummary>,
    /// Where the tables now differ from the latest edition of this kind.
    pub moved: Vec<Moved>,
}

/// A cell that differs from the latest edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Moved {
    /// The row.
    pub row: Term,
    /// Its column, from 1.
    pub column: usize,
    /// What was frozen.
    pub frozen: u64,
    /// What is counted now.
    pub now: u64,
}

impl Office {
    /// The workbench of a year.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`], [`Failure::Invalid`] for no year; the database's failures.
    pub async fn annual_report(&self, officer: &Officer, year: i32, query: ReportQuery) -> Result<Workbench, Failure> {
        let (officer, today) = (officer.clone(), self.today());
        let year = year_of(year)?;
        self.db()
            .read(move |conn| {
                let agency = agency_for(conn, &officer, Deed::Supervise, &query.agency)?;
                let scope = Scope::of(conn, agency, year, TakenIn::of(query.below, query.predecessors))?;
                let (body, entered) = scope.reckoned(conn)?;
                let before = scope.year_before(conn)?;
                let over = super::counting::days(year)?.1 < today;
                let editions = editions::of_year(conn, scope.agency.id, year)?;
                // What was published by others counts as well: whoever freezes over it sees what it said.
                let frozen = editions.iter().find(|(row, body)| scope.is_that_of(body) || scope.is_published_as(row));
                let moved = frozen.map(|(_, frozen)| moved(&frozen.tables, &body.tables)).unwrap_or_default();
                let summaries =
                    editions.iter().map(|(row, _)| editions::summary(conn, row)).collect::<Result<Vec<_>, _>>()?;
                Ok::<_, Failure>(Workbench {
                    agency: AgencyName { slug: scope.agency.slug.clone(), name: scope.agency.name.clone() },
                    breaks: breaks(&body.tables, before.as_ref()).into_iter().map(BreakView::from).collect(),
                    missing: body.tables.two.missing().map(|item| item.as_str().to_owned()).collect(),
                    year_before: before.is_some(),
                    unentered: scope.unentered(conn)?,
                    as_printed: scope.as_printed(conn)?,
                    succeeded: scope.succeeded,
                    report: ReportView::from(&body),
                    version: entered.version,
                    over,
                    editions: summaries,
                    moved,
                })
            })
            .await
    }

    /// The report as it stands now: for files made of it.
    ///
    /// # Errors
    /// As [`Office::annual_report`].
    pub async fn report_now(&self, officer: &Officer, year: i32, query: ReportQuery) -> Result<ReportBody, Failure> {
        let officer = officer.clone();
        let year = year_of(year)?;
        self.db()
            .read(move |conn| {
                let agency = agency_for(conn, &officer, Deed::Supervise, &query.agency)?;
                Ok(Scope::of(conn, agency, year, TakenIn::of(query.below, query.predecessors))?.reckoned(conn)?.0)
            })
            .await
    }
}

/// Whose report, of which year.
pub(super) struct Scope {
    pub agency: AgencyRow,
    /// All that are counted.
    pub agencies: Vec<AgencyId>,
    pub year: i32,
    pub taken: TakenIn,
    /// Those of them to which others had succeeded, by id.
    before: Vec<AgencyRow>,
    /// Whether there are such, taken in or not.
    pub succeeded: bool,
}

impl Scope {
    /// With the agencies that are taken in.
    ///
    /// # Errors
    /// The database's failures.
    pub fn of(conn: &mut Conn, agency: AgencyRow, year: i32, taken: TakenIn) -> Result<Self, Failure> {
        let mut agencies = if taken.below { agencies::subtree(conn, agency.id)? } else { vec![agency.id] };
        let mut found = agency_history::predecessors(conn, &agencies, year)?;
        found.retain(|one| !agencies.contains(one));
        let succeeded = !found.is_empty();
        if !taken.predecessors {
            found.clear();
        }
        let before = found.iter().map(|id| agencies::load(conn, *id)).collect::<Result<Vec<_>, _>>()?;
        agencies.extend(found);
        Ok(Self { agency, agencies, year, taken, before, succeeded })
    }

    /// Whether it is the report of that body: what was frozen takes in what this one does.
    pub fn is_that_of(&self, body: &ReportBody) -> bool {
        body.below == self.taken.below && body.predecessors.is_empty() == self.before.is_empty()
    }

    /// Whether it was published by others for the same agencies; to whom they had succeeded such a report does not say.
    fn is_published_as(&self, row: &AnnualReportRow) -> bool {
        row.origin != editions::RECKONED && row.below == self.taken.below
    }

    /// Those below and before it that have not entered table 二 in full.
    fn unentered(&self, conn: &mut Conn) -> Result<Vec<AgencyName>, Failure> {
        let mut waiting: Vec<AgencyId> = self.agencies.iter().copied().filter(|id| *id != self.agency.id).collect();
        for row in report_drafts::list_of_year(conn, &self.agencies, self.year)? {
            let agency = row.agency_id;
            if entered(Some(row), self.year)?.two.missing().next().is_none() {
                waiting.retain(|id| *id != agency);
            }
        }
        named(conn, &waiting)
    }

    /// Those below and before it whose latest report of the year is one that was published by others.
    fn as_printed(&self, conn: &mut Conn) -> Result<Vec<AgencyName>, Failure> {
        let mut latest: BTreeMap<AgencyId, bool> = BTreeMap::new();
        for row in annual_reports::list_of_agencies(conn, &self.agencies, self.year)?.iter().filter(|row| !row.below) {
            // The latest edition comes first.
            latest.entry(row.agency_id).or_insert(row.origin != editions::RECKONED);
        }
        let printed = latest.into_iter().filter(|(id, printed)| *printed && *id != self.agency.id).map(|(id, _)| id);
        named(conn, &printed.collect::<Vec<_>>())
    }

    /// The report as it is counted now, and what is entered for it.
    ///
    /// # Errors
    /// The database's failures.
    pub fn reckoned(&self, conn: &mut Conn) -> Result<(ReportBody, Entered), Failure> {
        let own = entered(report_drafts::find(conn, self.agency.id, self.year)?, self.year)?;
        let mut two = TableTwo::default();
        for row in report_drafts::list_of_year(conn, &self.agencies, self.year)? {
            two = two.and(entered(Some(row), self.year)?.two);
        }
        let counted: Counted = count(conn, &self.agencies, self.year)?;
        let words: Words = own.words.clone();
        let body = ReportBody {
            agency: self.agency.name.clone(),
            year: self.year,
            below: self.taken.below,
            predecessors: self.before.iter().map(|row| row.name.clone()).collect(),
            tables: counted.printed(own.form, two),
            words,
            fees: Some(counted.fees),
        };
        Ok((body, own))
    }

    /// The tables of the year before: as they were published or frozen last, else as they are counted, if there is anything to count.
    /// An agency to which it succeeded in this very year had a report of its own then, and its tables are added.
    ///
    /// # Errors
    /// The database's failures.
    pub fn year_before(&self, conn: &mut Conn) -> Result<Option<Printed>, Failure> {
        let before = Self::of(conn, self.agency.clone(), self.year - 1, self.taken)?;
        let mut tables = before.last_tables(conn)?;
        for agency in self.before.iter().filter(|row| !before.agencies.contains(&row.id)) {
            let alone = TakenIn { below: false, predecessors: true };
            let other = Self::of(conn, agency.clone(), before.year, alone)?.last_tables(conn)?;
            tables = match (tables, other) {
                (Some(tables), Some(other)) => Some(tables.and(&other)),
                (tables, other) => tables.or(other),
            };
        }
        Ok(tables)
    }

    /// The tables of this year as they stand: published or frozen last, else counted; none where nothing is.
    fn last_tables(&self, conn: &mut Conn) -> Result<Option<Printed>, Failure> {
        let editions = editions::of_year(conn, self.agency.id, self.year)?;
        let alike = editions.iter().find(|(_, body)| self.is_that_of(body));
        if let Some((_, body)) = alike.or_else(|| editions.iter().find(|(row, _)| self.is_published_as(row))) {
            return Ok(Some(body.tables.clone()));
        }
        let tables = self.reckoned(conn)?.0.tables;
        let column = tables.three.first().map_or(0, |line| line.cells.len().saturating_sub(1));
        let anything = tables.three(Row::New, column).saturating_add(tables.three(Row::CarriedOver, column)) > 0;
        Ok(Some(tables).filter(|tables| anything || tables.two != TableTwo::default()))
    }
}

/// Their names, in the order of their short names.
fn named(conn: &mut Conn, ids: &[AgencyId]) -> Result<Vec<AgencyName>, Failure> {
    let mut names: Vec<AgencyName> = agencies::list(conn)?
        .into_iter()
        .filter(|row| ids.contains(&row.id))
        .map(|row| AgencyName { slug: row.slug, name: row.name })
        .collect();
    names.sort_by(|one, other| one.slug.cmp(&other.slug));
    Ok(names)
}

fn moved(frozen: &Printed, now: &Printed) -> Vec<Moved> {
    let mut found = Vec::new();
    for line in &now.three {
        for (column, is) in line.cells.iter().enumerate() {
            let was = frozen.three(line.row, column);
            if was != *is {
                found.push(Moved { row: term!(line.row), column: column.saturating_add(1), frozen: was, now: *is });
            }
        }
    }
    for (frozen, now) in frozen.four.iter().zip(&now.four) {
        for (column, (was, is)) in frozen.cells.iter().zip(&now.cells).enumerate().filter(|(_, (was, is))| was != is) {
            found.push(Moved { row: term!(now.row), column: column.saturating_add(1), frozen: *was, now: *is });
        }
    }
    found
}
