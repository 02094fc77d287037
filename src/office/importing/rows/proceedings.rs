//! Rows of cells as old proceedings.

use chrono::NaiveDate;

use super::super::cells::{Cells, Names, called, day_of, named};
use super::super::report::ImportProblem;
use crate::law::judgment::Judgment;
use crate::law::order::OrderPeriod;
use crate::law::overturn::OverturnReason;
use crate::office::ledger::proceedings::{LEVELS, ROUTES};
use crate::proceeding::event::ImportedRound;
use crate::proceeding::importing as old_files;
use crate::proceeding::importing::{OldProceeding, OldResult};
use crate::proceeding::terms::{Challenged, Claimant, CloseReason, Level, Procedure, ProceedingKind};
use crate::reports::columns::Sheet;
use crate::reports::readback::Row;

/// A proceeding that can be.
#[derive(Debug, Clone)]
pub(in crate::office::importing) struct ReadProceeding {
    pub row: u32,
    pub agency: Option<String>,
    pub number: String,
    pub case_number: String,
    pub letter_number: Option<String>,
    pub after_reconsideration: Option<bool>,
    pub claimant: Claimant,
    pub authority: String,
    pub authority_number: Option<String>,
    pub procedure: Procedure,
    pub old: OldProceeding,
}

/// A row of the sheet of proceedings.
///
/// # Errors
/// Everything that is wrong with it, but for what its case says.
pub(in crate::office::importing) fn proceeding(row: &Row) -> Result<ReadProceeding, Vec<ImportProblem>> {
    let mut cells = Cells::of(Sheet::Proceedings, row);
    let read = read_proceeding(&mut cells, row.number);
    cells.finish(read)
}

/// What does not fit together in a proceeding whose case is known.
///
/// # Errors
/// Everything that does not.
pub(in crate::office::importing) fn fits(
    read: &ReadProceeding,
    row: &Row,
    today: NaiveDate,
) -> Result<(), Vec<ImportProblem>> {
    let mut cells = Cells::of(Sheet::Proceedings, row);
    cells.misfits(old_files::misfits(&read.old, today));
    cells.finish(Some(()))
}

fn read_proceeding(cells: &mut Cells<'_>, row: u32) -> Option<ReadProceeding> {
    let agency = cells.text("agency", 100);
    let (number, case_number) = (cells.required("number", 100), cells.required("case_number", 100));
    let kind = cells.required_of("kind", &named!(ProceedingKind));
    let ways: Vec<(bool, Names)> =
        ROUTES.iter().map(|(code, zh)| (*code == "after_reconsideration", [*code, *zh, *code])).collect();
    let after_reconsideration = cells.one_of("route", &ways);
    let levels: Vec<((Level, Level), Names)> =
        LEVELS.iter().map(|(zh, level, heard_as)| ((*level, *heard_as), [*zh, *zh, level.as_str()])).collect();
    let is_suit = kind == Some(ProceedingKind::Litigation);
    let usual = if is_suit { (Level::First, Level::First) } else { (Level::Sole, Level::Sole) };
    let (level, heard_as) = cells.one_of("level", &levels).unwrap_or(usual);
    let challenged = cells.required_of("challenged", &named!(Challenged));
    let letter_number = cells.text("letter_number", 100);
    let claimant = cells.one_of("claimant", &named!(Claimant)).unwrap_or(Claimant::Applicant);
    let (authority, authority_number) = (cells.required("authority", 200), cells.text("authority_number", 200));
    let procedure = cells.one_of("procedure", &named!(Procedure)).unwrap_or(Procedure::Ordinary);
    let [submitted_on, accepted_on, received_on] =
        ["submitted_on", "accepted_on", "received_on"].map(|code| cells.day(code));
    let began = cells.day("began_on").or_else(|| [submitted_on, accepted_on, received_on].into_iter().flatten().min());
    if began.is_none() && !cells.has("began_on") {
        cells.wrong("began_on", "四个开始的日期至少填一项。", "Give one of the four days on which it began.");
    }
    let late = cells.truth("answered_late").unwrap_or(false);
    let answered = cells.day("answered_on").map(|on| (on, late));
    let earlier = earlier(cells);
    let result = result(cells);
    let old = OldProceeding {
        kind: kind?,
        has_route: after_reconsideration.is_some(),
        challenged: challenged?,
        has_letter_number: letter_number.is_some(),
        level,
        heard_as,
        began_on: began?,
        submitted_on,
        accepted_on,
        received_on,
        answer_by: cells.day("answer_by"),
        answered,
        earlier,
        result,
        took_effect_on: cells.day("took_effect_on"),
        performed_on: cells.day("performed_on"),
        struck: cells.one_of("struck", &named!(CloseReason)),
        closed_on: cells.day("closed_on"),
    };
    Some(ReadProceeding {
        row,
        agency,
        number: number?,
        case_number: case_number?,
        letter_number,
        after_reconsideration,
        claimant,
        authority: authority?,
        authority_number,
        procedure,
        old,
    })
}

