//! Supervision orders: issued from above, answered by the agency, closed or sent back.

use actix_web::HttpRequest;

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::in_path;
use super::documented::MayRepeat;
use super::file;
use super::officer::Staff;
use super::query::CheckedQuery;
use super::sent_bytes::SentBytes;
use crate::office::supervision::orders::papers::{PAPER_BYTES, PaperQuery, PaperView};
use crate::office::supervision::orders::{
    NewOrder, OrderAnswer, OrderClosing, OrderPage, OrderQuery, OrderReturn, OrderWithdrawal, WholeOrder,
};

/// List supervision orders
///
/// Those to the agencies one may see, without their words.
#[utoipa::path(get, path = "/api/v1/supervision/orders", tag = "supervision", params(OrderQuery),
    responses((status = 200, description = "The newest first", body = OrderPage)))]
pub async fn list(staff: Staff<CheckedQuery<OrderQuery>>) -> Answer {
    answer::ok(staff.office.orders(&staff.officer, staff.input.0).await?)
}

/// Issue a supervision order
///
/// To an agency at or below one that one supervises, on a case or at large. Sent twice under one `Idempotency-Key` it is issued once.
#[utoipa::path(post, path = "/api/v1/supervision/orders", tag = "supervision", request_body = NewOrder, params(MayRepeat),
    responses((status = 201, description = "The order", body = WholeOrder)))]
pub async fn issue(staff: Staff<Checked<NewOrder>>) -> Answer {
    let Checked { value, key } = staff.input;
    let made = staff.office.issue_order(&staff.officer, value, key).await?;
    answer::created(&format!("/api/v1/supervision/orders/{}", made.order.id), made)
}

/// Read a supervision order
///
/// With every act in it; that it was read is written down.
#[utoipa::path(get, path = "/api/v1/supervision/orders/{id}", tag = "supervision",
    params(("id" = uuid::Uuid, Path, description = "The order's id")),
    responses((status = 200, description = "The order", body = WholeOrder)))]
pub async fn show(staff: Staff<()>, request: HttpRequest) -> Answer {
    answer::ok(staff.office.order(&staff.officer, in_path(&request, "id")?).await?)
}

/// Read a file that proves an answer
///
/// For those who may read the order; that it was opened is written down.
#[utoipa::path(get, path = "/api/v1/supervision/orders/{id}/proofs/{file}", tag = "supervision",
    params(("id" = uuid::Uuid, Path, description = "The order's id"),
        ("file" = uuid::Uuid, Path, description = "The file's id")),
    responses((status = 200, description = "Its bytes", content_type = "application/octet-stream")))]
pub async fn proof(staff: Staff<()>, request: HttpRequest) -> Answer {
    let (order, id) = (in_path(&request, "id")?, in_path(&request, "file")?);
    Ok(file::proof(staff.office.order_proof(&staff.officer, order, id).await?))
}

/// Send a document for the answer to an order
///
/// The body is the file, 20 MB at most; only for an order to an agency at large, while its answer is waited for. The answer names it in
/// `files`; what no answer names is taken away.
#[utoipa::path(post, path = "/api/v1/supervision/orders/{id}/papers", tag = "supervision",
    params(("id" = uuid::Uuid, Path, description = "The order's id"), PaperQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, description = "The document on its way", body = PaperView)))]
pub async fn send_paper(staff: Staff<SentBytes<PaperQuery, PAPER_BYTES>>, request: HttpRequest) -> Answer {
    let SentBytes { query, bytes } = staff.input;
    answer::ok(staff.office.send_order_paper(&staff.officer, in_path(&request, "id")?, query, bytes).await?)
}

/// Answer a supervision order
#[utoipa::path(post, path = "/api/v1/supervision/orders/{id}/answers", tag = "supervision", request_body = OrderAnswer,
    params(("id" = uuid::Uuid, Path, description = "The order's id")),
    responses((status = 200, description = "The order", body = WholeOrder)))]
pub async fn answer(staff: Staff<Checked<OrderAnswer>>, request: HttpRequest) -> Answer {
    let id = in_path(&request, "id")?;
    answer::ok(staff.office.answer_order(&staff.officer, id, staff.input.value).await?)
}

/// Send an answer back
///
/// With what is missing and a new day.
#[utoipa::path(post, path = "/api/v1/supervision/orders/{id}/returns", tag = "supervision", request_body = OrderReturn,
    params(("id" = uuid::Uuid, Path, description = "The order's id")),
    responses((status = 200, description = "The order", body = WholeOrder)))]
pub async fn send_back(staff: Staff<Checked<OrderReturn>>, request: HttpRequest) -> Answer {
    let id = in_path(&request, "id")?;
    answer::ok(staff.office.return_order(&staff.officer, id, staff.input.value).await?)
}

/// Close a supervision order
///
/// Once it is answered; not by whoever answered it.
#[utoipa::path(post, path = "/api/v1/supervision/orders/{id}/closing", tag = "supervision", request_body = OrderClosing,
    params(("id" = uuid::Uuid, Path, description = "The order's id")),
    responses((status = 200, description = "The order", body = WholeOrder)))]
pub async fn close(staff: Staff<Checked<OrderClosing>>, request: HttpRequest) -> Answer {
    let id = in_path(&request, "id")?;
    answer::ok(staff.office.close_order(&staff.officer, id, staff.input.value).await?)
}

/// Take a supervision order back
#[utoipa::path(post, path = "/api/v1/supervision/orders/{id}/withdrawal", tag = "supervision",
    request_body = OrderWithdrawal, params(("id" = uuid::Uuid, Path, description = "The order's id")),
    responses((status = 200, description = "The order", body = WholeOrder)))]
pub async fn withdraw(staff: Staff<Checked<OrderWithdrawal>>, request: HttpRequest) -> Answer {
    let id = in_path(&request, "id")?;
    answer::ok(staff.office.withdraw_order(&staff.officer, id, staff.input.value).await?)
}
