//! All papers that belong to the applicant in one archive, for whoever goes on to a reconsideration body or a court: the application as
//! received, the receipt, every letter sent to them with its receipt of service, their own files and those handed out. Nothing of the
//! office's own work is in it, and of other people only what those letters and files say themselves.

use std::collections::VecDeque;
use std::fmt::Write;
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use sha2::{Digest, Sha256};

use super::code::Code;
use super::told::documents;
use crate::case::Case;
use crate::case::state::CaseFile;
use crate::files::pack::Pack;
use crate::ids::FileId;
use crate::law::letter::LetterKind;
use crate::letters::Letter;
use crate::office::failure::Failure;
use crate::office::files::keeping::{ContentFault, Kept};
use crate::office::files::{self, reading};
use crate::office::letters::reading::{Format, Issued, LetterFile, as_issued};
use crate::office::letters::{serving, sheets};
use crate::office::sealing::Opener;
use crate::office::{Office, Shared, projection};
use crate::storage::{Conn, texts};
use crate::vault::hex;

/// Bytes that are packed at a time, so that nobody else waits long.
const PIECE: usize = 256 << 10;

/// How soon a page is tried again that had no turn.
const BETWEEN_TRIES: Duration = Duration::from_secs(1);

const APPLICATION: &str = "1-申请";
const LETTERS: &str = "2-文书";
const SERVICE: &str = "3-送达";
const FILES: &str = "4-提供的文件";

/// A paper before it is packed.
struct Paper {
    folder: &'static str,
    what: What,
}

enum What {
    /// To be set as a page.
    Sheet(Box<Letter>),
    /// A letter as it was issued.
    Issued(Issued),
    /// Of the time before letters were issued with their acts: the officer's words.
    Words { name: String, text: String },
    /// A file of the case.
    File(Box<Kept>),
}

/// What is being packed.
struct Packing {
    content: Pin<Box<dyn Stream<Item = Result<Bytes, ContentFault>>>>,
    /// What of the last part is not packed yet.
    rest: Bytes,
    path: String,
    size: u64,
    digest: Sha256,
}

/// The archive on its way to its reader.
pub struct Folder {
    office: Office,
    /// What it is called.
    pub name: String,
    pack: Option<Pack>,
    papers: VecDeque<Paper>,
    packing: Option<Packing>,
    /// The list of contents, as far as it has come.
    list: String,
}

impl Office {
    /// The applicant's papers as one archive. What is in it counts as fetched.
    ///
    /// # Errors
    /// As [`Office::track`]; [`Failure::Unavailable`] when the store is away.
    pub async fn folder(&self, receipt_no: &str, code: &Code) -> Result<Folder, Failure> {
        let ways = self.remedies(receipt_no, code).await?.plain();
        let case = self.open_with_code(receipt_no, code).await?;
        let (shared, today) = (self.shared(), self.today());
        let (mut papers, fetched, waiting, name) = self
            .db()
            .read(move |conn| {
                let (case, _) = projection::load(conn, case)?;
                let fetched: Vec<uuid::Uuid> = documents(&case)
                    .iter()
                    .map(|one| one.id.uuid())
                    .chain(
                        openable_files(conn, &shared, &case, today)?
                            .iter()
                            .filter(|one| !one.by_applicant)
                            .map(|one| one.file.id.uuid()),
                    )
                    .collect();
                let (papers, waiting) = gathered(conn, &shared, &case, today)?;
                Ok::<_, Failure>((papers, fetched, waiting, case.filed.receipt_no.clone()))
            })
            .await?;
        for paper in &papers {
            if let What::File(kept) = &paper.what {
                kept.is_at_hand(self.shared().store()?).await?;
            }
        }
        for document in fetched {
            self.note_download(case, document).await?;
        }
        papers.push_front(Paper { folder: "", what: What::Words { name: "救济途径.txt".to_owned(), text: ways } });
        let mut list = format!("{name} 申请人材料目录\n制作日期：{today}\n");
        for name in waiting {
            let _ = writeln!(list, "未收入（正在扫描或者不能打开）：{name}");
        }
        list.push_str("\n路径\t字节\tSHA-256\n");
        let name = format!("{name}-申请人材料.zip");
        Ok(Folder { office: self.clone(), name, pack: Some(Pack::default()), papers, packing: None, list })
    }
}

impl Folder {
    /// The next piece of the archive; none once it is whole.
    ///
    /// # Errors
    /// Those of the content: the reader is to see that the archive is not whole.
    pub async fn next(&mut self) -> Result<Option<Bytes>, Failure> {
        loop {
            let Some(pack) = &mut self.pack else { return Ok(None) };
            if let Some(packing) = &mut self.packing {
                if packing.rest.is_empty() {
                    match packing.content.next().await.transpose()? {
                        Some(part) => packing.rest = part,
                        None => self.end_entry(),
                    }
                    continue;
                }
                let piece = packing.rest.split_to(packing.rest.len().min(PIECE));
                pack.write(&piece).map_err(Failure::broken)?;
                packing.digest.update(&piece);
                let ready = pack.take();
                if ready.is_empty() {
                    continue;
                }
                return Ok(Some(ready));
            }
            match self.papers.pop_front() {
                Some(paper) => self.begin(paper).await?,
                None => return self.finish().map(Some),
            }
        }
    }

