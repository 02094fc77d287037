//! Applications that are begun and not sent. The code that opens one comes in a header, never in an address, where it
//! would end up in logs and histories.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::HeaderName;
use actix_web::{FromRequest, HttpRequest, web};
use serde_json::Value;

use super::answer::{self, Answer};
use super::body::{Checked, data};
use super::case_act::in_path;
use super::contract::Contract;
use super::problem::Fault;
use super::public_limits::{self, PublicLimits};
use crate::office::Office;
use crate::office::drafts::{ApplicationDraft, ApplyDraft, DraftBegun, SendDraft};
use crate::office::failure::{Failure, Problem, SignInFault};
use crate::office::intake::Receipt;
use crate::office::public::Code;

/// The header that carries the code.
pub const HEADER: HeaderName = HeaderName::from_static("x-draft-code");

/// The component that an application must fit when it is sent.
const APPLICATION: &str = "Apply";

/// A request about one draft.
pub struct Holder<E> {
    office: web::Data<Office>,
    contract: web::Data<Contract>,
    code: Code,
    input: E,
}

impl<E> FromRequest for Holder<E>
where
    E: FromRequest + 'static,
    E::Error: Into<Fault>,
{
    type Error = Fault;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Fault>>>>;

    /// # Errors
    /// [`Failure::NotSignedIn`] without a code; then the errors of `E`. Whether the code fits is the office's matter.
    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let mut payload = payload.take();
        Box::pin(async move {
            let office = data::<Office>(&request)?;
            let contract = data::<Contract>(&request)?;
            let given = request.headers().get(&HEADER).and_then(|code| code.to_str().ok());
            let given = given.ok_or(Failure::NotSignedIn(SignInFault::WrongDraftCode))?;
            let code = public_limits::code(&request, given);
            let input = E::from_request(&request, &mut payload).await.map_err(Into::into)?;
            Ok(Self { office, contract, code, input })
        })
    }
}

/// What is wrong with an application by its published schema.
pub(crate) fn published(contract: web::Data<Contract>) -> impl Fn(&Value) -> Vec<Problem> + Send + 'static {
    move |content| contract.problems(APPLICATION, content).unwrap_or_default()
}

/// Begin a draft
///
/// An application of which nothing is required yet. The answer shows its code, this once.
#[utoipa::path(post, path = "/api/v1/public/agencies/{slug}/drafts", tag = "public", security(()),
    params(("slug" = String, Path, description = "The agency's short name")), request_body = ApplyDraft,
    responses((status = 201, description = "The code, and what is missing", body = DraftBegun)))]
pub async fn begin(
    office: web::Data<Office>,
    limits: web::Data<PublicLimits>,
    contract: web::Data<Contract>,
    request: HttpRequest,
    body: Checked<ApplyDraft>,
) -> Answer {
    limits.count_draft(&request, office.now())?;
    let slug: String = in_path(&request, "slug")?;
    answer::created("/api/v1/public/drafts", office.begin_draft(&slug, body.value, published(contract)).await?)
}

/// Show a draft
///
/// With everything that would be wrong if it were sent now.
#[utoipa::path(get, path = "/api/v1/public/drafts", tag = "public", security(("draft_code" = [])),
    responses((status = 200, description = "The draft", body = ApplicationDraft)))]
pub async fn show(holder: Holder<()>) -> Answer {
    answer::ok(holder.office.application_draft(&holder.code, published(holder.contract)).await?)
}

/// Save a draft
///
/// What was entered before is replaced as a whole; the days for which it is kept begin again.
#[utoipa::path(put, path = "/api/v1/public/drafts", tag = "public", security(("draft_code" = [])),
    request_body = ApplyDraft, responses((status = 200, description = "The draft", body = ApplicationDraft)))]
pub async fn save(holder: Holder<Checked<ApplyDraft>>) -> Answer {
    let Holder { office, contract, code, input } = holder;
    answer::ok(office.save_draft(&code, input.value, published(contract)).await?)
}

/// Delete a draft
#[utoipa::path(delete, path = "/api/v1/public/drafts", tag = "public", security(("draft_code" = [])),
    responses((status = 204, description = "Deleted")))]
pub async fn delete(holder: Holder<()>) -> Answer {
    holder.office.delete_draft(&holder.code).await?;
    answer::nothing()
}

/// Send a draft
///
/// It becomes an application, by the same checks as the form, and the draft is gone. Sent again with its code within a
/// day, it answers the same receipt.
#[utoipa::path(post, path = "/api/v1/public/drafts/submission", tag = "public", security(("draft_code" = [])),
    request_body = SendDraft, responses((status = 201, description = "The receipt", body = Receipt)))]
pub async fn send(limits: web::Data<PublicLimits>, request: HttpRequest, holder: Holder<Checked<SendDraft>>) -> Answer {
    limits.count(&request, holder.office.now())?;
    let receipt = holder.office.send_draft(&holder.code, published(holder.contract)).await?;
    answer::created(&format!("/api/v1/public/applications/{}", receipt.receipt_no), receipt)
}
