//! The published annual reports: for anybody.

use actix_web::{HttpRequest, web};
use askama::Template;

use crate::api::file;
use crate::office::Office;
use crate::office::reports::files::ReportFormat;
use crate::office::reports::portal::{PublicReport, PublicReportLine};
use crate::web::fields::Fields;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::report_tables::Tables;
use crate::web::visit::Visit;

#[derive(Template)]
#[template(path = "portal/annual_reports.html")]
struct List<'a> {
    p: &'a Frame,
    reports: Vec<PublicReportLine>,
}

#[derive(Template)]
#[template(path = "portal/annual_report.html")]
struct One<'a> {
    p: &'a Frame,
    slug: String,
    public: PublicReport,
}

/// The list.
pub(in crate::web) async fn list(visit: Visit, office: web::Data<Office>) -> Paged {
    let reports = office.public_reports(None).await?;
    page::shown(&visit.frame, &List { p: &visit.frame, reports })
}

/// One.
pub(in crate::web) async fn show(
    visit: Visit,
    office: web::Data<Office>,
    path: web::Path<(String, i32)>,
    request: HttpRequest,
) -> Paged {
    let (slug, year) = path.into_inner();
    let (public, _) = office.public_report(&slug, year, below(&request)).await?;
    page::shown(&visit.frame, &One { p: &visit.frame, slug, public })
}

/// One as a file.
pub(in crate::web) async fn download(
    office: web::Data<Office>,
    path: web::Path<(String, i32, ReportFormat)>,
    request: HttpRequest,
) -> Paged {
    let (slug, year, format) = path.into_inner();
    Ok(file::report(office.public_report_file(&slug, year, below(&request), format).await?))
}

/// Which of an agency's two reports is asked for.
fn below(request: &HttpRequest) -> Option<bool> {
    Fields::of(request.query_string()).get("below").and_then(|text| text.parse().ok())
}
