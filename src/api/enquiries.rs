//! Letters to the mailbox, questions and hand-overs: registered, moved by acts, listed; and the writer's own side.

use actix_web::{HttpRequest, web};
use utoipa::ToSchema;

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::in_path;
use super::contract::Contract;
use super::documented::{CaseInPath, EnquiryAnswered, EnquiryInPath, EnquiryNumberInPath, IfMatch, MayRepeat};
use super::enquirer::Enquirer;
use super::officer::Staff;
use super::proceedings::Resting;
use super::public_limits::PublicLimits;
use super::query::CheckedQuery;
use crate::office::Office;
use crate::office::enquiries::bodies::{EnquiryFromCase, EnquiryRegistration};
use crate::office::enquiries::views::EnquiryView;
use crate::office::enquiries::{
    EnquiryInput, EnquiryLetter, EnquiryPage, EnquiryQuery, EnquiryReceipt, EnquiryRules, EnquiryTracking,
};
use crate::office::rating::Feedback;

/// What was registered.
#[derive(Debug, serde::Serialize, ToSchema)]
pub struct EnquiryRegistered {
    /// The enquiry.
    pub enquiry: EnquiryView,
    /// What its writer is given.
    pub receipt: EnquiryReceipt,
}

/// List the enquiries
///
/// Of the reader's agencies, by the day on which each is due. `next` is the cursor of the page after.
#[utoipa::path(get, path = "/api/v1/enquiries", tag = "enquiries", params(EnquiryQuery),
    responses((status = 200, description = "One page", body = EnquiryPage)))]
pub async fn list(staff: Staff<CheckedQuery<EnquiryQuery>>) -> Answer {
    answer::ok(staff.office.enquiries(&staff.officer, staff.input.0).await?)
}

/// Register an enquiry
///
/// One that came by post, telephone or over a counter, or was handed over. Its clock runs from here.
#[utoipa::path(post, path = "/api/v1/enquiries", tag = "enquiries", request_body = EnquiryRegistration, params(MayRepeat),
    responses((status = 201, description = "The enquiry, and what its writer is given", body = EnquiryRegistered)))]
pub async fn register(staff: Staff<Checked<EnquiryRegistration>>) -> Answer {
    let Staff { officer, office, input: Checked { value, key } } = staff;
    let (enquiry, receipt) = office.register_enquiry(&officer, value, key).await?;
    let place = format!("/api/v1/enquiries/{}", enquiry.summary.id);
    answer::created(&place, EnquiryRegistered { enquiry, receipt })
}

/// Show an enquiry
///
/// With its clock day by day, its journal, and what may be done now.
#[utoipa::path(
    get,
    path = "/api/v1/enquiries/{id}",
    tag = "enquiries",
    params(EnquiryInPath),
    responses(EnquiryAnswered)
)]
pub async fn show(staff: Staff<()>, request: HttpRequest) -> Answer {
    answer::enquiry(&staff.office.enquiry(&staff.officer, in_path(&request, "id")?).await?)
}

/// Do an act with an enquiry
///
/// `act` is one of those listed under `choices`. Which body it takes is in docs/ENQUIRIES.md: `assign` an `EnquiryAssignment`,
/// `answer` an `EnquiryAnswer`, `turn_into_application` an `Enter`, and so on.
#[utoipa::path(post, path = "/api/v1/enquiries/{id}/acts/{act}", tag = "enquiries",
    params(EnquiryInPath, ("act" = String, Path, description = "The act"), IfMatch), request_body = EnquiryInput,
    responses(EnquiryAnswered))]
pub async fn act(staff: Staff<Resting>, contract: web::Data<Contract>, request: HttpRequest) -> Answer {
    let Staff { officer, office, input: Resting { expected, body } } = staff;
    let input = EnquiryInput::read(in_path(&request, "act")?, body, contract.get_ref())?;
    answer::enquiry(&office.enquire(&officer, in_path(&request, "id")?, expected, input).await?)
}

