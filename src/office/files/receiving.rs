//! A file comes in: announced with its name and size, sent in one go or in pieces, and gone on with after a line broke. What is
//! acknowledged is in the store and on the disk. No more than a part is in memory.

use bytes::{Buf, Bytes};
use futures_util::{Stream, StreamExt};
use serde::{Deserialize, Serialize};
use std::fmt::Display;
use std::pin::pin;
use utoipa::ToSchema;

use super::keeping::Kept;
use super::limits::{broke_off, elsewhere, fits, more_than_announced, too_short};
use crate::case::Act;
use crate::ids::{CaseId, FileId};
use crate::office::desk::Who;
use crate::office::failure::Failure;
use crate::office::permission::{Deed, permit};
use crate::office::public::Code;
use crate::office::sealing::Sealer;
use crate::office::{Office, Officer, projection};
use crate::storage::files::{self, FileRow};
use crate::storage::{Conn, StoreError};
use crate::vault::file_key::{PART_BYTES, Part};

/// A file that is going to be sent.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewUpload {
    /// What it is called, with the end that tells how it is written.
    #[schema(min_length = 1, max_length = 200, example = "路灯维护合同.pdf")]
    pub name: String,
    /// Its size in bytes.
    #[schema(minimum = 1)]
    pub size: u64,
}

/// How far a file has come in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct UploadView {
    /// The file.
    #[schema(value_type = String, format = "uuid")]
    pub id: FileId,
    /// Its size in bytes.
    pub size: u64,
    /// How many bytes are safe. Go on from here.
    pub received: u64,
    /// What comes in is made safe in parts of so many bytes; a piece that is sent for itself should be a multiple of it.
    pub part_bytes: u64,
    /// Whether it is whole, of a kind that is taken, and can be put into the case.
    pub complete: bool,
}

impl UploadView {
    pub(super) fn of(row: &FileRow) -> Self {
        Self {
            id: row.id,
            size: u64::try_from(row.size).unwrap_or_default(),
            received: u64::try_from(row.received).unwrap_or_default(),
            part_bytes: u64::try_from(PART_BYTES).unwrap_or_default(),
            complete: row.state != files::RECEIVING,
        }
    }
}

impl Office {
    /// An officer announces a file.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; [`Failure::Invalid`] for a name or size that is not taken, or too many files.
    pub async fn begin_upload(&self, officer: &Officer, case: CaseId, input: NewUpload) -> Result<UploadView, Failure> {
        self.begin(Who::Officer(officer.clone()), case, input).await
    }

    /// The applicant announces a file.
    ///
    /// # Errors
    /// As [`Office::track`] and [`Office::begin_upload`].
    pub async fn begin_own_upload(
        &self,
        receipt_no: &str,
        code: &Code,
        input: NewUpload,
    ) -> Result<UploadView, Failure> {
        let case = self.open_with_code(receipt_no, code).await?;
        self.begin(Who::Applicant, case, input).await
    }

    pub(super) async fn begin(&self, who: Who, case: CaseId, input: NewUpload) -> Result<UploadView, Failure> {
        let shared = self.shared();
        self.db()
            .write(move |conn| {
                may_send(conn, &who, case)?;
                let name = fits(conn, &shared, &who, case, &input)?;
                let now = shared.clock.now();
                let mut randomness = shared.randomness.clone();
                let id = FileId::new(now, &mut randomness);
                let mut sealer = Sealer::of_case(conn, case, &shared.keys, randomness, now, false)?;
                let (_, wrapped) = sealer.file_key(id)?;
                let row = FileRow {
                    id,
                    case_id: case,
                    state: files::RECEIVING.to_owned(),
                    wrapped,
                    sealed: sealer.beside(id.uuid(), NAME, &name)?,
                    sent_by: match &who {
                        Who::Officer(officer) => Some(officer.id),
                        Who::Applicant | Who::System => None,
                    },
                    by_applicant: matches!(who, Who::Applicant),
                    size: i64::try_from(input.size).map_err(Failure::broken)?,
                    received: 0,
                    parts: Vec::new(),
                    format: None,
                    scan: files::SCAN_OFF.to_owned(),
                    scan_found: None,
                    begun_at: now,
                    completed_at: None,
                    verified_at: None,
                    fault: None,
                };
                files::insert(conn, &row)?;
                Ok::<_, Failure>(UploadView::of(&row))
            })
            .await
    }

    /// How far a file of an officer has come in.
    ///
    /// # Errors
    /// [`Failure::Missing`] for one that is somebody else's, or not there.
    pub async fn upload(&self, officer: &Officer, case: CaseId, id: FileId) -> Result<UploadView, Failure> {
        Ok(UploadView::of(&self.underway(&Who::Officer(officer.clone()), case, id).await?.row))
    }

