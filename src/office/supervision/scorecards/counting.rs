//! What a rule counts, for all agencies at once.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::clock::end_of_day_in_china;
use crate::config::scorecards::Measure;
use crate::ids::AgencyId;
use crate::office::failure::Failure;
use crate::proceeding::terms::ProceedingKind;
use crate::storage::due_spans::{self, AsOf};
use crate::storage::{Conn, orders, scorecards};

/// How many at each agency; who has none is not among them.
pub(super) type ByAgency = BTreeMap<AgencyId, i64>;

/// Whose, of which days.
pub(super) struct Counting<'a> {
    pub(super) agencies: &'a [AgencyId],
    /// First and last day; the last one is never behind today.
    pub(super) days: (NaiveDate, NaiveDate),
    pub(super) today: NaiveDate,
}

/// What is overdue at the end of a period, at these agencies.
pub(super) fn overdue_at(end: NaiveDate, agencies: &[AgencyId]) -> AsOf {
    AsOf {
        at: end_of_day_in_china(end),
        agencies: agencies.to_vec(),
        handler: None,
        due_from: None,
        due_before: Some(end),
    }
}

impl Counting<'_> {
    /// How many at each agency; none for what this version keeps no facts of.
    ///
    /// # Errors
    /// The database's failures.
    pub(super) fn of(&self, conn: &mut Conn, measure: Measure) -> Result<Option<ByAgency>, Failure> {
        let (agencies, days) = (self.agencies, self.days);
        let counts: ByAgency = match measure {
            Measure::LateReply => scorecards::count_late(conn, agencies, days)?.into_iter().collect(),
            Measure::OverdueCase => due_spans::count_by_agency(conn, &overdue_at(days.1, agencies))?,
            Measure::CorrectedInReview | Measure::CorrectedInSuit => {
                scorecards::count_overturned(conn, agencies, kind_of(measure), days)?.into_iter().collect()
            }
            Measure::MissedOrder => orders::count_missed(conn, agencies, days, self.today)?.into_iter().collect(),
            Measure::StalledStep => scorecards::count_stalled(conn, agencies, days)?.into_iter().collect(),
            Measure::NothingLate => {
                let late: ByAgency = scorecards::count_late(conn, agencies, days)?.into_iter().collect();
                let overdue = due_spans::count_by_agency(conn, &overdue_at(days.1, agencies))?;
                let replied = scorecards::count_replies(conn, agencies, days)?.into_iter();
                let clean = replied.filter(|(agency, _)| !late.contains_key(agency) && !overdue.contains_key(agency));
                clean.map(|(agency, _)| (agency, 1)).collect()
            }
            Measure::LateAnnualReport => return Ok(None),
        };
        Ok(Some(counts))
    }
}

/// The kind of proceeding behind a measure.
pub(super) const fn kind_of(measure: Measure) -> &'static str {
    match measure {
        Measure::CorrectedInSuit => ProceedingKind::Litigation.as_str(),
        _ => ProceedingKind::Reconsideration.as_str(),
    }
}
