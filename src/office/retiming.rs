//! When what is timed must be looked at again though nothing happened in the case: a further edition of the calendar became
//! known; or a database is older than the table of timings.

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use super::failure::Failure;
use super::notices::facts::Facts;
use super::notices::outbox::Outbox;
use super::tick::{BATCH, TickReport};
use super::{Office, Shared, enquiries, proceedings, projection};
use crate::case::timing::{self, Stretch};
use crate::clock::day_in_china;
use crate::ids::CaseId;
use crate::law::calendar::Calendar;
use crate::notices::Notice;
use crate::storage::scheduler_state::{self, SchedulerStateRow};
use crate::storage::{Conn, calendar_proposals, notices, timings};

/// The name under which it is remembered which editions were taken up.
pub(super) const CALENDARS_TAKEN: &str = "calendars_taken_up";

/// The name under which it is remembered that every open case is timed.
pub(super) const ALL_TIMED: &str = "all_timed";

impl Office {
    /// Has every case that an edition known since can have moved looked at again, and tells who keeps the calendars of what waits for them.
    ///
    /// # Errors
    /// The database's failures.
    pub fn take_up_calendars(&self) -> Result<TickReport, Failure> {
        let shared = self.shared();
        let done = self.db().write_now(|conn| {
            let announced = announce_proposals(conn, &shared)?;
            Ok::<_, Failure>(announced + u64::from(take_up(conn, &shared)?))
        })?;
        Ok(TickReport { looked_at: done, changed: done, failed: Vec::new() })
    }

    /// Times open cases of which nothing is timed yet.
    ///
    /// # Errors
    /// The database's failures while listing.
    pub fn time_untimed(&self) -> Result<TickReport, Failure> {
        let shared = self.shared();
        let mut report = TickReport::default();
        let done = self.db().read_now(|conn| scheduler_state::find(conn, ALL_TIMED).map_err(Failure::from))?;
        if done.is_some() {
            return Ok(report);
        }
        loop {
            let page: Vec<CaseId> =
                self.db().read_now(|conn| timings::list_untimed(conn, BATCH).map_err(Failure::from))?;
            let before = report.changed;
            for case in page {
                report.saw(case, self.db().write_now(|conn| time(conn, &shared, case)));
            }
            if report.changed == before {
                self.db().write_now(|conn| scheduler_state::begin(conn, &beginning(ALL_TIMED, shared.clock.now())))?;
                report.changed = 0;
                return Ok(report);
            }
        }
    }
}

fn take_up(conn: &mut Conn, shared: &Shared) -> Result<bool, Failure> {
    let now = shared.clock.now();
    let Some(state) = scheduler_state::find(conn, CALENDARS_TAKEN)? else {
        // Nobody knows what the calendar was when these were timed: everything is looked at once.
        scheduler_state::begin(conn, &beginning(CALENDARS_TAKEN, now))?;
        return Ok(timings::look_again(conn, NaiveDate::default(), day_in_china(now))? > 0);
    };
    let was = state.through_at;
    let calendars = shared.calendars_in(conn)?;
    let (before, after) = (calendars.known_at(was), calendars.known_at(now));
    let Some(from) = first_difference(&before, &after) else { return Ok(false) };
    if now <= was || !scheduler_state::advance(conn, CALENDARS_TAKEN, was, now)? {
        return Ok(false);
    }
    timings::look_again(conn, from, day_in_china(now))?;
    proceedings::look_again(conn, day_in_china(now))?;
    enquiries::look_again(conn, day_in_china(now))?;
    let year = u32::try_from(from.year()).ok();
    let cause = format!("calendar_confirmed:{}:{}", from.year(), now.timestamp_micros());
    let facts = Facts { count: year, ..Facts::default() };
    let mut outbox = Outbox { randomness: shared.randomness.clone(), calendar: &after, now };
    outbox.to_administrators(conn, Notice::CalendarConfirmed, &cause, day_in_china(now), facts, None)?;
    Ok(true)
}

/// Tells those who keep the calendars of proposals that wait, each once; whoever proposed knows.
fn announce_proposals(conn: &mut Conn, shared: &Shared) -> Result<u64, Failure> {
    let now = shared.clock.now();
    let mut announced = 0;
    for row in calendar_proposals::list_open(conn)? {
        let cause = format!("calendar_proposed:{}", row.id);
        if notices::has_cause(conn, &cause)? {
            continue;
        }
        let calendar = shared.calendars_in(conn)?.known_at(now);
        let facts = Facts { count: u32::try_from(row.year).ok(), ..Facts::default() };
        let mut outbox = Outbox { randomness: shared.randomness.clone(), calendar: &calendar, now };
        let on = day_in_china(row.proposed_at);
        outbox.to_administrators(conn, Notice::CalendarProposed, &cause, on, facts, row.proposed_by)?;
        announced += u64::from(notices::has_cause(conn, &cause)?);
    }
    Ok(announced)
}

/// A reconciler that has seen to everything until now.
pub(super) fn beginning(reconciler: &str, now: DateTime<Utc>) -> SchedulerStateRow {
    SchedulerStateRow {
        reconciler: reconciler.to_owned(),
        through_at: now,
        ran_at: now,
        failed_at: None,
        fault: None,
        held_by: None,
        held_until: None,
    }
}

/// The first day on which two calendars differ; nothing that ends before it can have moved. A year that is announced only
/// in one of them differs from its first day, since its dates are provisional in the other.
pub(super) fn first_difference(before: &Calendar, after: &Calendar) -> Option<NaiveDate> {
    let years = before.years().chain(after.years()).map(|year| year.year);
    years.filter_map(|year| first_difference_in(year, before, after)).min()
}

fn first_difference_in(year: i32, before: &Calendar, after: &Calendar) -> Option<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(year, 1, 1)?;
    if before.is_announced(first) != after.is_announced(first) {
        return Some(first);
    }
    let days = first.iter_days().take_while(|day| day.year() == year);
    days.into_iter().find(|day| before.is_working(*day) != after.is_working(*day))
}

fn time(conn: &mut Conn, shared: &Shared, id: CaseId) -> Result<bool, Failure> {
    let (case, _) = projection::load(conn, id)?;
    let calendars = shared.calendars_in(conn)?;
    let history: Vec<Stretch> = timing::history(case.journal(), &calendars).map_err(Failure::broken)?;
    let known = timings::list(conn, id)?;
    let missing = history.iter().filter(|one| {
        known.iter().all(|row| {
            (i64::from(row.seq), row.timed.as_str(), i64::from(row.part))
                != (i64::from(one.seq), one.timing.timed.as_str(), i64::from(one.timing.part))
        })
    });
    let mut written = false;
    for stretch in missing {
        timings::insert(conn, &[projection::timing_row(&case, stretch)?])?;
        written = true;
    }
    Ok(written)
}
