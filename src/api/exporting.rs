//! A list of cases as a CSV file, sent as it is written.

use super::answer::Answer;
use super::file::table;
use super::officer::Staff;
use super::query::CheckedQuery;
use crate::office::queue::CaseQuery;

/// Export cases
///
/// What `GET /cases` lists by the same filters, from the first row to the last, as CSV (UTF-8). Who exported what is written down.
#[utoipa::path(get, path = "/api/v1/cases/export", tag = "cases", params(CaseQuery),
    responses((status = 200, description = "The table", content_type = "text/csv")))]
pub async fn cases(staff: Staff<CheckedQuery<CaseQuery>>) -> Answer {
    let export = staff.office.begin_export(&staff.officer, staff.input.0).await?;
    Ok(table(staff.office.get_ref().clone(), staff.officer, export))
}
