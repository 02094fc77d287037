//! What the calendar alone causes: windows that close in silence, a finding that becomes necessary, a due day that
//! passes, a due day that a newly published calendar moves. A command like any other, and idempotent: what has been
//! said of a date is not said again. Days missed are made up in the order in which they would have come.

use super::clocks;
use super::due::due_now;
use super::entry::Entry;
use super::event::Event;
use super::moment::Moment;
use super::redating;
use super::stage::Stage;
use super::state::Case;
use crate::law::calendar::Calendar;
use crate::law::count::ClockName;

/// The events that are due at `at`.
#[must_use]
pub fn events(case: &Case, at: &Moment<'_>) -> Vec<Event> {
    let (mut events, case) = catch_up(case, at);
    if !case.is_closed() {
        let calendar = at.calendar();
        events.extend(lapse(&case, at, &calendar));
        events.extend(overdue(&case, at, &calendar));
    }
    events
}

/// What the calendar has changed since the last entry, and the case as that leaves it. Every decision begins here, so
/// that nobody has to wait for the next turn of the calendar to do what a window that has closed allows.
#[must_use]
pub fn catch_up(case: &Case, at: &Moment<'_>) -> (Vec<Event>, Case) {
    let mut after = case.clone();
    if case.is_closed() {
        return (Vec::new(), after);
    }
    let calendar = at.calendar();
    let dated_by = at.calendars.known_at(case.dated_at);
    let mut events: Vec<Event> = redating::moves(case, &dated_by, &calendar).into_iter().map(Event::from).collect();
    events.extend(silences(case, at, &calendar));
    for entry in Entry::follow(case.id, case.version, at.now, at.actor, events.clone()) {
        after.apply(entry);
    }
    (events, after)
}

/// Those who were asked and let their window pass. For a co-maker that is consent (art. 34); for a third party it is
/// nothing, and the agency decides by itself (art. 32).
fn silences(case: &Case, at: &Moment<'_>, calendar: &Calendar) -> Vec<Event> {
    case.consultations
        .iter()
        .filter(|one| one.is_open())
        .map(|one| (one.id, clocks::consultation_end(one, calendar).on))
        .filter(|(_, ended_on)| at.today > *ended_on)
        .map(|(consultation, ended_on)| Event::ConsultationSilent { consultation, ended_on })
        .collect()
}

/// A window of the applicant that has closed: the calendar proposes, an officer finds.
fn lapse(case: &Case, at: &Moment<'_>, calendar: &Calendar) -> Option<Event> {
    let window = match case.stage {
        Stage::Correcting => {
            let correction = case.awaited_correction().filter(|one| one.in_time && !one.lapse_proposed)?;
            clocks::correction_window(correction, calendar)
        }
        Stage::Paying => clocks::fee_window(case.unpaid_fee().filter(|fee| !fee.lapse_proposed)?, calendar),
        _ => return None,
    };
    (at.today > window.last_defensible.on)
        .then_some(Event::LapseProposed { clock: window.name, ended_on: window.due.on })
}

/// The due day has passed. While a correction or a payment is awaited it is the applicant who is late: that calls for a
/// finding (`lapse`) and is nobody's overdue.
fn overdue(case: &Case, at: &Moment<'_>, calendar: &Calendar) -> Option<Event> {
    let now = due_now(case, calendar)?;
    let ours = !matches!(now.clock, ClockName::CorrectionWindow | ClockName::FeeWindow);
    (ours && at.today > now.due.on && case.overdue_since != Some(now.due.on))
        .then_some(Event::WentOverdue { clock: now.clock, due: now.due.on })
}
