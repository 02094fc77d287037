//! The draft that a browser has begun, by the code in its cookie.

use actix_web::{HttpRequest, web};

use crate::api::contract::Contract;
use crate::api::drafts::published;
use crate::api::public_limits;
use crate::office::Office;
use crate::office::drafts::ApplicationDraft;
use crate::office::public::Code;
use crate::web::cookies::Kind;
use crate::web::turn::Turn;

/// The code of the draft that this browser has.
pub(super) fn draft_code(request: &HttpRequest) -> Option<Code> {
    Kind::Draft.of(request).map(|code| public_limits::code(request, code))
}

/// A draft and its code.
pub(super) struct Held {
    pub code: Code,
    pub draft: ApplicationDraft,
    /// The list of which another is wanted.
    pub more: Option<String>,
}

/// The draft of this browser for this agency.
pub(super) async fn held(
    office: &Office,
    contract: &web::Data<Contract>,
    request: &HttpRequest,
    slug: &str,
) -> Result<Option<Held>, Turn> {
    let Some(code) = draft_code(request) else { return Ok(None) };
    match office.application_draft(&code, published(contract.clone())).await {
        Ok(draft) if draft.agency.slug == slug => Ok(Some(Held { code, draft, more: None })),
        Ok(_) => Ok(None),
        Err(failure) if failure.opens_nothing() => Ok(None),
        Err(other) => Err(other.into()),
    }
}

/// Whether this browser has the code of an application to this agency, be it a draft or sent. The code that stands in the form itself
/// does not count here: it has not come yet.
pub(super) async fn has_written(
    office: &Office,
    contract: &web::Data<Contract>,
    request: &HttpRequest,
    slug: &str,
) -> Result<bool, Turn> {
    let Some(code) = draft_code(request) else { return Ok(false) };
    match office.application_draft(&code, published(contract.clone())).await {
        Ok(draft) => Ok(draft.agency.slug == slug),
        Err(failure) if failure.opens_nothing() => Ok(office.receipt_of_draft(&code).await?.is_some()),
        Err(other) => Err(other.into()),
    }
}
