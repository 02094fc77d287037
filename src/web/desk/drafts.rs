//! The versions of the reply, each with what it changed in the one before.

use actix_web::web;
use askama::Template;

use crate::case::Act;
use crate::ids::CaseId;
use crate::office::failure::Failure;
use crate::office::masking::DraftFinding;
use crate::office::redline::SegmentKind;
use crate::office::versions::DraftVersion;
use crate::office::views::CaseView;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::{Sent, SignedIn};

#[derive(Template)]
#[template(path = "desk/drafts.html")]
struct DraftsPage<'a> {
    p: &'a Frame,
    case: CaseView,
    tab: &'static str,
    versions: Vec<DraftVersion>,
    /// Numbers and addresses of people in the last one.
    findings: Vec<DraftFinding>,
    /// Whether it can be written anew.
    may_draft: bool,
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
    // Whoever watches from above does not read the names in it, and so no findings.
    let findings = match by.office.draft_findings(&by.officer, *id).await {
        Ok(findings) => findings,
        Err(Failure::Forbidden { .. }) => Vec::new(),
        Err(other) => return Err(other.into()),
    };
    let choices = by.office.choices(&by.officer, *id).await?;
    let may_draft = choices.iter().any(|one| one.act.code == Act::Draft.as_str() && one.zh.is_none());
    page::shown(&by.frame, &DraftsPage { p: &by.frame, case, tab: "drafts", versions, findings, may_draft })
}

/// Masks what was found in the last draft.
pub(in crate::web) async fn mask(sent: Sent, id: web::Path<CaseId>) -> Paged {
    let Sent { by, fields } = sent;
    let version = fields.get("version").and_then(|text| text.parse().ok()).unwrap_or_default();
    by.office.mask_draft(&by.officer, *id, version).await?;
    page::see(&format!("/desk/cases/{id}/drafts"))
}
