//! Reports that others have published, or that were published before this system: kept as they were printed, totals and all. What does
//! not agree in one is told and kept.

use serde::Deserialize;
use utoipa::ToSchema;

use super::editions::{Origin, row_of, told, view};
use super::entering::IssuedInput;
use super::views::EditionView;
use super::{agency_for, year_of};
use crate::ids::ReportId;
use crate::law::annual::{Form, FourLine, Issued, Printed, Row, TableTwo, ThreeLine, from_ten_thousand};
use crate::law::judgment::{Cell, ReportRow};
use crate::law::receipt::ApplicantKind;
use crate::office::Office;
use crate::office::failure::Failure;
use crate::office::input::Reader;
use crate::office::log::Kind;
use crate::office::permission::{Deed, Officer};
use crate::reports::body::{Fees, ReportBody, Words};
use crate::storage::annual_reports;

/// A row of table 三 as printed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ThreeInput {
    /// Its number on the form: `1`, `3.3.8`, `3.7`.
    #[schema(value_type = String, example = "3.3.8")]
    pub row: Row,
    /// Its seven cells as printed, 总计 last.
    #[schema(min_items = 7, max_items = 7)]
    pub cells: Vec<u64>,
}

/// A row of table 四 as printed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FourInput {
    /// Which.
    #[schema(value_type = String, example = "reconsideration")]
    pub row: ReportRow,
    /// Its four cells as printed.
    #[schema(min_items = 4, max_items = 4)]
    pub cells: Vec<u64>,
    /// 总计 as printed.
    pub total: u64,
}

/// A report as it was printed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishedInput {
    /// The agency, by its short name.
    pub agency: String,
    /// Whether the agencies below are taken in.
    pub below: Option<bool>,
    /// The form of table 三; that of the year if missing. Some agencies printed the earlier one for longer.
    #[schema(value_type = Option<String>, example = "2019")]
    pub form: Option<Form>,
    /// 规章.
    pub regulations: Option<IssuedInput>,
    /// 行政规范性文件.
    pub normative_documents: Option<IssuedInput>,
    /// 行政许可: decisions.
    pub licences: Option<u64>,
    /// 行政处罚: decisions.
    pub penalties: Option<u64>,
    /// 行政强制: decisions.
    pub enforcement: Option<u64>,
    /// 行政事业性收费, in units of ten thousand yuan.
    #[schema(max_length = 20, example = "59237.2449")]
    pub charges: Option<String>,
    /// Table 三: every row of the form.
    #[schema(max_items = 30)]
    pub three: Vec<ThreeInput>,
    /// Table 四: its three rows.
    #[schema(max_items = 3)]
    pub four: Vec<FourInput>,
    /// The sections in words.
    pub words: Option<Words>,
    /// The fees, where it says so.
    pub fees: Option<Fees>,
    /// On which day it was published.
    pub published_on: Option<chrono::NaiveDate>,
    /// Where it was found, or why it is entered anew.
    #[schema(max_length = 2000)]
    pub remark: Option<String>,
}

/// More than any cell of a real report.
pub(in crate::office) const CELL_MAX: u64 = 1_000_000_000;
/// More decisions than any agency takes in a year.
pub(in crate::office) const DECISIONS_MAX: u64 = 1_000_000_000_000;

impl Office {
    /// Takes in a report as it was printed. Before a head of the office has signed it, it is not on the public pages.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`], [`Failure::Invalid`]; the database's failures.
    pub async fn take_in_report(
        &self,
        officer: &Officer,
        year: i32,
        input: PublishedInput,
    ) -> Result<EditionView, Failure> {
        let (shared, officer, today) = (self.shared(), officer.clone(), self.today());
        let year = year_of(year)?;
        let tables = printed(&input, year, today)?;
        self.db()
            .write(move |conn| {
                let agency = agency_for(conn, &officer, Deed::Report, &input.agency)?;
                let edition = annual_reports::list(conn, agency.id, year)?.first().map_or(1, |row| row.edition + 1);
                let body = ReportBody {
                    agency: agency.name.clone(),
                    year,
                    below: input.below.unwrap_or_default(),
                    predecessors: Vec::new(),
                    tables: tables.clone(),
                    words: input.words.clone().unwrap_or_default(),
                    fees: input.fees,
                };
                let now = shared.clock.now();
                let id = ReportId::new(now, &mut shared.randomness.clone());
                let remark = input.remark.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
                let mut row = row_of(&agency.id, &body, (id, edition), Origin::Published, remark, (officer.id, now))?;
                row.published_on = input.published_on;
                row.published_by = input.published_on.map(|_| officer.id);
                annual_reports::insert(conn, &row).map_err(Failure::of_race)?;
                told(&officer, Kind::ReportTakenIn, &row).write(conn, &shared)?;
                view(conn, &row)
            })
            .await
    }
}

