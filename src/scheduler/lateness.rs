//! Whether the scheduler is late: told to administrators when it comes back, to whoever asks for readiness, and as a metric.

use chrono::TimeDelta;

use super::reconcilers;
use crate::office::Office;
use crate::office::failure::Failure;

/// How long ago the reconciler that is furthest behind last ended a run; none before the first run.
///
/// # Errors
/// The database's failures.
pub fn behind(office: &Office) -> Result<Option<TimeDelta>, Failure> {
    let names: Vec<&'static str> = reconcilers().iter().map(|one| one.name).collect();
    office.furthest_behind(&names)
}

/// Tells the administrators that it was late, once for each time, if it was.
///
/// # Errors
/// The database's failures.
pub fn tell(office: &Office, limit: TimeDelta) -> Result<bool, Failure> {
    match behind(office)? {
        Some(behind) if behind > limit => office.tell_scheduler_late(behind).map(|()| true),
        Some(_) | None => Ok(false),
    }
}
