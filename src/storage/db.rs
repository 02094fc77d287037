//! The one door to the database.
//!
//! Every transaction of the process begins and ends here, so how long to wait, when to try again and
//! which kind of transaction to open is decided once. The closures run on the blocking pool, or on the
//! thread that commits for many (`group_commit.rs`); they must not open the door a second time from
//! inside (SQLite has one writer, and it would wait for itself).

use super::conn::{Backend, Conn, Purpose};
use super::error::{Repeatable, StoreError};
use super::group_commit::GroupCommit;
use super::migrations;
use super::open::{Opener, Target};
use diesel::r2d2::{self, ManageConnection, Pool, PooledConnection};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// How many connections there are and how long anyone waits.
#[derive(Debug, Clone)]
pub struct DbOptions {
    /// Readers of SQLite, beside its one writer.
    pub sqlite_readers: u32,
    /// Connections to PostgreSQL, for reading and writing.
    pub postgres_connections: u32,
    /// How long to wait for a free or a fresh connection.
    pub checkout_timeout: Duration,
    /// How long SQLite waits for a lock that another process holds.
    pub busy_timeout: Duration,
}

impl Default for DbOptions {
    fn default() -> Self {
        Self {
            sqlite_readers: 4,
            postgres_connections: 16,
            checkout_timeout: Duration::from_secs(3),
            busy_timeout: Duration::from_secs(5),
        }
    }
}

/// How often a write is repeated when another transaction was in the way.
pub(super) const REPEATS: u32 = 5;

/// The database. Cheap to clone; all clones share the same connections.
#[derive(Clone)]
pub struct Db {
    backend: Backend,
    readers: Pool<Opener>,
    writers: Writers,
}

/// Who writes.
#[derive(Clone)]
enum Writers {
    /// SQLite: one, for whom all others wait.
    One(Arc<GroupCommit>),
    /// PostgreSQL: those who read as well.
    Many(Pool<Opener>),
}

impl Db {
    /// Opens `sqlite://path` (makes the file and its folder) or `postgres://…` (connects when first
    /// used, so that an instance can start before its server).
    ///
    /// # Errors
    /// [`StoreError::Broken`] for any other URL, and for a SQLite file that cannot be opened.
    pub fn open(url: &str, options: &DbOptions) -> Result<Self, StoreError> {
        let target = Target::parse(url)?;
        let backend = target.backend();
        let writer = Opener::new(target.clone(), false, options);
        let (readers, writers) = match backend {
            Backend::Sqlite => {
                // A pool would only say "no connection"; the first opening tells the real reason.
                drop(writer.connect().map_err(StoreError::broken)?);
                let reader = Opener::new(target, true, options);
                let writer = GroupCommit::new(pool(writer, 1, options), options.checkout_timeout)?;
                (pool(reader, options.sqlite_readers, options), Writers::One(Arc::new(writer)))
            }
            Backend::Postgres => {
                let shared = pool(writer, options.postgres_connections, options);
                (shared.clone(), Writers::Many(shared))
            }
        };
        Ok(Self { backend, readers, writers })
    }

    /// Which database this is.
    #[must_use]
    pub const fn backend(&self) -> Backend {
        self.backend
    }

    /// Names of the migrations this program brings and the database has not seen, oldest first.
    ///
    /// # Errors
    /// [`StoreError::Broken`] when the database has seen migrations this program does not know: it was
    /// written by a newer release. [`StoreError::Unavailable`] and [`StoreError::Busy`] as everywhere.
    pub fn pending_migrations(&self) -> Result<Vec<String>, StoreError> {
        self.writing(|conn| transaction(conn, Purpose::Write, migrations::pending))
    }

    /// Runs what is pending, all or nothing; `progress` hears each name before it runs. Instances that
    /// start at the same moment wait for one another. Returns the names that were run.
    ///
    /// # Errors
    /// As [`Db::pending_migrations`]; [`StoreError::Broken`] also when a migration fails.
    pub fn migrate(&self, progress: &mut dyn FnMut(&str)) -> Result<Vec<String>, StoreError> {
        self.writing(|conn| transaction(conn, Purpose::Write, |conn| migrations::run(conn, progress)))
    }

    /// Undoes every migration, newest first: for rehearsing them, never for a database in use.
    ///
    /// # Errors
    /// [`StoreError::Broken`] when a migration cannot be undone.
    pub fn undo_migrations(&self) -> Result<Vec<String>, StoreError> {
        self.writing(|conn| transaction(conn, Purpose::Write, migrations::undo_all))
    }

    /// Reads in one snapshot, on the blocking pool.
    ///
    /// # Errors
    /// Whatever `body` gives; [`StoreError::Busy`] or [`StoreError::Unavailable`] when there is no
    /// connection.
    pub async fn read<T, E>(&self, body: impl FnOnce(&mut Conn) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let db = self.clone();
        off_the_reactor(move || db.read_now(body)).await
    }

    /// Writes in one transaction, on the blocking pool.
    ///
    /// `body` may run several times and must have no effect outside the database: mail goes through
    /// outbox rows written here, files are durable before their row.
    ///
    /// # Errors
    /// Whatever `body` gives, after undoing its writes; [`StoreError::Busy`] when other transactions
    /// were still in the way after five repeats; [`StoreError::Unavailable`] when the database is away.
    pub async fn write<T, E>(&self, body: impl Fn(&mut Conn) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: Repeatable + Send + 'static,
    {
        let db = self.clone();
        off_the_reactor(move || db.write_now(body)).await
    }

    /// Writes as [`Db::write`] does; on SQLite, in one transaction with whoever else writes so at that moment, and all are
    /// answered when it lasts. For what is small and what many do at once: those who ran first wait for the last.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub async fn write_together<T, E>(&self, body: impl Fn(&mut Conn) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: Repeatable + Send + 'static,
    {
        match &self.writers {
            Writers::One(writer) => writer.write(Box::new(body)).await,
            Writers::Many(_) => self.write(body).await,
        }
    }

    /// [`Db::read`] on the calling thread, for the command line and tests.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub fn read_now<T, E: From<StoreError>>(&self, body: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E> {
        transaction(&mut *checkout(&self.readers)?, Purpose::Read, body)
    }

