//! Room for so many requests at once and no more. Above that the answer is 503 at once: a queue nobody sees would let
//! everybody wait until they time out.
//!
//! A form or a JSON body is received before its request takes a place. Else whoever sends a few bytes and then nothing
//! would hold one as long as a sender may take, and as many senders as there are places would shut everybody out. What
//! waits takes memory for what has come of it and nothing more; all of it together is bounded like the places
//! themselves.
//!
//! Files are streams, and their senders hold a place while they send. So whoever takes one asks first who sends it; it must come at
//! some [`pace`]; and those who are no members of staff, of whom everybody who applies is one, have a part of the places for it and no more.

mod pace;

use std::pin::Pin;

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::http::Method;
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest, web};
use bytes::{Bytes, BytesMut};
use futures_util::stream::{self, Stream, StreamExt};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::body::BodyLimits;
use super::problem::Fault;
use crate::office::failure::Failure;
use pace::Paced;

type BoxedPayloadStream = Pin<Box<dyn Stream<Item = Result<Bytes, PayloadError>>>>;

/// Of so many places one is for files that the public sends.
const FOR_FILES_ONE_OF: usize = 4;

/// A form with files that says it is no longer is received like any other form: one without files, which is how most people apply,
/// and one with a short letter. Longer ones are streams. It comes in time even at the slowest [`pace`].
const SHORT_FORM: usize = 64 * 1024;

/// Below these addresses nothing of a body is read before a member of staff is known.
const STAFF: &[&str] = &[
    "/desk/",
    "/supervision/",
    "/admin/",
    "/api/v1/cases/",
    "/api/v1/supervision/",
    "/api/v1/admin/",
    "/api/v1/imports",
];

/// The room, shared by all worker threads.
#[derive(Debug)]
pub(crate) struct Room {
    places: Semaphore,
    /// Places that the public may hold while it sends files.
    for_files: Semaphore,
    /// Bytes of bodies that are on their way.
    arriving: Semaphore,
}

impl Room {
    /// Room for `requests` at work at once, and for the bytes that as many whole bodies have.
    pub(super) fn new(requests: usize, body_bytes: usize) -> Self {
        // A semaphore panics above its own bound, which no machine could serve anyway.
        let bounded = |permits: usize| Semaphore::new(permits.min(Semaphore::MAX_PERMITS));
        Self {
            places: bounded(requests),
            for_files: bounded((requests / FOR_FILES_ONE_OF).max(1)),
            arriving: bounded(requests.saturating_mul(body_bytes)),
        }
    }
}

/// What the room has received of a request: all there will be, so that reading it waits for nobody.
struct Received;

/// Whether the body of this request is here, and not on its way.
pub(crate) fn is_received(request: &HttpRequest) -> bool {
    request.extensions().contains::<Received>()
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
    let _body = match body(&room, &limits, &mut request).await {
        Ok(held) => held,
        Err(fault) => return Ok(request.error_response(fault)),
    };
    // Held until the response is made; sending it to a slow reader takes no room.
    let Ok(_place) = room.places.try_acquire() else {
        return Ok(request.error_response(Fault::from(Failure::Busy)));
    };
    Ok(next.call(request).await?.map_into_boxed_body())
}

/// Receives the body, or sees to it that nobody has to wait for it too long; gives the room that it takes meanwhile.
async fn body<'room>(
    room: &'room Room,
    limits: &BodyLimits,
    request: &mut ServiceRequest,
) -> Result<Option<SemaphorePermit<'room>>, Fault> {
    match Body::of(request, limits.bytes) {
        Body::Awaited => receive(room, limits, request).await,
        Body::Packed => {
            let unread = stream::iter([Err(PayloadError::EncodingCorrupted)]);
            put_back(request, unread);
            Ok(None)
        }
        Body::Stream => {
            let body = request.take_payload();
            if matches!(body, Payload::None) {
                return Ok(None);
            }
            put_back(request, Paced::new(body, limits.time));
            if STAFF.iter().any(|below| request.path().starts_with(below)) {
                return Ok(None);
            }
            room.for_files.try_acquire().map(Some).map_err(|_full| Failure::Busy.into())
        }
    }
}

fn put_back(request: &mut ServiceRequest, body: impl Stream<Item = Result<Bytes, PayloadError>> + 'static) {
    let body: BoxedPayloadStream = Box::pin(body);
    request.set_payload(Payload::from(body));
}

