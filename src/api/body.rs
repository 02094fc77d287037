//! JSON bodies: read, checked against the schema the OpenAPI document shows, and only then made into a value.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header::CONTENT_ENCODING;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use serde::de::DeserializeOwned;
use serde_json::Value;
use utoipa::ToSchema;

use super::contract::Contract;
use super::idempotency;
use super::json;
use super::problem::Fault;
use crate::office::failure::Failure;
use crate::office::idempotency::IdempotencyKey;

/// How large a body may be and how long it may take to arrive; in the app's data.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BodyLimits {
    /// Bytes.
    pub bytes: usize,
    /// From the first byte asked for to the last. The server's own timeout ends with the headers, and a body that never
    /// ends would hold a place in the room.
    pub time: Duration,
}

/// A body that fits its schema, and the idempotency key it came under.
#[derive(Debug)]
pub struct Checked<T> {
    /// The body.
    pub value: T,
    /// The `Idempotency-Key`, bound to this very request.
    pub key: Option<IdempotencyKey>,
}

impl<T: DeserializeOwned + ToSchema + 'static> FromRequest for Checked<T> {
    type Error = Fault;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Fault>>>>;

    /// # Errors
    /// [`Fault::WrongMediaType`], [`Fault::TooLarge`], [`Fault::TooSlow`], [`Fault::Unreadable`]; [`Failure::Invalid`] with every field that
    /// does not fit; [`Failure::Broken`] when the type is not in the document.
    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = received(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let body = body.await?;
            let contract = data::<Contract>(&request)?;
            let key = idempotency::key(&request, &body);
            let value = contract.body(body)?;
            Ok(Self { value, key: key? })
        })
    }
}

/// A body of which only the address says what it must be.
#[derive(Debug)]
pub struct Unread(pub Value);

impl FromRequest for Unread {
    type Error = Fault;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Fault>>>>;

    /// # Errors
    /// As of [`Checked`], but for what the contract says.
    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = received(request, payload);
        Box::pin(async move { body.await.map(Self) })
    }
}

/// The body as it came: whole, in time, and JSON that means one thing.
fn received(request: &HttpRequest, payload: &mut Payload) -> impl Future<Output = Result<Value, Fault>> + use<> {
    let bytes = web::Bytes::from_request(request, payload);
    let request = request.clone();
    async move {
        is_json(&request)?;
        let limits = data::<BodyLimits>(&request)?;
        let bytes = tokio::time::timeout(limits.time, bytes)
            .await
            .map_err(|_elapsed| Fault::TooSlow)?
            .map_err(|error| unreceived(&error, &limits))?;
        json::read(&bytes)
    }
}

/// Something put into the app's data at start.
pub(crate) fn data<T: 'static>(request: &HttpRequest) -> Result<web::Data<T>, Failure> {
    request
        .app_data::<web::Data<T>>()
        .cloned()
        .ok_or_else(|| Failure::broken(format!("{} is not in the app's data", std::any::type_name::<T>())))
}

fn is_json(request: &HttpRequest) -> Result<(), Fault> {
    let utf8 = match request.mime_type() {
        Ok(Some(mime)) => mime.get_param("charset").is_none_or(|charset| charset == "utf-8"),
        Ok(None) | Err(_) => false,
    };
    // A compressed body could grow past any limit while it is unpacked; 1 MiB needs no compression.
    let plain = request.headers().get(CONTENT_ENCODING).is_none_or(|encoding| encoding == "identity");
    if utf8 && plain && request.content_type().eq_ignore_ascii_case("application/json") {
        Ok(())
    } else {
        Err(Fault::WrongMediaType)
    }
}

fn unreceived(error: &actix_web::Error, limits: &BodyLimits) -> Fault {
    match error.as_error::<PayloadError>() {
        Some(PayloadError::Overflow) => Fault::TooLarge { limit: limits.bytes },
        _ => Fault::Unreadable {
            zh: "没有收到完整的内容。".to_owned(),
            en: "The body did not arrive completely.".to_owned(),
        },
    }
}
