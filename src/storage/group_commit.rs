//! Group commit: whoever waits to write to SQLite goes into one transaction, and one wait for the disk serves them all.
//!
//! SQLite has one writer, and the longest part of a small write is the disk saying that it has it. Each of a group runs within
//! a savepoint, so that what fails is undone for it alone, and each is answered after the commit, never before. Where the whole
//! comes to nothing, each is tried by itself: what happens to one is what would have happened without the others.

mod write;

use super::conn::{Conn, Purpose};
use super::db::{REPEATS, checkout, pause_before};
use super::error::{Repeatable, StoreError};
use super::open::Opener;
use diesel::r2d2::{Pool, PooledConnection};
use parking_lot::{FairMutex, FairMutexGuard, Mutex};
use std::collections::VecDeque;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::time::{Duration, Instant};
use write::{Ran, Waiting, Write};

/// No more than so many in one transaction,
const MOST: usize = 64;
/// and nobody joins one that has lasted so long: those who ran first wait for the last.
const LONGEST: Duration = Duration::from_millis(20);

/// The one writer of SQLite, and those who wait for it.
pub(super) struct GroupCommit {
    writer: Pool<Opener>,
    /// How long anybody waits for their turn.
    patience: Duration,
    /// Whose turn it is, in the order in which they came: without it whoever just had the writer would have it again.
    turn: FairMutex<()>,
    line: Mutex<Line>,
}

#[derive(Default)]
struct Line {
    waiting: VecDeque<(u64, Box<dyn Waiting>)>,
    next: u64,
    /// Whether somebody is at work on it.
    led: bool,
}

impl GroupCommit {
    pub(super) fn new(writer: Pool<Opener>, patience: Duration) -> Self {
        Self { writer, patience, turn: FairMutex::new(()), line: Mutex::default() }
    }

    /// The writer, for somebody who uses it alone.
    ///
    /// # Errors
    /// [`StoreError::Busy`] for whoever waited too long; [`StoreError::Unavailable`].
    pub(super) fn alone(&self) -> Result<Alone<'_>, StoreError> {
        let turn = self.turn.try_lock_for(self.patience).ok_or(StoreError::Busy)?;
        Ok(Alone { conn: checkout(&self.writer)?, _turn: turn })
    }

    /// Writes with whoever else waits to.
    ///
    /// # Errors
    /// As [`super::db::Db::write`].
    pub(super) async fn write<T, E, B>(self: &Arc<Self>, mut body: B) -> Result<T, E>
    where
        T: Send + 'static,
        E: Repeatable + Send + 'static,
        B: Fn(&mut Conn) -> Result<T, E> + Send + 'static,
    {
        let mut repeat = 0;
        loop {
            let (write, mut answer) = Write::new(body);
            let number = self.join(Box::new(write));
            let answered = match tokio::time::timeout(self.patience, &mut answer).await {
                Ok(answered) => answered,
                Err(_) if self.leave(number) => return Err(E::from(StoreError::Busy)),
                // Its turn has come; what becomes of it is worth waiting for.
                Err(_) => answer.await,
            };
            // The runtime is shutting down and never began the work.
            let Ok((again, done)) = answered else { return Err(E::from(StoreError::Unavailable)) };
            match done {
                Ok(Err(error)) if error.worth_repeating() && repeat < REPEATS => repeat += 1,
                Ok(done) => return done,
                Err(panic) => resume_unwind(panic),
            }
            body = again;
            tokio::time::sleep(pause_before(repeat)).await;
        }
    }

    /// Waits in line, and has somebody go to work on it if nobody does; gives the number under which to leave it.
    fn join(self: &Arc<Self>, one: Box<dyn Waiting>) -> u64 {
        let mut line = self.line.lock();
        let number = line.next;
        line.next = line.next.wrapping_add(1);
        line.waiting.push_back((number, one));
        if !line.led {
            line.led = true;
            let leader = Leader { of: Arc::clone(self), at_work: true };
            tokio::task::spawn_blocking(move || leader.work());
        }
        number
    }

    /// Whether they were still waiting.
    fn leave(&self, number: u64) -> bool {
        let waiting = &mut self.line.lock().waiting;
        let place = waiting.iter().position(|(one, _)| *one == number);
        place.and_then(|place| waiting.remove(place)).is_some()
    }

    fn next(&self) -> Option<Box<dyn Waiting>> {
        let mut line = self.line.lock();
        std::iter::from_fn(|| line.waiting.pop_front()).map(|(_, one)| one).find(|one| one.is_awaited())
    }

    /// One group, into which whoever waits comes until nobody does.
    ///
    /// # Errors
    /// Nothing has been written, neither of those who are in the group nor of anybody else.
    fn together(&self, conn: &mut Conn, group: &mut Vec<Box<dyn Waiting>>) -> Result<(), StoreError> {
        let Some(first) = self.next() else { return Ok(()) };
        let first = in_group(group, first);
        conn.begin(Purpose::Write)?;
        let begun = Instant::now();
        // The first needs no savepoint: what it has written is all there is.
        match first.run(conn) {
            Ran::Kept => {}
            Ran::Undone => {
                return match conn.roll_back() {
                    Err(StoreError::Unavailable) => Err(StoreError::Unavailable),
                    Ok(()) | Err(_) => Ok(()),
                };
            }
            Ran::Panicked => return Err(StoreError::Busy),
        }
        while group.len() < MOST
            && begun.elapsed() < LONGEST
            && let Some(one) = self.next()
        {
            let one = in_group(group, one);
            conn.begin_savepoint()?;
            match one.run(conn) {
                Ran::Kept => conn.commit()?,
                // A full disk has SQLite undo the whole transaction, so that there is no savepoint to go back to.
                Ran::Undone => conn.roll_back()?,
                Ran::Panicked => return Err(StoreError::Busy),
            }
        }
        conn.commit()
    }
}

