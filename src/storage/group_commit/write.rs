//! One write that waits for its turn at the writer of SQLite: run with others, run alone, or not at all.

use super::super::conn::{Conn, Purpose};
use super::super::db::transaction;
use super::super::error::{Repeatable, StoreError};
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::oneshot;

/// One who waits to write.
pub(super) trait Waiting: Send {
    /// Whether they were still waiting: from now on it is their turn. Asked once.
    fn takes_turn(&self) -> bool;
    /// Runs it in the transaction that is open, and remembers what came of it.
    fn run(&mut self, conn: &mut Conn) -> Ran;
    /// Runs it again, in a transaction of its own; whoever panicked has had their turn.
    /// Gives whether it was kept.
    fn run_alone(&mut self, conn: &mut Conn) -> bool;
    /// It came to nothing, whatever it said while it ran.
    fn fail(&mut self, error: StoreError);
    /// It came to nothing, and nobody else was there: what it said itself is why.
    fn fail_by_itself(&mut self, error: StoreError);
    /// Tells them what came of it.
    fn answer(self: Box<Self>);
}

/// What is to become of what one has written.
pub(super) enum Ran {
    Kept,
    Undone,
    Panicked,
}

/// What came of it: what the closure gave, or its panic.
pub(super) type Done<T, E> = Result<Result<T, E>, Box<dyn Any + Send>>;

/// What is to be written. On the heap, as all that is large: a handler's future is passed through every layer of the server.
pub(super) type Body<T, E> = Box<dyn Fn(&mut Conn) -> Result<T, E> + Send>;

/// A place in the line, seen from both sides: whoever waits may leave it, and whoever is at work on the line may take them
/// from it, whichever is first.
#[derive(Clone, Default)]
pub(super) struct Place(Arc<AtomicBool>);

impl Place {
    /// Whether it was still held: to whoever asks first, it was.
    pub(super) fn give_up(&self) -> bool {
        !self.0.swap(true, Ordering::AcqRel)
    }
}

/// A closure that waits for its turn, and who wants to know what came of it.
pub(super) struct Write<T, E> {
    pub(super) body: Body<T, E>,
    pub(super) done: Done<T, E>,
    has_said_why: bool,
    place: Place,
    to: Option<oneshot::Sender<Box<Self>>>,
}

impl<T, E: From<StoreError>> Write<T, E> {
    /// It comes back with its answer, and can be sent again.
    pub(super) fn new(body: Body<T, E>) -> (Box<Self>, Place, oneshot::Receiver<Box<Self>>) {
        let (to, answer) = oneshot::channel();
        let place = Place::default();
        let done = Ok(Err(E::from(StoreError::Busy)));
        (Box::new(Self { body, done, has_said_why: false, place: place.clone(), to: Some(to) }), place, answer)
    }
}

impl<T: Send, E: Repeatable + Send> Waiting for Write<T, E> {
    fn takes_turn(&self) -> bool {
        self.place.give_up()
    }

    fn run(&mut self, conn: &mut Conn) -> Ran {
        self.done = catch_unwind(AssertUnwindSafe(|| (self.body)(conn)));
        match self.done {
            Ok(Ok(_)) => Ran::Kept,
            Ok(Err(_)) => {
                self.has_said_why = true;
                Ran::Undone
            }
            Err(_) => Ran::Panicked,
        }
    }

    fn run_alone(&mut self, conn: &mut Conn) -> bool {
        if self.done.is_ok() {
            let alone = || transaction(conn, Purpose::Write, |conn| (self.body)(conn));
            self.done = catch_unwind(AssertUnwindSafe(alone));
        }
        matches!(self.done, Ok(Ok(_)))
    }

    fn fail(&mut self, error: StoreError) {
        if self.done.is_ok() {
            self.done = Ok(Err(E::from(error)));
        }
    }

    fn fail_by_itself(&mut self, error: StoreError) {
        if !self.has_said_why || matches!(error, StoreError::Unavailable) {
            self.fail(error);
        }
    }

    fn answer(mut self: Box<Self>) {
        if let Some(to) = self.to.take() {
            // Whoever does not wait for it any more has written all the same.
            let _gone = to.send(self);
        }
    }
}
