//! Which sums of a report must agree (law.md §4): of what is reckoned here they always do; a published report is held against them.

use serde::Serialize;

use super::printed::{COLUMNS, Printed};
use super::row::Row;
use super::table_two::TwoItem;
use crate::law::coded::coded;

coded! {
    /// A sum that must agree.
    pub enum Identity {
        /// Printed on the form: new and carried over are closed or pending, in every column.
        Balance = "I1", "第一项加第二项之和，等于第三项加第四项之和", "rows 1 and 2 make rows 3 and 4";
        /// What was closed is the sum of how it ended, in every column.
        Results = "I2", "第三项总计等于各办理结果之和", "row 3.7 is the sum of the results";
        /// The last column is the sum of the others, in every row.
        Columns = "I3", "总计列等于各类申请人之和", "the last column is the sum of the others";
        /// A total of table 四 is the sum of its four cells.
        Reviews = "I4", "表四各项总计等于四种结果之和", "a total of table 4 is the sum of its cells";
        /// What was pending last year is carried over this year, in every column.
        CarriedOver = "I5", "本年第二项等于上年第四项", "row 2 is last year's row 4";
        /// Documents in force: those of last year, with what was made and without what was repealed. A warning: counts are put
        /// right now and then.
        InForce = "T2", "现行有效件数等于上年现行有效加本年制发减本年废止", "documents in force follow from last year's";
    }
}

/// A place where a sum does not agree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Break {
    /// The sum.
    pub identity: Identity,
    /// Where: a row, a column, a line.
    pub place: String,
    /// What is printed.
    pub printed: u64,
    /// What it should be.
    pub reckoned: u64,
}

/// What does not agree in a report; `before`: that of the year before, where there is one.
#[must_use]
pub fn breaks(report: &Printed, before: Option<&Printed>) -> Vec<Break> {
    let mut found = Vec::new();
    for column in 0..COLUMNS {
        let at = |row| report.three(row, column);
        let place = || format!("{}", column.saturating_add(1));
        note(
            &mut found,
            Identity::Balance,
            place(),
            at(Row::Total).saturating_add(at(Row::Pending)),
            at(Row::New).saturating_add(at(Row::CarriedOver)),
        );
        let results = sum(report.form.rows().filter(|row| row.is_result()).map(at));
        note(&mut found, Identity::Results, place(), at(Row::Total), results);
        if let Some(before) = before {
            note(&mut found, Identity::CarriedOver, place(), at(Row::CarriedOver), before.three(Row::Pending, column));
        }
    }
    for line in &report.three {
        let (last, others) =
            line.cells.split_last().map_or((0, 0), |(last, others)| (*last, sum(others.iter().copied())));
        note(&mut found, Identity::Columns, line.row.as_str().to_owned(), last, others);
    }
    for line in &report.four {
        note(&mut found, Identity::Reviews, line.row.as_str().to_owned(), line.total, sum(line.cells.iter().copied()));
    }
    for item in [TwoItem::Regulations, TwoItem::NormativeDocuments] {
        let earlier = before.and_then(|before| before.two.issued(item));
        if let (Some(now), Some(earlier)) = (report.two.issued(item), earlier) {
            let should = earlier.in_force.saturating_add(now.made).saturating_sub(now.repealed);
            note(&mut found, Identity::InForce, item.as_str().to_owned(), now.in_force, should);
        }
    }
    found
}

/// Of what others have printed, whatever it is.
fn sum(numbers: impl Iterator<Item = u64>) -> u64 {
    numbers.fold(0, u64::saturating_add)
}

fn note(found: &mut Vec<Break>, identity: Identity, place: String, printed: u64, reckoned: u64) {
    if printed != reckoned {
        found.push(Break { identity, place, printed, reckoned });
    }
}
