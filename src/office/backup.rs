//! Backups: all that the database and the store of files hold, as they were at one instant, in a form that is the same for both
//! databases, that a person can read and that other tools can verify ([decision 025](../../docs/decisions/025-a-backup-is-text.md)).
//!
//! A backup is a ZIP archive. For each table it holds lines of JSON, `tables/NAME.jsonl`: the columns first, then the rows in the order
//! of the primary key. `SHA256SUMS` has the digest of each of them, in the form that `sha256sum -c` checks; the digest of `SHA256SUMS`
//! is that of the backup. The parts of files lie beside it in `files/`, once for all backups in a folder, each under its address.
//!
//! No key is in it: what is sealed in the database is sealed in the backup. It needs no office and no key to be made or restored.

mod archive;
mod fault;
mod line;
mod loading;
mod manifest;
mod parts;
mod sums;
mod tables;
mod taking;

pub use archive::Archive;
pub use fault::BackupFault;
pub use loading::{Loaded, load};
pub use manifest::{FilesCopied, Manifest};
pub use parts::{Kept, beside as files_beside, check as check_parts, put_back};
pub use sums::{Digest, digest_of};
pub use tables::LEFT_OUT;
pub use taking::{Place, Taken, take};

/// Hears what is being done, and how far it is.
pub type Progress<'a> = &'a dyn Fn(&str, u64);
