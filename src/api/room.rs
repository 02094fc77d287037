//! Room for so many requests at once and no more. Above that the answer is 503 at once: a queue nobody sees would let
//! everybody wait until they time out.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::web;
use tokio::sync::Semaphore;

use super::problem::Fault;
use crate::office::failure::Failure;

/// The room, shared by all worker threads.
#[derive(Debug)]
pub(crate) struct Room(Semaphore);

impl Room {
    /// Room for `requests` at work at once.
    pub(super) fn new(requests: usize) -> Self {
        // The semaphore panics above its own bound, which no machine could serve anyway.
        Self(Semaphore::new(requests.min(Semaphore::MAX_PERMITS)))
    }
}

/// Lets the request in, or answers 503 with `Retry-After`. Needs a [`Room`] in the app's data.
///
/// # Errors
/// Only what an inner layer failed with.
pub(crate) async fn admit(
    room: web::Data<Room>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse, actix_web::Error> {
    // Held until the response is made; sending it to a slow reader takes no room.
    let Ok(_place) = room.0.try_acquire() else {
        return Ok(request.error_response(Fault::from(Failure::Busy)));
    };
    Ok(next.call(request).await?.map_into_boxed_body())
}
