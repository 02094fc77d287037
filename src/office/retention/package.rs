//! Writing a package for an archive: of every file the letters as they were issued, each of them and the usual sheets once more as
//! PDF/A, what was searched, approved, served and decided elsewhere, the attachments as they came, and what is to be known of it. Sent while it is written; nothing is laid down on a disk.

use std::io::{self, Write};
use std::sync::Arc;

use bytes::Bytes;
use futures_util::Stream;
use futures_util::stream;
use tokio::sync::mpsc;

use super::{intact, schedule, transfer};
use crate::case::Case;
use crate::files::beside;
use crate::ids::{CaseId, TransferId};
use crate::law::letter::LetterKind;
use crate::letters::fonts::Fonts;
use crate::letters::{Letter, typeset};
use crate::office::bundles::{Content, told_for_an_archive};
use crate::office::contents::Contents;
use crate::office::failure::Failure;
use crate::office::files::keeping::Kept;
use crate::office::letters::{reading as letters, sheets};
use crate::office::log::{Kind, Note};
use crate::office::permission::{Deed, Officer};
use crate::office::{Office, Shared, files as case_files, projection};
use crate::release::package::{FileMetadata, JournalLine, Package, PackageFault, Paper};
use crate::storage::transfers::{self, TransferRow};
use crate::storage::{Conn, agencies, files, journal, legal_holds};

/// Pieces on their way to whoever fetches the package.
const AHEAD: usize = 16;

/// A piece: large enough that few go back and forth.
const PIECE: usize = 64 * 1024;

/// Sheets that go with every file, where it has them.
const SHEETS: &[LetterKind] = &[LetterKind::ApplicationForm, LetterKind::CoverSheet, LetterKind::DeadlineSheet];

impl From<PackageFault> for Failure {
    fn from(fault: PackageFault) -> Self {
        Self::broken(fault)
    }
}

impl Office {
    /// The package, piece by piece, and what it is called. Who fetched it is written down before the first byte.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; [`Failure::Refused`] where a file of it is gone by now. What goes wrong later
    /// breaks the stream off.
    pub async fn archive_package(
        &self,
        officer: &Officer,
        id: TransferId,
    ) -> Result<(String, impl Stream<Item = io::Result<Bytes>> + use<>), Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        let row = self
            .db()
            .write(move |conn| {
                let row = transfer::permitted(conn, &officer, Deed::Dispose, id)?;
                for (case, _) in transfers::cases(conn, id)? {
                    intact(&projection::load(conn, case)?.0)?;
                }
                let absent = officer.acts_as(Deed::Dispose, &projection::lineage(conn, row.agency_id)?).absent();
                let note = Note::by(&officer, Kind::ArchivePackage).at(row.agency_id).in_place_of(absent);
                note.fact("transfer", id).write(conn, &shared)?;
                Ok::<_, Failure>(row)
            })
            .await?;
        let name = format!("archive-{}.zip", row.id);
        let (send, receive) = mpsc::channel(AHEAD);
        let office = self.clone();
        tokio::task::spawn_blocking(move || {
            let mut out = Outlet { send: send.clone(), piece: Vec::with_capacity(PIECE) };
            if let Err(failure) = write(&office, &row, &mut out) {
                tracing::error!(%failure, transfer = %row.id, "a package for an archive broke off");
                // Whoever fetches it must see that it is not whole.
                let _gone = send.blocking_send(Err(io::Error::other("the package broke off")));
            }
        });
        Ok((name, stream::unfold(receive, |mut receive| async { Some((receive.recv().await?, receive)) })))
    }
}

/// Where the package is written to: a channel to whoever fetches it.
struct Outlet {
    send: mpsc::Sender<io::Result<Bytes>>,
    piece: Vec<u8>,
}

impl Write for &mut Outlet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.piece.is_empty() {
            return Ok(());
        }
        let piece = std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE));
        let sent = self.send.blocking_send(Ok(Bytes::from(piece)));
        sent.map_err(|_gone| io::Error::new(io::ErrorKind::BrokenPipe, "nobody fetches it any more"))
    }
}

