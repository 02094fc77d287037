//! Table 四 over the years.

use dafu::law::judgment::{Cell, Judgment, ReportRow};
use dafu::proceeding::Command;
use dafu::proceeding::opening::Opening;
use dafu::proceeding::report::{TableFour, table_four};
use dafu::proceeding::terms::{Appellant, Level, Procedure, RetrialCause, Route};

use crate::support::proceeding::*;

/// A suit of three years: judged in December 2023, appealed in January, ended in 2024, retried from 2024 into 2025.
fn three_years() -> Desk {
    let route = Some(Route::AfterReconsideration { proceeding: None });
    Desk::opened(Opening { route, ..suit(Procedure::Ordinary, "2023-08-01", "2023-08-03") }, "2023-08-03").after([
        ("2023-08-10", answer("2023-08-10")),
        ("2023-12-25", decided(Judgment::CourtDismissed, "2023-12-20", "2023-12-25")),
        ("2024-01-08", Command::RecordAppeal { by: Appellant::Plaintiff, on: day("2024-01-05") }),
        ("2024-01-15", Command::ReceiveCopy { on: day("2024-01-15"), answer_by: None }),
        ("2024-01-20", answer("2024-01-20")),
        ("2024-04-10", decided(Judgment::CourtAppealDismissed, "2024-04-08", "2024-04-10")),
    ])
}

fn retried() -> Desk {
    let cause = RetrialCause::Application;
    three_years().after([
        (
            "2024-10-08",
            Command::RecordRetrial { cause, on: day("2024-10-08"), heard_as: Level::Second, authority: text() },
        ),
        ("2025-03-05", decided(Judgment::CourtRevoked, "2025-03-03", "2025-03-05")),
    ])
}

const ROW: ReportRow = ReportRow::SuitAfterReconsideration;

#[test]
fn a_suit_is_pending_while_it_can_be_appealed_and_counts_when_it_is_in_effect() {
    let file = three_years().file;
    let cells = [2022, 2023, 2024, 2025].map(|year| table_four(&file, year));
    assert_eq!(cells, [None, Some((ROW, Cell::Pending)), Some((ROW, Cell::Upheld)), None]);
}

#[test]
fn a_retrial_makes_it_pending_once_more_and_counts_by_its_own_result() {
    let file = retried().file;
    let cells = [2023, 2024, 2025, 2026].map(|year| table_four(&file, year));
    let row = |cell| Some((ROW, cell));
    assert_eq!(cells, [row(Cell::Pending), row(Cell::Pending), row(Cell::Corrected), None]);
}

#[test]
fn a_reconsideration_counts_in_the_year_its_decision_bears_though_it_came_in_the_next() {
    let file = Desk::opened(reconsideration(Procedure::Ordinary, "2024-11-20", "2024-11-22"), "2024-11-22")
        .after([
            ("2024-12-02", answer("2024-12-02")),
            ("2025-01-03", decided(Judgment::ReconsiderationUnlawful, "2024-12-30", "2025-01-03")),
        ])
        .file;
    assert_eq!(table_four(&file, 2024), Some((ReportRow::Reconsideration, Cell::Corrected)));
    assert_eq!(table_four(&file, 2025), None);
}

#[test]
fn a_judgment_of_december_that_nobody_appeals_is_pending_on_its_last_day_whenever_one_asks() {
    let judged = Desk::opened(suit(Procedure::Ordinary, "2024-08-01", "2024-08-05"), "2024-08-05").after([
        ("2024-08-12", answer("2024-08-12")),
        ("2024-12-20", decided(Judgment::CourtRevoked, "2024-12-18", "2024-12-20")),
    ]);
    let pending = Some((ReportRow::SuitDirect, Cell::Pending));
    assert_eq!(table_four(&judged.file, 2024), pending);
    let effective = judged.after([("2025-01-08", Command::RecordEffect { on: day("2025-01-08") })]);
    assert_eq!(table_four(&effective.file, 2024), pending, "the report already made still holds");
    assert_eq!(table_four(&effective.file, 2025), Some((ReportRow::SuitDirect, Cell::Corrected)));
}

#[test]
fn totals_are_the_sum_of_their_cells() {
    let files = [three_years().file, retried().file];
    let table = |year| TableFour::of(files.iter().filter_map(|file| table_four(file, year)));
    let of_2024 = table(2024);
    assert_eq!((of_2024.cell(ROW, Cell::Upheld), of_2024.cell(ROW, Cell::Pending), of_2024.total(ROW)), (1, 1, 2));
    assert_eq!(of_2024.total(ReportRow::Reconsideration), 0);
    assert_eq!(table(2025).total(ROW), 1);
}
