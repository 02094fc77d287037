//! Rows of cases and proceedings that were recorded before there were such rows: made once from their journals, in batches, by whichever
//! instance comes first. A row that is there is never made again here; `check` holds it against its journal.

use super::rows;
use crate::case::terms::Matter;
use crate::ids::ProceedingId;
use crate::office::failure::Failure;
use crate::office::proceedings::load_file;
use crate::office::tick::TickReport;
use crate::office::{Office, projection};
use crate::proceeding::terms::ProceedingKind;
use crate::storage::{proceedings, report_cases, report_proceedings};

/// Looked at in one batch.
const BATCH: i64 = 200;

impl Office {
    /// Makes the rows that are missing.
    ///
    /// # Errors
    /// The database's failures while listing.
    pub fn count_uncounted(&self) -> Result<TickReport, Failure> {
        let mut report = TickReport::default();
        let mut after = None;
        loop {
            let matter = Matter::Disclosure.as_str();
            let page =
                self.db().read_now(|conn| Ok::<_, Failure>(report_cases::list_missing(conn, matter, after, BATCH)?))?;
            let Some(last) = page.last().copied() else { break };
            after = Some(last);
            for case in page {
                let made = self.db().write_now(|conn| {
                    let row = rows::case_row(&projection::load(conn, case)?.0)?;
                    row.as_ref().map_or(Ok(()), |row| report_cases::put(conn, row))?;
                    Ok::<_, Failure>(row.is_some())
                });
                report.saw(case, made);
            }
        }
        self.count_proceedings(&mut report)?;
        Ok(report)
    }

    fn count_proceedings(&self, report: &mut TickReport) -> Result<(), Failure> {
        let kinds = [ProceedingKind::Reconsideration.as_str(), ProceedingKind::Litigation.as_str()];
        let mut after: Option<ProceedingId> = None;
        loop {
            let page = self
                .db()
                .read_now(|conn| Ok::<_, Failure>(report_proceedings::list_missing(conn, &kinds, after, BATCH)?))?;
            let Some(last) = page.last().copied() else { return Ok(()) };
            after = Some(last);
            for id in page {
                let case = self.db().read_now(|conn| Ok::<_, Failure>(proceedings::load(conn, id)?.case_id))?;
                let made = self.db().write_now(|conn| {
                    let (file, _) = load_file(conn, id)?;
                    let rows = rows::proceeding_rows(&file)?;
                    report_proceedings::put(conn, id, &rows)?;
                    Ok::<_, Failure>(!rows.is_empty())
                });
                report.saw(case, made);
            }
        }
    }
}
