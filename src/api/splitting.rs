//! One matter, one application: matters split off into cases of their own.

use actix_web::HttpResponse;
use actix_web::http::header::ETAG;

use super::answer::Answer;
use super::body::Checked;
use super::case_act::CaseAct;
use super::documented::{CaseInPath, IfMatch};
use super::if_match;
use crate::office::splitting::{SplitCase, Splitting};

/// Split off matters
///
/// Each becomes a case with its own number and clocks, received when this one was. The answer holds their receipts.
#[utoipa::path(post, path = "/api/v1/cases/{id}/split", tag = "registration",
    params(CaseInPath, IfMatch), request_body = Splitting,
    responses((status = 200, description = "The case, and the receipts of the new ones", body = SplitCase,
        headers(("ETag" = String, description = "Its version in quotes; state it in If-Match")))))]
pub async fn split(act: CaseAct<Checked<Splitting>>) -> Answer {
    let split = act.office.split(&act.officer, act.case, act.expected, act.input.value).await?;
    Ok(HttpResponse::Ok().insert_header((ETAG, if_match::etag(split.case.version))).json(split))
}
