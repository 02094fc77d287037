//! What anybody may ask, and what an applicant may do with receipt number and query code.

use actix_web::{HttpRequest, web};

use super::answer::{self, Answer};
use super::applicant::Applicant;
use super::body::Checked;
use super::case_act::in_path;
use super::documented::{MayRepeat, ReceiptInPath};
use super::file::packed;
use super::public_limits::PublicLimits;
use super::query::CheckedQuery;
use crate::ids::TextId;
use crate::office::Office;
use crate::office::correction::CorrectionAnswer;
use crate::office::deadline::DeadlineQuestion;
use crate::office::explanation::ExplanationAnswer;
use crate::office::fee::Payment;
use crate::office::intake::{Apply, Receipt};
use crate::office::public::directory::{AgencyPage, DirectoryQuery, FoundAgency};
use crate::office::public::remedies::RemediesView;
use crate::office::public::{Document, Tracking};
use crate::office::rating::Feedback;
use crate::office::service::ServiceProof;
use crate::office::views::ClockView;
use crate::office::withdrawal::Withdrawal;

/// List the agencies
///
/// Each with its disclosure office (art. 12); with `q` those that fit the words, the best first, and which of their duties
/// say so.
#[utoipa::path(get, path = "/api/v1/public/agencies", tag = "public", security(()), params(DirectoryQuery),
    responses((status = 200, description = "The agencies", body = Vec<FoundAgency>)))]
pub async fn agencies(office: web::Data<Office>, query: CheckedQuery<DirectoryQuery>) -> Answer {
    answer::ok(office.find_agencies(query.0).await?)
}

/// Show an agency
///
/// With its duties.
#[utoipa::path(get, path = "/api/v1/public/agencies/{slug}", tag = "public", security(()),
    params(("slug" = String, Path, description = "Its short name")),
    responses((status = 200, description = "The agency", body = AgencyPage)))]
pub async fn agency(office: web::Data<Office>, request: HttpRequest) -> Answer {
    let slug: String = in_path(&request, "slug")?;
    answer::ok(office.agency_with_duties(&slug).await?)
}

/// Apply
///
/// The answer is the receipt: keep its number and its code, which together open the application.
#[utoipa::path(post, path = "/api/v1/public/agencies/{slug}/applications", tag = "public", security(()),
    params(("slug" = String, Path, description = "The agency's short name"), MayRepeat), request_body = Apply,
    responses((status = 201, description = "The receipt", body = Receipt)))]
pub async fn apply(
    office: web::Data<Office>,
    limits: web::Data<PublicLimits>,
    request: HttpRequest,
    body: Checked<Apply>,
) -> Answer {
    limits.count(&request, office.now())?;
    let slug: String = in_path(&request, "slug")?;
    let receipt = office.apply(&slug, body.value, body.key).await?;
    answer::created(&format!("/api/v1/public/applications/{}", receipt.receipt_no), receipt)
}

/// Track an application
///
/// Where it stands in plain words, what is due by when and why, what is asked of the applicant, the letters.
#[utoipa::path(get, path = "/api/v1/public/applications/{receipt_no}", tag = "public", security(("query_code" = [])),
    params(ReceiptInPath), responses((status = 200, description = "How it stands", body = Tracking)))]
pub async fn track(applicant: Applicant<()>) -> Answer {
    answer::ok(applicant.office.track(&applicant.receipt_no, &applicant.code).await?)
}

/// Show what can be done against the reply
///
/// Or against silence: which way, in which order, before whom, until when with each day counted, as the letter's remedy paragraph
/// has it.
#[utoipa::path(get, path = "/api/v1/public/applications/{receipt_no}/remedies", tag = "public",
    security(("query_code" = [])), params(ReceiptInPath),
    responses((status = 200, description = "What can be done", body = RemediesView)))]
pub async fn remedies(applicant: Applicant<()>) -> Answer {
    answer::ok(applicant.office.remedies(&applicant.receipt_no, &applicant.code).await?)
}

/// Download all papers of one's application
///
/// One ZIP archive: the application as received, the receipt, every letter with its receipt of service, one's own files and those
/// handed out, with a list of contents. What is in it counts as fetched.
#[utoipa::path(get, path = "/api/v1/public/applications/{receipt_no}/papers", tag = "public",
    security(("query_code" = [])), params(ReceiptInPath),
    responses((status = 200, description = "The archive", content_type = "application/zip")))]
pub async fn papers(applicant: Applicant<()>) -> Answer {
    Ok(packed(applicant.office.folder(&applicant.receipt_no, &applicant.code).await?))
}

/// Correct the application
///
/// The answer to a correction notice (art. 30).
#[utoipa::path(post, path = "/api/v1/public/applications/{receipt_no}/corrections", tag = "public",
    security(("query_code" = [])), params(ReceiptInPath), request_body = CorrectionAnswer,
    responses((status = 200, description = "How it stands now", body = Tracking)))]
