//! A file that is the body of a request, with what its query says of it: for what is small enough to be held at once.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::web::{self, Bytes, BytesMut};
use actix_web::{FromRequest, HttpRequest};
use futures_util::StreamExt;
use serde::de::DeserializeOwned;

use super::body::{BodyLimits, data};
use super::problem::Fault;
use super::query::CheckedQuery;
use crate::office::failure::Failure;

/// The bytes, `LIMIT` at most, and the query.
pub struct SentBytes<Q, const LIMIT: usize> {
    /// What the query says.
    pub query: Q,
    /// The body.
    pub bytes: Bytes,
}

impl<Q: DeserializeOwned + 'static, const LIMIT: usize> FromRequest for SentBytes<Q, LIMIT> {
    type Error = Fault;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Fault>>>>;

    /// # Errors
    /// As of [`CheckedQuery`]; [`Fault::TooLarge`], [`Fault::TooSlow`], [`Fault::Unreadable`].
    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let query = CheckedQuery::<Q>::from_request(request, payload).into_inner();
        let body = web::Payload::from_request(request, payload).into_inner();
        let limits = data::<BodyLimits>(request);
        Box::pin(async move {
            let (query, limits) = (query?.0, limits?);
            let body = body.map_err(|fault| Failure::broken(fault.to_string()))?;
            let bytes =
                tokio::time::timeout(limits.time, whole(body, LIMIT)).await.map_err(|_elapsed| Fault::TooSlow)??;
            Ok(Self { query, bytes })
        })
    }
}

async fn whole(mut body: web::Payload, limit: usize) -> Result<Bytes, Fault> {
    let mut bytes = BytesMut::new();
    while let Some(piece) = body.next().await {
        let piece = piece.map_err(|_broken| Fault::Unreadable {
            zh: "没有收到完整的文件。".to_owned(),
            en: "The file did not arrive completely.".to_owned(),
        })?;
        if bytes.len().saturating_add(piece.len()) > limit {
            return Err(Fault::TooLarge { limit });
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes.freeze())
}