fn write(office: &Office, row: &TransferRow, out: &mut Outlet) -> Result<(), Failure> {
    let shared = office.shared();
    // What is told of a case lies under a seal, as it does in a bundle.
    office.seal_now()?;
    let fonts = Fonts::at_hand(&shared.letters);
    let (agency, cases) = office
        .db()
        .read_now(|conn| Ok::<_, Failure>((agencies::load(conn, row.agency_id)?, transfers::cases(conn, row.id)?)))?;
    let mut package = Package::into(out);
    for (case, number) in &cases {
        let gathered = office.db().read_now(|conn| gather(conn, &shared, *case))?;
        one(&mut package, &shared, &fonts, number, gathered)?;
    }
    let about = [
        ("agency", agency.name),
        ("transfer", row.id.to_string()),
        ("made", crate::clock::day_in_china(row.made_at).to_string()),
        ("files", cases.len().to_string()),
        ("standard", "PDF/A-2b (ISO 19005-2)".to_owned()),
    ];
    let digest = package.finish(&about)?;
    office.db().write_now(|conn| transfers::written(conn, row.id, &digest).map_err(Failure::from))
}

/// A letter as it was issued: its bytes where they were kept, and its words to set it again.
struct Issued {
    title: String,
    number: String,
    on: chrono::NaiveDate,
    kept: Option<Kept>,
    letter: Letter,
}

/// All of a file, before anything of it is set or read.
struct Gathered {
    issued: Vec<Issued>,
    sheets: Vec<Letter>,
    told: Vec<Content>,
    /// The day its last papers bear.
    closed_on: chrono::NaiveDate,
    attachments: Vec<(Kept, String, chrono::NaiveDate)>,
    metadata: FileMetadata,
}

fn gather(conn: &mut Conn, shared: &Shared, id: CaseId) -> Result<Gathered, Failure> {
    let (case, _) = projection::load(conn, id)?;
    intact(&case)?;
    let mut issued = Vec::new();
    for one in &case.letters {
        let kept = one.pdf.map(|pdf| files::load(conn, pdf.id)).transpose()?;
        let letter = letters::open(conn, shared, &case, one)?;
        issued.push(Issued {
            title: letter.title.clone(),
            number: one.number.clone(),
            on: one.on,
            kept: kept.map(|row| Kept::of(conn, shared, row)).transpose()?,
            letter,
        });
    }
    let mut made = Vec::new();
    for kind in SHEETS {
        match sheets::of_case(conn, shared, &case, None, *kind) {
            Ok(sheet) => made.push(sheet),
            Err(Failure::Missing) => {}
            Err(other) => return Err(other),
        }
    }
    let told = told_for_an_archive(conn, shared, id)?;
    let today = crate::clock::day_in_china(shared.clock.now());
    let mut attachments = Vec::new();
    for view in case_files::all(conn, shared, &case, today)? {
        let row = files::load(conn, view.id)?;
        attachments.push((Kept::of(conn, shared, row)?, view.purpose.zh.to_owned(), view.on));
    }
    let metadata = metadata(conn, shared, &case)?;
    let closed_on = case.closing.as_ref().map_or(today, |closing| closing.on);
    Ok(Gathered { issued, sheets: made, told, closed_on, attachments, metadata })
}

fn metadata(conn: &mut Conn, shared: &Shared, case: &Case) -> Result<FileMetadata, Failure> {
    let agency = agencies::load(conn, case.agency())?;
    let lineage = projection::lineage(conn, agency.id)?;
    let contents = Contents::of(conn, shared, case, None, &lineage)?;
    let reviewed = legal_holds::reviewed(conn, &[case.id])?.contains(&case.id);
    let plan = schedule::of(conn, agency.id)?;
    let closing = case.closing.as_ref();
    let term = closing.map(|closing| plan.term(closing.outcome, reviewed));
    let until = closing.and_then(|closing| plan.kept_until(closing.on, closing.outcome, reviewed));
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let person = contents.person(case.particulars.applicant);
    let number = case.registration.as_ref().map(|entry| entry.number.clone());
    let heads = vec![
        ("number", "案号", number.unwrap_or_default()),
        ("receipt", "回执编号", case.filed.receipt_no.clone()),
        ("title", "题名", contents.words(case.particulars.subject).unwrap_or_default()),
        ("author", "责任者", agency.name.clone()),
        ("applicant", "申请人", person.map(|person| person.name).unwrap_or_default()),
        ("received", "收到日期", day(case.received_on)),
        ("registered", "登记日期", day(case.registration.as_ref().map(|entry| entry.on))),
        ("closed", "办结日期", day(closing.map(|closing| closing.on))),
        ("outcome", "处理结果", closing.map(|closing| closing.outcome.zh().to_owned()).unwrap_or_default()),
        ("term", "保管期限", term.map(|term| term.zh().to_owned()).unwrap_or_default()),
        ("kept_until", "保管至", day(until)),
    ];
    let lines = journal::load(conn, case.id)?;
    let journal = case
        .journal()
        .iter()
        .zip(lines)
        .map(|(entry, row)| JournalLine {
            seq: entry.seq,
            at: entry.at.to_rfc3339(),
            kind: entry.event.kind(),
            zh: entry.event.zh(),
            hash: row.hash,
        })
        .collect();
    Ok(FileMetadata { heads, papers: Vec::new(), journal })
}

