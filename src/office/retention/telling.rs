//! Once a month whoever may propose a list of destruction is told that an agency has files whose term is over: one notice for all of
//! them. Nothing is listed or destroyed by it.

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use super::disposal::MOST;
use super::plan;
use crate::clock::day_in_china;
use crate::ids::AgencyId;
use crate::notices::Notice;
use crate::office::failure::Failure;
use crate::office::notices::facts::Facts;
use crate::office::notices::outbox::{About, Outbox};
use crate::office::permission::Deed;
use crate::office::retiming::beginning;
use crate::office::tick::TickReport;
use crate::office::{Office, Shared};
use crate::storage::{Conn, agencies, notices, scheduler_state, staff};

/// The mark of the month through which all agencies were told.
pub(in crate::office) const TOLD: &str = "retention_told";

impl Office {
    /// Tells every agency with files that are due, once a month.
    ///
    /// # Errors
    /// The database's failures.
    pub fn tell_retention(&self) -> Result<TickReport, Failure> {
        let (shared, now) = (self.shared(), self.now());
        let mut report = TickReport::default();
        // Asked beside the writer: most turns of a month have nothing to do.
        let mark = self.db().read_now(|conn| scheduler_state::find(conn, TOLD).map_err(Failure::from))?;
        let through = mark.as_ref().map(|mark| month_of(day_in_china(mark.through_at)));
        let month = month_of(day_in_china(now));
        if through.is_some_and(|told| told >= month) {
            return Ok(report);
        }
        let all = self.db().read_now(|conn| agencies::list(conn).map_err(Failure::from))?;
        for agency in all {
            report.looked_at += 1;
            let owed = self.db().read_now(|conn| owed(conn, agency.id, month, now))?;
            if let Some(files) = owed {
                report.changed += self.db().write_now(|conn| tell(conn, &shared, agency.id, month, files))?;
            }
        }
        self.db().write_now(|conn| match &mark {
            Some(mark) => scheduler_state::advance(conn, TOLD, mark.through_at, now).map(drop).map_err(Failure::from),
            None => scheduler_state::begin(conn, &beginning(TOLD, now)).map_err(Failure::from),
        })?;
        Ok(report)
    }
}

/// The first day of its month.
fn month_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

/// How many files are due at the agency, where anybody is still to be told of this month's; as many as one list holds at most.
fn owed(conn: &mut Conn, agency: AgencyId, month: NaiveDate, now: DateTime<Utc>) -> Result<Option<u32>, Failure> {
    if notices::has_cause(conn, &cause(agency, month))? {
        return Ok(None);
    }
    let due = plan::due(conn, agency, None, day_in_china(now), MOST)?.len();
    Ok(u32::try_from(due).ok().filter(|files| *files > 0))
}

/// One notice for each of those who may propose a list there.
fn tell(conn: &mut Conn, shared: &Shared, agency: AgencyId, month: NaiveDate, files: u32) -> Result<u64, Failure> {
    let now = shared.clock.now();
    let calendar = shared.calendars_in(conn)?.known_at(now);
    let mut outbox = Outbox { randomness: shared.randomness.clone(), calendar: &calendar, now };
    let cause = cause(agency, month);
    let fell_on = day_in_china(now);
    let about = About { agency, case: None, seq: None, cause: &cause, fell_on, overtaken: false };
    let facts = Facts { count: Some(files), ..Facts::default() };
    let mut told = Vec::new();
    let mut written = 0;
    for role in Deed::Dispose.roles() {
        for member in staff::list_holders(conn, &[agency], role.as_str())? {
            if !told.contains(&member) {
                told.push(member);
                written += u64::from(outbox.to_staff(conn, &about, Notice::RetentionDue, member, facts, false)?);
            }
        }
    }
    Ok(written)
}

fn cause(agency: AgencyId, month: NaiveDate) -> String {
    format!("retention_due:{agency}:{}", month.format("%Y-%m"))
}
