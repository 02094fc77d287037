//! Group commit: small writes that many send at once go into one transaction of SQLite, and one wait for the disk serves them all.
//!
//! SQLite has one writer, and a good part of a small write is waiting until the disk says that it has it. Each of a group runs within
//! a savepoint, so that what fails is undone for it alone, and each is answered after the commit, never before. Where the whole
//! comes to nothing, each is tried by itself: what happens to one is what would have happened without the others.

mod write;

use super::conn::{Conn, Purpose};
use super::db::{REPEATS, checkout_until, pause_before};
use super::error::{Repeatable, StoreError};
use super::open::Opener;
use diesel::r2d2::{Pool, PooledConnection};
use parking_lot::{FairMutex, FairMutexGuard};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use write::{Body, Ran, Waiting, Write};

/// No more than so many in one transaction,
const MOST: usize = 64;
/// and nobody joins one that has lasted so long: those who ran first wait for the last.
const LONGEST: Duration = Duration::from_millis(20);

/// The one writer of SQLite, and those who wait for it.
pub(super) struct GroupCommit {
    turns: Arc<Turns>,
    /// Taken only when it ends.
    line: Option<mpsc::Sender<Box<dyn Waiting>>>,
    leader: Option<JoinHandle<()>>,
}

/// Whose turn it is at the writer.
struct Turns {
    writer: Pool<Opener>,
    /// How long anybody waits for theirs.
    patience: Duration,
    /// In the order in which they came: without it whoever just had the writer would have it again.
    turn: FairMutex<()>,
}

/// The writer, as long as it is one's turn.
pub(super) struct Turn<'a> {
    /// Goes back before the turn does.
    conn: PooledConnection<Opener>,
    _turn: FairMutexGuard<'a, ()>,
}

impl Turn<'_> {
    pub(super) fn conn(&mut self) -> &mut Conn {
        &mut self.conn
    }
}

impl Turns {
    /// Why one's turn has not come: whoever has it writes, or waits for a writer that cannot be opened.
    fn why_not(&self) -> StoreError {
        if self.writer.state().connections > 0 { StoreError::Busy } else { StoreError::Unavailable }
    }

    /// One's turn at the writer, and the writer.
    fn next(&self) -> Result<Turn<'_>, StoreError> {
        let until = Instant::now() + self.patience;
        let turn = self.turn.try_lock_until(until).ok_or_else(|| self.why_not())?;
        // Opening one takes a moment, however late one's turn came.
        let until = until.max(Instant::now() + self.patience / 4);
        Ok(Turn { conn: checkout_until(&self.writer, until)?, _turn: turn })
    }
}

impl GroupCommit {
    /// Begins a thread that is at work on the line until all who could stand in it are gone.
    ///
    /// # Errors
    /// [`StoreError::Broken`] where the system has no thread to give.
    pub(super) fn new(writer: Pool<Opener>, patience: Duration) -> Result<Self, StoreError> {
        let turns = Arc::new(Turns { writer, patience, turn: FairMutex::new(()) });
        let (line, waiting) = mpsc::channel();
        let leader = Leader { turns: Arc::clone(&turns), waiting };
        let thread = std::thread::Builder::new().name("group commit".to_owned()).spawn(move || leader.work());
        Ok(Self { turns, line: Some(line), leader: Some(thread.map_err(StoreError::broken)?) })
    }

    /// The writer, for somebody who uses it alone.
    ///
    /// # Errors
    /// [`StoreError::Busy`] for whoever waited too long; [`StoreError::Unavailable`].
    pub(super) fn alone(&self) -> Result<Turn<'_>, StoreError> {
        self.turns.next()
    }

    /// Writes with whoever else waits to.
    ///
    /// # Errors
    /// As [`super::db::Db::write_together`].
    pub(super) async fn write<T, E>(&self, mut body: Body<T, E>) -> Result<T, E>
    where
        T: Send + 'static,
        E: Repeatable + Send + 'static,
    {
        let mut repeat = 0;
        loop {
            let (write, place, mut answer) = Write::new(body);
            if self.line.as_ref().is_none_or(|line| line.send(write).is_err()) {
                return Err(E::from(StoreError::Unavailable));
            }
            let answered = match tokio::time::timeout(self.turns.patience, &mut answer).await {
                Ok(answered) => answered,
                Err(_) if place.give_up() => return Err(E::from(self.turns.why_not())),
                // Its turn has come; what becomes of it is worth waiting for.
                Err(_) => answer.await,
            };
            let Ok(write) = answered else { return Err(E::from(StoreError::Unavailable)) };
            match write.done {
                Ok(Err(error)) if error.worth_repeating() && repeat < REPEATS => repeat += 1,
                Ok(done) => return done,
                Err(panic) => resume_unwind(panic),
            }
            body = write.body;
            tokio::time::sleep(pause_before(repeat)).await;
        }
    }
}

