//! Bars drawn on the server: one an agency, in parts. The table behind them says the same in figures.

use crate::office::supervision::workload::Workload;
use crate::office::views::AgencyName;

/// Where the bars begin, and how wide the widest is, in the picture's own units.
const LEFT: i64 = 210;
const WIDE: i64 = 480;
/// Height of a row.
const ROW: i64 = 30;

/// A part of a bar.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub class: &'static str,
    pub x: i64,
    pub width: i64,
}

/// One bar.
#[derive(Debug, Clone)]
pub(super) struct Bar {
    pub agency: AgencyName,
    pub y: i64,
    pub text_y: i64,
    pub parts: Vec<Part>,
    pub open: i64,
    pub soon: i64,
    pub overdue: i64,
    pub end: i64,
}

/// The chart.
#[derive(Debug, Clone)]
pub(super) struct Bars {
    pub rows: Vec<Bar>,
    pub height: i64,
}

impl Bars {
    /// Open cases by agency: overdue, due soon, and the rest.
    pub(super) fn of(workload: &Workload) -> Self {
        let mut sums: Vec<(AgencyName, i64, i64, i64)> = Vec::new();
        for item in &workload.items {
            let counts = &item.counts;
            match sums.iter_mut().find(|(agency, ..)| *agency == item.agency) {
                Some((_, open, soon, overdue)) => {
                    *open += counts.open;
                    *soon += counts.due_soon;
                    *overdue += counts.overdue;
                }
                None => sums.push((item.agency.clone(), counts.open, counts.due_soon, counts.overdue)),
            }
        }
        sums.sort_by_key(|(_, open, _, overdue)| (-overdue, -open));
        let most = sums.iter().map(|(_, open, ..)| *open).max().unwrap_or(1).max(1);
        let rows: Vec<Bar> = (0i64..)
            .zip(sums)
            .map(|(row, (agency, open, soon, overdue))| {
                let y = row * ROW + 8;
                let rest = (open - soon - overdue).max(0);
                let mut x = LEFT;
                let mut parts = Vec::new();
                for (class, count) in [("bar-overdue", overdue), ("bar-soon", soon), ("bar-open", rest)] {
                    let width = count * WIDE / most;
                    if count > 0 {
                        parts.push(Part { class, x, width });
                    }
                    x += width;
                }
                Bar { agency, y, text_y: y + 13, parts, open, soon, overdue, end: x + 8 }
            })
            .collect();
        let count = i64::try_from(rows.len()).unwrap_or_default();
        Self { rows, height: count * ROW + 12 }
    }
}
