//! A list as a table for other programs: how many rows and which columns first, then the file.

use actix_web::HttpRequest;
use askama::Template;

use super::queue::TWIN;
use crate::api::file::table;
use crate::office::exporting::COLUMNS;
use crate::office::queue::CaseQuery;
use crate::web::fields::Fields;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::{Sent, SignedIn};

#[derive(Template)]
#[template(path = "desk/export.html")]
struct ExportPage<'a> {
    p: &'a Frame,
    rows: i64,
    columns: &'static [&'static str],
    query: String,
}

/// What the file would have.
pub(in crate::web) async fn show(by: SignedIn, request: HttpRequest) -> Paged {
    let mut fields = Fields::of(request.query_string());
    fields.remove("cursor");
    let text = fields.encoded();
    let query: CaseQuery = by.contract.query(TWIN.0, TWIN.1, &text)?;
    let rows = by.office.count_rows(&by.officer, query).await?;
    page::shown(&by.frame, &ExportPage { p: &by.frame, rows, columns: COLUMNS, query: text })
}

/// The cases that were ticked, at the address of their own list.
pub(in crate::web) async fn chosen(sent: Sent) -> Paged {
    let ids: Vec<&str> = sent.fields.all("cases").collect();
    page::see(&format!("/desk/export?ids={}", ids.join(",")))
}

/// The file.
pub(in crate::web) async fn file(by: SignedIn, request: HttpRequest) -> Paged {
    let query: CaseQuery = by.contract.query(TWIN.0, TWIN.1, request.query_string())?;
    let export = by.office.begin_export(&by.officer, query).await?;
    Ok(table(by.office.get_ref().clone(), by.officer.clone(), export))
}
