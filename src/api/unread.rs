//! A body in pieces, of which nobody knows where it ends. If whoever reads it lets go of it before that, the server waits for
//! the rest, for ever, to use the line again. So it is kept in hand until the answer is sent: the line is then closed.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::error::PayloadError;
use actix_web::http::header::TRANSFER_ENCODING;
use actix_web::{HttpMessage, HttpResponse};
use bytes::Bytes;
use futures_util::Stream;

/// The body of a request, if it comes in pieces.
#[must_use]
pub(crate) struct Unread(Option<Rc<RefCell<Payload>>>);

impl Unread {
    /// Takes hold of it beside whoever is to read it.
    pub(crate) fn of(request: &mut ServiceRequest) -> Self {
        if !request.headers().contains_key(TRANSFER_ENCODING) {
            return Self(None);
        }
        let kept = Rc::new(RefCell::new(request.take_payload()));
        let shared: Pin<Box<dyn Stream<Item = Result<Bytes, PayloadError>>>> = Box::pin(Shared(Rc::clone(&kept)));
        request.set_payload(Payload::from(shared));
        Self(Some(kept))
    }

    /// Lets go of it once the answer was sent.
    pub(crate) fn until_sent(self, mut response: HttpResponse) -> HttpResponse {
        match self.0 {
            None => response,
            Some(kept) => {
                // Whoever packs answers lets go of one that is empty before it is sent: its head holds on as well.
                response.extensions_mut().insert(Kept { _body: Rc::clone(&kept) });
                response.map_body(|_head, body| BoxBody::new(Answer { body, _kept: kept }))
            }
        }
    }
}

/// What its reader has of it.
struct Shared(Rc<RefCell<Payload>>);

impl Stream for Shared {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Pin::new(&mut *self.0.borrow_mut()).poll_next(context)
    }
}

/// What was asked, held by the head of an answer.
struct Kept {
    _body: Rc<RefCell<Payload>>,
}

/// An answer that holds on to what was asked.
struct Answer {
    body: BoxBody,
    _kept: Rc<RefCell<Payload>>,
}

impl MessageBody for Answer {
    type Error = <BoxBody as MessageBody>::Error;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Pin::new(&mut self.get_mut().body).poll_next(context)
    }
}
