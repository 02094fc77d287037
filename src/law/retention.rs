//! How long a file is kept, and when it goes to an archive. Pure: an outcome, a day of closing, the terms laid down.
//!
//! The law gives the form and leaves the figure: what has evidential value is archived (档案法 arts 13–14; 条例 art. 45), and each
//! unit lays down its own terms within 永久, 30年, 10年 (国家档案局令第8号), with the consent of the archives authority beside it
//! (档案法实施条例 art. 19). No figure for files of disclosure was found: ten years, and thirty where a reply was taken to review,
//! are ours (house rule 31), and a setting of the agency.

use chrono::{Datelike, NaiveDate};

use super::coded::coded;
use super::outcome::Outcome;

coded! {
    /// For how long (国家档案局令第8号); a longer one is a greater one.
    pub enum Term {
        /// Ten years.
        Ten = "ten", "10年", "10 years";
        /// Thirty years.
        Thirty = "thirty", "30年", "30 years";
        /// For ever.
        Permanent = "permanent", "永久", "for ever";
    }
}

/// Files are handed to the state archive after 20 years by central, provincial and city units (档案法实施条例 art. 20).
pub const HAND_OVER_YEARS: i32 = 20;

/// By units of a county and below after 10 years (档案法实施条例 art. 20).
pub const COUNTY_HAND_OVER_YEARS: i32 = 10;

impl Term {
    /// In years; none for ever.
    #[must_use]
    pub const fn years(self) -> Option<i32> {
        match self {
            Self::Ten => Some(10),
            Self::Thirty => Some(30),
            Self::Permanent => None,
        }
    }
}

/// The terms that an agency has laid down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// The usual term.
    pub usual: Term,
    /// Where a reconsideration or a suit was brought: never less than the usual.
    pub reviewed: Term,
    /// Outcomes with a term of their own.
    pub outcomes: Vec<(Outcome, Term)>,
}

impl Default for Schedule {
    fn default() -> Self {
        Self { usual: Term::Ten, reviewed: Term::Thirty, outcomes: Vec::new() }
    }
}

impl Schedule {
    /// The term of a file. The longest that applies: a review never shortens what its outcome has.
    #[must_use]
    pub fn term(&self, outcome: Outcome, reviewed: bool) -> Term {
        let own = self.outcomes.iter().find(|(one, _)| *one == outcome).map_or(self.usual, |(_, term)| *term);
        if reviewed { own.max(self.reviewed) } else { own }
    }

    /// The last day on which the file is kept: counted from 1 January after the year of closing (house rule 32), so always a
    /// 31 December. None for ever.
    #[must_use]
    pub fn kept_until(&self, closed_on: NaiveDate, outcome: Outcome, reviewed: bool) -> Option<NaiveDate> {
        last_day(closed_on, self.term(outcome, reviewed))
    }
}

/// The last day of a term for what was closed on that day; none for ever.
#[must_use]
pub fn last_day(closed_on: NaiveDate, term: Term) -> Option<NaiveDate> {
    end_of_year(closed_on.year() + term.years()?)
}

/// The first day on which the file belongs to the state archive, if it is kept so long; counted as the term is.
#[must_use]
pub fn handed_over_from(closed_on: NaiveDate, years: i32) -> Option<NaiveDate> {
    end_of_year(closed_on.year() + years)?.succ_opt()
}

/// The latest day of closing whose term is over on `today`; none where it never is.
#[must_use]
pub fn closed_by(today: NaiveDate, term: Term) -> Option<NaiveDate> {
    end_of_year(today.year() - 1 - term.years()?)
}

fn end_of_year(year: i32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, 12, 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn ten_years_count_from_the_year_after_closing_and_thirty_where_it_was_reviewed() {
        let usual = Schedule::default();
        for closed in ["2026-01-01", "2026-12-31"] {
            assert_eq!(usual.kept_until(day(closed), Outcome::Granted, false), Some(day("2036-12-31")));
            assert_eq!(usual.kept_until(day(closed), Outcome::Granted, true), Some(day("2056-12-31")));
        }
        assert_eq!(usual.kept_until(day("2024-02-29"), Outcome::Withdrawn, false), Some(day("2034-12-31")));
    }

    #[test]
    fn an_outcome_may_have_a_term_of_its_own_and_a_review_never_shortens_it() {
        let schedule = Schedule {
            usual: Term::Ten,
            reviewed: Term::Thirty,
            outcomes: vec![(Outcome::RefusedStateSecret, Term::Permanent), (Outcome::NotHeld, Term::Thirty)],
        };
        assert_eq!(schedule.kept_until(day("2026-03-03"), Outcome::RefusedStateSecret, false), None);
        assert_eq!(schedule.kept_until(day("2026-03-03"), Outcome::RefusedStateSecret, true), None);
        assert_eq!(schedule.term(Outcome::NotHeld, false), Term::Thirty);
        assert_eq!(schedule.term(Outcome::Granted, false), Term::Ten);
    }

    #[test]
    fn what_is_over_is_over_from_the_first_of_january() {
        assert_eq!(closed_by(day("2036-12-31"), Term::Ten), Some(day("2025-12-31")));
        assert_eq!(closed_by(day("2037-01-01"), Term::Ten), Some(day("2026-12-31")));
        assert_eq!(closed_by(day("2037-01-01"), Term::Permanent), None);
        assert_eq!(handed_over_from(day("2026-05-06"), HAND_OVER_YEARS), Some(day("2047-01-01")));
        assert_eq!(handed_over_from(day("2026-05-06"), COUNTY_HAND_OVER_YEARS), Some(day("2037-01-01")));
    }
}