fn one(
    package: &mut Package<&mut Outlet>,
    shared: &Shared,
    fonts: &Arc<Fonts>,
    number: &str,
    gathered: Gathered,
) -> Result<(), Failure> {
    let folder = format!("files/{}", path_of(number));
    let Gathered { issued, sheets, told, attachments, closed_on, mut metadata } = gathered;
    for (place, one) in issued.into_iter().enumerate() {
        let name = format!("{folder}/letters/{:03}", place + 1);
        let paper = |at, rendition| Paper {
            title: one.title.clone(),
            number: one.number.clone(),
            on: one.on.to_string(),
            rendition,
            at,
        };
        if let Some(kept) = one.kept {
            let at = package.add(&format!("{name}.pdf"), parts(shared, kept)?)?;
            metadata.papers.push(paper(at, "as_issued"));
        }
        let at = package.add_whole(&format!("{name}-pdfa.pdf"), pdf_a(&one.letter, fonts)?)?;
        metadata.papers.push(paper(at, "pdf_a"));
    }
    for (place, sheet) in sheets.into_iter().enumerate() {
        let name = format!("{folder}/sheets/{:03}-{}-pdfa.pdf", place + 1, sheet.kind.as_str());
        let at = package.add_whole(&name, pdf_a(&sheet, fonts)?)?;
        let (title, number, on) = (sheet.title, sheet.number, sheet.on.to_string());
        metadata.papers.push(Paper { title, number, on, rendition: "pdf_a", at });
    }
    for (place, content) in told.into_iter().enumerate() {
        let (title, number, on, set) = match content {
            Content::Paper(paper) => {
                let set = typeset::paper_pdf_a(&paper, closed_on, fonts).map_err(Failure::broken)?;
                (paper.title, paper.number, closed_on, set)
            }
            Content::Letter(letter) => {
                let set = pdf_a(&letter, fonts)?;
                (letter.title, letter.number, letter.on, set)
            }
            Content::File(..) => continue,
        };
        let at = package.add_whole(&format!("{folder}/records/{:03}-pdfa.pdf", place + 1), set)?;
        metadata.papers.push(Paper { title, number, on: on.to_string(), rendition: "pdf_a", at });
    }
    for (place, (kept, purpose, on)) in attachments.into_iter().enumerate() {
        let ending: String = kept
            .name
            .rsplit_once('.')
            .map(|(_, ending)| ending.chars().filter(char::is_ascii_alphanumeric).take(8).collect())
            .unwrap_or_default();
        let ending = if ending.is_empty() { "bin".to_owned() } else { ending.to_lowercase() };
        let (title, name) = (kept.name.clone(), format!("{folder}/attachments/{:03}.{ending}", place + 1));
        let at = package.add(&name, parts(shared, kept)?)?;
        metadata.papers.push(Paper { title, number: purpose, on: on.to_string(), rendition: "as_received", at });
    }
    let xml = metadata.xml().map_err(Failure::broken)?;
    package.add_whole(&format!("{folder}/metadata.xml"), xml)?;
    Ok(())
}

fn pdf_a(letter: &Letter, fonts: &Arc<Fonts>) -> Result<Vec<u8>, Failure> {
    typeset::pdf_a(letter, fonts).map_err(Failure::broken)
}

/// The content of a kept file, part by part, on a thread that waits for each.
fn parts(shared: &Shared, kept: Kept) -> Result<impl Iterator<Item = Result<Vec<u8>, Failure>>, Failure> {
    use futures_util::StreamExt;
    let store = shared.store()?.clone();
    let mut content = Some(Box::pin(kept.into_content(store)));
    Ok(std::iter::from_fn(move || {
        let mut rest = content.take()?;
        let waited = beside::wait(async move {
            let next = rest.next().await;
            (next, rest)
        });
        match waited {
            Ok((next, rest)) => {
                let next = next?;
                content = Some(rest);
                Some(next.map(Vec::from).map_err(Failure::from))
            }
            Err(error) => Some(Err(Failure::broken(error))),
        }
    }))
}

/// A case's number as the name of a folder that every system takes.
fn path_of(number: &str) -> String {
    number
        .chars()
        .map(|letter| if letter.is_alphanumeric() || matches!(letter, '-' | '_') { letter } else { '_' })
        .collect()
}
