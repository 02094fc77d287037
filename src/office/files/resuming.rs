//! An upload that the sender remembers: gone on with where it is still the same file, else announced anew. A browser whose line broke,
//! or that was closed, comes back with what it has kept.

use super::limits::plain_name;
use super::receiving::{NewUpload, UploadView};
use crate::ids::{CaseId, FileId};
use crate::office::desk::Who;
use crate::office::failure::Failure;
use crate::office::public::Code;
use crate::office::{Office, Officer};
use crate::storage::files;

impl Office {
    /// Goes on with the upload `known` of an officer where it is theirs, of that name and size and not in the case yet; else
    /// announces the file as [`Office::begin_upload`] does.
    ///
    /// # Errors
    /// As [`Office::begin_upload`].
    pub async fn open_upload(
        &self,
        officer: &Officer,
        case: CaseId,
        known: Option<FileId>,
        input: NewUpload,
    ) -> Result<UploadView, Failure> {
        self.go_on_or_begin(Who::Officer(officer.clone()), case, known, input).await
    }

    /// [`Office::open_upload`] for the applicant.
    ///
    /// # Errors
    /// As [`Office::track`] and [`Office::begin_upload`].
    pub async fn open_own_upload(
        &self,
        receipt_no: &str,
        code: &Code,
        known: Option<FileId>,
        input: NewUpload,
    ) -> Result<UploadView, Failure> {
        let case = self.open_with_code(receipt_no, code).await?;
        self.go_on_or_begin(Who::Applicant, case, known, input).await
    }

    async fn go_on_or_begin(
        &self,
        who: Who,
        case: CaseId,
        known: Option<FileId>,
        input: NewUpload,
    ) -> Result<UploadView, Failure> {
        if let Some(id) = known {
            match self.underway(&who, case, id).await {
                Ok(kept)
                    if kept.row.state != files::KEPT
                        && u64::try_from(kept.row.size) == Ok(input.size)
                        && kept.name == plain_name(&input.name) =>
                {
                    return Ok(UploadView::of(&kept.row));
                }
                // Swept since, in the case already, or another file.
                Ok(_) | Err(Failure::Missing) => {}
                Err(other) => return Err(other),
            }
        }
        self.begin(who, case, input).await
    }
}
