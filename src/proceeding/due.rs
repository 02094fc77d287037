//! Until when: the clock that runs for the agency now, else the day by which the authority is to have acted. An open file always
//! has one, so that no list ever shows one without a day.

use chrono::NaiveDate;

use super::clocks;
use super::stage::Stage;
use super::state::Proceeding;
use crate::law::calendar::Calendar;
use crate::law::count::{Clock, ClockName, Due};
use crate::law::proceeding::{Party, Period};

/// What is due now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueNow {
    /// Which clock.
    pub clock: ClockName,
    /// Who must act.
    pub party: Party,
    /// The last day, counted strictly; provisional where the calendar is not yet published.
    pub due: Due,
    /// The last day that can still be defended.
    pub last_defensible: Due,
}

impl DueNow {
    const fn of(clock: &Clock, party: Party) -> Self {
        Self { clock: clock.name, party, due: clock.due, last_defensible: clock.last_defensible }
    }

    /// Whether it is the agency that is late once the day has passed. A window for appeal is a right, not a duty.
    #[must_use]
    pub const fn is_ours(&self) -> bool {
        matches!(self.party, Party::Agency)
            && !matches!(self.clock, ClockName::AppealJudgment | ClockName::AppealRuling)
    }
}

/// What is due now, and when; none once the file is closed.
#[must_use]
pub fn due(proceeding: &Proceeding, calendar: &Calendar) -> Option<DueNow> {
    if proceeding.is_closed() {
        return None;
    }
    let all = clocks::clocks(proceeding, calendar);
    let ours = all.iter().filter(|one| one.runs && one.party == Party::Agency);
    let first = ours.min_by_key(|one| (one.clock.due, one.clock.name)).map(|one| DueNow::of(&one.clock, one.party));
    Some(first.unwrap_or_else(|| of_the_authority(proceeding, calendar)))
}

/// The authority's day. While a proceeding stands still it is the earliest on which the decision could come.
fn of_the_authority(proceeding: &Proceeding, calendar: &Calendar) -> DueNow {
    let (kind, round) = (proceeding.kind(), &proceeding.round);
    let clock = match proceeding.stage {
        Stage::Filing => clocks::filing(kind, round, calendar),
        _ => clocks::decision(kind, round, calendar),
    };
    let party = Period::named(clock.name).map_or(Party::Court, |period| period.party);
    DueNow::of(&clock, party)
}

/// Working days left until `due`, counted from `today`: 0 on the day itself, negative after it.
#[must_use]
pub fn days_left(today: NaiveDate, due: NaiveDate, calendar: &Calendar) -> i64 {
    calendar.working_days_between(today, due)
}
