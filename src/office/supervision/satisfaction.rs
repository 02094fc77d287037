//! What applicants thought of it, over an agency and all below it: how many gave each value, and the mean.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::clock::end_of_day_in_china;
use crate::office::Office;
use crate::office::failure::Failure;
use crate::office::permission::{Deed, Officer};
use crate::office::queue::visible;
use crate::storage::Conn;
use crate::storage::ratings::{self, RatingFilter};

/// The values that can be given.
const VALUES: std::ops::RangeInclusive<i32> = 1..=5;

/// Which ratings.
#[derive(Debug, Clone, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SatisfactionQuery {
    /// An agency by its short name, with all below it; all one may see if missing.
    pub agency: Option<String>,
    /// First given on that day or later.
    pub from: Option<NaiveDate>,
    /// First given on that day or earlier.
    pub to: Option<NaiveDate>,
}

/// How many gave a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct ValueCount {
    /// 1 to 5; 5 is best.
    pub satisfaction: i32,
    /// How many.
    pub count: i64,
}

/// What applicants thought of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Satisfaction {
    /// How many ratings there are.
    pub total: i64,
    /// Each of the five values, the lowest first, also where nobody gave it.
    pub counts: Vec<ValueCount>,
    /// The mean in hundredths, rounded half up: 433 is 4.33. None without a rating.
    pub mean_hundredths: Option<i64>,
}

impl Office {
    /// What applicants thought of it.
    ///
    /// # Errors
    /// [`Failure::Invalid`], [`Failure::Missing`] for an agency one may not see, [`Failure::Forbidden`], the database's
    /// failures.
    pub async fn satisfaction(&self, officer: &Officer, query: SatisfactionQuery) -> Result<Satisfaction, Failure> {
        let officer = officer.clone();
        if query.from.zip(query.to).is_some_and(|(from, to)| from > to) {
            return Err(Failure::invalid("?to", "不能早于起始日期。", "It cannot lie before `from`."));
        }
        self.db().read(move |conn| satisfaction(conn, &officer, &query)).await
    }
}

fn satisfaction(conn: &mut Conn, officer: &Officer, query: &SatisfactionQuery) -> Result<Satisfaction, Failure> {
    let filter = RatingFilter {
        agencies: visible(conn, officer, Deed::Supervise, query.agency.as_deref())?,
        // A day begins where the one before it ends.
        from: query.from.and_then(|day| day.pred_opt()).map(end_of_day_in_china),
        before: query.to.map(end_of_day_in_china),
    };
    Ok(Satisfaction::of(&ratings::count_by_value(conn, &filter)?))
}

impl Satisfaction {
    fn of(found: &[(i32, i64)]) -> Self {
        let given = |value: i32| found.iter().find(|(one, _)| *one == value).map_or(0, |(_, count)| *count);
        let counts: Vec<ValueCount> =
            VALUES.map(|value| ValueCount { satisfaction: value, count: given(value) }).collect();
        let total: i64 = counts.iter().map(|one| one.count).sum();
        let given = counts.iter().map(|one| i64::from(one.satisfaction) * one.count).sum();
        Self { total, counts, mean_hundredths: mean_hundredths(given, total) }
    }
}

/// The mean of ratings in hundredths, rounded half up; none of nothing.
pub(super) fn mean_hundredths(given: i64, ratings: i64) -> Option<i64> {
    (given * 100 + ratings / 2).checked_div(ratings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_is_rounded_half_up_to_the_hundredth_and_there_is_none_of_nothing() {
        assert_eq!(Satisfaction::of(&[]).mean_hundredths, None);
        assert_eq!(Satisfaction::of(&[(5, 1), (4, 2)]).mean_hundredths, Some(433));
        assert_eq!(Satisfaction::of(&[(1, 1), (2, 7)]).mean_hundredths, Some(188), "1.875");
    }
}
