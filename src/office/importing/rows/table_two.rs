//! Rows of table 二.

use super::super::cells::Cells;
use super::super::report::ImportProblem;
use crate::law::annual::{Issued, TableTwo, from_ten_thousand};
use crate::office::reports::published::{CELL_MAX, DECISIONS_MAX};
use crate::reports::columns::Sheet;
use crate::reports::readback::Row;

/// The first year of annual reports (国务院令第492号 of 2007).
const FIRST_YEAR: i32 = 2008;

/// What was entered for table 二 of a year.
#[derive(Debug, Clone)]
pub(in crate::office::importing) struct ReadTwo {
    pub agency: Option<String>,
    pub year: i32,
    pub two: TableTwo,
}

/// A row of the sheet of table 二.
///
/// # Errors
/// Everything that is wrong with it.
pub(in crate::office::importing) fn table_two(row: &Row, this_year: i32) -> Result<ReadTwo, Vec<ImportProblem>> {
    let mut cells = Cells::of(Sheet::TableTwo, row);
    let read = read_two(&mut cells, this_year);
    cells.finish(read)
}

fn read_two(cells: &mut Cells<'_>, this_year: i32) -> Option<ReadTwo> {
    let agency = cells.text("agency", 100);
    cells.required("year", 10);
    let year = cells.number::<i32>("year");
    if year.is_some_and(|year| !(FIRST_YEAR..=this_year).contains(&year)) {
        cells.wrong(
            "year",
            format!("应为{FIRST_YEAR}至{this_year}。"),
            format!("It must lie between {FIRST_YEAR} and {this_year}."),
        );
    }
    let regulations = issued(cells, ["regulations_made", "regulations_repealed", "regulations_in_force"]);
    let normative_documents = issued(cells, ["normative_made", "normative_repealed", "normative_in_force"]);
    let [licences, penalties, enforcement] =
        ["licences", "penalties", "enforcement"].map(|code| cells.number_to(code, DECISIONS_MAX));
    let charges = cells.text("charges", 20);
    let fen = charges.as_deref().and_then(from_ten_thousand);
    if charges.is_some() && fen.is_none() {
        cells.wrong(
            "charges",
            "应当是以万元为单位的数，小数最多六位。",
            "A number of ten thousand yuan with at most six decimals.",
        );
    }
    let two = TableTwo { regulations, normative_documents, licences, penalties, enforcement, charges: fen };
    if two == TableTwo::default() && !cells.has_problems() {
        cells.wrong("year", "该年度没有填写任何数。", "Nothing is entered for the year.");
    }
    Some(ReadTwo { agency, year: year?, two })
}

/// The three numbers of a kind of document: all of them or none.
fn issued(cells: &mut Cells<'_>, columns: [&'static str; 3]) -> Option<Issued> {
    let [made, repealed, in_force] = columns.map(|code| cells.number_to(code, CELL_MAX));
    let any = columns.into_iter().any(|code| cells.has(code));
    for code in columns.into_iter().filter(|_| any) {
        if !cells.has(code) {
            cells.wrong(code, "三项要么都填，要么都不填。", "Give all three of them or none.");
        }
    }
    Some(Issued { made: made?, repealed: repealed?, in_force: in_force? })
}
