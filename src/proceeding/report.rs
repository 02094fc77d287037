//! Table 四 of the annual report: in which cell a proceeding stands in a year.
//!
//! It stands in one cell of one row at most. A reconsideration counts in the year its decision bears; a suit in the year its
//! judgment takes effect (house rule 30), so that a report of January does not change when somebody appeals in February. In every
//! year on whose last day it is pending, appeal and window for appeal included, it stands under 尚未审结.
//!
//! Complaints and inspections are not in the table. A suit against the reconsideration body and this agency together is counted
//! by this agency, whose act it was, and by it alone (国办公开办函〔2016〕201号).

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::state::{Proceeding, Round, result_of};
use super::terms::{CloseReason, ProceedingKind, Route};
use crate::law::judgment::{Cell, Counts, Judgment, ReportRow, rule};

/// The row of a proceeding; `None` if the table does not know it.
#[must_use]
pub const fn report_row(proceeding: &Proceeding) -> Option<ReportRow> {
    match (proceeding.kind(), proceeding.opening.route) {
        (ProceedingKind::Reconsideration, _) => Some(ReportRow::Reconsideration),
        (ProceedingKind::Litigation, Some(Route::AfterReconsideration { .. })) => {
            Some(ReportRow::SuitAfterReconsideration)
        }
        (ProceedingKind::Litigation, _) => Some(ReportRow::SuitDirect),
        (ProceedingKind::Complaint | ProceedingKind::Inspection, _) => None,
    }
}

/// From when to when it was pending, and how it ended. A retrial makes it pending once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// The day on which it began.
    pub from: NaiveDate,
    /// None while it is pending.
    pub until: Option<NaiveDate>,
    /// None for a file that was closed without an outcome.
    pub cell: Option<Cell>,
}

/// The stretches of a proceeding, in their order.
#[must_use]
pub fn stretches(proceeding: &Proceeding) -> Vec<Stretch> {
    let mut all = Vec::new();
    let mut from = None;
    let mut so_far: Vec<&Round> = Vec::new();
    for round in proceeding.rounds() {
        so_far.push(round);
        let began = *from.get_or_insert_with(|| round.began_on());
        let result = result_of(so_far.iter().rev().copied()).map(|ended| rule(ended.judgment).counts);
        if let (Some(on), Some(Counts::In(cell))) = (final_on(proceeding, round), result) {
            all.push(Stretch { from: began, until: Some(on), cell: Some(cell) });
            from = None;
        }
    }
    // A file that was opened by mistake never was a proceeding. One closed otherwise without an outcome was pending on the last
    // days of the years before, and is in no cell of the year in which it was closed.
    match (from, &proceeding.struck) {
        (Some(from), None) => all.push(Stretch { from, until: None, cell: None }),
        (Some(from), Some(struck)) if struck.reason != CloseReason::Mistaken => {
            all.push(Stretch { from, until: Some(struck.on), cell: None });
        }
        _ => {}
    }
    all
}

/// A result that a retrial opened again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Result {
    /// Since when it was pending.
    pub from: NaiveDate,
    /// The result.
    pub judgment: Judgment,
    /// The day that ended it.
    pub on: NaiveDate,
}

/// What came before the time in which it is pending, or was last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// Since when it is pending, or was last.
    pub began_on: NaiveDate,
    /// The results before, oldest first.
    pub earlier: Vec<Result>,
}

/// What came before, as a ledger tells it.
#[must_use]
pub fn past(proceeding: &Proceeding) -> Past {
    let mut earlier = Vec::new();
    let mut from = None;
    let mut so_far: Vec<&Round> = Vec::new();
    for round in &proceeding.past {
        so_far.push(round);
        let began = *from.get_or_insert_with(|| round.began_on());
        if let (Some(on), Some(ended)) = (final_on(proceeding, round), result_of(so_far.iter().rev().copied())) {
            earlier.push(Result { from: began, judgment: ended.judgment, on });
            from = None;
        }
    }
    Past { began_on: from.unwrap_or_else(|| proceeding.round.began_on()), earlier }
}

/// The day on which a round ended the proceeding for good, or until a retrial. Where one could appeal it is the day on which
/// that was over; all else binds as it is made or served, and counts by the day it bears.
fn final_on(proceeding: &Proceeding, round: &Round) -> Option<NaiveDate> {
    let ended = round.ended.as_ref().filter(|ended| rule(ended.judgment).counts != Counts::NotYet)?;
    match proceeding.kind() {
        ProceedingKind::Litigation if round.is_appealable() => round.took_effect_on,
        _ => Some(ended.made_on),
    }
}

/// Where the proceeding stands in the table of `year`; `None` if nowhere.
#[must_use]
pub fn table_four(proceeding: &Proceeding, year: i32) -> Option<(ReportRow, Cell)> {
    let row = report_row(proceeding)?;
    place(&stretches(proceeding), year).map(|cell| (row, cell))
}

/// The cell in which these stretches of one proceeding stand in the table of `year`; `None` if in none.
#[must_use]
pub fn place(stretches: &[Stretch], year: i32) -> Option<Cell> {
    let first = NaiveDate::from_ymd_opt(year, 1, 1)?;
    let last = NaiveDate::from_ymd_opt(year, 12, 31)?;
    let pending = |one: &Stretch| one.from <= last && one.until.is_none_or(|on| on > last);
    if stretches.iter().any(pending) {
        return Some(Cell::Pending);
    }
    let ended = stretches.iter().rev().find(|one| one.until.is_some_and(|on| first <= on && on <= last))?;
    ended.cell
}

/// The table of a year: totals are computed, never typed (identity I4 holds by construction).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TableFour {
    cells: BTreeMap<(ReportRow, Cell), u32>,
}

impl TableFour {
    /// The table of these places.
    #[must_use]
    pub fn of(places: impl IntoIterator<Item = (ReportRow, Cell)>) -> Self {
        let mut table = Self::default();
        for place in places {
            let count = table.cells.entry(place).or_default();
            *count = count.saturating_add(1);
        }
        table
    }

    /// How many stand in a cell.
    #[must_use]
    pub fn cell(&self, row: ReportRow, cell: Cell) -> u32 {
        self.cells.get(&(row, cell)).copied().unwrap_or_default()
    }

    /// The 总计 of a row: the sum of its four cells.
    #[must_use]
    pub fn total(&self, row: ReportRow) -> u32 {
        Cell::ALL.iter().map(|cell| self.cell(row, *cell)).sum()
    }
}
