//! Until when: the one clock that runs now, and the day it ends. A waiting case has a due day too (docs/LAW.md §9), so that
//! no queue ever shows an open case without one.
//!
//! `spans` is the whole history of that answer; both database projections are made from it.

use chrono::{DateTime, NaiveDate, Utc};

use super::apply::ReplayFault;
use super::clocks;
use super::entry::Entry;
use super::stage::Stage;
use super::state::Case;
use crate::ids::{AgencyId, StaffId};
use crate::law::calendar::Calendar;
use crate::law::count::{Clock, ClockName, Due};
use crate::law::editions::Calendars;
use crate::law::reply::ReplyClock;

/// The clock that runs now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueNow {
    /// Which.
    pub clock: ClockName,
    /// The last day, counted strictly; provisional where the calendar is not yet published.
    pub due: Due,
    /// The last day that can still be defended.
    pub last_defensible: Due,
}

impl From<&Clock> for DueNow {
    fn from(clock: &Clock) -> Self {
        Self { clock: clock.name, due: clock.due, last_defensible: clock.last_defensible }
    }
}

/// What is due now, and when; none once the case is closed.
#[must_use]
pub fn due_now(case: &Case, calendar: &Calendar) -> Option<DueNow> {
    match case.stage {
        Stage::Closed => None,
        Stage::Confirming => Some(DueNow::from(&clocks::confirmation_limit(case, calendar))),
        Stage::Correcting => match clocks::reply_clock(case, calendar) {
            // A receipt corrected since can make late a notice that was in time; then the reply clock never stopped.
            Some(reply) if reply.correction_in_time == Some(false) => Some(DueNow::from(&reply.clock)),
            reply => {
                let window = case.correction.as_ref().map(|one| clocks::correction_window(one, calendar));
                window.map(|window| sooner(case, &window, reply.as_ref()))
            }
        },
        Stage::Paying => {
            let window = case.fee.as_ref().map(|fee| clocks::fee_window(fee, calendar));
            window.map(|window| sooner(case, &window, clocks::reply_clock(case, calendar).as_ref()))
        }
        Stage::Registering
        | Stage::Assigning
        | Stage::Handling
        | Stage::Consulting
        | Stage::Reviewing
        | Stage::LegalReviewing
        | Stage::SecrecyReviewing
        | Stage::Signing
        | Stage::Serving => clocks::reply_clock(case, calendar).map(|reply| DueNow::from(&reply.clock)),
    }
}

/// The window that somebody else has; or the day of the reply, where a decision has set one that does not wait for them.
fn sooner(case: &Case, window: &Clock, reply: Option<&ReplyClock>) -> DueNow {
    let ordered = reply.filter(|reply| case.has_an_ordered_day() && reply.clock.due.on < window.due.on);
    DueNow::from(ordered.map_or(window, |reply| &reply.clock))
}

/// A stretch of time during which the same thing was due on the same day, at the same desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The journal entry that began it.
    pub seq: u32,
    /// The agency.
    pub agency: AgencyId,
    /// The stage.
    pub stage: Stage,
    /// The handler.
    pub handler: Option<StaffId>,
    /// What was due.
    pub now: DueNow,
    /// From when.
    pub from: DateTime<Utc>,
    /// Until when; none for the stretch that still lasts.
    pub to: Option<DateTime<Utc>>,
}

/// The stretch that begins with the case as it stands; none when it is closed.
#[must_use]
pub fn span_of(case: &Case, calendar: &Calendar) -> Option<Span> {
    due_now(case, calendar).map(|now| Span {
        seq: case.version,
        agency: case.agency(),
        stage: case.stage,
        handler: case.handler,
        now,
        from: case.dated_at,
        to: None,
    })
}

impl Span {
    /// Whether `other` only says again what this one says.
    #[must_use]
    pub fn says_the_same_as(&self, other: &Self) -> bool {
        (self.agency, self.stage) == (other.agency, other.stage)
            && self.handler == other.handler
            && self.now == other.now
    }
}

/// Every stretch of a case, oldest first, each dated by the calendar as it was known then. Entries recorded in one act
/// (at one instant) make one stretch.
///
/// # Errors
/// [`ReplayFault`] for what is no journal of a case.
pub fn spans(journal: &[Entry], calendars: &Calendars) -> Result<Vec<Span>, ReplayFault> {
    let mut entries = journal.iter().cloned();
    let mut case = Case::begin(entries.next().ok_or(ReplayFault::Empty)?)?;
    let mut spans = Vec::new();
    let mut rest = entries.peekable();
    loop {
        while let Some(entry) = rest.next_if(|next| next.at == case.dated_at) {
            case.apply(entry);
        }
        record(&mut spans, span_of(&case, &calendars.known_at(case.dated_at)), case.dated_at);
        match rest.next() {
            Some(entry) => case.apply(entry),
            None => return Ok(spans),
        }
    }
}

fn record(spans: &mut Vec<Span>, next: Option<Span>, at: DateTime<Utc>) {
    if let (Some(last), Some(next)) = (spans.last(), &next)
        && last.to.is_none()
        && last.says_the_same_as(next)
    {
        return;
    }
    if let Some(last) = spans.last_mut().filter(|last| last.to.is_none()) {
        last.to = Some(at);
    }
    spans.extend(next);
}

/// Working days left until `due`, counted from `today`: 0 on the day itself, negative after it.
#[must_use]
pub fn days_left(today: NaiveDate, due: NaiveDate, calendar: &Calendar) -> i64 {
    calendar.working_days_between(today, due)
}
