//! Table 四 of the annual report for a year: reconsiderations and suits, by how they ended or that they are pending.

use serde::Serialize;
use utoipa::ToSchema;

use crate::law::judgment::{Cell, ReportRow};
use crate::office::Office;
use crate::office::failure::Failure;
use crate::office::permission::{Deed, Officer};
use crate::office::queue::visible;
use crate::office::reports;
use crate::office::views::{Term, term};
use crate::proceeding::report::TableFour;

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TableFourCell {
    /// Which.
    pub cell: Term,
    /// How many.
    pub count: u32,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TableFourRow {
    /// Which.
    pub row: Term,
    /// Its four cells, in the order of the form.
    pub cells: Vec<TableFourCell>,
    /// 总计: their sum.
    pub total: u32,
}

/// The table of a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TableFourView {
    /// The year.
    pub year: i32,
    /// Its three rows, in the order of the form.
    pub rows: Vec<TableFourRow>,
}

impl Office {
    /// The table of `year` over all that this officer supervises, or over `slug` and what is below it.
    ///
    /// # Errors
    /// [`Failure::Forbidden`], [`Failure::Missing`]; [`Failure::Invalid`] for no year; the database's failures.
    pub async fn table_four(
        &self,
        officer: &Officer,
        year: i32,
        slug: Option<String>,
    ) -> Result<TableFourView, Failure> {
        let officer = officer.clone();
        let year = reports::year_asked(year)?;
        self.db()
            .read(move |conn| {
                let agencies = visible(conn, &officer, Deed::Supervise, slug.as_deref())?;
                let table = reports::table_four(conn, &agencies, year)?;
                Ok(view(year, &table))
            })
            .await
    }
}

fn view(year: i32, table: &TableFour) -> TableFourView {
    let cells = |row: ReportRow| {
        Cell::ALL.iter().map(|cell| TableFourCell { cell: term!(*cell), count: table.cell(row, *cell) }).collect()
    };
    let row = |row: ReportRow| TableFourRow { row: term!(row), cells: cells(row), total: table.total(row) };
    TableFourView { year, rows: ReportRow::ALL.iter().copied().map(row).collect() }
}
