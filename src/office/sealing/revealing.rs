//! A content together with the salt of its digest: for whoever is to hold it against a journal without any key of the office.

use uuid::Uuid;

use super::Opener;
use crate::ids::CaseId;
use crate::office::failure::Failure;
use crate::storage::{files, people, texts};
use crate::vault::{Digest, Place, Salt, digest, hex};

/// An opened content, to the last byte that was digested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revealed {
    /// The salt, in hexadecimal.
    pub salt: String,
    /// The content.
    pub content: String,
    /// The digest of both, as the journal keeps it.
    pub digest: Digest,
}

impl Opener {
    /// A text; none once destroyed.
    ///
    /// # Errors
    /// [`Failure::Broken`] when the row does not open: it was tampered with.
    pub fn reveal_text(&self, row: &texts::TextRow) -> Result<Option<Revealed>, Failure> {
        self.reveal(row.case_id, row.id.uuid(), "texts.sealed", &row.sealed)
    }

    /// Somebody's particulars; none once destroyed.
    ///
    /// # Errors
    /// As [`Opener::reveal_text`].
    pub fn reveal_person(&self, row: &people::PersonRow) -> Result<Option<Revealed>, Failure> {
        self.reveal(row.case_id, row.id.uuid(), "people.sealed", &row.sealed)
    }

    /// The particulars of a whole file; none once destroyed.
    ///
    /// # Errors
    /// As [`Opener::reveal_text`].
    pub fn reveal_file(&self, row: &files::FileRow) -> Result<Option<Revealed>, Failure> {
        self.reveal(row.case_id, row.id.uuid(), "files.sealed", &row.sealed)
    }

    fn reveal(
        &self,
        case: CaseId,
        row: Uuid,
        column: &'static str,
        sealed: &[u8],
    ) -> Result<Option<Revealed>, Failure> {
        let Some(key) = self.keys.get(&case) else { return Ok(None) };
        let salted = key.open(&Place { case, row, column }, sealed)?;
        let (salt, content) = salted
            .split_at_checked(Salt::BYTES)
            .ok_or_else(|| Failure::broken("a sealed row is shorter than its salt"))?;
        let known = Salt::from_bytes(salt).ok_or_else(|| Failure::broken("a salt of another length"))?;
        let digest = digest::salted(&known, content);
        let content = String::from_utf8(content.to_vec()).map_err(Failure::broken)?;
        Ok(Some(Revealed { salt: hex::encode(salt), content, digest }))
    }
}
