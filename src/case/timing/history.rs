//! How what is timed changes from act to act, and the whole history of that: the projection `timings` is made from it.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Timing, timings};
use crate::case::apply::ReplayFault;
use crate::case::entry::Entry;
use crate::case::moment::Actor;
use crate::case::state::Case;
use crate::clock::day_in_china;
use crate::ids::AgencyId;
use crate::law::editions::Calendars;

/// What an act has changed in what is timed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// No longer timed.
    pub ended: Vec<Timing>,
    /// Timed from now on.
    pub begun: Vec<Timing>,
}

/// The difference between two states of a case, each dated by the calendar known at its instant.
#[must_use]
pub fn changes(before: Option<&Case>, after: &Case, calendars: &Calendars) -> Changes {
    let dated = |case: &Case| timings(case, &calendars.known_at(case.dated_at));
    let was = before.map(dated).unwrap_or_default();
    let is = dated(after);
    let missing_in = |one: &Timing, others: &[Timing]| others.iter().all(|other| other.identity() != one.identity());
    Changes {
        ended: was.iter().copied().filter(|one| missing_in(one, &is)).collect(),
        begun: is.iter().copied().filter(|one| missing_in(one, &was)).collect(),
    }
}

/// A stretch of time over which something was timed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// What.
    pub timing: Timing,
    /// The agency: the last that had it while it lasted.
    pub agency: AgencyId,
    /// The journal's length when it began.
    pub seq: u32,
    /// The day from which it counts as timed.
    pub since_on: NaiveDate,
    /// From this instant, as recorded.
    pub from: DateTime<Utc>,
    /// To this instant; none while it lasts.
    pub to: Option<DateTime<Utc>>,
    /// Whether somebody's act ended it, and not the calendar.
    pub by_act: bool,
}

impl Stretch {
    /// One that begins with the case as it stands.
    #[must_use]
    pub fn beginning(timing: Timing, case: &Case) -> Self {
        let since_on = timing.since_on.unwrap_or_else(|| day_in_china(case.dated_at));
        Self {
            timing,
            agency: case.agency(),
            seq: case.version,
            since_on,
            from: case.dated_at,
            to: None,
            by_act: false,
        }
    }

    /// The same, ended with the case as it stands.
    #[must_use]
    pub fn ended_by(self, case: &Case) -> Self {
        Self { to: Some(case.dated_at), by_act: is_act(case), ..self }
    }
}

/// Whether the last entry of a case is somebody's act, and not the calendar's.
#[must_use]
pub fn is_act(case: &Case) -> bool {
    case.journal().last().is_some_and(|entry| entry.actor != Actor::System)
}

/// Every stretch of a case, as its journal tells it. Entries recorded in one act (at one instant) make one step.
///
/// # Errors
/// [`ReplayFault`] for what is no journal of a case.
pub fn history(journal: &[Entry], calendars: &Calendars) -> Result<Vec<Stretch>, ReplayFault> {
    let mut entries = journal.iter().cloned();
    let mut case = Case::begin(entries.next().ok_or(ReplayFault::Empty)?)?;
    let mut before: Option<Case> = None;
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut rest = entries.peekable();
    loop {
        while let Some(entry) = rest.next_if(|next| next.at == case.dated_at) {
            case.apply(entry);
        }
        let Changes { ended, begun } = changes(before.as_ref(), &case, calendars);
        for stretch in stretches.iter_mut().filter(|one| one.to.is_none()) {
            if ended.iter().any(|one| one.identity() == stretch.timing.identity()) {
                *stretch = stretch.ended_by(&case);
            }
        }
        for stretch in stretches.iter_mut().filter(|one| one.to.is_none()) {
            stretch.agency = case.agency();
        }
        stretches.extend(begun.into_iter().map(|timing| Stretch::beginning(timing, &case)));
        let Some(entry) = rest.next() else { return Ok(stretches) };
        before = Some(case.clone());
        case.apply(entry);
    }
}
