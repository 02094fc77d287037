//! All that somebody has applied for, by way of their mail box.

use actix_web::{HttpRequest, web};

use super::answer::{self, Answer};
use super::body::Checked;
use super::public_limits::PublicLimits;
use crate::office::Office;
use crate::office::failure::{Failure, SignInFault};
use crate::office::mine::{MineAsked, MineLink, MineOpened, MyApplication};

/// The header that carries the pass.
const HEADER: &str = "x-mine-pass";

/// Ask for the link to one's applications
///
/// It goes to the address, if an application names it; the answer is the same if none does. Three an hour.
#[utoipa::path(post, path = "/api/v1/public/mine", tag = "public", security(()), request_body = MineAsked,
    responses((status = 202, description = "If it is known, the mail is on its way")))]
pub async fn ask(
    office: web::Data<Office>,
    limits: web::Data<PublicLimits>,
    request: HttpRequest,
    body: Checked<MineAsked>,
) -> Answer {
    limits.count_draft(&request, office.now())?;
    office.ask_for_mine(body.value).await?;
    Ok(actix_web::HttpResponse::Accepted().finish())
}

/// Exchange the link for a pass
///
/// Once, within twenty minutes of the mail.
#[utoipa::path(post, path = "/api/v1/public/mine/pass", tag = "public", security(()), request_body = MineLink,
    responses((status = 200, description = "The pass", body = MineOpened)))]
pub async fn open(office: web::Data<Office>, body: Checked<MineLink>) -> Answer {
    answer::ok(office.open_mine(body.value).await?)
}

/// List one's applications
///
/// All that name the address as contact, with the code of each. The pass goes into `X-Mine-Pass`.
#[utoipa::path(get, path = "/api/v1/public/mine", tag = "public", security(()),
    params(("X-Mine-Pass" = String, Header, description = "The pass")),
    responses((status = 200, description = "The applications, the newest first", body = Vec<MyApplication>)))]
pub async fn list(office: web::Data<Office>, request: HttpRequest) -> Answer {
    let pass = request.headers().get(HEADER).and_then(|pass| pass.to_str().ok());
    let pass = pass.ok_or(Failure::NotSignedIn(SignInFault::WrongQueryCode))?;
    answer::ok(office.mine(pass).await?)
}
