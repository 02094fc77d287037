//! The page for somebody whose application was set aside: a person will look at it, and nothing is lost. Once a clerk has
//! taken it in, the same code shows the receipt.

use actix_web::{HttpRequest, web};
use askama::Template;

use super::attachments::Taken;
use super::received;
use crate::api::contract::Contract;
use crate::api::drafts::published;
use crate::office::Office;
use crate::office::drafts::held::HeldNote;
use crate::office::public::AgencyView;
use crate::web::cookies::Jar;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::visit::Visit;

/// The field that people do not see.
pub(super) const LURE: &str = "homepage";

#[derive(Template)]
#[template(path = "portal/apply_aside.html")]
struct Aside<'a> {
    p: &'a Frame,
    agency: AgencyView,
    note: HeldNote,
    code: String,
}

/// Where the page is.
pub(super) fn address(slug: &str) -> String {
    format!("/apply/{slug}/aside")
}

/// What became of an application that was set aside, for the browser that has its code.
pub(in crate::web) async fn show(
    visit: Visit,
    office: web::Data<Office>,
    contract: web::Data<Contract>,
    jar: web::Data<Jar>,
    slug: web::Path<String>,
    request: HttpRequest,
) -> Paged {
    let p = &visit.frame;
    let Some(code) = super::held::draft_code(&request) else { return page::see(&format!("/apply/{slug}")) };
    match office.application_draft(&code, published(contract)).await {
        Ok(draft) => match draft.held {
            Some(note) if draft.agency.slug == *slug => {
                let (agency, code) = (office.agency(&slug).await?, code.text().to_owned());
                page::shown(p, &Aside { p, agency, note, code })
            }
            Some(_) | None => page::see(&format!("/apply/{slug}")),
        },
        Err(failure) if failure.opens_nothing() => match office.receipt_of_draft(&code).await? {
            Some(receipt) => received(&jar, &slug, &receipt, Taken::default()),
            None => page::see(&format!("/apply/{slug}")),
        },
        Err(other) => Err(other.into()),
    }
}
