//! Files of a case: how they come in, part by part and never whole in memory; who may read them; and what watches over their
//! bytes.
//!
//! A file is sealed under a key of its own before it reaches the store, and that key lies under the key of its case: destroying
//! the one destroys the other. What the journal keeps is the salted digest of its name, its size and its SHA-256.

pub(crate) mod apart;
pub mod attaching;
mod checking;
pub(in crate::office) mod finishing;
pub(in crate::office) mod in_memory;
pub(in crate::office) mod keeper;
pub mod keeping;
pub(in crate::office) mod limits;
pub mod reading;
pub mod receiving;
pub mod redacting;
pub mod releasing;
mod resuming;
mod straying;
pub mod watching;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::sealing::{FileParticulars, Opener};
use super::views::{Term, term};
use super::{Failure, Office, Shared};
use crate::case::Case;
use crate::case::state::CaseFile;
use crate::case::terms::{FileFormat, FilePurpose};
use crate::files::StoreFault;
use crate::ids::FileId;
use crate::storage::Conn;
use crate::storage::files::{self, FileRow};

/// How much room the files of all cases take, and may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileRoom {
    /// Taken, in bytes.
    pub used: u64,
    /// Allowed, in bytes; 0 for no limit.
    pub most: u64,
}

impl FileRoom {
    /// How it stands.
    ///
    /// # Errors
    /// The database's failures.
    pub(super) fn of(conn: &mut Conn, shared: &Shared) -> Result<Self, Failure> {
        let used = u64::try_from(files::sum_bytes(conn)?).map_err(Failure::broken)?;
        Ok(Self { used, most: shared.files.total_bytes })
    }

    /// Whether `more` bytes go in.
    pub(super) const fn takes(self, more: u64) -> bool {
        self.most == 0 || self.used.saturating_add(more) <= self.most
    }
}

impl Office {
    /// How much room the files of all cases take, and may.
    ///
    /// # Errors
    /// The database's failures.
    pub async fn file_room(&self) -> Result<FileRoom, Failure> {
        let shared = self.shared();
        self.db().read(move |conn| FileRoom::of(conn, &shared)).await
    }
}

/// A file of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FileView {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: FileId,
    /// What it is called.
    pub name: String,
    /// What it is for.
    pub purpose: Term,
    /// How it is written.
    pub format: Term,
    /// Its size in bytes.
    pub size: u64,
    /// The SHA-256 of its bytes.
    pub sha256: String,
    /// Whether the applicant sent it.
    pub by_applicant: bool,
    /// The day it came into the case.
    pub on: NaiveDate,
    /// Who may see it.
    pub visibility: Term,
    /// The day from which everybody may.
    pub public_from: Option<NaiveDate>,
    /// Whether it is to be public and a second look is waited for.
    pub waits_for_check: bool,
    /// Whether everybody may see it today.
    pub is_public: bool,
    /// In which part of the release it was handed out.
    pub released: Option<u32>,
    /// The file it was made from by blacking out.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub redacted_from: Option<FileId>,
    /// How many boxes were blacked out.
    pub boxes: u32,
    /// Whether it can be opened: not while it waits for the scanner, and never once that has found something.
    pub can_be_opened: bool,
    /// What keeps it from being opened, or what was found wrong with it, in Chinese.
    pub trouble_zh: Option<String>,
    /// The same in English.
    pub trouble_en: Option<String>,
    /// When its bytes were last verified.
    pub verified_at: Option<DateTime<Utc>>,
    /// Whether the applicant has fetched it, and when first.
    pub fetched_on: Option<NaiveDate>,
}

impl FileView {
    fn of(case: &Case, file: &CaseFile, row: &FileRow, is: FileParticulars, today: NaiveDate) -> Self {
        let trouble = trouble(row);
        Self {
            id: file.file.id,
            name: is.name,
            purpose: term!(file.purpose),
            format: term!(file.format),
            size: file.size,
            sha256: is.sha256,
            by_applicant: file.by_applicant,
            on: file.on,
            visibility: term!(file.visibility),
            public_from: file.public_from,
            waits_for_check: file.waits_for_check(),
            is_public: file.is_public(today),
            released: file.released,
            redacted_from: file.redaction.as_ref().map(|one| one.of),
            boxes: file.redaction.as_ref().map_or(0, |one| one.boxes),
            can_be_opened: can_be_opened(row),
            trouble_zh: trouble.as_ref().map(|(zh, _)| zh.clone()),
            trouble_en: trouble.map(|(_, en)| en),
            verified_at: row.verified_at,
            fetched_on: case.fetched.iter().find(|one| one.document == file.file.id.uuid()).map(|one| one.on),
        }
    }

