//! The ledger: which period, which columns, as what, and what for; then the file.

use actix_web::HttpRequest;
use askama::Template;
use chrono::{Datelike, NaiveDate};

use crate::api::file;
use crate::office::failure::Failure;
use crate::office::ledger::{LedgerForm, LedgerQuery, LedgerReason};
use crate::office::permission::Deed;
use crate::office::views::AgencyName;
use crate::reports::columns::{CaseColumn, Sheet};
use crate::web::fields::{Fields, encode};
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::SignedIn;

/// The call of the API that the page stands for.
const TWIN: (&str, &str) = ("get", "/api/v1/reports/ledger.xlsx");

#[derive(Template)]
#[template(path = "desk/ledger.html")]
struct LedgerPage<'a> {
    p: &'a Frame,
    agencies: Vec<AgencyName>,
    from: NaiveDate,
    to: NaiveDate,
    columns: &'static [CaseColumn],
    sheets: &'static [Sheet],
    reasons: &'static [LedgerReason],
    /// Whether the reader sees names anywhere.
    sees_names: bool,
}

/// The form: the year so far, all columns.
pub(in crate::web) async fn show(by: SignedIn) -> Paged {
    let agencies = by.office.reach(&by.officer, Deed::Ledger).await?;
    let today = by.office.today();
    let page = LedgerPage {
        p: &by.frame,
        agencies,
        from: NaiveDate::from_ymd_opt(today.year(), 1, 1).unwrap_or(today),
        to: today,
        columns: CaseColumn::ALL,
        sheets: Sheet::ALL,
        reasons: LedgerReason::ALL,
        sees_names: by.officer.may_somewhere(Deed::SeeIdentity),
    };
    page::shown(&by.frame, &page)
}

/// The file.
pub(in crate::web) async fn file(by: SignedIn, request: HttpRequest) -> Paged {
    let fields = Fields::of(request.query_string());
    let form = match fields.text("form").as_str() {
        "csv" => LedgerForm::Csv,
        "xlsx" => LedgerForm::Xlsx,
        _ => return Err(Failure::invalid("?form", "请选择XLSX或者CSV。", "Choose XLSX or CSV.").into()),
    };
    // A form sends each box that is ticked by itself.
    let columns = fields.all("columns").collect::<Vec<_>>().join(",");
    let single = ["agency", "from", "to", "reason", "unmasked", "sheet"];
    let mut pairs: Vec<(&str, &str)> = single.iter().filter_map(|name| Some((*name, fields.get(name)?))).collect();
    pairs.push(("columns", &columns));
    let query: LedgerQuery = by.contract.query(TWIN.0, TWIN.1, &encode(pairs))?;
    let begun = by.office.begin_ledger(&by.officer, query, form).await?;
    Ok(file::ledger(by.office.get_ref().clone(), by.officer.clone(), begun, form))
}
