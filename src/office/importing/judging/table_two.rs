//! What of table 二 can be brought in: the years for which nothing is entered.

use chrono::{Datelike, NaiveDate};

use super::super::rows;
use super::{InFile, Judged, again, number};
use crate::law::annual::TableTwo;
use crate::office::failure::Failure;
use crate::reports::columns::Sheet;
use crate::reports::readback::Row;
use crate::storage::{Conn, report_drafts};

impl Judged {
    pub(super) fn table_two(&mut self, conn: &mut Conn, rows: &[Row], today: NaiveDate) -> Result<(), Failure> {
        self.report.table_two.rows = number(rows.len());
        let mut in_file = InFile::new();
        for row in rows {
            let one = rows::table_two(row, today.year()).and_then(|one| {
                let agency = self.agency_of(one.agency.as_deref(), Sheet::TableTwo, row.number)?;
                again(&mut in_file, (Some(agency), one.year.to_string()), Sheet::TableTwo, row.number, "year")?;
                Ok((agency, one))
            });
            let (agency, one) = match one {
                Ok(one) => one,
                Err(problems) => {
                    self.bad(Sheet::TableTwo, problems);
                    continue;
                }
            };
            let there = report_drafts::find(conn, agency, one.year)?;
            let entered = match &there {
                Some(draft) => serde_json::from_str::<TableTwo>(&draft.two).map_err(Failure::broken)?,
                None => TableTwo::default(),
            };
            let count = &mut self.report.table_two;
            if entered == TableTwo::default() {
                count.good = count.good.saturating_add(1);
                self.twos.push((agency, there, one));
            } else {
                count.already_there = count.already_there.saturating_add(1);
            }
        }
        Ok(())
    }
}
