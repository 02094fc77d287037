//! Lists that one keeps under a name.

use super::queue::TWIN;
use crate::office::queue::CaseQuery;
use crate::web::page::{self, Paged};
use crate::web::signed_in::Sent;

/// Keeps a list.
pub(in crate::web) async fn save(sent: Sent) -> Paged {
    let (by, fields) = (sent.by, sent.fields);
    let query = fields.text("query");
    let wanted: CaseQuery = by.contract.query(TWIN.0, TWIN.1, &query)?;
    let view = by.office.save_view(&by.officer, fields.text("name").trim(), wanted).await?;
    page::see(&format!("/desk?{}", view.query))
}

/// Keeps it no longer.
pub(in crate::web) async fn end(sent: Sent) -> Paged {
    sent.by.office.delete_view(&sent.by.officer, &sent.fields.text("name")).await?;
    page::see("/desk")
}
