//! Room for so many requests at once and no more. Above that the answer is 503 at once: a queue nobody sees would let
//! everybody wait until they time out.
//!
//! A form or a JSON body is received before its request takes a place. Else whoever sends a few bytes and then nothing
//! would hold one as long as a sender may take, and as many senders as there are places would shut everybody out. What
//! waits takes memory for what has come of it and nothing more; all of it together is bounded like the places
//! themselves. Files are streams and are not waited for: only who is known by then sends any.

use std::pin::Pin;

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::http::Method;
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, web};
use bytes::{Bytes, BytesMut};
use futures_util::stream::{self, Stream, StreamExt};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::body::BodyLimits;
use super::problem::Fault;
use crate::office::failure::Failure;

type BoxedPayloadStream = Pin<Box<dyn Stream<Item = Result<Bytes, PayloadError>>>>;

/// The room, shared by all worker threads.
#[derive(Debug)]
pub(crate) struct Room {
    places: Semaphore,
    /// Bytes of bodies that are on their way.
    arriving: Semaphore,
}

impl Room {
    /// Room for `requests` at work at once, and for the bytes that as many whole bodies have.
    pub(super) fn new(requests: usize, body_bytes: usize) -> Self {
        // A semaphore panics above its own bound, which no machine could serve anyway.
        let bounded = |permits: usize| Semaphore::new(permits.min(Semaphore::MAX_PERMITS));
        Self { places: bounded(requests), arriving: bounded(requests.saturating_mul(body_bytes)) }
    }
}

/// Lets the request in, or answers 503 with `Retry-After`. Needs a [`Room`] and [`BodyLimits`] in the app's data.
///
/// # Errors
/// Only what an inner layer failed with.
pub(crate) async fn admit(
    room: web::Data<Room>,
    limits: web::Data<BodyLimits>,
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse, actix_web::Error> {
    let _bytes = match receive(&room, &limits, &mut request).await {
        Ok(bytes) => bytes,
        Err(fault) => return Ok(request.error_response(fault)),
    };
    // Held until the response is made; sending it to a slow reader takes no room.
    let Ok(_place) = room.places.try_acquire() else {
        return Ok(request.error_response(Fault::from(Failure::Busy)));
    };
    Ok(next.call(request).await?.map_into_boxed_body())
}

/// Waits for the body and puts it back as a whole, with the room that its bytes take meanwhile. What breaks off is put back
/// as far as it came: whoever reads it says so, once it is known who asks.
async fn receive<'room>(
    room: &'room Room,
    limits: &BodyLimits,
    request: &mut ServiceRequest,
) -> Result<Option<SemaphorePermit<'room>>, Fault> {
    if !is_awaited(request, limits.bytes) {
        return Ok(None);
    }
    let mut arriving = Arriving { came: BytesMut::new(), taken: None, broken: None };
    let mut payload = request.take_payload();
    let whole = arriving.gather(room, limits.bytes, &mut payload);
    tokio::time::timeout(limits.time, whole).await.map_err(|_elapsed| Fault::TooSlow)??;
    let Arriving { came, taken, broken } = arriving;
    let stream: BoxedPayloadStream = Box::pin(stream::iter([Ok(came.freeze())].into_iter().chain(broken.map(Err))));
    request.set_payload(Payload::from(stream));
    Ok(taken)
}

/// A body on its way.
struct Arriving<'room> {
    came: BytesMut,
    taken: Option<SemaphorePermit<'room>>,
    broken: Option<PayloadError>,
}

impl<'room> Arriving<'room> {
    /// Takes what comes until it ends, breaks off or is longer than any body may be.
    async fn gather(&mut self, room: &'room Room, most: usize, payload: &mut Payload) -> Result<(), Fault> {
        while let Some(piece) = payload.next().await {
            let piece = match piece {
                Ok(piece) => piece,
                Err(error) => {
                    self.broken = Some(error);
                    return Ok(());
                }
            };
            let length = u32::try_from(piece.len()).unwrap_or(u32::MAX);
            let more = room.arriving.try_acquire_many(length).map_err(|_full| Fault::from(Failure::Busy))?;
            match &mut self.taken {
                Some(taken) => taken.merge(more),
                None => self.taken = Some(more),
            }
            self.came.extend_from_slice(&piece);
            if self.came.len() > most {
                self.broken = Some(PayloadError::Overflow);
                return Ok(());
            }
        }
        Ok(())
    }
}

/// Whether it is a form or JSON, as it is and no longer than a body may be: what says otherwise is refused unread.
fn is_awaited(request: &ServiceRequest, most: usize) -> bool {
    let headers = request.headers();
    let told = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    let plain = headers.get(CONTENT_ENCODING).is_none_or(|encoding| encoding == "identity");
    // Pieces of files are patched, whatever their sender calls them; of all else only administrators patch anything.
    !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS | Method::PATCH)
        && matches!(request.content_type(), "application/json" | "application/x-www-form-urlencoded")
        && plain
        && told.is_none_or(|length| (1..=most).contains(&length))
}
