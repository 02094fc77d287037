//! Old cases from a ledger: the file is tried first, and everything that is wrong is told; then it is sent once more to be brought
//! in. Nothing of it is kept in between: a file full of people is not left lying about.

use actix_web::http::StatusCode;
use askama::Template;

use crate::api::file;
use crate::office::Office;
use crate::office::failure::{Failure, Problem};
use crate::office::importing::{BYTES_ON_LINE, ImportQuery, ImportReport};
use crate::office::permission::Deed;
use crate::office::views::AgencyName;
use crate::web::file_form::SentFiles;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::SignedIn;

#[derive(Template)]
#[template(path = "admin/import.html")]
struct ImportPage<'a> {
    p: &'a Frame,
    agencies: Vec<AgencyName>,
    chosen: String,
    report: Option<ImportReport>,
    problems: Vec<Problem>,
}

/// The form.
pub(in crate::web) async fn show(by: SignedIn) -> Paged {
    page_of(&by, String::new(), None, Vec::new()).await
}

async fn page_of(by: &SignedIn, chosen: String, report: Option<ImportReport>, problems: Vec<Problem>) -> Paged {
    let agencies = by.office.reach(&by.officer, Deed::Import).await?;
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let p = &by.frame;
    page::with_status(status, p, &ImportPage { p, agencies, chosen, report, problems })
}

/// The empty workbook.
pub(in crate::web) async fn template(_by: SignedIn) -> Paged {
    Ok(file::workbook("ledger.xlsx", Office::import_template()?))
}

/// Tries the file, or brings in the one that was tried.
pub(in crate::web) async fn bring_in(sent: SentFiles) -> Paged {
    let SentFiles { by, mut form } = sent;
    let (agency, tried) = (form.fields.text("agency"), form.fields.text("tried"));
    let good_rows = form.fields.text("good_rows") == "true";
    let Some(file) = form.next_file().await? else {
        let wrong = Problem::at("/file", "请选择文件。", "Choose a file.");
        return page_of(&by, agency, None, vec![wrong]).await;
    };
    let bytes = file.whole(BYTES_ON_LINE).await?;
    let query = |dry_run: bool| -> ImportQuery {
        ImportQuery { agency: agency.clone(), dry_run: Some(dry_run), good_rows: Some(good_rows) }
    };
    let report = match by.office.import(&by.officer, query(true), bytes.clone()).await {
        Ok(report) => report,
        Err(Failure::Invalid(problems)) => return page_of(&by, agency, None, problems).await,
        Err(other) => return Err(other.into()),
    };
    if tried.is_empty() {
        return page_of(&by, agency, Some(report), Vec::new()).await;
    }
    if tried != report.sha256 {
        let wrong = Problem::at(
            "/file",
            "这不是刚才试导入的文件，没有导入；下面是这个文件的试导入结果。",
            "That is not the file that was tried; nothing was brought in. Below is what would come of it.",
        );
        return page_of(&by, agency, Some(report), vec![wrong]).await;
    }
    let done = by.office.import(&by.officer, query(false), bytes).await?;
    page_of(&by, agency, Some(done), Vec::new()).await
}

impl ImportPage<'_> {
    /// Whether there is something to confirm.
    fn may_confirm(&self) -> bool {
        let good = |report: &ImportReport| {
            report.cases.good.saturating_add(report.proceedings.good).saturating_add(report.table_two.good)
        };
        self.report.as_ref().is_some_and(|report| report.dry_run && good(report) > 0)
    }

    fn has_bad_rows(&self) -> bool {
        self.report.as_ref().is_some_and(|report| report.problems_in_all > 0)
    }

    /// The file that was tried.
    fn tried(&self) -> &str {
        self.report.as_ref().map_or("", |report| &report.sha256)
    }
}
