//! What a rule counts, for all agencies at once.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::clock::end_of_day_in_china;
use crate::config::scorecards::Measure;
use crate::ids::AgencyId;
use crate::law::annual::published_by;
use crate::office::failure::Failure;
use crate::proceeding::terms::ProceedingKind;
use crate::storage::annual_reports::{self, FirstPublished};
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
        stage: None,
        due_from: None,
        due_before: Some(end),
    }
}

/// The annual reports that were published within these days, and later than they had to be, by the day of publication. One that was
/// published nowhere this service knows of is none of them: it may stand elsewhere.
///
/// # Errors
/// The database's failures.
pub(super) fn late_reports(
    conn: &mut Conn,
    agencies: &[AgencyId],
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<FirstPublished>, Failure> {
    let late = |one: &FirstPublished| published_by(one.year, one.below).is_some_and(|last| one.published_on > last);
    let published = annual_reports::list_first_published(conn, agencies, to)?;
    Ok(published.into_iter().filter(|one| one.published_on >= from && late(one)).collect())
}

impl Counting<'_> {
    /// How many at each agency.
    ///
    /// # Errors
    /// The database's failures.
    pub(super) fn of(&self, conn: &mut Conn, measure: Measure) -> Result<ByAgency, Failure> {
        let (agencies, days) = (self.agencies, self.days);
        Ok(match measure {
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
            Measure::LateAnnualReport => {
                let mut counts = ByAgency::new();
                for report in late_reports(conn, agencies, days)? {
                    let count = counts.entry(report.agency_id).or_insert(0);
                    *count = count.saturating_add(1);
                }
                counts
            }
        })
    }
}

/// The kind of proceeding behind a measure.
pub(super) const fn kind_of(measure: Measure) -> &'static str {
    match measure {
        Measure::CorrectedInSuit => ProceedingKind::Litigation.as_str(),
        _ => ProceedingKind::Reconsideration.as_str(),
    }
}
