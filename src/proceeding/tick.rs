//! What the calendar alone causes: a day that passes, a day that a newly published calendar moves. Idempotent: what has been said
//! of a day is not said again. That a judgment took effect is no such thing: whether the other side appealed is learnt, not
//! reckoned.

use super::due::due;
use super::entry::Entry;
use super::event::Event;
use super::state::Proceeding;
use crate::case::moment::Moment;

/// The events that are due at `at`.
#[must_use]
pub fn events(proceeding: &Proceeding, at: &Moment<'_>) -> Vec<Event> {
    let (mut events, proceeding) = catch_up(proceeding, at);
    events.extend(overdue(&proceeding, at));
    events
}

/// What a calendar that became known since the last entry has moved, and the file as that leaves it. Every decision begins
/// here, or the move would be lost with the date of the next entry.
#[must_use]
pub fn catch_up(proceeding: &Proceeding, at: &Moment<'_>) -> (Vec<Event>, Proceeding) {
    let was = due(proceeding, &at.calendars.known_at(proceeding.dated_at));
    let is = due(proceeding, &at.calendar());
    let events = match (was, is) {
        (Some(was), Some(is)) if was.due != is.due => {
            vec![Event::DueMoved { clock: is.clock, from: was.due.on, to: is.due.on }]
        }
        _ => Vec::new(),
    };
    let mut after = proceeding.clone();
    for entry in Entry::follow(proceeding.id, proceeding.version, at.now, at.actor, events.clone()) {
        after.apply(entry);
    }
    (events, after)
}

/// The agency is late: that is said of it, not of the authority.
fn overdue(proceeding: &Proceeding, at: &Moment<'_>) -> Option<Event> {
    let now = due(proceeding, &at.calendar()).filter(super::due::DueNow::is_ours)?;
    (at.today > now.due.on && proceeding.overdue_since != Some(now.due.on))
        .then_some(Event::WentOverdue { clock: now.clock, due: now.due.on })
}
