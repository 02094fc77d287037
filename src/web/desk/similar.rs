//! Cases that are like this one: of the same applicant, and of the same subject; and what that suggests.

use actix_web::web;
use askama::Template;

use crate::ids::CaseId;
use crate::office::likeness::SimilarQuery;
use crate::office::likeness::views::{LikeCase, SimilarCases};
use crate::office::views::CaseView;
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::SignedIn;

#[derive(Template)]
#[template(path = "desk/similar.html")]
struct SimilarPage<'a> {
    p: &'a Frame,
    case: CaseView,
    tab: &'static str,
    similar: SimilarCases,
}

impl SimilarPage<'_> {
    /// The two lists, by their titles.
    fn lists(&self) -> [(&'static str, &[LikeCase]); 2] {
        let pick = |zh, en| self.p.language.pick(zh, en);
        [
            (pick("同一申请人", "Of the same applicant"), self.similar.same_applicant.as_slice()),
            (pick("内容相近", "Of a like subject"), self.similar.same_subject.as_slice()),
        ]
    }
}

/// The cases that are like it.
pub(in crate::web) async fn show(by: SignedIn, id: web::Path<CaseId>) -> Paged {
    let case = by.office.case(&by.officer, *id).await?;
    let similar = by.office.similar(&by.officer, *id, SimilarQuery { limit: None }).await?;
    page::shown(&by.frame, &SimilarPage { p: &by.frame, case, tab: "similar", similar })
}
