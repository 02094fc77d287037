//! What the calendar alone causes: the day that passes, a day that a newly published calendar moves. Idempotent: what has been said
//! of a day is not said again.

use super::clock::due;
use super::entry::Entry;
use super::event::Event;
use super::state::Enquiry;
use crate::case::moment::Moment;

/// The events that are due at `at`.
#[must_use]
pub fn events(enquiry: &Enquiry, at: &Moment<'_>) -> Vec<Event> {
    let (mut events, enquiry) = catch_up(enquiry, at);
    let passed = due(&enquiry, &at.calendar()).filter(|due| at.today > due.on);
    let unsaid = passed.filter(|due| enquiry.overdue_since != Some(due.on));
    events.extend(unsaid.map(|due| Event::WentOverdue { due: due.on }));
    events
}

/// What a calendar that became known since the last entry has moved, and the file as that leaves it. Every decision begins here.
#[must_use]
pub fn catch_up(enquiry: &Enquiry, at: &Moment<'_>) -> (Vec<Event>, Enquiry) {
    let was = due(enquiry, &at.calendars.known_at(enquiry.dated_at));
    let events = match (was, due(enquiry, &at.calendar())) {
        (Some(was), Some(is)) if was != is => vec![Event::DueMoved { from: was.on, to: is.on }],
        _ => Vec::new(),
    };
    let mut after = enquiry.clone();
    for entry in Entry::follow(enquiry.id, enquiry.version, at.now, at.actor, events.clone()) {
        after.apply(entry);
    }
    (events, after)
}
