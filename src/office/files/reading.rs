//! Who may read which file, and its bytes for them, one part at a time.

use bytes::Bytes;
use futures_util::Stream;
use serde::Serialize;
use utoipa::ToSchema;

use super::keeping::{ContentFault, Kept};
use super::{FileView, all, can_be_opened};
use crate::case::{Act, Case, Command};
use crate::files::Store;
use crate::files::kind::media_type;
use crate::ids::{CaseId, FileId};
use crate::office::desk::{Ask, Who};
use crate::office::failure::Failure;
use crate::office::log::{Kind, Look};
use crate::office::public::Code;
use crate::office::views::Term;
use crate::office::{Office, Officer, Shared, desk, projection};
use crate::storage::files::{self, FileRow};
use crate::storage::{Conn, published_answers};

/// A file as everybody sees it: nothing of the case it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PublicFile {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: FileId,
    /// What it is called.
    pub name: String,
    /// How it is written.
    pub format: Term,
    /// Its size in bytes.
    pub size: u64,
}

/// A file on its way to a reader.
pub struct HandedOut {
    /// What it is called.
    pub name: String,
    /// The type under which it goes.
    pub media_type: &'static str,
    /// Its size in bytes.
    pub size: u64,
    kept: Kept,
    store: Store,
}

impl HandedOut {
    /// Its bytes, part by part; each is verified and opened as it is asked for.
    pub fn content(self) -> impl Stream<Item = Result<Bytes, ContentFault>> {
        self.kept.into_content(self.store)
    }
}

impl Office {
    /// The files of a case.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; the database's failures.
    pub async fn files(&self, officer: &Officer, case: CaseId) -> Result<Vec<FileView>, Failure> {
        let today = self.today();
        self.look(officer, case, move |conn, shared, case, officer| {
            // Names of files name people: whoever watches from above is told how many there are by the journal.
            crate::office::letters::reading::sees_names(conn, case, officer)?;
            all(conn, shared, case, today)
        })
        .await
    }

    /// A file for an officer of the case's agency.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; [`Failure::Contrary`] while it waits for the scanner; the database's failures.
    pub async fn file(&self, officer: &Officer, case: CaseId, id: FileId) -> Result<HandedOut, Failure> {
        let look = Look::new(Kind::File).at("file", id);
        let kept = self
            .look_at(officer, case, look, move |conn, shared, case, officer| {
                crate::office::letters::reading::sees_names(conn, case, officer)?;
                case.file(id).ok_or(Failure::Missing)?;
                openable(conn, shared, id)
            })
            .await?;
        self.hand_out(kept).await
    }

    /// A file for the applicant: their own, and what they were given. The first time is written down
    /// as proof that it reached them.
    ///
    /// # Errors
    /// As [`Office::track`] and [`Office::file`].
    pub async fn own_file(&self, receipt_no: &str, code: &Code, id: FileId) -> Result<HandedOut, Failure> {
        let case = self.open_with_code(receipt_no, code).await?;
        let shared = self.shared();
        let (kept, given) = self
            .db()
            .read(move |conn| {
                let (case, _) = projection::load(conn, case)?;
                let file = case.file(id).filter(|one| one.is_for_applicant()).ok_or(Failure::Missing)?;
                Ok::<_, Failure>((openable(conn, &shared, id)?, !file.by_applicant))
            })
            .await?;
        let handed = self.hand_out(kept).await?;
        if given {
            self.note_download(case, id.uuid()).await?;
        }
        Ok(handed)
    }

    /// A file for everybody.
    ///
    /// # Errors
    /// [`Failure::Missing`] for one that is not public; the database's failures.
    pub async fn public_file(&self, case: CaseId, id: FileId) -> Result<HandedOut, Failure> {
        let (shared, today) = (self.shared(), self.today());
        let kept = self
            .db()
            .read(move |conn| {
                published_answers::find(conn, case)?.ok_or(Failure::Missing)?;
                let (case, _) = projection::load(conn, case)?;
                case.file(id).filter(|one| one.is_public(today)).ok_or(Failure::Missing)?;
                openable(conn, &shared, id)
            })
            .await?;
        self.hand_out(kept).await
    }

    /// The files of a published answer that everybody may see.
    ///
    /// # Errors
    /// [`Failure::Missing`] for what is not on the list; the database's failures.
    pub async fn public_files(&self, case: CaseId) -> Result<Vec<PublicFile>, Failure> {
        let (shared, today) = (self.shared(), self.today());
        self.db()
            .read(move |conn| {
                published_answers::find(conn, case)?.ok_or(Failure::Missing)?;
                let (case, _) = projection::load(conn, case)?;
                let files = all(conn, &shared, &case, today)?;
                let public = files.into_iter().filter(|one| one.is_public && one.can_be_opened);
                let told =
                    public.map(|one| PublicFile { id: one.id, name: one.name, format: one.format, size: one.size });
                Ok(told.collect())
            })
            .await
    }

    /// The applicant has fetched a letter or a file: the first time goes into the journal.
    ///
    /// # Errors
    /// The database's failures.
    pub(in crate::office) async fn note_download(&self, case: CaseId, document: uuid::Uuid) -> Result<(), Failure> {
        let shared = self.shared();
        self.db()
            .write(move |conn| {
                if was_fetched(&projection::load(conn, case)?.0, document) {
                    return Ok(());
                }
                let ask = Ask { who: Who::Applicant, act: Act::Download, case, expected: None };
                desk::perform(conn, &shared, &ask, &|_| Ok(Command::Download { document })).map(drop)
            })
            .await
    }

    /// A file on its way: that its end is there is asked first, for once the answer has begun nothing can be told any more.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when the store is away; [`Failure::Broken`] for a file that is damaged there.
    pub(in crate::office) async fn hand_out(&self, kept: Kept) -> Result<HandedOut, Failure> {
        kept.is_at_hand(self.shared().store()?).await?;
        let format = kept.row.format.as_deref().unwrap_or_default().parse().map_err(Failure::broken)?;
        Ok(HandedOut {
            name: kept.name.clone(),
            media_type: media_type(format),
            size: u64::try_from(kept.row.size).map_err(Failure::broken)?,
            store: self.shared().store()?.clone(),
            kept,
        })
    }
}

fn was_fetched(case: &Case, document: uuid::Uuid) -> bool {
    case.fetched.iter().any(|one| one.document == document)
}

/// A file that may be opened, with its key.
///
/// # Errors
/// [`Failure::Contrary`] while it waits for the scanner, and when that has found something.
pub(in crate::office) fn openable(conn: &mut Conn, shared: &Shared, id: FileId) -> Result<Kept, Failure> {
    let row: FileRow = files::load(conn, id)?;
    if can_be_opened(&row) {
        return Kept::of(conn, shared, row);
    }
    let (zh, en) = super::trouble(&row).unwrap_or_default();
    Err(Failure::Contrary { zh, en })
}