    /// How far a file of the applicant has come in.
    ///
    /// # Errors
    /// As [`Office::track`] and [`Office::upload`].
    pub async fn own_upload(&self, receipt_no: &str, code: &Code, id: FileId) -> Result<UploadView, Failure> {
        let case = self.open_with_code(receipt_no, code).await?;
        Ok(UploadView::of(&self.underway(&Who::Applicant, case, id).await?.row))
    }

    /// An officer's file that was announced, or is here and in no case yet, is not wanted after all.
    ///
    /// # Errors
    /// [`Failure::Missing`] for one that is somebody else's or not there; [`Failure::Contrary`] for one that is in the case.
    pub async fn give_up(&self, officer: &Officer, case: CaseId, id: FileId) -> Result<(), Failure> {
        let underway = self.underway(&Who::Officer(officer.clone()), case, id).await?;
        self.forget(&underway).await
    }

    /// [`Office::give_up`] for the applicant.
    ///
    /// # Errors
    /// As [`Office::track`] and [`Office::give_up`].
    pub async fn give_up_own(&self, receipt_no: &str, code: &Code, id: FileId) -> Result<(), Failure> {
        let case = self.open_with_code(receipt_no, code).await?;
        let underway = self.underway(&Who::Applicant, case, id).await?;
        self.forget(&underway).await
    }

    /// Rows first: a failure leaves only bytes that nobody knows.
    async fn forget(&self, underway: &Kept) -> Result<(), Failure> {
        let id = underway.row.id;
        let gone = self.db().write(move |conn| files::delete_unkept(conn, id)).await;
        gone.map_err(|error| match error {
            StoreError::Conflict => Failure::Contrary {
                zh: "该文件已经归入案卷，不能再取消。".to_owned(),
                en: "This file is in the case by now and stays there.".to_owned(),
            },
            other => other.into(),
        })?;
        let _found_as_strays = self.shared().store()?.sweep(id, &[]).await;
        Ok(())
    }

    /// A piece of an officer's file comes in, from the byte `offset` on.
    ///
    /// # Errors
    /// [`Failure::Contrary`] when it does not stand at `offset`; [`Failure::Invalid`] when more comes than was announced, the
    /// line broke, or the whole is nothing that is taken (then it is gone); [`Failure::Unavailable`] when the store is away.
    pub async fn receive<E: Display>(
        &self,
        officer: &Officer,
        case: CaseId,
        id: FileId,
        offset: u64,
        body: impl Stream<Item = Result<Bytes, E>>,
    ) -> Result<UploadView, Failure> {
        let underway = self.underway(&Who::Officer(officer.clone()), case, id).await?;
        self.take_in(underway, offset, body, Measured::Before).await
    }

    /// A piece of the applicant's file comes in.
    ///
    /// # Errors
    /// As [`Office::track`] and [`Office::receive`].
    pub async fn receive_own<E: Display>(
        &self,
        receipt_no: &str,
        code: &Code,
        id: FileId,
        offset: u64,
        body: impl Stream<Item = Result<Bytes, E>>,
    ) -> Result<UploadView, Failure> {
        let case = self.open_with_code(receipt_no, code).await?;
        let underway = self.underway(&Who::Applicant, case, id).await?;
        self.take_in(underway, offset, body, Measured::Before).await
    }

    /// A file in one go, as a form sends it: how long it is shows at its end.
    ///
    /// # Errors
    /// As [`Office::begin_upload`] and [`Office::receive`]; of what fails nothing is kept.
    pub async fn take_whole<E: Display>(
        &self,
        officer: &Officer,
        case: CaseId,
        name: String,
        body: impl Stream<Item = Result<Bytes, E>>,
    ) -> Result<UploadView, Failure> {
        self.take_unmeasured(Who::Officer(officer.clone()), case, name, body).await
    }

    /// [`Office::take_whole`] for the applicant.
    ///
    /// # Errors
    /// As [`Office::track`] and [`Office::take_whole`].
    pub async fn take_own_whole<E: Display>(
        &self,
        receipt_no: &str,
        code: &Code,
        name: String,
        body: impl Stream<Item = Result<Bytes, E>>,
    ) -> Result<UploadView, Failure> {
        let case = self.open_with_code(receipt_no, code).await?;
        self.take_unmeasured(Who::Applicant, case, name, body).await
    }

    async fn take_unmeasured<E: Display>(
        &self,
        who: Who,
        case: CaseId,
        name: String,
        body: impl Stream<Item = Result<Bytes, E>>,
    ) -> Result<UploadView, Failure> {
        let size = self.shared().files.max_bytes;
        let begun = self.begin(who.clone(), case, NewUpload { name, size }).await?;
        let underway = self.underway(&who, case, begun.id).await?;
        let taken = self.take_in(underway, 0, body, Measured::AtItsEnd).await;
        if taken.is_err() {
            let id = begun.id;
            // What is not whole is of no use to a form; should this fail as well, it is swept after some days.
            let _swept_later = self.db().write(move |conn| files::delete_unkept(conn, id)).await;
            let _swept_later = self.shared().store()?.sweep(id, &[]).await;
        }
        taken
    }

