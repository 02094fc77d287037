//! The files of a case, what was handed out of them, and how letters reached people.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::case::event::{Delivery, Redaction};
use crate::case::terms::{FileFormat, FilePurpose, FileRef, TextRef, Visibility};
use crate::ids::{FileId, StaffId};

/// A file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFile {
    /// Where it is kept, and its digest.
    pub file: FileRef,
    /// The journal entry that put it here.
    pub seq: u32,
    /// What for.
    pub purpose: FilePurpose,
    /// How it is written.
    pub format: FileFormat,
    /// Its size in bytes.
    pub size: u64,
    /// Whether the applicant sent it.
    pub by_applicant: bool,
    /// The day it was put here.
    pub on: NaiveDate,
    /// What was blacked out of another file to make it.
    pub redaction: Option<Redaction>,
    /// In which part of the release it was handed out.
    pub released: Option<u32>,
    /// Who may see it.
    pub visibility: Visibility,
    /// The day from which everybody may.
    pub public_from: Option<NaiveDate>,
    /// Who decided that everybody may.
    pub decided_by: Option<StaffId>,
    /// Whether a second member of staff has looked at it since.
    pub checked: bool,
}

impl CaseFile {
    /// Whether a second look is waited for.
    #[must_use]
    pub fn waits_for_check(&self) -> bool {
        self.visibility == Visibility::Public && !self.checked
    }

    /// Whether everybody may see it on that day.
    #[must_use]
    pub fn is_public(&self, today: NaiveDate) -> bool {
        let begun = self.public_from.is_none_or(|from| from <= today);
        self.visibility == Visibility::Public && self.checked && begun
    }

    /// Whether the applicant may see it: their own always; else what they were given.
    #[must_use]
    pub fn is_for_applicant(&self) -> bool {
        self.by_applicant || self.visibility != Visibility::Office
    }
}

/// Information handed out, at once or in parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// The journal entry.
    pub seq: u32,
    /// The how-manieth.
    pub part: u32,
    /// The files.
    pub files: Vec<FileId>,
    /// Whether nothing is outstanding after it.
    pub last: bool,
    /// What the letter says of it.
    pub letter: TextRef,
    /// The day.
    pub on: NaiveDate,
}

/// A line of the register of service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryLine {
    /// The journal entry.
    pub seq: u32,
    /// The entry that issued the letter.
    pub letter: u32,
    /// How, when, by which proof.
    pub delivery: Delivery,
}

/// A letter or file that the applicant has fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fetched {
    /// The journal entry.
    pub seq: u32,
    /// The text of the letter, or the file.
    pub document: Uuid,
    /// The day of the first time.
    pub on: NaiveDate,
}
