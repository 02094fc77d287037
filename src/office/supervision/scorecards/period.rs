//! The period of a score card: a year, a quarter or a month.

use chrono::{Datelike, Months, NaiveDate};

/// A period that has begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Period {
    /// `2026`, `2026-Q1` or `2026-03`.
    pub(super) name: String,
    /// Its first day.
    pub(super) from: NaiveDate,
    /// Its last day.
    pub(super) to: NaiveDate,
}

impl Period {
    /// The year of a day.
    pub(super) fn year_of(day: NaiveDate) -> Option<Self> {
        Self::read(&day.year().to_string())
    }

    /// Reads the name of one; none for what is none.
    pub(super) fn read(name: &str) -> Option<Self> {
        let (year, part) = name.split_once('-').map_or((name, ""), |(year, part)| (year, part));
        if year.len() != 4 {
            return None;
        }
        let year: i32 = year.parse().ok()?;
        let (month, months) = match part {
            "" if !name.contains('-') => (1, 12),
            "Q1" => (1, 3),
            "Q2" => (4, 3),
            "Q3" => (7, 3),
            "Q4" => (10, 3),
            month if month.len() == 2 => (month.parse().ok()?, 1),
            _ => return None,
        };
        let from = NaiveDate::from_ymd_opt(year, month, 1)?;
        let to = from.checked_add_months(Months::new(months))?.pred_opt()?;
        Some(Self { name: name.to_owned(), from, to })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_a_quarter_and_a_month_have_their_days_and_nothing_else_is_a_period() {
        let days = |name: &str| Period::read(name).map(|one| (one.from.to_string(), one.to.to_string()));
        let some = |from: &str, to: &str| Some((from.to_owned(), to.to_owned()));
        assert_eq!(days("2026"), some("2026-01-01", "2026-12-31"));
        assert_eq!(days("2026-Q2"), some("2026-04-01", "2026-06-30"));
        assert_eq!(days("2024-02"), some("2024-02-01", "2024-02-29"));
        for none in ["", "26", "2026-", "2026-Q5", "2026-13", "2026-1", "2026-03-01", "moon"] {
            assert_eq!(days(none), None, "{none}");
        }
    }
}