fn in_group(group: &mut Vec<Box<dyn Waiting>>, one: Box<dyn Waiting>) -> &mut dyn Waiting {
    group.push_mut(one).as_mut()
}

/// The writer, as long as it is one's turn.
pub(super) struct Alone<'a> {
    /// Goes back before the turn does.
    conn: PooledConnection<Opener>,
    _turn: FairMutexGuard<'a, ()>,
}

impl Alone<'_> {
    pub(super) fn conn(&mut self) -> &mut Conn {
        &mut self.conn
    }
}

/// Whoever is at work on the line, until it is empty.
struct Leader {
    of: Arc<GroupCommit>,
    at_work: bool,
}

impl Leader {
    fn work(mut self) {
        while self.has_somebody() {
            let mut group = Vec::new();
            match self.of.alone() {
                Ok(mut writer) => {
                    if let Err(error) = self.of.together(writer.conn(), &mut group) {
                        // What is left of the transaction goes with its connection.
                        drop(writer);
                        self.one_by_one(&mut group, error);
                    }
                }
                // Somebody else has been writing all the time; who has waited too long has left by now.
                Err(StoreError::Busy) => {}
                Err(error) => {
                    group.extend(self.of.next());
                    self.one_by_one(&mut group, error);
                }
            }
            group.into_iter().for_each(|one| one.answer());
        }
        self.at_work = false;
    }

    /// Each by itself, where nothing came of them together.
    fn one_by_one(&self, group: &mut [Box<dyn Waiting>], error: StoreError) {
        if let [only] = group {
            return only.fail(error);
        }
        for one in group {
            match self.of.alone() {
                Ok(mut writer) => one.run_alone(writer.conn()),
                Err(error) => one.fail(error),
            }
        }
    }

    /// Whether somebody waits; if not, the next to come will need another leader.
    fn has_somebody(&self) -> bool {
        let mut line = self.of.line.lock();
        line.led = !line.waiting.is_empty();
        line.led
    }
}

impl Drop for Leader {
    /// The runtime shuts down and never began the work: whoever waits learns that nothing will come of it.
    fn drop(&mut self) {
        if self.at_work {
            let mut line = self.of.line.lock();
            line.led = false;
            line.waiting.clear();
        }
    }
}
