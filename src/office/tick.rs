//! The calendar's turn: every open case is asked what has come due. One bad case never stops the others; what was found
//! is reported.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use super::desk::{Ask, Who, perform};
use super::failure::Failure;
use super::{Office, Shared};
use crate::case::{Act, Command};
use crate::clock::day_in_china;
use crate::ids::CaseId;
use crate::storage::case_list::{self, CaseFilter, CaseOrder, Direction};
use crate::storage::{Conn, attempts, drafts, idempotency, tokens};

/// How long a repeated creation is recognised, and attempts are remembered (architecture: 24 hours).
const KEPT: TimeDelta = TimeDelta::hours(24);

/// Cases asked in one batch.
const BATCH: u32 = 200;

/// What a turn of the calendar did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TickReport {
    /// Cases asked.
    pub looked_at: u64,
    /// Cases in which something had come due.
    pub changed: u64,
    /// Cases that could not be asked, each with the reason; the next turn asks again.
    pub failed: Vec<(CaseId, String)>,
}

impl Office {
    /// Lets the calendar act on every open case. `progress` hears how many were asked.
    ///
    /// # Errors
    /// The database's failures while listing; a single case's failure is in the report.
    pub fn tick(&self, progress: &mut dyn FnMut(u64)) -> Result<TickReport, Failure> {
        let shared = self.shared();
        let now = self.now();
        self.db().write_now(|conn| sweep(conn, now))?;
        let mut report = TickReport::default();
        let mut order = CaseOrder::CreatedAt { after: None };
        loop {
            let page = self.db().read_now(|conn| open_cases(conn, order))?;
            for row in &page.rows {
                report.looked_at += 1;
                match tick_one(self, &shared, row.id, row.version) {
                    Ok(true) => report.changed += 1,
                    Ok(false) => {}
                    Err(failure) => report.failed.push((row.id, failure.to_string())),
                }
            }
            progress(report.looked_at);
            match page.next {
                Some(next) => order = next,
                None => return Ok(report),
            }
        }
    }
}

/// Sweeps away what has served its time: counted attempts, answers kept for repeats, tokens long run out, drafts whose
/// last day has passed.
fn sweep(conn: &mut Conn, now: DateTime<Utc>) -> Result<(), Failure> {
    attempts::prune(conn, now - KEPT)?;
    idempotency::prune(conn, now - KEPT)?;
    tokens::prune(conn, now - KEPT)?;
    drafts::prune(conn, day_in_china(now))?;
    Ok(())
}

fn open_cases(conn: &mut Conn, order: CaseOrder) -> Result<case_list::CasePage, Failure> {
    let agencies = crate::storage::agencies::list(conn)?.into_iter().map(|row| row.id).collect();
    let filter = CaseFilter { agencies, open: Some(true), ..CaseFilter::default() };
    Ok(case_list::list(conn, &filter, order, Direction::Ascending, BATCH)?)
}

fn tick_one(office: &Office, shared: &Arc<Shared>, case: CaseId, version: i32) -> Result<bool, Failure> {
    let ask = Ask { who: Who::System, act: Act::Tick, case, expected: None };
    let after = office
        .db()
        .write_now(|conn| perform(conn, shared, &ask, &|_| Ok(Command::Tick)).map(|desk| desk.case.version))?;
    Ok(i64::from(after) != i64::from(version))
}
