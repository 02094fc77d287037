//! Restoring the database: into an empty one, all of it in one transaction, or nothing.
//!
//! The tables are first made as they were when the backup was made, then filled, then read back and held against the digest of the
//! backup; only then is the database brought up to what this program needs. Rows are written as they are: no rule is asked, no entry
//! made, no notice sent.

use std::collections::BTreeSet;

use super::archive::Archive;
use super::fault::BackupFault;
use super::manifest::TableSaid;
use super::sums::sums_of;
use super::{Progress, line, tables};
use crate::storage::tables::{self as schema, Table};
use crate::storage::{Conn, Db, migrations, refilling, whole_rows};

/// Bytes of lines after which rows are handed to the database, however few they are.
const BATCH_BYTES: usize = 1 << 20;

/// What was restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// Rows in all.
    pub rows: u64,
    /// The digest of what was restored, read back; that of the backup.
    pub digest: String,
    /// The migrations run afterwards, since the backup is older than this program.
    pub migrated: Vec<String>,
}

/// Restores the tables of `backup` into the database.
///
/// # Errors
/// [`BackupFault::NotEmpty`]; [`BackupFault::Changed`], [`BackupFault::NoRow`] and [`BackupFault::NotEqual`] when the backup is not
/// what was written; the database's own. The database is then as empty as it was.
pub fn load(db: &Db, backup: &Archive, progress: Progress<'_>) -> Result<Loaded, BackupFault> {
    let loaded = db.write_now(|conn| {
        whole_rows::take_time(conn)?;
        for table in schema::names(conn)? {
            if schema::holds_rows(conn, &table)? {
                return Err(BackupFault::NotEmpty(table));
            }
        }
        fill(conn, backup, progress)
    })?;
    // One transaction as long as the database has left a log of SQLite's as long as it.
    db.forget_old_pages()?;
    Ok(loaded)
}

fn fill(conn: &mut Conn, backup: &Archive, progress: Progress<'_>) -> Result<Loaded, BackupFault> {
    let manifest = backup.manifest();
    refilling::rebuild(conn, &manifest.migrations, &mut |name| progress(name, 0))?;
    let left_out: Vec<String> = manifest.left_out.keys().cloned().collect();
    let all = tables::without(conn, &left_out)?;
    same_tables(&all, &manifest.tables)?;
    let order = schema::in_order_of_reference(&all);
    let deferred = refilling::defer(conn, &order)?;
    let mut rows = 0;
    for table in order {
        let Some(said) = manifest.tables.iter().find(|said| said.name == table.name) else { continue };
        fill_table(conn, backup, (table, said), &mut |more| {
            rows += more;
            progress(&table.name, rows);
        })?;
    }
    refilling::settle(conn, &deferred)?;
    let restored = sums_of(conn, &left_out)?;
    let digest = restored.digest();
    if digest != manifest.digest {
        let said = |table: &&TableSaid| restored.0.get(&tables::path_of(&table.name)) != Some(&table.sha256);
        let member = manifest.tables.iter().find(said).map_or(tables::MIGRATIONS, |table| table.name.as_str());
        let (member, backup) = (member.to_owned(), manifest.digest.clone());
        return Err(BackupFault::NotEqual { member, restored: digest, backup });
    }
    let migrated = migrations::run(conn, &mut |name| progress(name, rows))?;
    Ok(Loaded { rows, digest, migrated })
}

fn fill_table(
    conn: &mut Conn,
    backup: &Archive,
    (table, said): (&Table, &TableSaid),
    written: &mut dyn FnMut(u64),
) -> Result<(), BackupFault> {
    let member = || tables::path_of(&table.name);
    let most = whole_rows::batch_of(conn, table);
    let (mut batch, mut bytes) = (Vec::new(), 0);
    backup.rows(said, &mut |number, text| {
        if number == 1 {
            return if text == line::head(table) { Ok(()) } else { Err(BackupFault::OtherTables(member())) };
        }
        batch.push(line::read(table, text).ok_or_else(|| BackupFault::NoRow { member: member(), line: number })?);
        bytes += text.len();
        if batch.len() >= most || bytes >= BATCH_BYTES {
            written(u64::try_from(batch.len()).unwrap_or_default());
            whole_rows::insert(conn, table, std::mem::take(&mut batch))?;
            bytes = 0;
        }
        Ok(())
    })?;
    written(u64::try_from(batch.len()).unwrap_or_default());
    Ok(whole_rows::insert(conn, table, batch)?)
}

fn same_tables(made: &[Table], said: &[TableSaid]) -> Result<(), BackupFault> {
    let made: BTreeSet<&str> = made.iter().map(|table| table.name.as_str()).collect();
    let said: BTreeSet<&str> = said.iter().map(|table| table.name.as_str()).collect();
    match made.symmetric_difference(&said).next() {
        Some(differs) => Err(BackupFault::OtherTables((*differs).to_owned())),
        None => Ok(()),
    }
}
