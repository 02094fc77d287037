//! The workbench of the annual report: the tables as they are counted, what is entered, what does not agree, the editions; each number
//! opens what was counted.

pub(in crate::web) mod printed;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use askama::Template;
use chrono::Datelike;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::api::file;
use crate::ids::ReportId;
use crate::law::annual::identity::Identity;
use crate::law::annual::{Row, Section, TwoItem};
use crate::law::judgment::ReportRow;
use crate::law::receipt::ApplicantKind;
use crate::office::failure::{Failure, Problem};
use crate::office::permission::Deed;
use crate::office::reports::cells::{CellPage, CellQuery};
use crate::office::reports::editions::{Freezing, Publication};
use crate::office::reports::entering::ReportInput;
use crate::office::reports::files::ReportFormat;
use crate::office::reports::views::{BreakView, EditionView};
use crate::office::reports::workbench::{ReportQuery, Workbench};
use crate::office::views::AgencyName;
use crate::web::fields::{Fields, encode};
use crate::web::form::{Choices, Form, Shown, read};
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::report_tables::Tables;
use crate::web::signed_in::{Sent, SignedIn};
use crate::web::signing_in::RESTORED;

#[derive(Template)]
#[template(path = "desk/reports/bench.html")]
struct BenchPage<'a> {
    p: &'a Frame,
    agencies: Vec<AgencyName>,
    bench: Workbench,
    may_report: bool,
    /// What stands in the way of freezing it.
    refused: Option<String>,
}

impl BenchPage<'_> {
    /// The query of this report.
    fn query(&self) -> String {
        let below = if self.bench.report.below { "true" } else { "" };
        let alone = if self.is_alone() { "false" } else { "" };
        let pairs = [("agency", self.bench.agency.slug.as_str()), ("below", below), ("predecessors", alone)];
        encode(pairs.into_iter().filter(|(_, text)| !text.is_empty()))
    }

    /// Whether those to which it succeeded are left out.
    const fn is_alone(&self) -> bool {
        self.bench.succeeded && self.bench.report.predecessors.is_empty()
    }

    /// The sections in words, each with what is written.
    fn words(&self) -> Vec<(&'static str, &str)> {
        let written = |section: &Section| {
            let words = self.bench.report.words.of(*section)?;
            Some((self.p.language.pick(section.zh(), section.en()), words))
        };
        Section::ALL.iter().filter_map(written).collect()
    }
}

/// How the report is handed out, what is printed first.
pub(in crate::web) const FORMATS: [ReportFormat; 4] =
    [ReportFormat::Pdf, ReportFormat::Docx, ReportFormat::Xlsx, ReportFormat::Json];

#[derive(Template)]
#[template(path = "desk/reports/enter.html")]
struct EnterPage<'a> {
    p: &'a Frame,
    agency: AgencyName,
    year: i32,
    version: i32,
    form: Form,
    /// Whether somebody else wrote meanwhile.
    stale: bool,
}

#[derive(Template)]
#[template(path = "desk/reports/cells.html")]
struct CellsPage<'a> {
    p: &'a Frame,
    year: i32,
    query: CellQuery,
    page: CellPage,
    next: Option<String>,
}

#[derive(Template)]
#[template(path = "desk/reports/edition.html")]
struct EditionPage<'a> {
    p: &'a Frame,
    edition: EditionView,
    may_report: bool,
    may_sign: bool,
}

/// Where a sum does not agree, as a person reads it: a column of table 三, a row of table 三 or 四, a line of table 二.
pub(in crate::web) fn place(p: &Frame, one: &BreakView) -> String {
    let (kinds, code) = (ApplicantKind::ALL, one.place.as_str());
    let column = code.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    if let Some(at) = column.filter(|_| one.identity.code != Identity::Columns.as_str()) {
        return kinds
            .get(at)
            .map_or_else(|| p.t("总计", "total").to_owned(), |kind| p.t(kind.zh(), kind.en()).to_owned());
    }
    let row = code.parse::<Row>().map(|row| p.t(row.zh(), row.en()).to_owned());
    let line = code.parse::<ReportRow>().map(|row| p.t(row.zh(), row.en()).to_owned());
    let item = code.parse::<TwoItem>().map(|item| p.t(item.zh(), item.en()).to_owned());
    row.or(line).or(item).unwrap_or_else(|_| code.to_owned())
}

