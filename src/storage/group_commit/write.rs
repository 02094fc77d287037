//! One write that waits for its turn at the writer of SQLite: run with others, run alone, or not at all.

use super::super::conn::{Conn, Purpose};
use super::super::db::transaction;
use super::super::error::{Repeatable, StoreError};
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use tokio::sync::oneshot;

/// One who waits to write.
pub(super) trait Waiting: Send {
    /// Whether anybody still wants to know; nothing is begun for those who have gone away.
    fn is_awaited(&self) -> bool;
    /// Runs it in the transaction that is open, and remembers what came of it.
    fn run(&mut self, conn: &mut Conn) -> Ran;
    /// Runs it again, in a transaction of its own; whoever panicked has had their turn.
    fn run_alone(&mut self, conn: &mut Conn);
    /// It came to nothing.
    fn fail(&mut self, error: StoreError);
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

/// A closure that waits for its turn, and who wants to know what came of it.
pub(super) struct Write<T, E, B> {
    body: B,
    done: Done<T, E>,
    to: oneshot::Sender<(B, Done<T, E>)>,
}

impl<T, E: From<StoreError>, B> Write<T, E, B> {
    /// The closure comes back with its answer, so that it can be sent again.
    pub(super) fn new(body: B) -> (Self, oneshot::Receiver<(B, Done<T, E>)>) {
        let (to, answer) = oneshot::channel();
        (Self { body, done: Ok(Err(E::from(StoreError::Busy))), to }, answer)
    }
}

impl<T, E, B> Waiting for Write<T, E, B>
where
    T: Send,
    E: Repeatable + Send,
    B: Fn(&mut Conn) -> Result<T, E> + Send,
{
    fn is_awaited(&self) -> bool {
        !self.to.is_closed()
    }

    fn run(&mut self, conn: &mut Conn) -> Ran {
        self.done = catch_unwind(AssertUnwindSafe(|| (self.body)(conn)));
        match self.done {
            Ok(Ok(_)) => Ran::Kept,
            Ok(Err(_)) => Ran::Undone,
            Err(_) => Ran::Panicked,
        }
    }

    fn run_alone(&mut self, conn: &mut Conn) {
        if self.done.is_ok() {
            let alone = || transaction(conn, Purpose::Write, |conn| (self.body)(conn));
            self.done = catch_unwind(AssertUnwindSafe(alone));
        }
    }

    fn fail(&mut self, error: StoreError) {
        if self.done.is_ok() {
            self.done = Ok(Err(E::from(error)));
        }
    }

    fn answer(self: Box<Self>) {
        // Whoever does not wait for it any more has written all the same.
        let _gone = self.to.send((self.body, self.done));
    }
}