pub async fn correct(applicant: Applicant<Checked<CorrectionAnswer>>) -> Answer {
    let Applicant { office, receipt_no, code, input } = applicant;
    answer::ok(office.correct(&receipt_no, &code, input.value).await?)
}

/// Explain the application
///
/// The answer to a letter that asks why there are so many (art. 35).
#[utoipa::path(post, path = "/api/v1/public/applications/{receipt_no}/explanations", tag = "public",
    security(("query_code" = [])), params(ReceiptInPath), request_body = ExplanationAnswer,
    responses((status = 200, description = "How it stands now", body = Tracking)))]
pub async fn explain(applicant: Applicant<Checked<ExplanationAnswer>>) -> Answer {
    let Applicant { office, receipt_no, code, input } = applicant;
    answer::ok(office.explain(&receipt_no, &code, input.value).await?)
}

/// Say that the fee is paid
///
/// The office then looks for the payment and records it; the reply period starts afresh from the day it was paid.
#[utoipa::path(post, path = "/api/v1/public/applications/{receipt_no}/payments", tag = "public",
    security(("query_code" = [])), params(ReceiptInPath), request_body = Payment,
    responses((status = 200, description = "How it stands now", body = Tracking)))]
pub async fn report_payment(applicant: Applicant<Checked<Payment>>) -> Answer {
    let Applicant { office, receipt_no, code, input } = applicant;
    answer::ok(office.report_payment(&receipt_no, &code, input.value).await?)
}

/// Withdraw the application
#[utoipa::path(post, path = "/api/v1/public/applications/{receipt_no}/withdrawal", tag = "public",
    security(("query_code" = [])), params(ReceiptInPath), request_body = Withdrawal,
    responses((status = 200, description = "How it stands now", body = Tracking)))]
pub async fn withdraw(applicant: Applicant<Checked<Withdrawal>>) -> Answer {
    let Applicant { office, receipt_no, code, input } = applicant;
    answer::ok(office.withdraw_online(&receipt_no, &code, input.value).await?)
}

/// Confirm that the reply has come
#[utoipa::path(post, path = "/api/v1/public/applications/{receipt_no}/service-confirmation", tag = "public",
    security(("query_code" = [])), params(ReceiptInPath), request_body = ServiceProof,
    responses((status = 200, description = "How it stands now", body = Tracking)))]
pub async fn confirm_service(applicant: Applicant<Checked<ServiceProof>>) -> Answer {
    let Applicant { office, receipt_no, code, input } = applicant;
    answer::ok(office.confirm_service(&receipt_no, &code, input.value).await?)
}

/// See what a third party can do
///
/// For a third party that was told that information is disclosed against its opinion (art. 32): number and code stand in the letter to
/// it. Nothing of the applicant, nor of what was asked for, is answered.
#[utoipa::path(get, path = "/api/v1/public/applications/{receipt_no}/third-party/remedies", tag = "public",
    security(("query_code" = [])), params(ReceiptInPath),
    responses((status = 200, description = "What can be done, before whom, until which day", body = RemediesView)))]
pub async fn third_party_remedies(applicant: Applicant<()>) -> Answer {
    answer::ok(applicant.office.third_party_remedies(&applicant.receipt_no, &applicant.code).await?)
}

/// Rate the application
///
/// Once the reply was served or the application withdrawn. It may be changed for thirty days; what comes last takes the
/// place of what was said before.
#[utoipa::path(post, path = "/api/v1/public/applications/{receipt_no}/feedback", tag = "public",
    security(("query_code" = [])), params(ReceiptInPath), request_body = Feedback,
    responses((status = 200, description = "How it stands now", body = Tracking)))]
pub async fn rate(applicant: Applicant<Checked<Feedback>>) -> Answer {
    let Applicant { office, receipt_no, code, input } = applicant;
    answer::ok(office.rate(&receipt_no, &code, input.value).await?)
}

/// Read a letter
#[utoipa::path(get, path = "/api/v1/public/applications/{receipt_no}/documents/{id}", tag = "public",
    security(("query_code" = [])),
    params(ReceiptInPath, ("id" = uuid::Uuid, Path, description = "The letter's id, from the application")),
    responses((status = 200, description = "The letter", body = Document)))]
pub async fn document(applicant: Applicant<()>, request: HttpRequest) -> Answer {
    let id: TextId = in_path(&request, "id")?;
    answer::ok(applicant.office.document(&applicant.receipt_no, &applicant.code, id).await?)
}

/// Calculate a deadline
///
/// The facts of one reply clock in, each day counted, skipped or stopped out. Nothing is stored.
#[utoipa::path(post, path = "/api/v1/public/deadline", tag = "public", security(()), request_body = DeadlineQuestion,
    responses((status = 200, description = "The clock, explained", body = ClockView)))]
pub async fn deadline(office: web::Data<Office>, body: Checked<DeadlineQuestion>) -> Answer {
    answer::ok(office.deadline(&body.value)?)
}
