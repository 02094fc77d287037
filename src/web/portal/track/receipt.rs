//! The receipt: a page of its own, so that loading it again sends nothing, and closed with the application it opens.

use actix_web::{HttpRequest, web};
use askama::Template;

use super::{Key, key};
use crate::law::identity::IdentityRemark;
use crate::office::Office;
use crate::office::public::{AgencyView, Tracking};
use crate::office::views::{Term, term};
use crate::web::fields::Fields;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::picture::Picture;
use crate::web::portal::clocks;
use crate::web::visit::Visit;

#[derive(Template)]
#[template(path = "portal/receipt.html")]
struct ReceiptPage<'a> {
    p: &'a Frame,
    agency: AgencyView,
    tracking: Tracking,
    code: String,
    /// What looks mistyped in the numbers given.
    remarks: Vec<Term>,
    /// How many files came with it.
    attached: u32,
    /// How many did not come in.
    left_out: u32,
}

/// The receipt of the application that this browser has open.
pub(in crate::web) async fn show(visit: Visit, office: web::Data<Office>, request: HttpRequest) -> Paged {
    let Some(Key { receipt_no, code }) = key(&request) else { return page::see("/track") };
    let mut tracking = office.track(&receipt_no, &code).await?;
    tracking.clocks = clocks::told(tracking.clocks);
    let agency = office.agency(&tracking.agency.slug).await?;
    let fields = Fields::of(request.query_string());
    let count = |name: &str| fields.get(name).and_then(|count| count.parse().ok()).unwrap_or_default();
    let (attached, left_out) = (count("attached"), count("left_out"));
    let remarks = fields.all("remark").filter_map(|code| code.parse::<IdentityRemark>().ok());
    let remarks = remarks.map(|remark| term!(remark)).collect();
    let code = code.text().to_owned();
    page::shown(&visit.frame, &ReceiptPage { p: &visit.frame, agency, tracking, code, remarks, attached, left_out })
}