/// Waits for the body and puts it back as a whole, with the room that its bytes take meanwhile. What breaks off is put back
/// as far as it came: whoever reads it says so, once it is known who asks.
async fn receive<'room>(
    room: &'room Room,
    limits: &BodyLimits,
    request: &mut ServiceRequest,
) -> Result<Option<SemaphorePermit<'room>>, Fault> {
    let mut arriving = Arriving { came: BytesMut::new(), taken: None, broken: None };
    let mut payload = request.take_payload();
    let whole = arriving.gather(room, limits.bytes, &mut payload);
    tokio::time::timeout(limits.time, whole).await.map_err(|_elapsed| Fault::TooSlow)??;
    let Arriving { came, taken, broken } = arriving;
    put_back(request, stream::iter([Ok(came.freeze())].into_iter().chain(broken.map(Err))));
    request.extensions_mut().insert(Received);
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

/// What is done with a body before its request is let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Body {
    /// Received first: forms and JSON, as they are and no longer than a body may be.
    Awaited,
    /// A form that was packed. No browser packs one, and unpacking is left out of doors: it is for its reader as if it had broken off.
    Packed,
    /// Not waited for here. It is a file; or its reader refuses it by its headers, as JSON that was packed and what is too long; or nobody
    /// reads it.
    Stream,
}

impl Body {
    fn of(request: &ServiceRequest, most: usize) -> Self {
        let headers = request.headers();
        let told = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
        let plain = headers.get(CONTENT_ENCODING).is_none_or(|encoding| encoding == "identity");
        // Pieces of files are patched, whatever their sender calls them; of all else only administrators patch anything.
        if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS | Method::PATCH) {
            return Self::Stream;
        }
        match (Kind::of(request.content_type()), plain) {
            (Kind::Form, false) => Self::Packed,
            (Kind::Form | Kind::Json, true) if told.is_none_or(|length| length <= most) => Self::Awaited,
            // Nobody unpacks these, whatever they say.
            (Kind::WithFiles, _) if told.is_some_and(|length| length <= most.min(SHORT_FORM)) => Self::Awaited,
            _ => Self::Stream,
        }
    }
}

/// What a body says it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Form,
    Json,
    WithFiles,
    Other,
}

impl Kind {
    /// Media types are the same in capitals (RFC 9110 §8.3.1), and those who read them take them so.
    fn of(content_type: &str) -> Self {
        match content_type.to_ascii_lowercase().as_str() {
            "application/x-www-form-urlencoded" => Self::Form,
            "application/json" => Self::Json,
            other if other.starts_with("multipart/") => Self::WithFiles,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn posted(path: &str, headers: &[(&'static str, &'static str)]) -> Body {
        let request = TestRequest::post().uri(path);
        let request = headers.iter().fold(request, |request, header| request.insert_header(*header));
        Body::of(&request.to_srv_request(), 1 << 20)
    }

    #[test]
    fn forms_and_json_are_received_first_however_their_type_is_written() {
        for kind in [
            "application/json",
            "Application/JSON",
            "application/json; charset=utf-8",
            "application/x-www-form-urlencoded",
            "Application/X-WWW-Form-Urlencoded",
            "application/x-www-form-urlencoded;charset=UTF-8",
            " application/x-www-form-urlencoded ; charset=gbk",
        ] {
            assert_eq!(posted("/sign-in", &[("content-type", kind)]), Body::Awaited, "{kind}");
            assert_eq!(
                posted("/sign-in", &[("content-type", kind), ("content-length", "900")]),
                Body::Awaited,
                "{kind}"
            );
            let long = [("content-type", kind), ("content-length", "2000000")];
            assert_eq!(posted("/sign-in", &long), Body::Stream, "{kind}");
        }
    }

    #[test]
    fn what_is_packed_is_read_by_nobody() {
        let form = ("content-type", "application/x-www-form-urlencoded");
        for encoding in ["gzip", "GZIP", "br", "deflate, gzip", "Identity", "x"] {
            assert_eq!(posted("/sign-in", &[form, ("content-encoding", encoding)]), Body::Packed, "{encoding}");
        }
        assert_eq!(posted("/sign-in", &[form, ("content-encoding", "identity")]), Body::Awaited);
        let json = [("content-type", "application/json"), ("content-encoding", "gzip")];
        assert_eq!(posted("/api/v1/auth/login", &json), Body::Stream);
    }

    #[test]
    fn forms_with_files_are_received_first_where_they_say_that_they_are_short() {
        let form = ("content-type", "Multipart/form-data; boundary=x");
        assert_eq!(posted("/track/files", &[form, ("content-length", "65536")]), Body::Awaited);
        assert_eq!(posted("/track/files", &[form, ("content-length", "65537")]), Body::Stream);
        assert_eq!(posted("/track/files", &[form]), Body::Stream);
    }
}
