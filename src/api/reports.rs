//! The annual report: the workbench of a year, its cells, its editions, its files; and what is public of it.

use actix_web::http::header::ETAG;
use actix_web::{HttpRequest, HttpResponse, web};

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::in_path;
use super::documented::IfMatch;
use super::file;
use super::if_match::{Expected, etag};
use super::officer::Staff;
use super::query::CheckedQuery;
use crate::office::Office;
use crate::office::reports::cells::{CellPage, CellQuery};
use crate::office::reports::editions::{Freezing, Publication};
use crate::office::reports::entering::ReportInput;
use crate::office::reports::portal::{PublicReport, PublicReportLine, PublicReportQuery, PublicReportsQuery};
use crate::office::reports::published::PublishedInput;
use crate::office::reports::views::EditionView;
use crate::office::reports::workbench::{ReportQuery, Workbench};

fn bench(view: &Workbench) -> HttpResponse {
    let version = u32::try_from(view.version).unwrap_or_default();
    HttpResponse::Ok().insert_header((ETAG, etag(version))).json(view)
}

/// Show the annual report of a year
///
/// As it is counted now, with what is entered, what does not agree, the editions, and what has moved since the latest of them.
#[utoipa::path(get, path = "/api/v1/reports/annual/{year}", tag = "reports",
    params(("year" = i32, Path, description = "The year"), ReportQuery),
    responses((status = 200, description = "The workbench; its entity tag is the version of what is entered", body = Workbench)))]
pub async fn show(staff: Staff<CheckedQuery<ReportQuery>>, request: HttpRequest) -> Answer {
    let year = in_path(&request, "year")?;
    Ok(bench(&staff.office.annual_report(&staff.officer, year, staff.input.0).await?))
}

/// Fetch the annual report of a year as a file
#[utoipa::path(get, path = "/api/v1/reports/annual/{year}/file/{format}", tag = "reports",
    params(("year" = i32, Path, description = "The year"), ("format" = String, Path, description = "`json`, `xlsx`, `docx` or `pdf`"), ReportQuery),
    responses((status = 200, description = "The file", content_type = "application/octet-stream")))]
pub async fn file(staff: Staff<CheckedQuery<ReportQuery>>, request: HttpRequest) -> Answer {
    let (year, format) = (in_path(&request, "year")?, in_path(&request, "format")?);
    Ok(file::report(staff.office.report_file(&staff.officer, year, staff.input.0, format).await?))
}

/// Open a cell of the annual report
///
/// The cases of table 三 or the proceedings of table 四 that were counted in it.
#[utoipa::path(get, path = "/api/v1/reports/annual/{year}/cells", tag = "reports",
    params(("year" = i32, Path, description = "The year"), CellQuery),
    responses((status = 200, description = "One page, the first that came first", body = CellPage)))]
pub async fn cell(staff: Staff<CheckedQuery<CellQuery>>, request: HttpRequest) -> Answer {
    let year = in_path(&request, "year")?;
    answer::ok(staff.office.report_cell(&staff.officer, year, staff.input.0).await?)
}

/// Enter what belongs into the report of a year
///
/// Table 二, the sections in words, the form of table 三. `If-Match: "0"` where nothing is entered yet.
#[utoipa::path(put, path = "/api/v1/reports/annual/{year}/agencies/{slug}", tag = "reports", request_body = ReportInput,
    params(("year" = i32, Path, description = "The year"), ("slug" = String, Path, description = "The agency's short name"), IfMatch),
    responses((status = 200, description = "The workbench", body = Workbench)))]
pub async fn enter(staff: Staff<Checked<ReportInput>>, request: HttpRequest) -> Answer {
    let (year, slug): (i32, String) = (in_path(&request, "year")?, in_path(&request, "slug")?);
    let expected = Expected::of(&request)?.0;
    Ok(bench(&staff.office.enter_report(&staff.officer, year, &slug, expected, staff.input.value).await?))
}

/// Freeze the report of a year
///
/// Once the year is over. A later edition restates an earlier one and says why; both are kept.
#[utoipa::path(post, path = "/api/v1/reports/annual/{year}/editions", tag = "reports", request_body = Freezing,
    params(("year" = i32, Path, description = "The year")),
    responses((status = 201, description = "The edition", body = EditionView)))]
pub async fn freeze(staff: Staff<Checked<Freezing>>, request: HttpRequest) -> Answer {
    let made = staff.office.freeze_report(&staff.officer, in_path(&request, "year")?, staff.input.value).await?;
    answer::created(&format!("/api/v1/reports/editions/{}", made.summary.id), made)
}

