//! The figures of one group, added up from what the database has counted. Pure.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::law::judgment::Judgment;
use crate::law::outcome::{self, Outcome, OutcomeGroup};
use crate::office::supervision::satisfaction::mean_hundredths;
use crate::office::supervision::timeliness::Verdicts;
use crate::office::views::{Term, term};
use crate::proceeding::terms::ProceedingKind;

/// How many of one kind there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Counted {
    /// The kind.
    pub term: Term,
    /// How many.
    pub count: i64,
}

/// Some of all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Share {
    /// How many.
    pub count: i64,
    /// In a thousand, rounded down; none of nothing.
    pub per_mille: Option<i64>,
}

/// Working days from the legal receipt, or from a decision that had it answered anew, to the reply. By nearest rank: each is the
/// number of days that some reply really took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct DaysTaken {
    /// Half of the replies took no longer.
    pub median: Option<i32>,
    /// Nine tenths took no longer.
    pub ninetieth: Option<i32>,
    /// The one that took longest.
    pub longest: Option<i32>,
}

/// What was done against replies.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReviewFigures {
    /// That began, by kind.
    pub begun: Vec<Counted>,
    /// That were decided.
    pub decided: i64,
    /// Of these, those that found the agency's act wrong and bind.
    pub overturned: i64,
    /// With what they were decided.
    pub results: Vec<Counted>,
}

/// Supervision orders.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct OrderFigures {
    /// Issued.
    pub issued: i64,
    /// Of these, answered late.
    pub late: i64,
    /// Of these, not answered though their day has passed.
    pub overdue: i64,
    /// Of these, closed.
    pub closed: i64,
}

/// Letters, questions and hand-overs: no applications, and in none of the figures of applications.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct EnquiryFigures {
    /// Registered.
    pub registered: i64,
    /// Answered in time and late.
    pub answered: Verdicts,
    /// Closed without an answer.
    pub closed: i64,
    /// Turned into an application.
    pub turned: i64,
    /// Of those answered: rated by the writer.
    pub rated: i64,
    /// The mean of the ratings, 1 to 5, in hundredths, rounded half up; none without one.
    pub mean_hundredths: Option<i64>,
}

/// The figures of a group, or of all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Figures {
    /// Applications that arrived.
    pub received: i64,
    /// Cases that a decision had answered anew.
    pub taken_up_again: i64,
    /// Cases that were closed.
    pub closed: i64,
    /// Cases that were open when the last day ended.
    pub open_at_end: i64,
    /// Replies by whether they were in time; a lapse or a withdrawal is no reply.
    pub replies: Verdicts,
    /// How long they took.
    pub days: DaysTaken,
    /// Of those closed: with an extension.
    pub extended: Share,
    /// Of those closed: with a correction asked for.
    pub corrected: Share,
    /// How they ended, by the annual report's groups.
    pub groups: Vec<Counted>,
    /// How they ended.
    pub outcomes: Vec<Counted>,
    /// Reconsideration, suits, complaints and inspections.
    pub reviews: ReviewFigures,
    /// Supervision orders, by the day they were issued. Only by month and by agency.
    pub orders: OrderFigures,
    /// Letters, questions and hand-overs, by the days of registration and of the end. Not by channel or kind of applicant.
    pub enquiries: EnquiryFigures,
}

/// What is added up of enquiries.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct EnquiryTally {
    pub(super) registered: i64,
    pub(super) in_time: i64,
    pub(super) late: i64,
    pub(super) closed: i64,
    pub(super) turned: i64,
    pub(super) rated: i64,
    /// The sum of the ratings.
    pub(super) given: i64,
}

impl EnquiryTally {
    const fn add(&mut self, other: &Self) {
        self.registered += other.registered;
        self.in_time += other.in_time;
        self.late += other.late;
        self.closed += other.closed;
        self.turned += other.turned;
        self.rated += other.rated;
        self.given += other.given;
    }

    fn figures(&self) -> EnquiryFigures {
        EnquiryFigures {
            registered: self.registered,
            answered: Verdicts::of(self.in_time, self.late),
            closed: self.closed,
            turned: self.turned,
            rated: self.rated,
            mean_hundredths: mean_hundredths(self.given, self.rated),
        }
    }
}

/// What is added up.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    pub(super) received: i64,
    pub(super) again: i64,
    pub(super) closed: i64,
    pub(super) open_at_end: i64,
    pub(super) in_time: i64,
    pub(super) late: i64,
    pub(super) extended: i64,
    pub(super) corrected: i64,
    pub(super) outcomes: BTreeMap<Outcome, i64>,
    pub(super) took: BTreeMap<i32, i64>,
    pub(super) reviews: BTreeMap<ProceedingKind, i64>,
    pub(super) results: BTreeMap<Judgment, i64>,
    pub(super) decided: i64,
    pub(super) overturned: i64,
    pub(super) orders: OrderFigures,
    pub(super) enquiries: EnquiryTally,
}

