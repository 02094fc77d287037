//! Table 四 of the annual report for a year: reconsiderations and suits, by how they ended or that they are pending.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::desk::load;
use crate::law::judgment::{Cell, ReportRow};
use crate::office::Office;
use crate::office::failure::Failure;
use crate::office::permission::{Deed, Officer};
use crate::office::queue::visible;
use crate::office::views::{Term, term};
use crate::proceeding::report::{TableFour, table_four};
use crate::storage::proceedings;

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
        let days = NaiveDate::from_ymd_opt(year, 1, 1).zip(NaiveDate::from_ymd_opt(year, 12, 31));
        let (first, last) = days.filter(|_| (2019..=2100).contains(&year)).ok_or_else(|| {
            Failure::invalid("?year", "年份应当在2019年至2100年之间。", "The year must lie between 2019 and 2100.")
        })?;
        self.db()
            .read(move |conn| {
                let agencies = visible(conn, &officer, Deed::Supervise, slug.as_deref())?;
                let mut places = Vec::new();
                for id in proceedings::list_of_time(conn, &agencies, first, last)? {
                    let (file, _) = load(conn, id)?;
                    places.extend(table_four(&file, year));
                }
                Ok(view(year, &TableFour::of(places)))
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
