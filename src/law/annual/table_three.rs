//! Table 三 as it is counted: what was new, what was carried over, how each ended, by the kind of applicant. All else follows.

use std::collections::BTreeMap;

use super::row::{Form, Row};
use crate::law::receipt::ApplicantKind;

/// The table of a year.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TableThree {
    counted: BTreeMap<(Row, ApplicantKind), u64>,
}

impl TableThree {
    /// Adds to a row that is counted; what is reckoned takes nothing.
    pub fn add(&mut self, row: Row, kind: ApplicantKind, number: u64) {
        if row.is_result() || matches!(row, Row::New | Row::CarriedOver) {
            let cell = self.counted.entry((row, kind)).or_default();
            *cell = cell.saturating_add(number);
        }
    }

    /// A cell.
    #[must_use]
    pub fn cell(&self, row: Row, kind: ApplicantKind) -> u64 {
        let counted = |row| self.counted.get(&(row, kind)).copied().unwrap_or_default();
        let closed = || Form::Current.rows().filter(|row| row.is_result()).map(counted).sum::<u64>();
        match row {
            Row::Total => closed(),
            Row::Pending => (counted(Row::New) + counted(Row::CarriedOver)).saturating_sub(closed()),
            Row::OtherTogether => Row::ALL.iter().filter(|row| row.is_other()).map(|row| counted(*row)).sum(),
            row => counted(row),
        }
    }

    /// The last column of a row.
    #[must_use]
    pub fn total(&self, row: Row) -> u64 {
        ApplicantKind::ALL.iter().map(|kind| self.cell(row, *kind)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_and_what_is_pending_follow_from_what_is_counted() {
        let mut table = TableThree::default();
        let person = ApplicantKind::NaturalPerson;
        table.add(Row::New, person, 10);
        table.add(Row::CarriedOver, person, 2);
        table.add(Row::Granted, person, 4);
        table.add(Row::LapsedFee, person, 3);
        table.add(Row::OtherResult, ApplicantKind::OtherOrganisation, 1);
        table.add(Row::New, ApplicantKind::OtherOrganisation, 1);
        table.add(Row::Total, person, 99);
        assert_eq!((table.cell(Row::Total, person), table.cell(Row::Pending, person)), (7, 5));
        assert_eq!((table.total(Row::OtherTogether), table.total(Row::Total), table.total(Row::Pending)), (4, 8, 5));
    }
}
