//! One connection type for both databases, and the few things each must do in its own way.

use super::error::StoreError;
use diesel::connection::{AnsiTransactionManager, TransactionManager};
use diesel::{Connection, PgConnection, QueryResult, SqliteConnection};

/// A connection to either database; queries are written once, against this.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    /// PostgreSQL: many instances, many writers.
    Pg(PgConnection),
    /// SQLite: one machine, one writer.
    Sqlite(SqliteConnection),
}

/// Which of the two databases is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// `sqlite://…`
    Sqlite,
    /// `postgres://…`
    Postgres,
}

/// Runs one body with the concrete connection of either database: for batch inserts and
/// `on_conflict`, which do not compile through [`Conn`].
macro_rules! both {
    ($conn:expr, $inner:ident => $body:expr) => {
        match $conn {
            $crate::storage::conn::Conn::Pg($inner) => $body,
            $crate::storage::conn::Conn::Sqlite($inner) => $body,
        }
    };
}
pub(crate) use both;

/// What a transaction is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// One snapshot, no writing.
    Read,
    /// SQLite takes its only write lock at once: a lock asked for later is refused without waiting.
    /// PostgreSQL reads what is committed; conflicts are found by versions, unique keys and locked rows.
    Write,
}

impl Conn {
    /// Which database this is.
    #[must_use]
    pub const fn backend(&self) -> Backend {
        match self {
            Self::Pg(_) => Backend::Postgres,
            Self::Sqlite(_) => Backend::Sqlite,
        }
    }

    /// Runs `body` so that its failure leaves the surrounding transaction usable: for "try to insert,
    /// or go on otherwise". PostgreSQL would refuse every further statement without this.
    ///
    /// # Errors
    /// Whatever `body` gives, after undoing its writes.
    pub fn savepoint<T, E: From<diesel::result::Error>>(
        &mut self,
        body: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        #[expect(clippy::disallowed_methods, reason = "the one home of savepoints")]
        self.transaction(body)
    }

    pub(super) fn begin(&mut self, purpose: Purpose) -> Result<(), StoreError> {
        Ok(match self {
            Self::Sqlite(sqlite) => AnsiTransactionManager::begin_transaction_sql(
                sqlite,
                match purpose {
                    Purpose::Read => "BEGIN DEFERRED",
                    Purpose::Write => "BEGIN IMMEDIATE",
                },
            ),
            Self::Pg(pg) => AnsiTransactionManager::begin_transaction_sql(
                pg,
                match purpose {
                    Purpose::Read => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
                    Purpose::Write => "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
                },
            ),
        }?)
    }

    /// Begins a part of the transaction that can be kept or undone by itself, as [`Conn::commit`] and [`Conn::roll_back`] do next.
    pub(super) fn begin_savepoint(&mut self) -> Result<(), StoreError> {
        Ok(Self::begin_transaction(self)?)
    }

    pub(super) fn commit(&mut self) -> Result<(), StoreError> {
        Ok(Self::commit_transaction(self)?)
    }

    pub(super) fn roll_back(&mut self) -> Result<(), StoreError> {
        Ok(Self::rollback_transaction(self)?)
    }
}

/// Turns "how many rows did it touch" into the error a writer can act upon.
///
/// # Errors
/// `otherwise` when no row was touched; the database's own errors.
pub(super) fn touched(rows: QueryResult<usize>, otherwise: StoreError) -> Result<(), StoreError> {
    match rows? {
        0 => Err(otherwise),
        _ => Ok(()),
    }
}
