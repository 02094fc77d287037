//! Tokens of staff, and the member of staff behind one.

use actix_web::{HttpRequest, web};

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::in_path;
use super::officer::Staff;
use super::public_limits::visit;
use crate::ids::TokenId;
use crate::office::Office;
use crate::office::sessions::SessionView;
use crate::office::sign_in::{ChangePassword, Login, Me, Refresh, Tokens};

/// Sign in
///
/// A short access token and a refresh token. Too many wrong passwords close the account for the rest of the hour.
#[utoipa::path(post, path = "/api/v1/auth/login", tag = "sign-in", security(()), request_body = Login,
    responses((status = 200, description = "The tokens", body = Tokens)))]
pub async fn login(office: web::Data<Office>, request: HttpRequest, body: Checked<Login>) -> Answer {
    answer::ok(office.login(body.value, &visit(&request)).await?)
}

/// Refresh
///
/// A refresh token is good for one use; used twice, every token of its sign-in is void.
#[utoipa::path(post, path = "/api/v1/auth/refresh", tag = "sign-in", security(()), request_body = Refresh,
    responses((status = 200, description = "New tokens", body = Tokens)))]
pub async fn refresh(office: web::Data<Office>, request: HttpRequest, body: Checked<Refresh>) -> Answer {
    answer::ok(office.refresh(body.value, &visit(&request)).await?)
}

/// Sign out
///
/// Every token of this sign-in is void.
#[utoipa::path(post, path = "/api/v1/auth/logout", tag = "sign-in",
    responses((status = 204, description = "Signed out")))]
pub async fn logout(staff: Staff<()>) -> Answer {
    staff.office.logout(&staff.officer).await?;
    answer::nothing()
}

/// Show who is signed in
#[utoipa::path(get, path = "/api/v1/me", tag = "sign-in",
    responses((status = 200, description = "Name and roles", body = Me)))]
pub async fn me(staff: Staff<()>) -> Answer {
    answer::ok(staff.office.me(&staff.officer).await?)
}

/// Change one's password
///
/// Every other sign-in of the account is void.
#[utoipa::path(post, path = "/api/v1/me/password", tag = "sign-in", request_body = ChangePassword,
    responses((status = 204, description = "Changed")))]
pub async fn change_password(staff: Staff<Checked<ChangePassword>>) -> Answer {
    staff.office.change_password(&staff.officer, staff.input.value).await?;
    answer::nothing()
}

/// List one's sign-ins by browser
///
/// Those that have not run out, the last used first. Sign-ins by token are not among them.
#[utoipa::path(get, path = "/api/v1/me/sessions", tag = "sign-in",
    responses((status = 200, description = "The sign-ins", body = Vec<SessionView>)))]
pub async fn sessions(staff: Staff<()>) -> Answer {
    answer::ok(staff.office.sessions(&staff.officer).await?)
}

/// End one of one's sign-ins by browser
#[utoipa::path(delete, path = "/api/v1/me/sessions/{id}", tag = "sign-in",
    params(("id" = uuid::Uuid, Path, description = "The sign-in")),
    responses((status = 204, description = "Ended")))]
pub async fn end_session(staff: Staff<()>, request: HttpRequest) -> Answer {
    let id: TokenId = in_path(&request, "id")?;
    staff.office.end_session(&staff.officer, id).await?;
    answer::nothing()
}
