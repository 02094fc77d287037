//! The ledger as a workbook or as text, sent as it is written.

use super::answer::Answer;
use super::file::ledger;
use super::officer::Staff;
use super::query::CheckedQuery;
use crate::office::ledger::{LedgerForm, LedgerQuery};

/// Take the ledger as a workbook
///
/// The cases that were received, closed or pending in the period, the proceedings they led to, what each column is, and on the first
/// sheet who took it, when and why. Who took it is written down.
#[utoipa::path(get, path = "/api/v1/reports/ledger.xlsx", tag = "reports", params(LedgerQuery),
    responses((status = 200, description = "The workbook",
        content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))]
pub async fn workbook(staff: Staff<CheckedQuery<LedgerQuery>>) -> Answer {
    let form = LedgerForm::Xlsx;
    let begun = staff.office.begin_ledger(&staff.officer, staff.input.0, form).await?;
    Ok(ledger(staff.office.get_ref().clone(), staff.officer, begun, form))
}

/// Take the ledger as text
///
/// One of its sheets as CSV (UTF-8); who took it, when and why is the last line. Who took it is written down.
#[utoipa::path(get, path = "/api/v1/reports/ledger.csv", tag = "reports", params(LedgerQuery),
    responses((status = 200, description = "The sheet", content_type = "text/csv")))]
pub async fn text(staff: Staff<CheckedQuery<LedgerQuery>>) -> Answer {
    let form = LedgerForm::Csv;
    let begun = staff.office.begin_ledger(&staff.officer, staff.input.0, form).await?;
    Ok(ledger(staff.office.get_ref().clone(), staff.officer, begun, form))
}