impl Tally {
    /// Adds another to it.
    pub(super) fn add(&mut self, other: &Self) {
        self.received += other.received;
        self.again += other.again;
        self.closed += other.closed;
        self.open_at_end += other.open_at_end;
        self.in_time += other.in_time;
        self.late += other.late;
        self.extended += other.extended;
        self.corrected += other.corrected;
        merge(&mut self.outcomes, &other.outcomes);
        merge(&mut self.took, &other.took);
        merge(&mut self.reviews, &other.reviews);
        merge(&mut self.results, &other.results);
        self.decided += other.decided;
        self.overturned += other.overturned;
        self.orders.issued += other.orders.issued;
        self.orders.late += other.orders.late;
        self.orders.overdue += other.orders.overdue;
        self.orders.closed += other.orders.closed;
        self.enquiries.add(&other.enquiries);
    }

    /// The figures that it amounts to.
    pub(super) fn figures(&self) -> Figures {
        let share = |count: i64| Share { count, per_mille: (count * 1000).checked_div(self.closed) };
        let mut groups: BTreeMap<OutcomeGroup, i64> = BTreeMap::new();
        for (outcome, count) in &self.outcomes {
            *groups.entry(outcome::rule(*outcome).group).or_default() += count;
        }
        Figures {
            received: self.received,
            taken_up_again: self.again,
            closed: self.closed,
            open_at_end: self.open_at_end,
            replies: Verdicts::of(self.in_time, self.late),
            days: DaysTaken {
                median: percentile(&self.took, 50),
                ninetieth: percentile(&self.took, 90),
                longest: self.took.keys().next_back().copied(),
            },
            extended: share(self.extended),
            corrected: share(self.corrected),
            groups: groups.into_iter().map(|(group, count)| Counted { term: term!(group), count }).collect(),
            outcomes: self.outcomes.iter().map(|(one, count)| Counted { term: term!(*one), count: *count }).collect(),
            reviews: ReviewFigures {
                begun: self.reviews.iter().map(|(kind, count)| Counted { term: term!(*kind), count: *count }).collect(),
                decided: self.decided,
                overturned: self.overturned,
                results: self.results.iter().map(|(one, count)| Counted { term: term!(*one), count: *count }).collect(),
            },
            orders: self.orders,
            enquiries: self.enquiries.figures(),
        }
    }
}

fn merge<K: Ord + Copy>(into: &mut BTreeMap<K, i64>, from: &BTreeMap<K, i64>) {
    for (key, count) in from {
        *into.entry(*key).or_default() += count;
    }
}

/// The least number of days within which `percent` of a hundred were done, by nearest rank; none of nothing.
fn percentile(took: &BTreeMap<i32, i64>, percent: i64) -> Option<i32> {
    let all: i64 = took.values().sum();
    let rank = (all * percent + 99) / 100;
    let mut so_far = 0;
    took.iter()
        .find(|(_, count)| {
            so_far += **count;
            so_far >= rank.max(1)
        })
        .map(|(days, _)| *days)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_percentile_is_the_one_that_stands_there_when_all_are_laid_in_a_row(
            mut days in proptest::collection::vec(0_i32..60, 1..200),
            percent in 1_i64..=100,
        ) {
            let mut took = BTreeMap::new();
            for one in &days {
                *took.entry(*one).or_insert(0) += 1;
            }
            days.sort_unstable();
            let rank = (days.len() * usize::try_from(percent).unwrap()).div_ceil(100);
            prop_assert_eq!(percentile(&took, percent), Some(days[rank - 1]));
        }
    }

    #[test]
    fn nothing_has_no_share_and_no_days() {
        let figures = Tally::default().figures();
        assert_eq!(
            (figures.extended.per_mille, figures.days.median, figures.replies.in_time_per_mille),
            (None, None, None)
        );
    }

    #[test]
    fn outcomes_are_told_singly_and_by_the_group_of_the_annual_report() {
        let outcomes = BTreeMap::from([(Outcome::NotHeld, 2), (Outcome::StillUnclear, 1), (Outcome::Granted, 4)]);
        let figures = Tally { outcomes, closed: 7, extended: 1, ..Tally::default() }.figures();
        let told: Vec<_> = figures.groups.iter().map(|one| (one.term.code, one.count)).collect();
        assert_eq!(told, [("granted", 4), ("unavailable", 3)]);
        assert_eq!(figures.extended.per_mille, Some(142), "rounded down");
    }
}
