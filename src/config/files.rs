//! Where files are kept, how large and how many they may be, and who looks through them.

use std::path::PathBuf;

use serde::Deserialize;

/// What opening any file takes, the program itself included.
pub const LEAST_MEBIBYTES: u64 = 512;
/// A page of a scan is drawn within that on a slow machine.
pub const LEAST_SECONDS: u64 = 5;

/// `[files]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Files {
    /// A folder, or `s3://bucket/prefix`.
    pub url: String,
    /// The largest file, in bytes.
    pub max_bytes: u64,
    /// Files in one case.
    pub max_files: usize,
    /// Files that the applicant may put into their case.
    pub max_applicant_files: usize,
    /// All files of all cases together, in bytes; 0 for no limit.
    pub total_bytes: u64,
    /// Days after which an upload that was not finished is swept.
    pub upload_days: i64,
    /// The scanner; empty for none.
    pub scanner: String,
    /// Seconds it may take for one file.
    pub scanner_seconds: u64,
    /// Hours after which a file's bytes are verified again.
    pub verify_hours: i64,
    /// Days for which a bundle of evidence is kept.
    pub bundle_days: i64,
    /// MiB of memory that opening a file may take.
    pub open_mebibytes: u64,
    /// Seconds after which opening a file is ended when it has not answered.
    pub open_seconds: u64,
    /// By which process files are opened.
    #[serde(skip)]
    pub opened: Opened,
}

/// By which process files are opened that come from outside. No setting: tests are another program than the one that knows how.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Opened {
    /// By one of its own, of the same program.
    #[default]
    Apart,
    /// By one of this program.
    ApartBy(PathBuf),
    /// By this very process.
    Here,
}
