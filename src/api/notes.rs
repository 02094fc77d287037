//! Notes in the file, for those who work on the case.

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::CaseAct;
use super::documented::{CaseAnswer, CaseInPath, IfMatch};
use crate::office::notes::Note;

/// Leave a note
///
/// Never shown to the applicant.
#[utoipa::path(post, path = "/api/v1/cases/{id}/notes", tag = "cases",
    params(CaseInPath, IfMatch), request_body = Note, responses(CaseAnswer))]
pub async fn note(act: CaseAct<Checked<Note>>) -> Answer {
    answer::case(&act.office.note(&act.officer, act.case, act.expected, act.input.value).await?)
}
