//! Cases side by side: those alike, and those of one applicant.

use actix_web::HttpRequest;

use super::answer::{self, Answer};
use super::case_act::in_path;
use super::documented::CaseInPath;
use super::officer::Staff;
use super::query::CheckedQuery;
use crate::office::applicant_cases::{ApplicantCases, ApplicantQuery};
use crate::office::likeness::SimilarQuery;
use crate::office::likeness::views::SimilarCases;

/// Compare with other cases
///
/// Cases of the same agency with the same applicant or a like subject, with the words that made them alike; how often the
/// applicant asks; and what may follow from it. Open in every stage, so before registering as well.
#[utoipa::path(get, path = "/api/v1/cases/{id}/similar", tag = "cases", params(CaseInPath, SimilarQuery),
    responses((status = 200, description = "The cases that are alike", body = SimilarCases)))]
pub async fn similar(staff: Staff<CheckedQuery<SimilarQuery>>, request: HttpRequest) -> Answer {
    answer::ok(staff.office.similar(&staff.officer, in_path(&request, "id")?, staff.input.0).await?)
}

/// List the applicant's cases
///
/// All that the applicant of this case has asked this agency, with monthly counts. Each such look is recorded.
#[utoipa::path(get, path = "/api/v1/cases/{id}/applicant-cases", tag = "cases", params(CaseInPath, ApplicantQuery),
    responses((status = 200, description = "One page", body = ApplicantCases)))]
pub async fn applicant_cases(staff: Staff<CheckedQuery<ApplicantQuery>>, request: HttpRequest) -> Answer {
    answer::ok(staff.office.applicant_cases(&staff.officer, in_path(&request, "id")?, staff.input.0).await?)
}