/// The workbench of the year before, of the first agency one may see.
pub(in crate::web) async fn first(by: SignedIn) -> Paged {
    let agencies = by.office.reach(&by.officer, Deed::Supervise).await?;
    let agency = agencies.first().ok_or(Failure::Missing)?;
    let year = by.office.today().year() - 1;
    page::see(&format!("/desk/reports/{year}?{}", encode([("agency", agency.slug.as_str())])))
}

/// The workbench.
pub(in crate::web) async fn show(by: SignedIn, year: web::Path<i32>, request: HttpRequest) -> Paged {
    let fields = Fields::of(request.query_string());
    // Another year may have been chosen on the page itself.
    if let Some(chosen) = fields.get("year").and_then(|text| text.parse::<i32>().ok()).filter(|chosen| *chosen != *year)
    {
        let pairs = ["agency", "below", "predecessors"].map(|name| (name, fields.text(name)));
        let kept = pairs.iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| (*name, text.as_str()));
        return page::see(&format!("/desk/reports/{chosen}?{}", encode(kept)));
    }
    bench_page(&by, *year, &fields, None).await
}

/// What a page or a form asks for.
fn asked(fields: &Fields) -> ReportQuery {
    let alone = fields.text("predecessors") == "false";
    ReportQuery {
        agency: fields.text("agency"),
        below: fields.has("below").then_some(true),
        predecessors: alone.then_some(false),
    }
}

async fn bench_page(by: &SignedIn, year: i32, fields: &Fields, refused: Option<String>) -> Paged {
    let query = asked(fields);
    let bench = by.office.annual_report(&by.officer, year, query).await?;
    let agencies = by.office.reach(&by.officer, Deed::Supervise).await?;
    let may_report = by.office.reach(&by.officer, Deed::Report).await.is_ok_and(|own| own.contains(&bench.agency));
    let status = if refused.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    page::with_status(status, &by.frame, &BenchPage { p: &by.frame, agencies, bench, may_report, refused })
}

/// The report as a file.
pub(in crate::web) async fn download(
    by: SignedIn,
    path: web::Path<(i32, ReportFormat)>,
    request: HttpRequest,
) -> Paged {
    let (year, format) = path.into_inner();
    let fields = Fields::of(request.query_string());
    let query = asked(&fields);
    Ok(file::report(by.office.report_file(&by.officer, year, query, format).await?))
}

/// What was counted in a cell.
pub(in crate::web) async fn cells(by: SignedIn, year: web::Path<i32>, request: HttpRequest) -> Paged {
    let mut fields = Fields::of(request.query_string());
    let query: CellQuery = by.contract.query("get", "/api/v1/reports/annual/{year}/cells", &fields.encoded())?;
    let page = by.office.report_cell(&by.officer, *year, query.clone()).await?;
    let next = page.next.as_deref().map(|cursor| {
        fields.set("cursor", cursor);
        format!("/desk/reports/{year}/cells?{}", fields.encoded())
    });
    page::shown(&by.frame, &CellsPage { p: &by.frame, year: *year, query, page, next })
}

/// The form of what is entered.
pub(in crate::web) async fn form(by: SignedIn, path: web::Path<(i32, String)>) -> Paged {
    let (year, slug) = path.into_inner();
    let bench =
        by.office.annual_report(&by.officer, year, ReportQuery { agency: slug, ..ReportQuery::default() }).await?;
    let body = entered(&bench);
    form_page(&by, &bench, &body, &[], false)
}

/// What is entered, as its form has it.
fn entered(bench: &Workbench) -> Value {
    let two = &bench.report.tables.two;
    json!({
        "form": bench.report.tables.form.code,
        "regulations": two.regulations,
        "normative_documents": two.normative_documents,
        "licences": two.licences,
        "penalties": two.penalties,
        "enforcement": two.enforcement,
        "charges": two.charges,
        "words": bench.report.words,
    })
}

