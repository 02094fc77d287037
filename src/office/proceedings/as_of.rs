//! The queue as it lay at the end of an earlier day: each file made again from the entries that stood then, dated by the calendar that
//! was known then. Files are few beside cases, so nothing is kept for it that could differ from the journals.

use chrono::{DateTime, Duration, NaiveDate, Utc};

use super::recording;
use crate::clock::end_of_day_in_china;
use crate::ids::ProceedingId;
use crate::office::Shared;
use crate::office::failure::Failure;
use crate::proceeding::Proceeding;
use crate::proceeding::milestone::Rules;
use crate::storage::proceedings::{self, ProceedingFilter, ProceedingRow};
use crate::storage::{Conn, proceeding_journal};

/// Files whose journals are read at a time.
const BATCH: usize = 200;

/// The instant that is asked of: the last of the day, or now where that is still to come.
pub(super) fn instant(shared: &Shared, on: NaiveDate) -> DateTime<Utc> {
    // The end of a day is the first instant of the next.
    (end_of_day_in_china(on) - Duration::microseconds(1)).min(shared.clock.now())
}

/// The files that fit, in the order of the queue, at most `most`: those that were open on that day, or were closed on it.
///
/// # Errors
/// The database's failures; [`Failure::Broken`] for rows that are no entries.
pub(super) fn list(
    conn: &mut Conn,
    shared: &Shared,
    filter: &ProceedingFilter,
    on: NaiveDate,
    most: usize,
) -> Result<Vec<ProceedingRow>, Failure> {
    let calendar = shared.calendars_in(conn)?.known_at(instant(shared, on));
    let end = end_of_day_in_china(on);
    let ids = proceedings::list_standing(conn, &filter.agencies, end, on)?;
    let mut rows = Vec::new();
    for some in ids.chunks(BATCH) {
        let entries = proceeding_journal::list(conn, some)?;
        for id in some {
            let stood = entries.iter().filter(|row| row.proceeding_id == *id && row.at < end);
            let stood = stood.map(recording::entry_of).collect::<Result<Vec<_>, _>>()?;
            if !stood.is_empty() {
                let file = Proceeding::replay(stood).map_err(Failure::broken)?;
                rows.push(recording::row(&file, &Rules::default(), &calendar, on)?);
            }
        }
    }
    rows.retain(|row| fits(row, filter));
    rows.sort_by_key(place);
    rows.truncate(most);
    Ok(rows)
}

/// Where a file stands in the queue: by its day, those without one last, then by its id.
const fn place(row: &ProceedingRow) -> (bool, Option<NaiveDate>, ProceedingId) {
    (row.due_on.is_none(), row.due_on, row.id)
}

/// What the database asks of the rows of today.
fn fits(row: &ProceedingRow, filter: &ProceedingFilter) -> bool {
    let any = |wanted: &[String], is: &String| wanted.is_empty() || wanted.contains(is);
    let behind = filter.after.is_none_or(|(day, id)| place(row) > (day.is_none(), day, id));
    any(&filter.kinds, &row.kind)
        && any(&filter.stages, &row.stage)
        && (filter.handlers.is_empty() || row.handler_id.is_some_and(|one| filter.handlers.contains(&one)))
        && filter.open.is_none_or(|open| open == row.closed_on.is_none())
        && filter.overdue_before.is_none_or(|day| row.due_ours && row.due_on.is_some_and(|due| due < day))
        && filter.overturned.is_none_or(|overturned| overturned == row.overturned)
        && behind
}