    /// [`Db::write`] on the calling thread, for the command line and tests.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub fn write_now<T, E: Repeatable>(&self, body: impl Fn(&mut Conn) -> Result<T, E>) -> Result<T, E> {
        self.writing(|conn| {
            let mut repeat = 0;
            loop {
                match transaction(conn, Purpose::Write, &body) {
                    Err(error) if error.worth_repeating() && repeat < REPEATS => {
                        repeat += 1;
                        std::thread::sleep(pause_before(repeat));
                    }
                    done => return done,
                }
            }
        })
    }

    /// Gives a connection that can write to somebody who uses it alone.
    fn writing<T, E: From<StoreError>>(&self, body: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E> {
        match &self.writers {
            Writers::One(writer) => body(writer.alone()?.conn()),
            Writers::Many(pool) => body(&mut *checkout(pool)?),
        }
    }
}

impl Db {
    /// Lets SQLite take up its log, so that pages as they were before are nowhere any more; `secure_delete` has wiped those in
    /// the file itself. A file that was written by a build before decision 028 loses the samples of rows, too, that the
    /// planner took then. What PostgreSQL keeps of deleted rows goes with its next VACUUM, which is not this program's to order.
    ///
    /// # Errors
    /// [`StoreError::Busy`], [`StoreError::Unavailable`]. While others read, the log is taken up in part.
    pub fn forget_old_pages(&self) -> Result<(), StoreError> {
        match self.backend {
            Backend::Sqlite => self.writing(wipe),
            Backend::Postgres => Ok(()),
        }
    }
}

fn wipe(conn: &mut Conn) -> Result<(), StoreError> {
    use diesel::connection::SimpleConnection;
    // Of no use to this build, which reads none; words of texts are among them.
    let samples = "SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_stat4'";
    let samples = diesel::select(diesel::dsl::sql::<diesel::sql_types::BigInt>(&format!("({samples})")));
    if diesel::RunQueryDsl::get_result::<i64>(samples, conn)? > 0 {
        conn.batch_execute("DELETE FROM sqlite_stat4")?;
    }
    Ok(conn.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)")?)
}

fn pool(opener: Opener, size: u32, options: &DbOptions) -> Pool<Opener> {
    Pool::builder()
        .max_size(size)
        .min_idle(Some(0))
        .connection_timeout(options.checkout_timeout)
        .error_handler(Box::new(ToLog))
        .build_unchecked(opener)
}

fn checkout(pool: &Pool<Opener>) -> Result<PooledConnection<Opener>, StoreError> {
    pool.get().map_err(|_reason_is_logged| no_connection(pool))
}

/// The same for somebody who has waited before.
pub(super) fn checkout_until(pool: &Pool<Opener>, until: Instant) -> Result<PooledConnection<Opener>, StoreError> {
    pool.get_timeout(until.saturating_duration_since(Instant::now())).map_err(|_reason_is_logged| no_connection(pool))
}

fn no_connection(pool: &Pool<Opener>) -> StoreError {
    if pool.state().connections >= pool.max_size() { StoreError::Busy } else { StoreError::Unavailable }
}

/// Why connecting failed is known only to the pool's threads; callers just learn that it did.
#[derive(Debug)]
struct ToLog;

impl r2d2::HandleError<r2d2::Error> for ToLog {
    fn handle_error(&self, error: r2d2::Error) {
        tracing::warn!(%error, "no connection to the database");
    }
}

pub(super) fn transaction<T, E: From<StoreError>>(
    conn: &mut Conn,
    purpose: Purpose,
    body: impl FnOnce(&mut Conn) -> Result<T, E>,
) -> Result<T, E> {
    conn.begin(purpose)?;
    match body(conn) {
        Ok(value) => {
            conn.commit()?;
            Ok(value)
        }
        // The body's error stands, unless the rollback shows that the database went away meanwhile:
        // then whatever the body saw was only a symptom.
        Err(error) => match conn.roll_back() {
            Err(StoreError::Unavailable) => Err(E::from(StoreError::Unavailable)),
            Ok(()) | Err(_) => Err(error),
        },
    }
}

/// 4, 8, 16 … milliseconds and up to as much again, so that writers that collided do not meet again in
/// step. The spread comes from a running number; nothing here needs to be unguessable.
pub(super) fn pause_before(repeat: u32) -> Duration {
    static TURN: AtomicU64 = AtomicU64::new(0);
    let base = 2_u64.saturating_pow(repeat.saturating_add(1));
    let spread = TURN.fetch_add(1, Ordering::Relaxed).wrapping_mul(7) % base;
    Duration::from_millis(base + spread)
}

async fn off_the_reactor<T, E>(work: impl FnOnce() -> Result<T, E> + Send + 'static) -> Result<T, E>
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(stopped) => match stopped.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            // The runtime is shutting down and never began the work.
            Err(_cancelled) => Err(E::from(StoreError::Unavailable)),
        },
    }
}
