//! What of the indicators is asked for: whose, of which days, grouped by what.

use chrono::{Datelike, Months, NaiveDate};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::law::coded::coded;
use crate::office::failure::{Failure, Problem};
use crate::storage::indicators::By;

/// Months shown, unless asked otherwise.
const MONTHS: u32 = 12;
/// The longest span.
const MONTHS_MAX: u32 = 60;

coded! {
    /// By what figures are grouped.
    pub enum Grouping {
        /// By month.
        Month = "month", "按月", "by month";
        /// By agency.
        Agency = "agency", "按机关", "by agency";
        /// By whoever handles the case, or did at its end.
        Handler = "handler", "按承办人", "by handler";
        /// By the way the application came.
        Channel = "channel", "按收到方式", "by channel";
        /// By the annual report's class of the applicant.
        ApplicantKind = "applicant_kind", "按申请人类别", "by kind of applicant";
    }
}

impl Grouping {
    /// The column behind it.
    pub(super) const fn column(self) -> By {
        match self {
            Self::Month => By::Day,
            Self::Agency => By::Agency,
            Self::Handler => By::Handler,
            Self::Channel => By::Channel,
            Self::ApplicantKind => By::ApplicantKind,
        }
    }
}

/// Which figures.
#[derive(Debug, Clone, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct IndicatorQuery {
    /// An agency by its short name, with all below it; all one may see if missing.
    pub agency: Option<String>,
    /// The first day; the first of the month eleven months before the last day if missing.
    pub from: Option<NaiveDate>,
    /// The last day; today if missing.
    pub to: Option<NaiveDate>,
    /// `month` (if missing), `agency`, `handler`, `channel` or `applicant_kind`.
    pub by: Option<String>,
}

/// The parameters, read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) from: NaiveDate,
    pub(super) to: NaiveDate,
    pub(super) by: Grouping,
}

impl Asked {
    /// # Errors
    /// [`Failure::Invalid`] with everything that is wrong.
    pub(super) fn read(query: &IndicatorQuery, today: NaiveDate) -> Result<Self, Failure> {
        let mut problems = Vec::new();
        let to = query.to.unwrap_or(today);
        let from = query.from.unwrap_or_else(|| first_of_months(to, MONTHS));
        if to > today {
            problems.push(Problem::at("?to", "不能查询未来的日期。", "A day in the future cannot be asked for."));
        }
        if from > to {
            problems.push(Problem::at("?from", "不能晚于截止日期。", "It cannot lie behind `to`."));
        }
        if from < first_of_months(to, MONTHS_MAX) {
            let (zh, en) = ("一次最多查询六十个月。", "A span has 60 months at most.");
            problems.push(Problem::at("?from", zh, en));
        }
        let by = match query.by.as_deref().map(str::parse::<Grouping>) {
            None => Grouping::Month,
            Some(Ok(by)) => by,
            Some(Err(_unknown)) => {
                let known: Vec<&str> = Grouping::ALL.iter().map(|one| one.as_str()).collect();
                let (zh, en) = (format!("可选：{}。", known.join("、")), format!("One of: {}.", known.join(", ")));
                problems.push(Problem::at("?by", zh, en));
                Grouping::Month
            }
        };
        if problems.is_empty() { Ok(Self { from, to, by }) } else { Err(Failure::Invalid(problems)) }
    }

    /// Each month of the span, cut to it: its first and last day.
    pub(super) fn months(&self) -> Vec<(NaiveDate, NaiveDate)> {
        let mut months = Vec::new();
        let mut first = self.from;
        while first <= self.to {
            let next = first_of_months(first, 1).checked_add_months(Months::new(1));
            let Some(next) = next else { break };
            months.push((first, next.pred_opt().unwrap_or(next).min(self.to)));
            first = next;
        }
        months
    }
}

/// The first day of the month that is the first of `months`, the one of `day` being the last.
fn first_of_months(day: NaiveDate, months: u32) -> NaiveDate {
    let first = day.with_day(1).unwrap_or(day);
    first.checked_sub_months(Months::new(months.saturating_sub(1))).unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn a_year_is_shown_where_nothing_is_asked_and_its_months_are_cut_to_the_span() {
        let asked = Asked::read(&IndicatorQuery::default(), day("2026-03-09")).expect("read");
        assert_eq!((asked.from, asked.to, asked.by), (day("2025-04-01"), day("2026-03-09"), Grouping::Month));
        let months = asked.months();
        assert_eq!(months.len(), 12);
        assert_eq!(months.last(), Some(&(day("2026-03-01"), day("2026-03-09"))));
        let within = IndicatorQuery { from: Some(day("2026-01-31")), ..IndicatorQuery::default() };
        let months = Asked::read(&within, day("2026-03-09")).expect("read").months();
        assert_eq!(months.first(), Some(&(day("2026-01-31"), day("2026-01-31"))));
        assert!(months.windows(2).all(|pair| matches!(pair, [one, next] if one.1.succ_opt() == Some(next.0))));
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        let wrong = IndicatorQuery {
            from: Some(day("2027-02-01")),
            to: Some(day("2027-01-01")),
            by: Some("moon".to_owned()),
            agency: None,
        };
        let Err(Failure::Invalid(problems)) = Asked::read(&wrong, day("2026-03-09")) else { panic!("refused") };
        let at: Vec<_> = problems.iter().map(|one| one.pointer.as_str()).collect();
        assert_eq!(at, ["?to", "?from", "?by"]);
    }
}