    /// Whether it is a record of which parts can be blacked out.
    #[must_use]
    pub fn can_be_redacted(&self) -> bool {
        self.can_be_opened
            && self.format.code == FileFormat::Pdf.as_str()
            && self.purpose.code == FilePurpose::Record.as_str()
    }

    /// Whether it can be handed out, and was not.
    #[must_use]
    pub fn can_be_released(&self) -> bool {
        let purpose: Result<FilePurpose, _> = self.purpose.code.parse();
        self.can_be_opened && self.released.is_none() && purpose.is_ok_and(FilePurpose::can_be_released)
    }
}

/// Whether the scanner has nothing against it.
fn can_be_opened(row: &FileRow) -> bool {
    matches!(row.scan.as_str(), files::SCAN_OFF | files::SCAN_CLEAN) && row.state != files::RECEIVING
}

fn trouble(row: &FileRow) -> Option<(String, String)> {
    match (row.scan.as_str(), &row.fault) {
        (files::SCAN_WAITING, _) => Some((
            "等待病毒扫描，暂不能打开。".to_owned(),
            "It waits for the virus scanner and cannot be opened yet.".to_owned(),
        )),
        (files::SCAN_INFECTED, _) => {
            let name = row.scan_found.as_deref().unwrap_or("?");
            Some((
                format!("病毒扫描发现“{name}”，已隔离，不能打开。"),
                format!("The virus scanner found {name:?}: it is locked away and cannot be opened."),
            ))
        }
        (_, Some(fault)) => Some((
            "存储中的内容与收到时不一致，请联系管理员从备份恢复。".to_owned(),
            format!("Its bytes in the store are not what was received ({fault}): have it restored from a backup."),
        )),
        _ => None,
    }
}

/// A size as people read it: kilobytes below one megabyte, else megabytes to the tenth, rounded up.
#[must_use]
pub fn size_told(bytes: u64) -> String {
    if bytes < 1 << 20 {
        return format!("{} KB", bytes.div_ceil(1 << 10));
    }
    let tenths = bytes.saturating_mul(10).div_ceil(1 << 20);
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

/// The files of a case with what they are, for those who may read all of them; those of a destroyed case are left out.
///
/// # Errors
/// The database's failures; [`Failure::Broken`] for a row that was tampered with.
pub(super) fn all(conn: &mut Conn, shared: &Shared, case: &Case, today: NaiveDate) -> Result<Vec<FileView>, Failure> {
    if case.files.is_empty() || case.destroyed.is_some() {
        return Ok(Vec::new());
    }
    let opener = Opener::of(conn, &[case.id], &shared.keys)?;
    let rows = files::list(conn, case.id)?;
    let mut views = Vec::new();
    for file in &case.files {
        let Some(row) = rows.iter().find(|row| row.id == file.file.id) else {
            return Err(Failure::broken("a file of the journal has no row"));
        };
        let Some((is, opened)) = opener.file(row)? else { continue };
        if opened.digest != file.file.digest {
            return Err(Failure::broken("a file differs from its digest in the journal"));
        }
        views.push(FileView::of(case, file, row, is, today));
    }
    Ok(views)
}

impl From<StoreFault> for Failure {
    fn from(fault: StoreFault) -> Self {
        tracing::error!(%fault, "the store of files");
        match fault {
            StoreFault::Away(error) if finds_no_room(&error) => Self::Full,
            StoreFault::Away(_) | StoreFault::Slow => Self::Unavailable,
            other => Self::broken(other),
        }
    }
}

/// Whether the disk below the store is full, as the system said it at the bottom of all that was made of it.
fn finds_no_room(error: &(dyn std::error::Error + 'static)) -> bool {
    std::iter::successors(Some(error), |error| error.source())
        .filter_map(|error| error.downcast_ref::<std::io::Error>())
        .any(|error| error.kind() == std::io::ErrorKind::StorageFull)
}
