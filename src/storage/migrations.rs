//! The two migration trees, carried inside the program.
//!
//! Both trees hold the same names. All pending migrations run in one transaction (both databases can
//! undo table changes), so a half-migrated database cannot be left behind; a migration that must run
//! outside a transaction would need another way in here first.

use super::conn::{Backend, Conn, MultiBackend};
use super::error::StoreError;
use diesel::connection::SimpleConnection;
use diesel::migration::{Migration, MigrationSource};
use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl, sql_query};
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

#[derive(Debug, thiserror::Error)]
#[error(
    "备份中的变更 {0:?} 本程序不认识，请用制作备份的版本或者更新的版本恢复 / this program does not know the migrations {0:?} of the \
     backup: restore it with the release that made it, or a newer one"
)]
struct NewerBackup(Vec<String>);

#[derive(QueryableByName)]
struct VersionRow {
    #[diesel(sql_type = Text)]
    version: String,
}

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

/// The names of those this database has seen, oldest first; one that this program does not know is named by its version. It writes
/// nothing.
///
/// # Errors
/// [`StoreError::Broken`] when no migration ever ran here.
pub fn seen(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    let all = MigrationSource::<MultiBackend>::migrations(&tree(conn.backend())).map_err(StoreError::Broken)?;
    let asked = sql_query("SELECT version AS version FROM __diesel_schema_migrations ORDER BY version");
    let rows: Vec<VersionRow> = match conn {
        Conn::Sqlite(sqlite) => asked.load(sqlite)?,
        Conn::Pg(pg) => asked.load(pg)?,
    };
    let name = |row: VersionRow| {
        let known = all.iter().find(|one| one.name().version().to_string() == row.version);
        known.map_or(row.version, |one| one.name().to_string())
    };
    Ok(rows.into_iter().map(name).collect())
}

/// Runs these and no others, oldest first, on a database that has seen none.
pub(super) fn run_these(conn: &mut Conn, names: &[String], progress: &mut dyn FnMut(&str)) -> Result<(), StoreError> {
    let waiting = to_run(conn)?;
    let known: BTreeSet<String> = waiting.iter().map(|one| one.name().to_string()).collect();
    let unknown: Vec<String> = names.iter().filter(|name| !known.contains(*name)).cloned().collect();
    if !unknown.is_empty() {
        return Err(StoreError::broken(NewerBackup(unknown)));
    }
    for migration in waiting.iter().filter(|one| names.contains(&one.name().to_string())) {
        progress(&migration.name().to_string());
        conn.run_migration(migration).map_err(StoreError::Broken)?;
    }
    Ok(())
}

/// The names not yet run, oldest first.
pub(super) fn pending(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    Ok(to_run(conn)?.iter().map(|one| one.name().to_string()).collect())
}

/// Runs what is pending, in the transaction of the caller, and returns the names.
///
/// # Errors
/// [`StoreError::Broken`] when one fails, or the database has seen one this program does not know.
pub fn run(conn: &mut Conn, progress: &mut dyn FnMut(&str)) -> Result<Vec<String>, StoreError> {
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
