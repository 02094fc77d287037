//! The applicant's own papers: the letters that went to them, the receipt, the application as a form.

use super::Document;
use super::code::Code;
use super::told::documents;
use crate::ids::TextId;
use crate::law::letter::LetterKind;
use crate::office::failure::Failure;
use crate::office::letters::reading::{Format, LetterFile};
use crate::office::sealing::Opener;
use crate::office::{Office, letters, projection};
use crate::storage::texts;

impl Office {
    /// A letter of the case.
    ///
    /// # Errors
    /// As [`Office::track`]; [`Failure::Missing`] for what is no letter to the applicant.
    pub async fn document(&self, receipt_no: &str, code: &Code, id: TextId) -> Result<Document, Failure> {
        let case = self.open_with_code(receipt_no, code).await?;
        let shared = self.shared();
        let read = self
            .db()
            .read(move |conn| {
                let (case, _) = projection::load(conn, case)?;
                crate::office::retention::intact(&case)?;
                let document = documents(&case).into_iter().find(|one| one.id == id).ok_or(Failure::Missing)?;
                let issued = case.letters.iter().find(|one| one.text.id == id);
                let text = if let Some(issued) = issued {
                    letters::reading::open(conn, &shared, &case, issued)?.plain()
                } else {
                    // Of before letters were issued with their acts: the officer's words.
                    let row = texts::load(conn, id)?;
                    Opener::of(conn, &[case.id], &shared.keys)?.text(&row)?.ok_or(Failure::Missing)?.words
                };
                Ok::<_, Failure>(Document { document, text })
            })
            .await?;
        self.note_download(case, id.uuid()).await?;
        Ok(read)
    }

    /// A letter of the case as a file.
    ///
    /// # Errors
    /// As [`Office::document`]; [`Failure::Invalid`] where no page can be set.
    pub async fn document_file(
        &self,
        receipt_no: &str,
        code: &Code,
        id: TextId,
        format: Format,
    ) -> Result<LetterFile, Failure> {
        let case = self.open_with_code(receipt_no, code).await?;
        let shared = self.shared();
        let issued = self
            .db()
            .read(move |conn| {
                let (case, _) = projection::load(conn, case)?;
                documents(&case).into_iter().find(|one| one.id == id).ok_or(Failure::Missing)?;
                let issued = case.letters.iter().find(|one| one.text.id == id).ok_or(Failure::Missing)?;
                letters::reading::as_issued(conn, &shared, &case, issued, format)
            })
            .await?;
        let file = self.issued_in_turn(issued, format).await?;
        self.note_download(case, id.uuid()).await?;
        Ok(file)
    }

    /// The receipt, the application as a form, or the receipt of what was fetched, as a file.
    ///
    /// # Errors
    /// As [`Office::track`]; [`Failure::Missing`] for another kind; [`Failure::Invalid`] where no page can be set.
    pub async fn own_sheet(
        &self,
        receipt_no: &str,
        code: &Code,
        kind: LetterKind,
        format: Format,
    ) -> Result<LetterFile, Failure> {
        if !matches!(kind, LetterKind::Receipt | LetterKind::ApplicationForm | LetterKind::DownloadReceipt) {
            return Err(Failure::Missing);
        }
        let case = self.open_with_code(receipt_no, code).await?;
        let shared = self.shared();
        let letter = self
            .db()
            .read(move |conn| {
                let (case, _) = projection::load(conn, case)?;
                letters::sheets::of_case(conn, &shared, &case, None, kind)
            })
            .await?;
        self.written_in_turn(letter, format).await
    }
}
