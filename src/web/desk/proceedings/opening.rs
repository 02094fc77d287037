//! The form that opens a file: the kind is chosen first, and then only what a file of that kind has is asked for.

use serde_json::{Value, json};

use super::choices;
use crate::ids::CaseId;
use crate::office::failure::{Failure, Problem};
use crate::office::proceedings::bodies::ProceedingOpening;
use crate::office::proceedings::views::ProceedingSummary;
use crate::office::views::{Term, term};
use crate::proceeding::terms::{Challenged, Claimant, ProceedingKind};
use crate::web::form::Form;
use crate::web::signed_in::SignedIn;
use utoipa::ToSchema;

/// A kind to be chosen, and when it is the right one.
pub(super) struct Offer {
    pub kind: Term,
    pub zh: &'static str,
    pub en: &'static str,
}

/// The kinds.
pub(super) fn offers() -> Vec<Offer> {
    let offer = |kind: &ProceedingKind| {
        let (zh, en) = match kind {
            ProceedingKind::Reconsideration => (
                "收到行政复议答复通知书和申请书副本",
                "the reconsideration body has sent its notice with a copy of the application",
            ),
            ProceedingKind::Litigation => (
                "收到人民法院的应诉通知书和起诉状副本",
                "the court has sent its notice with a copy of the statement of claim",
            ),
            ProceedingKind::Complaint => (
                "主管部门或者上级机关转来投诉举报",
                "the supervising authority or the agency above has handed on a complaint",
            ),
            ProceedingKind::Inspection => (
                "主管部门监督检查时问到这件申请",
                "the supervising authority asks about this application in an inspection",
            ),
        };
        Offer { kind: term!(*kind), zh, en }
    };
    ProceedingKind::ALL.iter().map(offer).collect()
}

/// What a file of that kind does not have; the kind itself is chosen already.
const fn left_out(kind: ProceedingKind) -> &'static [&'static str] {
    match kind {
        ProceedingKind::Reconsideration => &["kind", "route", "after", "answer_by"],
        ProceedingKind::Litigation => &["kind", "answer_by"],
        ProceedingKind::Complaint | ProceedingKind::Inspection => &["kind", "route", "after", "procedure"],
    }
}

/// What a file of that kind cannot be opened without, beside what every file needs: table 四 counts suits by how they came about,
/// and no law sets the day for the answer to a supervising authority.
const fn required(kind: ProceedingKind) -> &'static [&'static str] {
    match kind {
        ProceedingKind::Reconsideration => &[],
        ProceedingKind::Litigation => &["route"],
        ProceedingKind::Complaint | ProceedingKind::Inspection => &["received_on", "answer_by"],
    }
}

/// What stands in the form of a new file of that kind at first.
///
/// # Errors
/// As [`crate::office::Office::usual_authority`].
pub(super) async fn begun(by: &SignedIn, case: CaseId, kind: ProceedingKind) -> Result<Value, Failure> {
    let mut body = json!({"kind": kind.as_str(), "challenged": Challenged::Reply.as_str()});
    if let (Some(authority), Some(body)) =
        (by.office.usual_authority(&by.officer, case, kind).await?, body.as_object_mut())
    {
        body.insert("authority".to_owned(), Value::from(authority));
    }
    if let (ProceedingKind::Inspection, Some(body)) = (kind, body.as_object_mut()) {
        body.insert("claimant".to_owned(), Value::from(Claimant::Authority.as_str()));
    }
    Ok(body)
}

/// The form of such a file.
///
/// # Errors
/// The database's failures.
pub(super) async fn form(
    by: &SignedIn,
    case: CaseId,
    kind: ProceedingKind,
    files: &[ProceedingSummary],
    body: &Value,
    problems: &[Problem],
) -> Result<Form, Failure> {
    let choices = choices::of_opening(by, case, files).await?;
    let form = Form::of(&by.contract, &ProceedingOpening::name(), by.frame.language, body, problems, &choices)?;
    let form = required(kind).iter().fold(form, |form, field| form.requiring(field));
    Ok(left_out(kind).iter().fold(form, |form, field| form.without(field)))
}
