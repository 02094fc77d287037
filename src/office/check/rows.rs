//! The rows that are made from a journal, made again and compared.

use super::fault::{Fault, of_row, of_rows};
use crate::case::{Case, Entry, due, timing};
use crate::office::failure::Failure;
use crate::office::reports::rows as reports;
use crate::office::retention::register::Line;
use crate::office::{Shared, projection, retention};
use crate::storage::cases::CaseRow;
use crate::storage::timings::TimingRow;
use crate::storage::{Conn, case_keys, case_links, case_rounds, cases, due_spans, legal_holds, report_cases, timings};

/// Every row of a case, and the list of the destroyed; `destroyed`: what the register outside of the database says of it.
///
/// # Errors
/// The database's failures.
pub(super) fn faults(
    conn: &mut Conn,
    shared: &Shared,
    case: &Case,
    entries: &[Entry],
    destroyed: Option<&Line>,
) -> Result<Vec<Fault>, Failure> {
    let mut found = row_faults(conn, shared, case)?;
    found.extend(report_faults(conn, case)?);
    found.extend(span_faults(conn, shared, case, entries)?);
    found.extend(timing_faults(conn, shared, case, entries)?);
    found.extend(round_faults(conn, shared, case)?);
    found.extend(link_faults(conn, case, entries)?);
    found.extend(of_rows(
        ("停止销毁登记", "hold"),
        &legal_holds::list(conn, case.id)?,
        &retention::holds::rows_of(case.journal())?,
    ));
    found.extend(match destroyed {
        Some(line) => return_fault(conn, case, line)?,
        None => destruction_fault(conn, case)?,
    });
    Ok(found)
}

fn row_faults(conn: &mut Conn, shared: &Shared, case: &Case) -> Result<Vec<Fault>, Failure> {
    let calendar = shared.calendars_in(conn)?.known_at(case.dated_at);
    let Some(stored) = cases::find(conn, case.id)? else {
        return Ok(vec![Fault::new("缺少案件行", "the case has no row")]);
    };
    // The generation of the query code is a fact of its own, not of the journal.
    let made = CaseRow { query_generation: stored.query_generation, ..projection::case_row(case, &calendar)? };
    Ok(of_row(("案件行", "the case's row"), &stored, &made))
}

/// What the annual report counts of it.
fn report_faults(conn: &mut Conn, case: &Case) -> Result<Vec<Fault>, Failure> {
    let stored: Vec<_> = report_cases::find(conn, case.id)?.into_iter().collect();
    let made: Vec<_> = reports::case_row(case)?.into_iter().collect();
    Ok(of_rows(("年报统计行", "row of the annual report"), &stored, &made))
}

fn span_faults(conn: &mut Conn, shared: &Shared, case: &Case, entries: &[Entry]) -> Result<Vec<Fault>, Failure> {
    let stored = due_spans::list(conn, case.id)?;
    let made = due::spans(entries, &shared.calendars_in(conn)?)
        .map_err(Failure::broken)?
        .iter()
        .map(|span| projection::span_row(case, span))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(of_rows(("期限区段", "stretch of time"), &stored, &made))
}

fn timing_faults(conn: &mut Conn, shared: &Shared, case: &Case, entries: &[Entry]) -> Result<Vec<Fault>, Failure> {
    // When the scheduler looks again is a fact of its own, not of the journal.
    let told = |row: TimingRow| TimingRow { next_on: None, acts_on: None, ..row };
    let stored: Vec<TimingRow> = timings::list(conn, case.id)?.into_iter().map(told).collect();
    let mut made = timing::history(entries, &shared.calendars_in(conn)?)
        .map_err(Failure::broken)?
        .iter()
        .map(|stretch| projection::timing_row(case, stretch).map(told))
        .collect::<Result<Vec<_>, _>>()?;
    made.sort_by(|one, other| (one.seq, &one.timed, one.part).cmp(&(other.seq, &other.timed, other.part)));
    Ok(of_rows(("计时事项", "timed matter"), &stored, &made))
}

fn round_faults(conn: &mut Conn, shared: &Shared, case: &Case) -> Result<Vec<Fault>, Failure> {
    let (rounds, steps) = projection::rounds::rows(case, &shared.calendars_in(conn)?)?;
    let mut found = of_rows(("办理轮次", "round"), &case_rounds::list(conn, case.id)?, &rounds);
    found.extend(of_rows(("环节用时", "days of a step"), &case_rounds::list_steps(conn, case.id)?, &steps));
    Ok(found)
}

fn link_faults(conn: &mut Conn, case: &Case, entries: &[Entry]) -> Result<Vec<Fault>, Failure> {
    let stored = case_links::list(conn, case.id)?;
    let mut made = Vec::new();
    for entry in entries {
        made.extend(projection::link_rows(entry)?);
    }
    made.sort_by_key(|row| (row.seq, row.other_id));
    Ok(of_rows(("案件关联", "link"), &stored, &made))
}

/// That a case which the register names is gone, asked as replaying the register asks it: a copy from before that was restored knows
/// nothing of it, and nothing else in it would tell.
fn return_fault(conn: &mut Conn, case: &Case, line: &Line) -> Result<Option<Fault>, Failure> {
    let (number, certificate) = (&line.number, &line.by.certificate);
    Ok(retention::destroying::is_there(conn, case)?.then(|| {
        Fault::new(
            format!("{number} 在已销毁案卷清单之中（{certificate}），内容却在数据库中：请运行 dafu retention replay"),
            format!("the register of destroyed cases names it ({number}, {certificate}), and it is there again: run `dafu retention replay`"),
        )
    }))
}

/// That a case whose journal says that its contents were destroyed has none, and stands on the list; and no other does.
fn destruction_fault(conn: &mut Conn, case: &Case) -> Result<Option<Fault>, Failure> {
    let listed = case_keys::find_destroyed(conn, case.id)?.is_some();
    Ok(match (case.destroyed.is_some(), listed) {
        (true, true) if case_keys::has_remains(conn, case.id)? => Some(Fault::new(
            "内容已销毁而又重新出现：请运行 dafu retention replay",
            "its contents were destroyed and are there again: run `dafu retention replay`",
        )),
        (true, false) => Some(Fault::new(
            "内容已销毁，却不在销毁名册之中",
            "its contents were destroyed, but it is not on the list of the destroyed",
        )),
        (false, true) => Some(Fault::new(
            "在销毁名册之中，日志却没有此记录",
            "it is on the list of the destroyed, but its journal has no such entry",
        )),
        _ => None,
    })
}
