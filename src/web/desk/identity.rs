//! Whole identity numbers, shown once for a reason that is recorded.

use actix_web::web;
use askama::Template;
use serde_json::json;

use crate::ids::CaseId;
use crate::office::identity_view::{IdentityQuestion, IdentityView};
use crate::office::views::CaseView;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::Sent;

#[derive(Template)]
#[template(path = "desk/identity.html")]
struct IdentityPage<'a> {
    p: &'a Frame,
    case: CaseView,
    identities: Vec<IdentityView>,
}

/// Shows them.
pub(in crate::web) async fn show(sent: Sent, id: web::Path<CaseId>) -> Paged {
    let by = sent.by;
    let question: IdentityQuestion = by.contract.body(json!({ "reason": sent.fields.text("reason") }))?;
    let identities = by.office.identities(&by.officer, *id, question).await?;
    let case = by.office.case(&by.officer, *id).await?;
    page::shown(&by.frame, &IdentityPage { p: &by.frame, case, identities })
}