    /// The file as far as it has come, with its key.
    pub(super) async fn underway(&self, who: &Who, case: CaseId, id: FileId) -> Result<Kept, Failure> {
        let (shared, who) = (self.shared(), who.clone());
        self.db()
            .read(move |conn| {
                may_send(conn, &who, case)?;
                let row = files::load(conn, id)?;
                let theirs = match &who {
                    Who::Officer(officer) => row.sent_by == Some(officer.id),
                    Who::Applicant | Who::System => row.by_applicant,
                };
                if row.case_id != case || !theirs {
                    return Err(Failure::Missing);
                }
                Kept::of(conn, &shared, row)
            })
            .await
    }

    async fn take_in<E: Display>(
        &self,
        mut underway: Kept,
        offset: u64,
        body: impl Stream<Item = Result<Bytes, E>>,
        measured: Measured,
    ) -> Result<UploadView, Failure> {
        let size = u64::try_from(underway.row.size).map_err(Failure::broken)?;
        let mut received = u64::try_from(underway.row.received).map_err(Failure::broken)?;
        if underway.row.state != files::RECEIVING || received != offset {
            return Err(elsewhere(received));
        }
        let (mut body, mut part) = (pin!(body), Part::default());
        // How long is waited for the next is the room's business: a body from outside breaks off where its sender falls silent.
        while let Some(piece) = body.next().await {
            let mut piece = piece.map_err(|error| broke_off(&error, measured))?;
            while piece.has_remaining() {
                let held = u64::try_from(part.len()).map_err(Failure::broken)?;
                if received + held >= size {
                    // What was announced is not what comes: nothing of it is to pass for the whole.
                    self.forget(&underway).await?;
                    return Err(more_than_announced(size, measured));
                }
                let wanted = usize::try_from(size - received - held).unwrap_or(usize::MAX);
                let (some, _) = piece.split_at(piece.len().min(wanted));
                let taken = part.take(some);
                piece.advance(taken);
                let held = u64::try_from(part.len()).map_err(Failure::broken)?;
                if part.is_full() || received + held == size {
                    self.make_safe(&mut underway, std::mem::take(&mut part)).await?;
                    received += held;
                }
            }
        }
        if measured == Measured::AtItsEnd {
            if !part.is_empty() {
                self.make_safe(&mut underway, part).await?;
            }
            return self.finish_unmeasured(underway).await;
        }
        // What is left of a piece that ended within a part is not acknowledged, and comes again; a piece that is no more than
        // that would come for ever.
        if received == offset && !part.is_empty() {
            return Err(too_short());
        }
        if received == size { self.finish(underway).await } else { Ok(UploadView::of(&underway.row)) }
    }

    /// As long as it turned out to be.
    async fn finish_unmeasured(&self, mut underway: Kept) -> Result<UploadView, Failure> {
        let (id, size) = (underway.row.id, underway.row.received);
        if size == 0 {
            return Err(Failure::invalid(
                "/file",
                "请选择文件；文件不能为空。",
                "Choose a file; it must not be empty.",
            ));
        }
        self.db().write(move |conn| files::measure(conn, id, size)).await?;
        underway.row.size = size;
        self.finish(underway).await
    }

    /// A part goes into the store, and only then into the row.
    async fn make_safe(&self, underway: &mut Kept, part: Part) -> Result<(), Failure> {
        let shared = self.shared();
        let no = u32::try_from(underway.parts().len()).map_err(Failure::broken)?;
        let came = i64::try_from(part.len()).map_err(Failure::broken)?;
        let id = underway.row.id;
        let _turn = shared.store()?.turn_to_write().await;
        let sealed = underway.key.seal(id, no, part, &mut shared.randomness.clone())?;
        let address = shared.store()?.put(id, sealed).await?;
        let from = underway.row.received;
        underway.row.parts.extend_from_slice(address.as_bytes());
        underway.row.received = from + came;
        let (parts, to) = (underway.row.parts.clone(), underway.row.received);
        match self.db().write(move |conn| files::advance(conn, id, from, &parts, to)).await {
            // Somebody else went on with it; how far, the row tells.
            Err(StoreError::Conflict) => {
                let row = self.db().read(move |conn| files::load(conn, id)).await?;
                Err(elsewhere(u64::try_from(row.received).unwrap_or_default()))
            }
            moved => Ok(moved?),
        }
    }
}

/// When the length of a file is known.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Measured {
    Before,
    AtItsEnd,
}

/// Where the name of a file lies while it is being received.
pub(super) const NAME: &str = "files.name";

fn may_send(conn: &mut Conn, who: &Who, case: CaseId) -> Result<(), Failure> {
    let (case, _) = projection::load(conn, case)?;
    match who {
        Who::Officer(officer) => {
            permit(officer, Deed::Act(Act::AttachFile), &projection::lineage(conn, case.agency())?)
        }
        Who::Applicant | Who::System => Ok(()),
    }
}
