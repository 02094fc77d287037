//! The other applications of whoever asks: how often they ask, and what became of it. Every look is recorded.

use actix_web::{HttpRequest, web};
use askama::Template;

use crate::ids::CaseId;
use crate::office::applicant_cases::{ApplicantCases, ApplicantQuery};
use crate::office::views::CaseView;
use crate::web::fields::encode;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::SignedIn;

#[derive(Template)]
#[template(path = "desk/applicant.html")]
struct ApplicantPage<'a> {
    p: &'a Frame,
    case: CaseView,
    tab: &'static str,
    cases: ApplicantCases,
    next: Option<String>,
}

/// The applications.
pub(in crate::web) async fn show(by: SignedIn, id: web::Path<CaseId>, request: HttpRequest) -> Paged {
    let path = "/api/v1/cases/{id}/applicant-cases";
    let query: ApplicantQuery = by.contract.query("get", path, request.query_string())?;
    let cases = by.office.applicant_cases(&by.officer, *id, query).await?;
    let case = by.office.case(&by.officer, *id).await?;
    let next = cases.next.as_deref();
    let next = next.map(|cursor| format!("/desk/cases/{id}/applicant?{}", encode([("cursor", cursor)])));
    page::shown(&by.frame, &ApplicantPage { p: &by.frame, case, tab: "similar", cases, next })
}
