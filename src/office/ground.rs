//! What a look at a case stands on besides the case itself, read once: its agency with all above it, the agency's settings, and the
//! calendars.

use chrono::{DateTime, Utc};

use super::failure::Failure;
use super::permission::Lineage;
use super::{Shared, projection};
use crate::case::{Actor, Case, Moment, Settings};
use crate::clock::day_in_china;
use crate::law::editions::Calendars;
use crate::storage::agencies::AgencyRow;
use crate::storage::{Conn, agencies};

/// See the module.
pub(super) struct Ground {
    /// The agency that has the case.
    pub agency: AgencyRow,
    /// It, with all above it.
    pub lineage: Lineage,
    /// Every edition of the calendar.
    pub calendars: Calendars,
    settings: Settings,
}

impl Ground {
    /// Reads it.
    ///
    /// # Errors
    /// The database's failures.
    pub fn of(conn: &mut Conn, shared: &Shared, case: &Case) -> Result<Self, Failure> {
        let agency = agencies::load(conn, case.agency())?;
        Ok(Self {
            lineage: projection::lineage(conn, agency.id)?,
            calendars: shared.calendars_in(conn)?,
            settings: projection::settings_of(conn, &agency)?,
            agency,
        })
    }

    /// The moment at which `actor` would act.
    pub fn moment(&self, actor: Actor, now: DateTime<Utc>) -> Moment<'_> {
        Moment { now, today: day_in_china(now), calendars: &self.calendars, actor, settings: self.settings }
    }
}