fn printed(input: &PublishedInput, year: i32, today: chrono::NaiveDate) -> Result<Printed, Failure> {
    let mut reader = Reader::new();
    let form = input.form.unwrap_or_else(|| Form::of_year(year));
    let columns = ApplicantKind::ALL.len().saturating_add(1);
    for row in form.rows().filter(|row| !input.three.iter().any(|line| line.row == *row)) {
        reader.wrong("/three", &format!("缺少第 {row} 行。"), &format!("Row {row} is missing."));
    }
    for (at, line) in input.three.iter().enumerate() {
        if !form.rows().any(|row| row == line.row) {
            let (zh, en) = (format!("该格式没有第 {} 行。", line.row), format!("The form has no row {}.", line.row));
            reader.wrong(&format!("/three/{at}/row"), &zh, &en);
        }
        if input.three.iter().take(at).any(|earlier| earlier.row == line.row) {
            reader.wrong(&format!("/three/{at}/row"), "同一行只能出现一次。", "Each row stands once.");
        }
        if line.cells.len() != columns {
            reader.wrong(&format!("/three/{at}/cells"), "应当有七列。", "There are seven columns.");
        }
    }
    for row in ReportRow::ALL.iter().filter(|row| !input.four.iter().any(|line| line.row == **row)) {
        reader.wrong("/four", &format!("缺少“{}”。", row.zh()), &format!("{} is missing.", row.en()));
    }
    for (at, line) in input.four.iter().enumerate() {
        if line.cells.len() != Cell::ALL.len() {
            reader.wrong(&format!("/four/{at}/cells"), "应当有四种结果。", "There are four cells.");
        }
        if input.four.iter().take(at).any(|earlier| earlier.row == line.row) {
            reader.wrong(&format!("/four/{at}/row"), "同一项只能出现一次。", "Each row stands once.");
        }
    }
    let charges = input.charges.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let fen = charges.and_then(from_ten_thousand);
    if charges.is_some() && fen.is_none() {
        reader.wrong(
            "/charges",
            "应当是以万元为单位的数，小数最多六位。",
            "A number of ten thousand yuan with at most six decimals.",
        );
    }
    let over = super::counting::days(year)?.1;
    if over >= today {
        reader.wrong("", &format!("{year}年还没有结束。"), &format!("{year} is not over."));
    }
    if input.published_on.is_some_and(|on| on > today || on <= over) {
        reader.wrong(
            "/published_on",
            "发布日期应当在该年度结束之后，且不晚于今天。",
            "It was published after that year was over, and not after today.",
        );
    }
    let lines = input
        .three
        .iter()
        .map(|line| ("three", &line.cells))
        .chain(input.four.iter().map(|line| ("four", &line.cells)));
    if let Some((table, _)) = lines.into_iter().find(|(_, cells)| cells.iter().any(|cell| *cell > CELL_MAX)) {
        reader.wrong(&format!("/{table}"), "一格不超过十亿。", "A cell has a thousand million at most.");
    }
    let in_two = [input.regulations, input.normative_documents].into_iter().flatten();
    let mut documents = in_two.flat_map(|one| [one.made, one.repealed, one.in_force]);
    let mut decisions = [input.licences, input.penalties, input.enforcement].into_iter().flatten();
    if documents.any(|number| number > CELL_MAX) || decisions.any(|number| number > DECISIONS_MAX) {
        reader.wrong("", "表二的数字过大。", "A number of table 2 is too large.");
    }
    let issued = |one: Option<IssuedInput>| {
        one.map(|IssuedInput { made, repealed, in_force }| Issued { made, repealed, in_force })
    };
    let two = TableTwo {
        regulations: issued(input.regulations),
        normative_documents: issued(input.normative_documents),
        licences: input.licences,
        penalties: input.penalties,
        enforcement: input.enforcement,
        charges: fen,
    };
    let line_of = |row: Row| input.three.iter().find(|line| line.row == row);
    let three = form.rows().filter_map(|row| line_of(row).map(|line| ThreeLine { row, cells: line.cells.clone() }));
    let four_of = |row: ReportRow| input.four.iter().find(|line| line.row == row);
    let four = ReportRow::ALL.iter().filter_map(|row| {
        four_of(*row).map(|line| FourLine { row: *row, cells: line.cells.clone(), total: line.total })
    });
    reader.finish(Printed { form, two, three: three.collect(), four: four.collect() })
}
