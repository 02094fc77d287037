//! A lapse that nobody found: raised again and again by the milestones, and only where an agency has switched that on, found
//! by the calendar itself with the reason it has. Off unless switched on: art. 30 lets an application lapse only "without
//! good reason", and that is for a person to find.

use std::sync::Arc;

use super::desk::{Ask, Who, perform};
use super::failure::Failure;
use super::sealing::TextKind;
use super::tick::{BATCH, TickReport};
use super::{Office, Shared, reminders};
use crate::case::timing::Timed;
use crate::case::{Act, Command, Stage};
use crate::clock::day_in_china;
use crate::storage::timings::TimingRow;
use crate::storage::{Conn, agencies, timings};

impl Office {
    /// Finds the lapses that agencies leave to the calendar and that have waited for the days they set.
    ///
    /// # Errors
    /// The database's failures while listing.
    pub fn lapse_by_itself(&self) -> Result<TickReport, Failure> {
        let shared = self.shared();
        let mut report = TickReport::default();
        let rows = self.db().read_now(waiting)?;
        for row in rows {
            report.saw(row.case_id, self.db().write_now(|conn| lapse(conn, &shared, &row)));
        }
        Ok(report)
    }
}

fn waiting(conn: &mut Conn) -> Result<Vec<TimingRow>, Failure> {
    let automatic: Vec<_> =
        agencies::list(conn)?.into_iter().filter(|row| row.automatic_lapse).map(|row| row.id).collect();
    if automatic.is_empty() {
        return Ok(Vec::new());
    }
    Ok(timings::list_current(conn, Timed::Finding.as_str(), &automatic, BATCH)?)
}

fn lapse(conn: &mut Conn, shared: &Arc<Shared>, row: &TimingRow) -> Result<bool, Failure> {
    let now = shared.clock.now();
    let calendar = shared.calendars_in(conn)?.known_at(now);
    let rules = reminders::rules_of(conn, row.agency_id)?;
    if day_in_china(now) <= calendar.nth_working_day_after(row.on_day, rules.finding) {
        return Ok(false);
    }
    let ask = Ask { who: Who::System, act: Act::Lapse, case: row.case_id, expected: None };
    let found = perform(conn, shared, &ask, &|desk| {
        let (finding, letter) = words(desk.case.stage, row);
        Ok(Command::Lapse {
            finding: desk.text(TextKind::Reason, &finding)?,
            letter: desk.text(TextKind::Letter, &letter)?,
        })
    });
    match found {
        Ok(_) => Ok(true),
        // Somebody, or another instance, was first.
        Err(Failure::Refused { .. }) => Ok(false),
        Err(failure) => Err(failure),
    }
}

/// What the calendar can know: that the window closed, and that nothing came.
fn words(stage: Stage, row: &TimingRow) -> (String, String) {
    let (what, basis) = match stage {
        Stage::Paying => ("缴纳信息处理费", "《政府信息公开信息处理费管理办法》第六条"),
        _ => ("补正申请内容", "《中华人民共和国政府信息公开条例》第三十条"),
    };
    let on = row.on_day;
    (
        format!(
            "{what}的期限已于{on}届满，期限内未收到申请人的答复，也未收到有关正当理由的说明；按本机关设置由系统认定。"
        ),
        format!(
            "您未在{on}前{what}，也未说明正当理由。依据{basis}，本机关对该申请不再处理。您如有正当理由，可以向本机关说明，\
             经认定的，本机关将恢复办理。"
        ),
    )
}
