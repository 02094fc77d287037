//! Which tables go into a backup, and under which names: all there are, but for three.

use super::fault::BackupFault;
use crate::storage::Conn;
use crate::storage::tables::{self, Table};

/// Tables that stay out, and why. A restored database begins with each of them empty.
pub const LEFT_OUT: [(&str, &str); 3] = [
    ("attempts", "wrong attempts of the last hours say nothing of the copy, and would shut people out of it"),
    ("browser_sessions", "who signed out or was shut out after the backup must not be signed in again by restoring it"),
    ("refresh_tokens", "the same holds for sign-ins over the API"),
];

/// What it is that the migrations lie under.
pub(super) const MIGRATIONS: &str = "migrations.txt";

/// Where a table lies in the archive.
pub(super) fn path_of(table: &str) -> String {
    format!("tables/{table}.jsonl")
}

/// The tables of the database by name, without those.
pub(super) fn without(conn: &mut Conn, left_out: &[String]) -> Result<Vec<Table>, BackupFault> {
    let mut all = tables::list(conn)?;
    all.retain(|table| !left_out.contains(&table.name));
    Ok(all)
}

/// The names of [`LEFT_OUT`].
pub(super) fn left_out() -> Vec<String> {
    LEFT_OUT.iter().map(|(name, _)| (*name).to_owned()).collect()
}
