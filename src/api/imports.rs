//! Old cases that are brought in from a ledger: the file is the body.

use super::answer::{self, Answer};
use super::file::workbook;
use super::officer::Staff;
use super::sent_bytes::SentBytes;
use crate::office::Office;
use crate::office::importing::{BYTES_ON_LINE, ImportQuery, ImportReport};

/// Bring in old cases
///
/// The body is a ledger (XLSX, or CSV in UTF-8 or GB18030) with 5000 rows a sheet at most. Everything wrong with any row is told;
/// all of it is brought in, or nothing, or with `good_rows` the good rows alone. `brought_in` says how many rows were. Rows that are
/// here already are left alone. Nobody is sent a notice.
#[utoipa::path(post, path = "/api/v1/imports", tag = "reports", params(ImportQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, description = "What came of it", body = ImportReport)))]
pub async fn bring_in(staff: Staff<SentBytes<ImportQuery, BYTES_ON_LINE>>) -> Answer {
    let SentBytes { query, bytes } = staff.input;
    answer::ok(staff.office.import(&staff.officer, query, bytes).await?)
}

/// Fetch the empty workbook for old cases
///
/// With its heads, the lists of codes, and what each column takes.
#[utoipa::path(get, path = "/api/v1/imports/template", tag = "reports",
    responses((status = 200, description = "The workbook",
        content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))]
pub async fn template(_staff: Staff<()>) -> Answer {
    Ok(workbook("ledger.xlsx", Office::import_template()?))
}
