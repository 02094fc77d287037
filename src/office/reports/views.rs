//! A report as people and programs read it: every row and cell with its names.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::ids::ReportId;
use crate::law::annual::identity::Break;
use crate::law::annual::{Issued, TableTwo, in_ten_thousand};
use crate::law::judgment::Cell;
use crate::law::receipt::ApplicantKind;
use crate::office::views::{AgencyName, StaffName, Term, term};
use crate::reports::body::{Fees, ReportBody, Words};

/// Documents of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct IssuedView {
    /// 本年制发件数.
    pub made: u64,
    /// 本年废止件数.
    pub repealed: u64,
    /// 现行有效件数.
    pub in_force: u64,
}

/// Table 二; what is missing has not been entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TableTwoView {
    /// 规章.
    pub regulations: Option<IssuedView>,
    /// 行政规范性文件.
    pub normative_documents: Option<IssuedView>,
    /// 行政许可: decisions.
    pub licences: Option<u64>,
    /// 行政处罚: decisions.
    pub penalties: Option<u64>,
    /// 行政强制: decisions.
    pub enforcement: Option<u64>,
    /// 行政事业性收费: in units of ten thousand yuan, as the form prints it.
    #[schema(example = "59237.2449")]
    pub charges: Option<String>,
}

impl From<TableTwo> for TableTwoView {
    fn from(two: TableTwo) -> Self {
        let issued = |one: Option<Issued>| {
            one.map(|Issued { made, repealed, in_force }| IssuedView { made, repealed, in_force })
        };
        Self {
            regulations: issued(two.regulations),
            normative_documents: issued(two.normative_documents),
            licences: two.licences,
            penalties: two.penalties,
            enforcement: two.enforcement,
            charges: two.charges.map(in_ten_thousand),
        }
    }
}

/// A row of table 三.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ThreeRow {
    /// Which; the code is its number on the form.
    pub row: Term,
    /// The group above it on the form.
    pub group: Option<&'static str>,
    /// Its seven cells: the kinds of applicants, and 总计.
    pub cells: Vec<u64>,
}

/// A row of table 四.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FourRow {
    /// Which.
    pub row: Term,
    /// Its four cells.
    pub cells: Vec<u64>,
    /// 总计.
    pub total: u64,
}

/// The tables of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TablesView {
    /// The form of table 三.
    pub form: Term,
    /// Table 二.
    pub two: TableTwoView,
    /// The columns of table 三, without 总计.
    pub columns: Vec<Term>,
    /// Table 三.
    pub three: Vec<ThreeRow>,
    /// The columns of table 四, without 总计.
    pub outcomes: Vec<Term>,
    /// Table 四.
    pub four: Vec<FourRow>,
}

/// A report: the tables, the words, the fees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReportView {
    /// Whose, by the name of the time.
    pub agency: String,
    /// Of which year.
    pub year: i32,
    /// Whether the agencies below are taken in.
    pub below: bool,
    /// The agencies to which it had succeeded and whose figures are in it, by the names they bore last.
    pub predecessors: Vec<String>,
    /// The tables.
    pub tables: TablesView,
    /// The sections in words.
    pub words: Words,
    /// The fees of the year; none where others published it and did not say.
    pub fees: Option<Fees>,
}

impl From<&ReportBody> for ReportView {
    fn from(body: &ReportBody) -> Self {
        let tables = &body.tables;
        let three = tables.three.iter().map(|line| ThreeRow {
            row: term!(line.row),
            group: line.row.group_zh(),
            cells: line.cells.clone(),
        });
        let four = tables.four.iter().map(|line| FourRow {
            row: term!(line.row),
            cells: line.cells.clone(),
            total: line.total,
        });
        Self {
            agency: body.agency.clone(),
            year: body.year,
            below: body.below,
            predecessors: body.predecessors.clone(),
            tables: TablesView {
                form: term!(tables.form),
                two: tables.two.into(),
                columns: ApplicantKind::ALL.iter().map(|kind| term!(*kind)).collect(),
                three: three.collect(),
                outcomes: Cell::ALL.iter().map(|cell| term!(*cell)).collect(),
                four: four.collect(),
            },
            words: body.words.clone(),
            fees: body.fees,
        }
    }
}

/// A sum that does not agree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct BreakView {
    /// The sum.
    pub identity: Term,
    /// Where: the number of a row, the place of a column (1 to 7), a line of table 二 or 四.
    pub place: String,
    /// What is printed.
    pub printed: u64,
    /// What it should be.
    pub reckoned: u64,
}

impl From<Break> for BreakView {
    fn from(one: Break) -> Self {
        Self { identity: term!(one.identity), place: one.place, printed: one.printed, reckoned: one.reckoned }
    }
}

/// An edition, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct EditionSummary {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: ReportId,
    /// The agency.
    pub agency: AgencyName,
    /// Of which year.
    pub year: i32,
    /// From 1; a later one restates an earlier.
    pub edition: i32,
    /// Whether it was counted here or published by others.
    pub origin: Term,
    /// Whether the agencies below are taken in.
    pub below: bool,
    /// Why it restates the one before.
    pub reason: Option<String>,
    /// SHA-256 of its text.
    pub digest: String,
    /// Who froze it.
    pub frozen_by: Option<StaffName>,
    /// When.
    pub frozen_at: DateTime<Utc>,
    /// Who signed it.
    pub signed_by: Option<StaffName>,
    /// When.
    pub signed_at: Option<DateTime<Utc>>,
    /// Since which day it is public.
    pub published_on: Option<NaiveDate>,
}

/// An edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct EditionView {
    /// What a list shows of it.
    #[serde(flatten)]
    pub summary: EditionSummary,
    /// The report.
    pub report: ReportView,
    /// What does not agree in it, with the report of the year before where there is one.
    pub breaks: Vec<BreakView>,
    /// Whether there is one.
    pub year_before: bool,
}