    async fn begin(&mut self, paper: Paper) -> Result<(), Failure> {
        type Content = Pin<Box<dyn Stream<Item = Result<Bytes, ContentFault>>>>;
        let whole = |bytes: Vec<u8>| -> Content { Box::pin(futures_util::stream::iter([Ok(Bytes::from(bytes))])) };
        let (name, size, content) = match paper.what {
            What::File(kept) => {
                let (kept_name, size) = (kept.name.clone(), u64::try_from(kept.row.size).map_err(Failure::broken)?);
                let store = self.office.shared().store()?.clone();
                let content: Content = Box::pin(kept.into_content(store));
                (kept_name, size, content)
            }
            What::Words { name, text } => (name, size_of(text.as_bytes()), whole(text.into_bytes())),
            What::Sheet(letter) | What::Issued(Issued::Words(letter)) => {
                let file = set(&self.office, *letter).await?;
                (file.name, size_of(&file.bytes), whole(file.bytes))
            }
            What::Issued(issued) => {
                let file = self.office.issued(issued, Format::Pdf).await?;
                (file.name, size_of(&file.bytes), whole(file.bytes))
            }
        };
        if let Some(pack) = &mut self.pack {
            let path = pack.begin(paper.folder, &name, size).map_err(Failure::broken)?;
            self.packing = Some(Packing { content, rest: Bytes::new(), path, size, digest: Sha256::new() });
        }
        Ok(())
    }

    fn end_entry(&mut self) {
        if let Some(Packing { path, size, digest, .. }) = self.packing.take() {
            let digest = hex::encode(&digest.finalize());
            let _ = writeln!(self.list, "{path}\t{size}\t{digest}");
        }
    }

    /// Puts the list of contents in, and closes the archive.
    fn finish(&mut self) -> Result<Bytes, Failure> {
        let Some(mut pack) = self.pack.take() else { return Ok(Bytes::new()) };
        pack.begin("", "目录.txt", size_of(self.list.as_bytes())).map_err(Failure::broken)?;
        pack.write(self.list.as_bytes()).map_err(Failure::broken)?;
        pack.finish().map_err(Failure::broken)
    }
}

fn size_of(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

/// A letter as PDF; where this machine has no font for it, as DOCX.
async fn set(office: &Office, letter: Letter) -> Result<LetterFile, Failure> {
    match set_as(office, &letter, Format::Pdf).await {
        Err(Failure::Invalid(_)) => set_as(office, &letter, Format::Docx).await,
        done => done,
    }
}

/// An archive that is on its way cannot be told to come again, and holds no place: it waits for its turn as long as its reader does.
async fn set_as(office: &Office, letter: &Letter, format: Format) -> Result<LetterFile, Failure> {
    loop {
        match office.written_in_turn(letter.clone(), format).await {
            Err(Failure::Busy) => tokio::time::sleep(BETWEEN_TRIES).await,
            done => return done,
        }
    }
}

/// The files of the case that are the applicant's and can be opened.
fn openable_files(
    conn: &mut Conn,
    shared: &Shared,
    case: &Case,
    today: chrono::NaiveDate,
) -> Result<Vec<CaseFile>, Failure> {
    let views = files::all(conn, shared, case, today)?;
    let can = |id: FileId| views.iter().any(|view| view.id == id && view.can_be_opened);
    Ok(case.files.iter().filter(|one| one.is_for_applicant() && can(one.file.id)).cloned().collect())
}

/// The papers in their order, and the names of files that cannot be given now.
fn gathered(
    conn: &mut Conn,
    shared: &Shared,
    case: &Case,
    today: chrono::NaiveDate,
) -> Result<(VecDeque<Paper>, Vec<String>), Failure> {
    let mut papers = VecDeque::new();
    for kind in [LetterKind::ApplicationForm, LetterKind::Receipt] {
        let sheet = sheets::of_case(conn, shared, case, None, kind)?;
        papers.push_back(Paper { folder: APPLICATION, what: What::Sheet(Box::new(sheet)) });
    }
    let own = openable_files(conn, shared, case, today)?;
    for file in own.iter().filter(|one| one.by_applicant) {
        let kept = reading::openable(conn, shared, file.file.id)?;
        papers.push_back(Paper { folder: APPLICATION, what: What::File(Box::new(kept)) });
    }
    for document in documents(case) {
        let issued = case.letters.iter().find(|one| one.text.id == document.id);
        let what = if let Some(issued) = issued {
            What::Issued(as_issued(conn, shared, case, issued, Format::Pdf)?)
        } else {
            let row = texts::load(conn, document.id)?;
            let text = Opener::of(conn, &[case.id], &shared.keys)?.text(&row)?.ok_or(Failure::Missing)?.words;
            What::Words { name: format!("{}（{}）.txt", document.kind, document.on), text }
        };
        papers.push_back(Paper { folder: LETTERS, what });
    }
    for seq in serving::received_by_applicant(case) {
        let receipt = serving::of_letter(conn, shared, case, None, seq)?;
        papers.push_back(Paper { folder: SERVICE, what: What::Sheet(Box::new(receipt)) });
    }
    if !case.fetched.is_empty() {
        let receipt = sheets::of_case(conn, shared, case, None, LetterKind::DownloadReceipt)?;
        papers.push_back(Paper { folder: SERVICE, what: What::Sheet(Box::new(receipt)) });
    }
    for file in own.iter().filter(|one| !one.by_applicant) {
        let kept = reading::openable(conn, shared, file.file.id)?;
        papers.push_back(Paper { folder: FILES, what: What::File(Box::new(kept)) });
    }
    let views = files::all(conn, shared, case, today)?;
    let theirs = |id: FileId| case.file(id).is_some_and(CaseFile::is_for_applicant);
    let waiting = views.into_iter().filter(|one| theirs(one.id) && !one.can_be_opened).map(|one| one.name).collect();
    Ok((papers, waiting))
}
