//! How many replies were in time, month by month, over an agency and all below it. By the verdict that was taken when each
//! was served: no later calendar changes a month that is over.

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::clock::day_in_china;
use crate::office::Office;
use crate::office::failure::Failure;
use crate::office::permission::{Deed, Officer};
use crate::office::queue::visible;
use crate::storage::Conn;
use crate::storage::late_replies::{self, LateFilter};

/// Months shown, unless asked otherwise.
const MONTHS: u32 = 12;
/// At most so many.
const MONTHS_MAX: u32 = 60;

/// Whose replies.
#[derive(Debug, Clone, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TimelinessQuery {
    /// An agency by its short name, with all below it; all one may see if missing.
    pub agency: Option<String>,
    /// How many months, this one among them: 1 to 60, 12 if missing.
    pub months: Option<u32>,
}

/// The replies of some time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Verdicts {
    /// Served in time.
    pub in_time: i64,
    /// Served late.
    pub late: i64,
    /// Those in time in a thousand, rounded down, so that 1000 means all; none without a reply.
    pub in_time_per_mille: Option<i64>,
}

impl Verdicts {
    /// With the share of those in time.
    pub(super) fn of(in_time: i64, late: i64) -> Self {
        Self { in_time, late, in_time_per_mille: (in_time * 1000).checked_div(in_time + late) }
    }
}

/// The replies of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct MonthOfReplies {
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day; today for the month that runs.
    pub to: NaiveDate,
    /// How many.
    pub replies: Verdicts,
}

/// How many replies were in time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Timeliness {
    /// All together.
    pub total: Verdicts,
    /// Month by month, the oldest first; months without a reply as well.
    pub months: Vec<MonthOfReplies>,
}

impl Office {
    /// How many replies were in time.
    ///
    /// # Errors
    /// [`Failure::Invalid`], [`Failure::Missing`] for an agency one may not see, [`Failure::Forbidden`], the database's
    /// failures.
    pub async fn timeliness(&self, officer: &Officer, query: TimelinessQuery) -> Result<Timeliness, Failure> {
        let (officer, today) = (officer.clone(), day_in_china(self.now()));
        let months = query.months.unwrap_or(MONTHS);
        if !(1..=MONTHS_MAX).contains(&months) {
            return Err(Failure::invalid("?months", "1至60个月。", "From 1 to 60 months."));
        }
        self.db().read(move |conn| timeliness(conn, &officer, &query, today, months)).await
    }
}

fn timeliness(
    conn: &mut Conn,
    officer: &Officer,
    query: &TimelinessQuery,
    today: NaiveDate,
    months: u32,
) -> Result<Timeliness, Failure> {
    let agencies = visible(conn, officer, Deed::Supervise, query.agency.as_deref())?;
    let spans = spans(today, months);
    let filter = LateFilter { agencies, from: spans.first().map(|(from, _)| *from), to: Some(today) };
    Ok(Timeliness::of(&late_replies::count_by_day(conn, &filter)?, &spans))
}

/// The first and the last day of each of these months, the oldest first.
fn spans(today: NaiveDate, months: u32) -> Vec<(NaiveDate, NaiveDate)> {
    let first = today.with_day(1).unwrap_or(today);
    let back = |months| first.checked_sub_months(Months::new(months)).unwrap_or(first);
    let end = |months: u32| if months == 0 { today } else { back(months - 1).pred_opt().unwrap_or(today) };
    (0..months).rev().map(|months| (back(months), end(months))).collect()
}

impl Timeliness {
    fn of(found: &[(NaiveDate, bool, i64)], spans: &[(NaiveDate, NaiveDate)]) -> Self {
        let months: Vec<MonthOfReplies> = spans
            .iter()
            .map(|(from, to)| {
                let sum = |late: bool| {
                    found.iter().filter(|(on, was, _)| *was == late && from <= on && on <= to).map(|one| one.2).sum()
                };
                MonthOfReplies { from: *from, to: *to, replies: Verdicts::of(sum(false), sum(true)) }
            })
            .collect();
        let sum = |number: fn(&Verdicts) -> i64| months.iter().map(|month| number(&month.replies)).sum();
        Self { total: Verdicts::of(sum(|one| one.in_time), sum(|one| one.late)), months }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn months_follow_each_other_without_a_gap_and_the_last_ends_today() {
        let spans = spans(day("2026-03-31"), 14);
        assert_eq!(spans.first(), Some(&(day("2025-02-01"), day("2025-02-28"))));
        assert_eq!(spans.last(), Some(&(day("2026-03-01"), day("2026-03-31"))));
        assert!(spans.windows(2).all(|pair| matches!(pair, [one, next] if one.1.succ_opt() == Some(next.0))));
    }

    #[test]
    fn the_share_is_whole_only_where_every_reply_was_in_time() {
        let found = [(day("2026-02-27"), false, 1), (day("2026-03-02"), false, 1999), (day("2026-03-03"), true, 1)];
        let told = Timeliness::of(&found, &spans(day("2026-03-31"), 3));
        let shares: Vec<_> = told.months.iter().map(|month| month.replies.in_time_per_mille).collect();
        assert_eq!(shares, [None, Some(1000), Some(999)]);
        assert_eq!((told.total.in_time, told.total.late), (2000, 1));
    }
}
