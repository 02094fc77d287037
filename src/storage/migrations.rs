//! The two migration trees, carried inside the program.
//!
//! Both trees hold the same names. All pending migrations run in one transaction (both databases can
//! undo table changes), so a half-migrated database cannot be left behind; a migration that must run
//! outside a transaction would need another way in here first.

use super::conn::{Backend, Conn, MultiBackend};
use super::error::StoreError;
use diesel::connection::SimpleConnection;
use diesel::migration::{Migration, MigrationSource};
use diesel::{RunQueryDsl, sql_query};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use std::collections::BTreeSet;

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// A migration of many rows may take longer than any query, and whoever starts second waits until the first is through
/// (`open.rs` sets the limits of everybody else). Until the end of the transaction only.
const NO_HASTE: &str = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0";

/// Any number that no one else uses for an advisory lock in the same PostgreSQL database.
const MIGRATION_LOCK: &str = "SELECT pg_advisory_xact_lock(7366482093)";

#[derive(Debug, thiserror::Error)]
#[error(
    "数据库由更新的版本建立，本程序不认识其中的变更 {0:?} / the database was written by a newer release; \
     this one does not know its migrations {0:?}"
)]
struct NewerDatabase(Vec<String>);

const fn tree(backend: Backend) -> EmbeddedMigrations {
    match backend {
        Backend::Sqlite => SQLITE,
        Backend::Postgres => POSTGRES,
    }
}

/// The names of all migrations for `backend`, oldest first.
///
/// # Errors
/// [`StoreError::Broken`] when the embedded tree cannot be read: a fault of the build.
pub fn names(backend: Backend) -> Result<Vec<String>, StoreError> {
    let all = MigrationSource::<MultiBackend>::migrations(&tree(backend)).map_err(StoreError::Broken)?;
    let mut names: Vec<String> = all.iter().map(|one| one.name().to_string()).collect();
    names.sort();
    Ok(names)
}

/// The names not yet run, oldest first.
pub(super) fn pending(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    Ok(to_run(conn)?.iter().map(|one| one.name().to_string()).collect())
}

/// Runs what is pending and returns the names.
pub(super) fn run(conn: &mut Conn, progress: &mut dyn FnMut(&str)) -> Result<Vec<String>, StoreError> {
    let mut done = Vec::new();
    for migration in to_run(conn)? {
        let name = migration.name().to_string();
        progress(&name);
        conn.run_migration(&migration).map_err(StoreError::Broken)?;
        done.push(name);
    }
    Ok(done)
}

/// Undoes everything, newest first, and returns the versions.
pub(super) fn undo_all(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    let tree = tree(conn.backend());
    let undone = conn.revert_all_migrations(tree).map_err(StoreError::Broken)?;
    Ok(undone.iter().map(ToString::to_string).collect())
}

fn to_run(conn: &mut Conn) -> Result<Vec<Box<dyn Migration<MultiBackend>>>, StoreError> {
    if let Conn::Pg(pg) = conn {
        pg.batch_execute(NO_HASTE)?;
        sql_query(MIGRATION_LOCK).execute(pg)?;
    }
    let tree = tree(conn.backend());
    let known: BTreeSet<String> = MigrationSource::<MultiBackend>::migrations(&tree)
        .map_err(StoreError::Broken)?
        .iter()
        .map(|one| one.name().version().to_string())
        .collect();
    let seen = conn.applied_migrations().map_err(StoreError::Broken)?;
    let unknown: Vec<String> =
        seen.iter().map(ToString::to_string).filter(|version| !known.contains(version)).collect();
    if !unknown.is_empty() {
        return Err(StoreError::broken(NewerDatabase(unknown)));
    }
    conn.pending_migrations(tree).map_err(StoreError::Broken)
}
