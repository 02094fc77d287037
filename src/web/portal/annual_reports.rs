//! The published annual reports: for anybody.

use actix_web::web;
use askama::Template;

use crate::api::file;
use crate::office::Office;
use crate::office::reports::files::ReportFormat;
use crate::office::reports::portal::PublicReport;
use crate::office::reports::views::EditionSummary;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::report_tables::Tables;
use crate::web::visit::Visit;

#[derive(Template)]
#[template(path = "portal/annual_reports.html")]
struct List<'a> {
    p: &'a Frame,
    reports: Vec<EditionSummary>,
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
pub(in crate::web) async fn show(visit: Visit, office: web::Data<Office>, path: web::Path<(String, i32)>) -> Paged {
    let (slug, year) = path.into_inner();
    let (public, _) = office.public_report(&slug, year).await?;
    page::shown(&visit.frame, &One { p: &visit.frame, slug, public })
}

/// One as a file.
pub(in crate::web) async fn download(office: web::Data<Office>, path: web::Path<(String, i32, ReportFormat)>) -> Paged {
    let (slug, year, format) = path.into_inner();
    Ok(file::report(office.public_report_file(&slug, year, format).await?))
}
