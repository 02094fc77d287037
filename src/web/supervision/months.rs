//! Columns drawn on the server: one a month, as high as the share of replies that were in time, the rest hatched above it.
//! The table behind them says the same in figures.

use chrono::{Datelike, NaiveDate};

use crate::office::supervision::timeliness::Timeliness;

/// Where the columns stand, and how high the highest is, in the picture's own units.
const LEFT: i64 = 60;
const TOP: i64 = 28;
const HIGH: i64 = 150;
/// Room for all the columns.
const WIDE: i64 = 690;

/// One column.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub in_time: i64,
    pub late: i64,
    /// The share in words; none without a reply.
    pub share: Option<String>,
    pub x: i64,
    pub middle: i64,
    pub width: i64,
    /// Where the part in time begins, and how high it is.
    pub y: i64,
    pub height: i64,
    /// How high the late part above it is.
    pub late_height: i64,
    /// What stands below: the month, with its year where a year begins.
    pub month: u32,
    pub year: Option<i32>,
}

/// The chart.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    pub all: Vec<Column>,
    /// Lines of the grid: height, and percent.
    pub grid: [(i64, i64); 3],
    pub total: Option<String>,
}

impl Columns {
    /// The share of replies in time, month by month.
    pub(super) fn of(timeliness: &Timeliness) -> Self {
        let step = WIDE / i64::try_from(timeliness.months.len()).unwrap_or(1).max(1);
        let width = (step * 2 / 3).max(2);
        let all = (0i64..)
            .zip(&timeliness.months)
            .map(|(place, month)| {
                let replies = month.replies;
                // A single late reply among many is still seen.
                let late_height = match (replies.late, replies.in_time_per_mille) {
                    (0, _) | (_, None) => 0,
                    (_, Some(in_time)) => ((1000 - in_time) * HIGH / 1000).max(2),
                };
                let height = if replies.in_time_per_mille.is_some() { HIGH - late_height } else { 0 };
                let x = LEFT + place * step + (step - width) / 2;
                Column {
                    from: month.from,
                    to: month.to,
                    in_time: replies.in_time,
                    late: replies.late,
                    share: replies.in_time_per_mille.map(percent),
                    x,
                    middle: x + width / 2,
                    width,
                    y: TOP + HIGH - height,
                    height,
                    late_height,
                    month: month.from.month(),
                    year: (place == 0 || month.from.month() == 1).then(|| month.from.year()),
                }
            })
            .collect();
        let grid = [(TOP, 100), (TOP + HIGH / 2, 50), (TOP + HIGH, 0)];
        Self { all, grid, total: timeliness.total.in_time_per_mille.map(percent) }
    }

    /// Whether there is nothing to draw.
    pub(super) const fn is_blank(&self) -> bool {
        self.total.is_none()
    }
}

/// Parts of a thousand as percent, with a tenth where it is not whole.
fn percent(per_mille: i64) -> String {
    if per_mille % 10 == 0 { format!("{}%", per_mille / 10) } else { format!("{}.{}%", per_mille / 10, per_mille % 10) }
}
