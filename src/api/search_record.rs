//! Records of searches (检索记录).

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::CaseAct;
use super::documented::{CaseAnswer, CaseInPath, IfMatch};
use crate::office::search_record::SearchInput;

/// Record a search
///
/// Who searched where, for what, and what was found. "Not held" rests on it (art. 36 item 4).
#[utoipa::path(post, path = "/api/v1/cases/{id}/searches", tag = "reply",
    params(CaseInPath, IfMatch), request_body = SearchInput, responses(CaseAnswer))]
pub async fn record(act: CaseAct<Checked<SearchInput>>) -> Answer {
    answer::case(&act.office.record_search(&act.officer, act.case, act.expected, act.input.value).await?)
}