/// Take in a report as it was printed
///
/// One that others published, or that was published before this system. Its totals stay as they are; what does not agree is told.
#[utoipa::path(post, path = "/api/v1/reports/annual/{year}/published", tag = "reports", request_body = PublishedInput,
    params(("year" = i32, Path, description = "The year")),
    responses((status = 201, description = "The edition, with what does not agree in it", body = EditionView)))]
pub async fn take_in(staff: Staff<Checked<PublishedInput>>, request: HttpRequest) -> Answer {
    let made = staff.office.take_in_report(&staff.officer, in_path(&request, "year")?, staff.input.value).await?;
    answer::created(&format!("/api/v1/reports/editions/{}", made.summary.id), made)
}

/// Show an edition
#[utoipa::path(get, path = "/api/v1/reports/editions/{id}", tag = "reports",
    params(("id" = uuid::Uuid, Path, description = "The edition's id")),
    responses((status = 200, description = "The edition", body = EditionView)))]
pub async fn edition(staff: Staff<()>, request: HttpRequest) -> Answer {
    answer::ok(staff.office.report_edition(&staff.officer, in_path(&request, "id")?).await?)
}

/// Fetch an edition as a file
#[utoipa::path(get, path = "/api/v1/reports/editions/{id}/file/{format}", tag = "reports",
    params(("id" = uuid::Uuid, Path, description = "The edition's id"), ("format" = String, Path, description = "`json`, `xlsx`, `docx` or `pdf`")),
    responses((status = 200, description = "The file", content_type = "application/octet-stream")))]
pub async fn edition_file(staff: Staff<()>, request: HttpRequest) -> Answer {
    let (id, format) = (in_path(&request, "id")?, in_path(&request, "format")?);
    Ok(file::report(staff.office.edition_file(&staff.officer, id, format).await?))
}

/// Sign an edition
#[utoipa::path(post, path = "/api/v1/reports/editions/{id}/signature", tag = "reports",
    params(("id" = uuid::Uuid, Path, description = "The edition's id")),
    responses((status = 200, description = "The edition", body = EditionView)))]
pub async fn sign(staff: Staff<()>, request: HttpRequest) -> Answer {
    answer::ok(staff.office.sign_report(&staff.officer, in_path(&request, "id")?).await?)
}

/// Publish a signed edition
#[utoipa::path(post, path = "/api/v1/reports/editions/{id}/publication", tag = "reports", request_body = Publication,
    params(("id" = uuid::Uuid, Path, description = "The edition's id")),
    responses((status = 200, description = "The edition", body = EditionView)))]
pub async fn publish(staff: Staff<Checked<Publication>>, request: HttpRequest) -> Answer {
    let id = in_path(&request, "id")?;
    answer::ok(staff.office.publish_report(&staff.officer, id, staff.input.value).await?)
}

/// List the published annual reports
///
/// The latest year first, each in its latest edition.
#[utoipa::path(get, path = "/api/v1/public/annual-reports", tag = "public", security(()), params(PublicReportsQuery),
    responses((status = 200, description = "The reports", body = Vec<PublicReportLine>)))]
pub async fn public_list(office: web::Data<Office>, query: CheckedQuery<PublicReportsQuery>) -> Answer {
    answer::ok(office.public_reports(query.0.agency).await?)
}

/// Read a published annual report
#[utoipa::path(get, path = "/api/v1/public/annual-reports/{slug}/{year}", tag = "public", security(()),
    params(("slug" = String, Path, description = "The agency's short name"), ("year" = i32, Path, description = "The year"),
        PublicReportQuery),
    responses((status = 200, description = "The report", body = PublicReport)))]
pub async fn public_show(
    office: web::Data<Office>,
    request: HttpRequest,
    query: CheckedQuery<PublicReportQuery>,
) -> Answer {
    let (slug, year): (String, i32) = (in_path(&request, "slug")?, in_path(&request, "year")?);
    answer::ok(office.public_report(&slug, year, query.0.below).await?.0)
}

/// Fetch a published annual report as a file
#[utoipa::path(get, path = "/api/v1/public/annual-reports/{slug}/{year}/{format}", tag = "public", security(()),
    params(("slug" = String, Path, description = "The agency's short name"), ("year" = i32, Path, description = "The year"),
        ("format" = String, Path, description = "`json`, `xlsx`, `docx` or `pdf`"), PublicReportQuery),
    responses((status = 200, description = "The file", content_type = "application/octet-stream")))]
pub async fn public_file(
    office: web::Data<Office>,
    request: HttpRequest,
    query: CheckedQuery<PublicReportQuery>,
) -> Answer {
    let (slug, year): (String, i32) = (in_path(&request, "slug")?, in_path(&request, "year")?);
    let format = in_path(&request, "format")?;
    Ok(file::report(office.public_report_file(&slug, year, query.0.below, format).await?))
}