/// Open an enquiry from an application
///
/// For one that was answered as a petition (art. 39 ¶1): its writer, title and words are taken over, and each points to the other.
#[utoipa::path(post, path = "/api/v1/cases/{id}/enquiries", tag = "enquiries", params(CaseInPath),
    request_body = EnquiryFromCase, responses((status = 201, description = "The enquiry", body = EnquiryView)))]
pub async fn from_case(staff: Staff<Checked<EnquiryFromCase>>, request: HttpRequest) -> Answer {
    let Staff { officer, office, input } = staff;
    let enquiry = office.enquiry_from_case(&officer, in_path(&request, "id")?, input.value).await?;
    answer::created(&format!("/api/v1/enquiries/{}", enquiry.summary.id), enquiry)
}

/// Show the rules of enquiries
///
/// Within what time they are answered, when somebody is reminded, who hears of what was missed.
#[utoipa::path(get, path = "/api/v1/admin/agencies/{slug}/enquiry-rules", tag = "admin",
    params(("slug" = String, Path, description = "The agency's short name")),
    responses((status = 200, description = "The rules", body = EnquiryRules)))]
pub async fn rules(staff: Staff<()>, request: HttpRequest) -> Answer {
    let slug: String = in_path(&request, "slug")?;
    answer::ok(staff.office.enquiry_rules(&staff.officer, &slug).await?)
}

/// Lay down the rules of enquiries
///
/// In place of those that stood. What is registered keeps the days of then.
#[utoipa::path(put, path = "/api/v1/admin/agencies/{slug}/enquiry-rules", tag = "admin",
    request_body = EnquiryRules, params(("slug" = String, Path, description = "The agency's short name")),
    responses((status = 200, description = "The rules", body = EnquiryRules)))]
pub async fn lay_down_rules(staff: Staff<Checked<EnquiryRules>>, request: HttpRequest) -> Answer {
    let slug: String = in_path(&request, "slug")?;
    answer::ok(staff.office.lay_down_enquiry_rules(&staff.officer, &slug, staff.input.value).await?)
}

/// Write to an agency
///
/// A letter to its mailbox, or a question. The answer is the receipt: keep its number and its code, which together open the letter.
#[utoipa::path(post, path = "/api/v1/public/agencies/{slug}/enquiries", tag = "public", security(()),
    request_body = EnquiryLetter, params(("slug" = String, Path, description = "Its short name"), MayRepeat),
    responses((status = 201, description = "The receipt", body = EnquiryReceipt)))]
pub async fn write(
    office: web::Data<Office>,
    limits: web::Data<PublicLimits>,
    request: HttpRequest,
    body: Checked<EnquiryLetter>,
) -> Answer {
    limits.count(&request, office.now())?;
    let slug: String = in_path(&request, "slug")?;
    let receipt = office.write_to(&slug, body.value, body.key).await?;
    answer::created(&format!("/api/v1/public/enquiries/{}", receipt.number), receipt)
}

/// See how a letter stands
#[utoipa::path(get, path = "/api/v1/public/enquiries/{number}", tag = "public", security(("query_code" = [])),
    params(EnquiryNumberInPath), responses((status = 200, description = "How it stands", body = EnquiryTracking)))]
pub async fn track(enquirer: Enquirer<()>) -> Answer {
    answer::ok(enquirer.office.track_enquiry(&enquirer.number, &enquirer.code).await?)
}

/// Rate the answer
///
/// Within 30 days of the answer; within 30 days of the first rating it can be changed.
#[utoipa::path(post, path = "/api/v1/public/enquiries/{number}/rating", tag = "public", security(("query_code" = [])),
    request_body = Feedback, params(EnquiryNumberInPath),
    responses((status = 200, description = "How it stands", body = EnquiryTracking)))]
pub async fn rate(enquirer: Enquirer<Checked<Feedback>>) -> Answer {
    let Enquirer { office, number, code, input } = enquirer;
    answer::ok(office.rate_enquiry(&number, &code, input.value).await?)
}