impl Drop for GroupCommit {
    /// Whoever lets go of the database finds its file as it was left: the writer is closed, unless somebody's write is still in
    /// the line.
    fn drop(&mut self) {
        drop(self.line.take());
        if let Some(leader) = self.leader.take()
            && leader.thread().id() != std::thread::current().id()
        {
            let _panicked = leader.join();
        }
    }
}

/// Who is at work on the line.
struct Leader {
    turns: Arc<Turns>,
    waiting: mpsc::Receiver<Box<dyn Waiting>>,
}

impl Leader {
    fn work(self) {
        let mut kept_waiting = None;
        while let Some(first) = kept_waiting.take().or_else(|| self.waiting.recv().ok()) {
            // What a closure does is caught where it is run; this is for what is dropped, so that the line outlives it.
            kept_waiting = catch_unwind(AssertUnwindSafe(|| self.begin_with(first))).unwrap_or_default();
        }
    }

    /// A group that begins with this one; gives it back where somebody else had the writer all the time.
    fn begin_with(&self, first: Box<dyn Waiting>) -> Option<Box<dyn Waiting>> {
        let mut group = Vec::new();
        match self.turns.next() {
            Ok(mut turn) => {
                if let Err(error) = self.together(turn.conn(), first, &mut group) {
                    // What is left of the transaction goes with its connection.
                    drop(turn);
                    self.one_by_one(&mut group, error);
                }
            }
            // Whoever has waited too long leaves the line by themselves.
            Err(StoreError::Busy) => return Some(first),
            // What keeps the first from writing keeps all who wait.
            Err(error) => {
                group.extend(std::iter::once(first).chain(self.waiting.try_iter()).filter(|one| one.takes_turn()));
                fail(&mut group, error);
            }
        }
        for one in group {
            one.answer();
        }
        None
    }

    /// One group, into which whoever waits comes until nobody does.
    ///
    /// # Errors
    /// Nothing has been written, neither of those who are in the group nor of anybody else.
    fn together(
        &self,
        conn: &mut Conn,
        first: Box<dyn Waiting>,
        group: &mut Vec<Box<dyn Waiting>>,
    ) -> Result<(), StoreError> {
        let mut next = Some(first);
        let mut begun = None;
        while let Some(one) = next {
            if one.takes_turn() {
                let one = group.push_mut(one);
                if begun.is_none() {
                    conn.begin(Purpose::Write)?;
                }
                let begun = begun.get_or_insert_with(Instant::now);
                // The first has one too: that its savepoint is still there shows that SQLite has not undone the transaction,
                // as it does when the disk is full. What follows would last by itself.
                conn.begin_savepoint()?;
                match one.run(conn) {
                    Ran::Kept => conn.commit()?,
                    Ran::Undone => conn.roll_back()?,
                    Ran::Panicked => return Err(StoreError::Busy),
                }
                if group.len() >= MOST || begun.elapsed() >= LONGEST {
                    break;
                }
            }
            next = self.waiting.try_recv().ok();
        }
        if begun.is_some() { conn.commit() } else { Ok(()) }
    }

    /// Each by itself, where nothing came of them together.
    fn one_by_one(&self, group: &mut [Box<dyn Waiting>], error: StoreError) {
        if let [only] = group {
            return only.fail_by_itself(error);
        }
        let mut left = group.iter_mut();
        let mut turn = None;
        while let Some(one) = left.next() {
            match turn.take().map_or_else(|| self.turns.next(), Ok) {
                // Of a connection on which something went wrong nothing is presumed.
                Ok(mut mine) => turn = one.run_alone(mine.conn()).then_some(mine),
                Err(error) => return fail(std::iter::once(one).chain(left), error),
            }
        }
    }
}

/// The same for all of them.
fn fail<'a>(group: impl IntoIterator<Item = &'a mut Box<dyn Waiting>>, error: StoreError) {
    let unavailable = matches!(error, StoreError::Unavailable);
    let mut first = Some(error);
    for one in group {
        // Only one can have what the database said; for the rest it is enough whether it is away.
        let same = || if unavailable { StoreError::Unavailable } else { StoreError::Busy };
        one.fail(first.take().unwrap_or_else(same));
    }
}
