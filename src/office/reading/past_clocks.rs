//! What was believed on an earlier day: the clocks that the journal, as far as it had then been written, and the calendars
//! known then make. Entries made since, and annulments among them, change nothing about it.

use chrono::NaiveDate;

use crate::case::{Case, clocks};
use crate::clock::{day_in_china, end_of_day_in_china};
use crate::office::Shared;
use crate::office::failure::Failure;
use crate::office::views::{ClockView, clock_view};
use crate::storage::Conn;

/// The clocks of a case as they were believed to be at the end of `day`.
///
/// # Errors
/// [`Failure::Invalid`] for a day in the future, or one at whose end nothing was recorded of the case; the database's
/// failures.
pub(super) fn explained_as_of(
    conn: &mut Conn,
    shared: &Shared,
    case: &Case,
    day: NaiveDate,
) -> Result<Vec<ClockView>, Failure> {
    let now = shared.clock.now();
    if day > day_in_china(now) {
        return Err(Failure::invalid("?as_of", "不能查询未来的日期。", "A day in the future cannot be asked for."));
    }
    let end = end_of_day_in_china(day);
    let by_then: Vec<_> = case.journal().iter().take_while(|entry| entry.at < end).cloned().collect();
    if by_then.is_empty() {
        let first = day_in_china(case.filed_at);
        return Err(Failure::invalid(
            "?as_of",
            format!("本件于 {first} 才进入系统，请查询该日或者之后的日期。"),
            format!("The case was recorded on {first}; ask for that day or a later one."),
        ));
    }
    let then = Case::replay(by_then).map_err(Failure::broken)?;
    let calendar = shared.calendars_in(conn)?.known_at(end.min(now).max(then.dated_at));
    Ok(clocks::all(&then, &calendar).iter().map(clock_view).collect())
}
