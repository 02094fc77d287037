//! The rows that the annual report is counted from, one for each case and one for each stretch of a proceeding: written with the events,
//! made again by `check`.

use crate::case::{Case, counted};
use crate::office::failure::Failure;
use crate::office::projection::small;
use crate::proceeding::{Proceeding, report};
use crate::storage::report_cases::ReportCaseRow;
use crate::storage::report_proceedings::ReportProceedingRow;

/// The row of a case; none for what table 三 does not know.
///
/// # Errors
/// [`Failure::Broken`] for a fee beyond the column.
pub fn case_row(case: &Case) -> Result<Option<ReportCaseRow>, Failure> {
    let Some(one) = counted::counted(case) else { return Ok(None) };
    Ok(Some(ReportCaseRow {
        case_id: case.id,
        agency_id: case.agency(),
        applicant_kind: one.kind.as_str().to_owned(),
        from_on: one.from,
        until_on: one.ended.map(|(on, _)| on),
        line: one.ended.map(|(_, row)| row.as_str().to_owned()),
        fee_on: one.fee.map(|(on, _)| on),
        fee: one.fee.map(|(_, fee)| i64::try_from(fee)).transpose().map_err(Failure::broken)?,
    }))
}

/// The rows of a proceeding; none for what table 四 does not know.
///
/// # Errors
/// [`Failure::Broken`] for a number beyond the column.
pub fn proceeding_rows(file: &Proceeding) -> Result<Vec<ReportProceedingRow>, Failure> {
    let Some(line) = report::report_row(file) else { return Ok(Vec::new()) };
    (1..)
        .zip(report::stretches(file))
        .map(|(part, one)| {
            Ok(ReportProceedingRow {
                proceeding_id: file.id,
                part: small(part)?,
                case_id: file.case(),
                agency_id: file.opening.agency,
                line: line.as_str().to_owned(),
                from_on: one.from,
                until_on: one.until,
                cell: one.cell.map(|cell| cell.as_str().to_owned()),
            })
        })
        .collect()
}
