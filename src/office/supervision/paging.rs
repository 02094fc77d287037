//! Pages of supervision's lists: behind which row one begins, how long it is, and where the next begins.

use crate::ids::CaseId;
use crate::office::failure::Problem;
use crate::office::queue::{PAGE, PAGE_MAX};

/// Where a list goes on, and how many rows it gives.
pub(super) struct Page<K> {
    /// The last row of the page before.
    pub after: Option<K>,
    /// How many rows.
    pub limit: u32,
}

impl<K> Page<K> {
    /// Reads `cursor` and `limit`; what is wrong with them goes to `problems`. `key` reads what stands before the case.
    pub(super) fn read(
        cursor: Option<&str>,
        limit: Option<u32>,
        problems: &mut Vec<Problem>,
        key: impl Fn(&str) -> Option<K>,
    ) -> Self {
        let limit = limit.unwrap_or(PAGE);
        if !(1..=PAGE_MAX).contains(&limit) {
            problems.push(Problem::at("?limit", "每页1至200件。", "A page has 1 to 200 cases."));
        }
        let after = cursor.and_then(key);
        if cursor.is_some() && after.is_none() {
            let (zh, en) = ("请使用上一页给出的 next。", "Use the `next` of the page before.");
            problems.push(Problem::at("?cursor", zh, en));
        }
        Self { after, limit }
    }

    /// How many rows to ask for: one more than the page holds tells whether there is a next one.
    pub(super) const fn asked(&self) -> u32 {
        self.limit.saturating_add(1)
    }

    /// Takes the row behind the page away, and gives the cursor of the next page if there was one.
    pub(super) fn cut<T>(&self, rows: &mut Vec<T>, cursor: impl Fn(&T) -> String) -> Option<String> {
        if u32::try_from(rows.len()).is_ok_and(|found| found <= self.limit) {
            return None;
        }
        rows.pop();
        rows.last().map(cursor)
    }
}

/// A day and a case, as a cursor has them.
pub(super) fn day_and_case(cursor: &str) -> Option<(chrono::NaiveDate, CaseId)> {
    let (on, case) = cursor.split_once('|')?;
    Some((on.parse().ok()?, case.parse().ok()?))
}
