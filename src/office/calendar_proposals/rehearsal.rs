//! For whoever has the machine: what a file would change, over every case, without writing anything; and laying it down for an
//! administrator to confirm.

use super::formats::{self, NewProposal, Offered};
use super::moves::{self, CaseMove, Page};
use super::views::{self, DayChange, ProposalView};
use super::{ProposalSource, last_of, lay};
use crate::law::calendar::Year;
use crate::office::failure::Failure;
use crate::office::queue::PAGE_MAX;
use crate::office::{Office, calendars as editions};

/// What a year would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rehearsal {
    /// The year as it was understood.
    pub year: Year,
    /// The days that would be something else.
    pub days: Vec<DayChange>,
    /// Open cases that were looked at.
    pub looked_at: u64,
    /// The clocks that would move.
    pub moves: Vec<CaseMove>,
}

impl Office {
    /// What a year would change. `progress` hears how many cases were looked at, and of how many.
    ///
    /// # Errors
    /// As [`Office::propose_calendar`], permissions apart.
    pub fn rehearse_calendar(
        &self,
        input: &NewProposal,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Rehearsal, Failure> {
        let shared = self.shared();
        let (offered, days, candidates) = self.db().read_now(|conn| {
            let known = editions::list(conn)?;
            let offered = formats::read(input, &known)?;
            let stands = last_of(offered.year.year, &known).map(|edition| edition.year.clone());
            let days = views::days(stands, &offered.year)?;
            let calendars = shared.calendars_in(conn)?;
            let candidates = moves::candidates(conn, &calendars, &offered.year)?;
            Ok::<_, Failure>((offered, days, candidates))
        })?;
        let total = u64::try_from(candidates).unwrap_or_default();
        let mut all = Vec::new();
        let (mut after, mut looked_at) = (None, 0_u64);
        loop {
            let page = Page { after, limit: PAGE_MAX };
            let found = self.db().read_now(|conn| moves::page(conn, &shared, &offered.year, page))?;
            all.extend(found.items);
            let Some(next) = found.next else {
                progress(total, total);
                return Ok(Rehearsal { year: offered.year, days, looked_at: total, moves: all });
            };
            after = Some(next.parse().map_err(Failure::broken)?);
            looked_at = looked_at.saturating_add(u64::from(PAGE_MAX)).min(total);
            progress(looked_at, total);
        }
    }

    /// Lays a year down on the word of whoever has the machine; an administrator confirms it.
    ///
    /// # Errors
    /// As [`Office::rehearse_calendar`].
    pub fn lay_calendar_down(&self, input: &NewProposal) -> Result<ProposalView, Failure> {
        let shared = self.shared();
        self.db().write_now(|conn| {
            let offered = formats::read(input, &editions::list(conn)?)?;
            let row = lay(conn, &shared, &Offered { source: ProposalSource::CommandLine, ..offered }, None)?;
            views::whole(conn, &shared, &row)
        })
    }
}
