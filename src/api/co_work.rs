//! Units of the agency that contribute, each with an internal due day; secrecy referrals (art. 17).

use actix_web::HttpRequest;

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::{CaseAct, in_path};
use super::documented::{CaseAnswer, CaseInPath, CoWorkInPath, IfMatch};
use crate::ids::CoWorkId;
use crate::office::co_work::{CoWorkAnswer, CoWorkRecall, CoWorkRequest};

/// Ask a unit to contribute
///
/// With an internal due day within the reply period. No clock stops.
#[utoipa::path(post, path = "/api/v1/cases/{id}/co-work", tag = "co-work",
    params(CaseInPath, IfMatch), request_body = CoWorkRequest, responses(CaseAnswer))]
pub async fn open(act: CaseAct<Checked<CoWorkRequest>>) -> Answer {
    answer::case(&act.office.open_co_work(&act.officer, act.case, act.expected, act.input.value).await?)
}

/// Take in a contribution
///
/// From a unit that was asked.
#[utoipa::path(post, path = "/api/v1/cases/{id}/co-work/{co_work}/answer", tag = "co-work",
    params(CaseInPath, CoWorkInPath, IfMatch), request_body = CoWorkAnswer, responses(CaseAnswer))]
pub async fn answer_it(act: CaseAct<Checked<CoWorkAnswer>>, request: HttpRequest) -> Answer {
    let which: CoWorkId = in_path(&request, "co_work")?;
    let CaseAct { office, officer, case, expected, input } = act;
    answer::case(&office.answer_co_work(&officer, case, which, expected, input.value).await?)
}

/// Call a request back
///
/// Unanswered.
#[utoipa::path(post, path = "/api/v1/cases/{id}/co-work/{co_work}/recall", tag = "co-work",
    params(CaseInPath, CoWorkInPath, IfMatch), request_body = CoWorkRecall, responses(CaseAnswer))]
pub async fn recall(act: CaseAct<Checked<CoWorkRecall>>, request: HttpRequest) -> Answer {
    let which: CoWorkId = in_path(&request, "co_work")?;
    let CaseAct { office, officer, case, expected, input } = act;
    answer::case(&office.recall_co_work(&officer, case, which, expected, input.value).await?)
}
