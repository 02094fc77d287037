//! The bundles of evidence of a case: asked for, followed while they are made, and taken out. The page asks again by itself while
//! one is on its way, with or without a script.

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::{HttpRequest, web};
use askama::Template;
use serde_json::json;

use crate::api::file::streamed;
use crate::ids::{BundleId, CaseId};
use crate::office::bundles::{BundleRequest, BundleView};
use crate::office::failure::{Failure, Problem};
use crate::office::identity_view::AccessReason;
use crate::office::views::CaseView;
use crate::web::fields::Fields;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::{Sent, SignedIn};

/// Seconds after which a browser asks again.
const AGAIN: &str = "3";

#[derive(Template)]
#[template(path = "desk/bundles.html")]
struct BundlesPage<'a> {
    p: &'a Frame,
    case: CaseView,
    tab: &'static str,
    bundles: Vec<BundleView>,
    reasons: &'static [AccessReason],
    problems: Vec<Problem>,
    /// Whether one has just been asked for.
    asked: bool,
}

impl BundlesPage<'_> {
    fn underway(&self) -> bool {
        self.bundles.iter().any(BundleView::is_underway)
    }
}

/// The list.
pub(in crate::web) async fn show(by: SignedIn, id: web::Path<CaseId>, request: HttpRequest) -> Paged {
    let asked = Fields::of(request.query_string()).get("asked").is_some();
    page_of(&by, *id, Vec::new(), asked).await
}

async fn page_of(by: &SignedIn, id: CaseId, problems: Vec<Problem>, asked: bool) -> Paged {
    let p = &by.frame;
    let bundles = by.office.bundles(&by.officer, id).await?;
    let case = by.office.case(&by.officer, id).await?;
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let reasons = AccessReason::ALL;
    let shown = BundlesPage { p, case, tab: "bundles", bundles, reasons, problems, asked };
    let mut response = page::with_status(status, p, &shown)?;
    if shown.underway() && status == StatusCode::OK {
        response.headers_mut().insert(HeaderName::from_static("refresh"), HeaderValue::from_static(AGAIN));
    }
    Ok(response)
}

/// Asks for one.
pub(in crate::web) async fn ask(sent: Sent, id: web::Path<CaseId>) -> Paged {
    let Sent { by, fields } = sent;
    let masked = fields.get("masked") != Some("no");
    let reason = fields.get("reason").filter(|reason| !masked && !reason.is_empty());
    let mut body = json!({ "masked": masked });
    if let (Some(reason), Some(body)) = (reason, body.as_object_mut()) {
        body.insert("reason".to_owned(), json!(reason));
    }
    let request: BundleRequest = by.contract.body(body)?;
    match by.office.ask_for_bundle(&by.officer, *id, request).await {
        Ok(_) => page::see(&format!("/desk/cases/{}/bundles?asked=yes", *id)),
        Err(Failure::Invalid(problems)) => page_of(&by, *id, problems, false).await,
        Err(other) => Err(other.into()),
    }
}

/// The file.
pub(in crate::web) async fn file(by: SignedIn, path: web::Path<(CaseId, BundleId)>) -> Paged {
    let (case, id) = path.into_inner();
    if by.office.bundle(&by.officer, id).await?.case != case {
        return Err(Failure::Missing.into());
    }
    Ok(streamed(by.office.bundle_file(&by.officer, id).await?))
}
