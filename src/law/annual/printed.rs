//! A report's tables as they stand on paper, totals and all: those that are reckoned here, and those that others have published.

use serde::{Deserialize, Serialize};

use super::row::{Form, Row};
use super::table_three::TableThree;
use super::table_two::TableTwo;
use crate::law::judgment::ReportRow;
use crate::law::receipt::ApplicantKind;

/// A row of table 三 as printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThreeLine {
    /// Which.
    pub row: Row,
    /// The kinds of applicants in the order of the form, and 总计.
    pub cells: Vec<u64>,
}

/// A row of table 四 as printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FourLine {
    /// Which.
    pub row: ReportRow,
    /// The four cells in the order of the form.
    pub cells: Vec<u64>,
    /// 总计, as printed.
    pub total: u64,
}

/// The tables of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Printed {
    /// The form of table 三.
    pub form: Form,
    /// Table 二.
    pub two: TableTwo,
    /// Table 三, row by row.
    pub three: Vec<ThreeLine>,
    /// Table 四, row by row.
    pub four: Vec<FourLine>,
}

/// Columns of table 三: the kinds of applicants, and 总计.
pub const COLUMNS: usize = 7;

impl Printed {
    /// The tables as they are reckoned. `four`: the four cells of each row of table 四.
    #[must_use]
    pub fn of(form: Form, two: TableTwo, three: &TableThree, four: &dyn Fn(ReportRow) -> Vec<u64>) -> Self {
        let line = |row: Row| {
            let kinds = ApplicantKind::ALL.iter().map(|kind| three.cell(row, *kind));
            ThreeLine { row, cells: kinds.chain([three.total(row)]).collect() }
        };
        let lower = |row: ReportRow| {
            let cells = four(row);
            FourLine { row, total: cells.iter().sum(), cells }
        };
        Self {
            form,
            two,
            three: form.rows().map(line).collect(),
            four: ReportRow::ALL.iter().copied().map(lower).collect(),
        }
    }

    /// A cell of table 三 by its column; the last is 总计. Nothing printed is nothing.
    #[must_use]
    pub fn three(&self, row: Row, column: usize) -> u64 {
        let line = self.three.iter().find(|line| line.row == row);
        line.and_then(|line| line.cells.get(column)).copied().unwrap_or_default()
    }

    /// Both added, cell by cell, in the form of this one.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let sum = |one: &[u64], other: &dyn Fn(usize) -> u64| -> Vec<u64> {
            one.iter().enumerate().map(|(column, number)| number.saturating_add(other(column))).collect()
        };
        let three = self
            .three
            .iter()
            .map(|line| ThreeLine { row: line.row, cells: sum(&line.cells, &|column| other.three(line.row, column)) });
        let four = self.four.iter().map(|line| {
            let found = other.four.iter().find(|one| one.row == line.row);
            let cell = |column: usize| found.and_then(|one| one.cells.get(column)).copied().unwrap_or_default();
            FourLine {
                row: line.row,
                cells: sum(&line.cells, &cell),
                total: line.total.saturating_add(found.map_or(0, |one| one.total)),
            }
        });
        Self { form: self.form, two: self.two.and(other.two), three: three.collect(), four: four.collect() }
    }
}