fn form_page(by: &SignedIn, bench: &Workbench, body: &Value, problems: &[Problem], stale: bool) -> Paged {
    let form = Form::of(&by.contract, &ReportInput::name(), by.frame.language, body, problems, &Choices::new())?;
    let status = match (problems.is_empty(), stale) {
        (true, false) => StatusCode::OK,
        (_, true) => StatusCode::PRECONDITION_FAILED,
        (false, false) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let (agency, year, version) = (bench.agency.clone(), bench.report.year, bench.version);
    page::with_status(status, &by.frame, &EnterPage { p: &by.frame, agency, year, version, form, stale })
}

/// Enters it.
pub(in crate::web) async fn enter(sent: Sent, path: web::Path<(i32, String)>) -> Paged {
    let Sent { by, fields } = sent;
    let (year, slug) = path.into_inner();
    let body = read(&by.contract, &ReportInput::name(), &fields);
    let expected: u32 = fields.text("version").parse().unwrap_or_default();
    let query = ReportQuery { agency: slug.clone(), ..ReportQuery::default() };
    if fields.has(RESTORED) {
        let bench = by.office.annual_report(&by.officer, year, query).await?;
        return form_page(&by, &bench, &body, &[], false);
    }
    let done = match by.contract.body::<ReportInput>(body.clone()) {
        Ok(input) => by.office.enter_report(&by.officer, year, &slug, expected, input).await,
        Err(wrong) => Err(wrong),
    };
    match done {
        Ok(_) => page::see(&format!("/desk/reports/{year}?{}", encode([("agency", slug.as_str())]))),
        Err(failure @ (Failure::Invalid(_) | Failure::Stale { .. })) => {
            let bench = by.office.annual_report(&by.officer, year, query).await?;
            match failure {
                Failure::Invalid(problems) => form_page(&by, &bench, &body, &problems, false),
                _ => form_page(&by, &bench, &body, &[], true),
            }
        }
        Err(other) => Err(other.into()),
    }
}

/// Freezes it.
pub(in crate::web) async fn freeze(sent: Sent, year: web::Path<i32>) -> Paged {
    let Sent { by, fields } = sent;
    let reason = Some(fields.text("reason")).filter(|text| !text.trim().is_empty());
    let ReportQuery { agency, below, predecessors } = asked(&fields);
    let input: Freezing =
        by.contract.body(json!({"agency": agency, "below": below, "predecessors": predecessors, "reason": reason}))?;
    match by.office.freeze_report(&by.officer, *year, input).await {
        Ok(edition) => page::see(&format!("/desk/reports/editions/{}", edition.summary.id)),
        Err(Failure::Contrary { zh, en }) => {
            let told = by.frame.t(&zh, &en).to_owned();
            bench_page(&by, *year, &fields, Some(told)).await
        }
        Err(Failure::Invalid(problems)) => {
            let told = problems.first().map(|one| by.frame.t(&one.zh, &one.en).to_owned());
            bench_page(&by, *year, &fields, told).await
        }
        Err(other) => Err(other.into()),
    }
}

/// An edition.
pub(in crate::web) async fn edition(by: SignedIn, id: web::Path<ReportId>) -> Paged {
    let edition = by.office.report_edition(&by.officer, *id).await?;
    let may =
        async |deed| by.office.reach(&by.officer, deed).await.is_ok_and(|own| own.contains(&edition.summary.agency));
    let (may_report, may_sign) = (may(Deed::Report).await, may(Deed::SignReport).await);
    page::shown(&by.frame, &EditionPage { p: &by.frame, edition, may_report, may_sign })
}

/// An edition as a file.
pub(in crate::web) async fn edition_file(by: SignedIn, path: web::Path<(ReportId, ReportFormat)>) -> Paged {
    let (id, format) = path.into_inner();
    Ok(file::report(by.office.edition_file(&by.officer, id, format).await?))
}

/// Signs or publishes an edition.
pub(in crate::web) async fn decide(sent: Sent, path: web::Path<(ReportId, String)>) -> Paged {
    let Sent { by, fields } = sent;
    let (id, decision) = path.into_inner();
    match decision.as_str() {
        "sign" => by.office.sign_report(&by.officer, id).await?,
        "publish" => {
            let on = Some(fields.text("on")).filter(|text| !text.is_empty());
            let input: Publication = by.contract.body(json!({ "on": on }))?;
            by.office.publish_report(&by.officer, id, input).await?
        }
        _ => return Err(Failure::Missing.into()),
    };
    page::see(&format!("/desk/reports/editions/{id}"))
}
