//! What a third party can do that was told of disclosure against its opinion: the applicant's page of remedies, opened with the number
//! and the code in the letter to it. Nothing is kept in the browser.

use actix_web::{HttpRequest, web};
use askama::Template;

use super::track::remedies::RemediesPage;
use crate::api::problem::Fault;
use crate::api::public_limits;
use crate::office::Office;
use crate::vault::blind::normalise;
use crate::web::fields::Fields;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::visit::Visit;

#[derive(Template)]
#[template(path = "portal/third_party.html")]
struct OpenPage<'a> {
    p: &'a Frame,
    receipt_no: String,
    error: Option<String>,
}

/// The form.
pub(in crate::web) async fn show(visit: Visit) -> Paged {
    page::shown(&visit.frame, &OpenPage { p: &visit.frame, receipt_no: String::new(), error: None })
}

/// The page, or the form again.
pub(in crate::web) async fn open(
    visit: Visit,
    office: web::Data<Office>,
    request: HttpRequest,
    fields: Fields,
) -> Paged {
    let p = &visit.frame;
    // An input method for Chinese types letters and digits in full width.
    let (receipt_no, code) = (normalise(&fields.text("receipt_no")), normalise(&fields.text("code")));
    match office.third_party_remedies(&receipt_no, &public_limits::code(&request, code)).await {
        Ok(remedies) => page::shown(p, &RemediesPage { p, remedies, third_party: true }),
        Err(failure) if failure.opens_nothing() => {
            let fault = Fault::from(failure);
            let error = Some(fault.said(p.language));
            page::at_fault(&fault, p, &OpenPage { p, receipt_no, error })
        }
        Err(other) => Err(other.into()),
    }
}
