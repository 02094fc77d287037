//! What was recorded wrongly, put right by a further entry; nothing is ever deleted.

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::CaseAct;
use super::documented::{CaseAnswer, CaseInPath, IfMatch};
use crate::office::rectification::{Annulment, ReceiptCorrection};

/// Correct the date of receipt
///
/// Every clock is counted anew from the day stated.
#[utoipa::path(post, path = "/api/v1/cases/{id}/receipt-correction", tag = "rectification",
    params(CaseInPath, IfMatch), request_body = ReceiptCorrection, responses(CaseAnswer))]
pub async fn correct_receipt(act: CaseAct<Checked<ReceiptCorrection>>) -> Answer {
    answer::case(&act.office.correct_receipt(&act.officer, act.case, act.expected, act.input.value).await?)
}

/// Annul the last step
///
/// For a step recorded by mistake. Steps are annulled from the last one back; both the step and its annulment stay in
/// the journal.
#[utoipa::path(post, path = "/api/v1/cases/{id}/annulments", tag = "rectification",
    params(CaseInPath, IfMatch), request_body = Annulment, responses(CaseAnswer))]
pub async fn annul(act: CaseAct<Checked<Annulment>>) -> Answer {
    answer::case(&act.office.annul(&act.officer, act.case, act.expected, act.input.value).await?)
}
