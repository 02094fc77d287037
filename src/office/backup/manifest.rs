//! What a backup says of itself: when, from what, how much, with which digests.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::sums::{Digest, Sums};
use super::tables;
use crate::ids::FileId;

/// The form of the archive; another one gets another number, and both are read.
pub(super) const FORM: &str = "dafu-backup-1";

/// What a backup says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of the archive.
    pub form: String,
    /// The version of the program that made it.
    pub program: String,
    /// The instant before which everything recorded is in it.
    pub taken_at: DateTime<Utc>,
    /// `sqlite` or `postgres`.
    pub database: String,
    /// The migrations that the database had seen, oldest first.
    pub migrations: Vec<String>,
    /// Every table in it.
    pub tables: Vec<TableSaid>,
    /// The tables that are not, and why.
    pub left_out: BTreeMap<String, String>,
    /// What was copied of the store of files; nothing if it was left out.
    pub files: Option<FilesCopied>,
    /// The digest over all tables and the list of migrations.
    pub digest: Digest,
}

/// What a backup says of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableSaid {
    /// Its name.
    pub name: String,
    /// How many rows.
    pub rows: u64,
    /// The digest of its lines.
    pub sha256: String,
}

/// What a backup says of the files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilesCopied {
    /// How many files have all their parts in `files/` beside the backup.
    pub files: u64,
    /// How many parts that are.
    pub parts: u64,
    /// Parts that had to be copied; the others had been there before.
    pub copied: u64,
    /// Files that were taken away between the snapshot and the copying: uploads nothing came of, destroyed cases.
    pub gone: Vec<FileId>,
}

impl Manifest {
    /// The digests it names.
    pub(super) fn sums(&self, migrations: String) -> Sums {
        let mut sums = Sums::default();
        sums.0.insert(tables::MIGRATIONS.to_owned(), migrations);
        for table in &self.tables {
            sums.0.insert(tables::path_of(&table.name), table.sha256.clone());
        }
        sums
    }

    /// All rows of all tables.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }
}
