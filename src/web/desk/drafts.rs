//! The versions of the reply, each with what it changed in the one before.

use actix_web::web;
use askama::Template;

use crate::ids::CaseId;
use crate::office::redline::SegmentKind;
use crate::office::versions::DraftVersion;
use crate::office::views::CaseView;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::SignedIn;

#[derive(Template)]
#[template(path = "desk/drafts.html")]
struct DraftsPage<'a> {
    p: &'a Frame,
    case: CaseView,
    tab: &'static str,
    versions: Vec<DraftVersion>,
}

/// The first digits of a hash: enough to compare by eye.
pub(in crate::web) fn mark(hash: &str) -> String {
    hash.rsplit(':').next().unwrap_or(hash).chars().take(10).collect()
}

/// The versions, the last first.
pub(in crate::web) async fn show(by: SignedIn, id: web::Path<CaseId>) -> Paged {
    let case = by.office.case(&by.officer, *id).await?;
    let mut versions = by.office.draft_versions(&by.officer, *id).await?;
    versions.reverse();
    page::shown(&by.frame, &DraftsPage { p: &by.frame, case, tab: "drafts", versions })
}