fn result(cells: &mut Cells<'_>) -> Option<OldResult> {
    let judgment = cells.one_of("judgment", &named!(Judgment));
    let made_on = cells.day("decided_on");
    let received_on = cells.day("decision_received_on").or(made_on);
    let reasons = cells.some_of("reasons", &named!(OverturnReason));
    let order = order(cells);
    if judgment.is_some() && made_on.is_none() && !cells.has("decided_on") {
        cells.wrong("decided_on", "有结果的应当有作出日期。", "A result was decided on a day.");
    }
    if judgment.is_none() {
        for code in ["decided_on", "decision_received_on", "reasons", "order", "took_effect_on", "performed_on"] {
            if cells.has(code) && !cells.has("judgment") {
                cells.wrong(code, "还没有结果。", "There is no result yet.");
            }
        }
    }
    Some(OldResult { judgment: judgment?, made_on: made_on?, received_on: received_on?, reasons, order })
}

/// `15个工作日`, `30日`, a day, or `法定期限`.
fn order(cells: &mut Cells<'_>) -> Option<OrderPeriod> {
    let text = cells.text("order", 40)?;
    let days = |end: &str| text.strip_suffix(end).and_then(|days| days.trim().parse().ok());
    let read = if ["法定期限", "statutory"].contains(&text.as_str()) {
        Some(OrderPeriod::Statutory)
    } else if let Some(days) = days("个工作日").or_else(|| days("工作日")) {
        Some(OrderPeriod::WorkingDays { days })
    } else if let Some(on) = day_of(&text) {
        Some(OrderPeriod::Until { on })
    } else {
        days("日").or_else(|| days("天")).map(|days| OrderPeriod::CalendarDays { days })
    };
    if read.is_none() {
        cells.wrong(
            "order",
            "应为“15个工作日”“30日”“2025-06-30”或者“法定期限”。",
            "Write 15个工作日 (working days), 30日 (days), a day, or 法定期限 (the statutory period).",
        );
    }
    read
}

/// `2021-03-01 判决驳回诉讼请求 2021-06-01`, one of them for each result before a retrial.
fn earlier(cells: &mut Cells<'_>) -> Vec<ImportedRound> {
    let mut all = Vec::new();
    for told in cells.several("earlier") {
        let words: Vec<&str> = told.split_whitespace().collect();
        let read = match words.as_slice() {
            [from, judgment, on] => day_of(from).zip(called(&named!(Judgment), judgment)).zip(day_of(on)),
            _ => None,
        };
        match read {
            Some(((from, judgment), on)) if from <= on => all.push(ImportedRound { from, judgment, on }),
            _ => cells.wrong(
                "earlier",
                "每项应为“起始日期 结果 终结日期”，以空格隔开。",
                "Each must be: the first day, the result, the last day, with blanks between them.",
            ),
        }
    }
    all
}
