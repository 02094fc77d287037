//! A letter as PDF. The layout is one embedded source; the letter goes in as data, and there is nothing else that it could
//! read: no other file, no package, no time. So the same letter with the same fonts gives the same bytes.

use std::sync::{Arc, LazyLock};

use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, Source, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::fonts::{Altered, Chosen, Fonts, Lacking};
use super::letter::{Annex, Block, Letter};
use super::paper::Paper;
use crate::clock::in_chinese;
use crate::law::letter::LetterKind;

/// The layout, told in what is kept of a letter: its bytes hang on it.
pub const LAYOUT: u32 = 2;

/// Why a letter cannot be set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TypesetFault {
    /// There is no font for the text.
    #[error("{0}")]
    NoFont(String),
    /// A font is no longer what it was.
    #[error(transparent)]
    Altered(#[from] Altered),
    /// A character has no glyph.
    #[error("no font has the character {:?} (in {})", .0.character, .0.place)]
    Lacking(Lacking),
    /// The layout itself failed: a fault of this program.
    #[error("the layout failed: {0}")]
    Layout(String),
}

/// What the layout is given.
#[derive(Serialize)]
struct Data<'a> {
    issuer: &'a str,
    number: &'a str,
    title: &'a str,
    addressee: &'a str,
    blocks: &'a [Block],
    contact: &'a str,
    day: String,
    annexes: &'a [Annex],
    /// Whether it is a sheet of the file, without the red head.
    sheet: bool,
    /// Whether the file bears its day, as an archive wants it.
    archive: bool,
    fonts: &'a Chosen,
}

/// Whether a paper is laid out as a plain sheet.
const fn is_sheet(kind: LetterKind) -> bool {
    matches!(
        kind,
        LetterKind::ApplicationForm | LetterKind::ServiceReceipt | LetterKind::CoverSheet | LetterKind::DeadlineSheet
    )
}

/// Sets a letter.
///
/// # Errors
/// [`TypesetFault`]; a letter is never set with a box in the place of a character.
pub fn pdf(letter: &Letter, fonts: &Arc<Fonts>) -> Result<Vec<u8>, TypesetFault> {
    set(letter, fonts, PdfOptions::default())
}

/// Sets a letter for an archive, as PDF/A-2b (ISO 19005-2): fonts and colours lie in the file, which bears the letter's day.
///
/// # Errors
/// As [`pdf`].
pub fn pdf_a(letter: &Letter, fonts: &Arc<Fonts>) -> Result<Vec<u8>, TypesetFault> {
    set(letter, fonts, for_an_archive(letter.on)?)
}

/// PDF/A-2b that bears a day.
fn for_an_archive(on: NaiveDate) -> Result<PdfOptions, TypesetFault> {
    let part = |number: u32| u8::try_from(number).ok();
    let day = part(on.month())
        .zip(part(on.day()))
        .and_then(|(month, day)| Datetime::from_ymd_hms(on.year(), month, day, 0, 0, 0));
    let standards =
        PdfStandards::new(&[PdfStandard::A_2b]).map_err(|fault| TypesetFault::Layout(fault.message().to_string()))?;
    Ok(PdfOptions { standards, timestamp: day.map(Timestamp::new_utc), ..PdfOptions::default() })
}

fn set(letter: &Letter, fonts: &Arc<Fonts>, kind: PdfOptions) -> Result<Vec<u8>, TypesetFault> {
    if !fonts.can_set() {
        return Err(TypesetFault::NoFont(fonts.complaint().unwrap_or_default()));
    }
    if let Some(lacking) = fonts.lacking(letter).into_iter().next() {
        return Err(TypesetFault::Lacking(lacking));
    }
    let data = Data {
        issuer: &letter.issuer,
        number: &letter.number,
        title: &letter.title,
        addressee: &letter.addressee,
        blocks: &letter.blocks,
        contact: &letter.contact,
        day: in_chinese(letter.on),
        annexes: &letter.annexes,
        sheet: is_sheet(letter.kind),
        archive: kind.timestamp.is_some(),
        fonts: &fonts.chosen,
    };
    let json = serde_json::to_vec(&data).map_err(|error| TypesetFault::Layout(error.to_string()))?;
    let document = laid_out(&Room::new(&LAYOUT_SOURCE, fonts, json))?;
    let options = PdfOptions {
        ident: Smart::Custom(format!("{}/{}", letter.issuer, letter.number)),
        creator: Smart::Custom(Some("dafu".to_owned())),
        ..kind
    };
    let bytes = typst_pdf::pdf(&document, &options).map_err(|faults| layout_fault(&faults))?;
    // What was laid out for the last few letters is kept, the rest let go.
    comemo::evict(KEPT_ROUNDS);
    Ok(bytes)
}

/// A few words on a strip of paper just as large as they are, black on white: what is written onto a box that was blacked out.
///
/// # Errors
/// [`TypesetFault`].
pub fn label(words: &str, fonts: &Arc<Fonts>) -> Result<Vec<u8>, TypesetFault> {
    if !fonts.can_set() {
        return Err(TypesetFault::NoFont(fonts.complaint().unwrap_or_default()));
    }
    let data = Label { words, fonts: &fonts.chosen };
    let json = serde_json::to_vec(&data).map_err(|error| TypesetFault::Layout(error.to_string()))?;
    let document = laid_out(&Room::new(&LABEL_SOURCE, fonts, json))?;
    typst_pdf::pdf(&document, &PdfOptions::default()).map_err(|faults| layout_fault(&faults))
}

/// Sets a paper, with its picture (JPEG or PNG) where it has one. A character without a glyph is told by its code: what a case
/// holds was typed by others long ago, and its file is put together all the same.
///
/// # Errors
/// [`TypesetFault`]; [`TypesetFault::Layout`] for a picture that cannot be read.
pub fn paper(paper: &Paper, picture: Option<Vec<u8>>, fonts: &Arc<Fonts>) -> Result<Vec<u8>, TypesetFault> {
    set_paper(paper, picture, fonts, PdfOptions::default())
}

/// Sets a paper without a picture for an archive, as [`pdf_a`] does a letter; it bears the day `on`.
///
/// # Errors
/// As [`paper`].
pub fn paper_pdf_a(paper: &Paper, on: NaiveDate, fonts: &Arc<Fonts>) -> Result<Vec<u8>, TypesetFault> {
    set_paper(paper, None, fonts, for_an_archive(on)?)
}

fn set_paper(
    paper: &Paper,
    picture: Option<Vec<u8>>,
    fonts: &Arc<Fonts>,
    kind: PdfOptions,
) -> Result<Vec<u8>, TypesetFault> {
    if !fonts.can_set() {
        return Err(TypesetFault::NoFont(fonts.complaint().unwrap_or_default()));
    }
    let archive = kind.timestamp.is_some();
    let data = PaperData { paper: &paper.with(&|words| fonts.settable(words)), archive, fonts: &fonts.chosen };
    let json = serde_json::to_vec(&data).map_err(|error| TypesetFault::Layout(error.to_string()))?;
    let room = Room { picture: picture.map(Bytes::new), ..Room::new(&PAPER_SOURCE, fonts, json) };
    let document = laid_out(&room)?;
    let options = PdfOptions {
        ident: Smart::Custom(format!("{}/{}", paper.number, paper.title)),
        creator: Smart::Custom(Some("dafu".to_owned())),
        ..kind
    };
    let bytes = typst_pdf::pdf(&document, &options).map_err(|faults| layout_fault(&faults))?;
    comemo::evict(KEPT_ROUNDS);
    Ok(bytes)
}

/// Words, each on a page just as large as it is, all with one base line.
///
/// # Errors
/// [`TypesetFault`].
pub fn words(words: &[String], fonts: &Arc<Fonts>) -> Result<Vec<u8>, TypesetFault> {
    if !fonts.can_set() {
        return Err(TypesetFault::NoFont(fonts.complaint().unwrap_or_default()));
    }
    let data = WordsData { words, fonts: &fonts.chosen };
    let json = serde_json::to_vec(&data).map_err(|error| TypesetFault::Layout(error.to_string()))?;
    let document = laid_out(&Room::new(&WORDS_SOURCE, fonts, json))?;
    typst_pdf::pdf(&document, &PdfOptions::default()).map_err(|faults| layout_fault(&faults))
}

/// What the layout of a paper is given.
#[derive(Serialize)]
struct PaperData<'a> {
    paper: &'a Paper,
    archive: bool,
    fonts: &'a Chosen,
}

/// What the layout of words is given.
#[derive(Serialize)]
struct WordsData<'a> {
    words: &'a [String],
    fonts: &'a Chosen,
}

/// What the layout of a label is given.
#[derive(Serialize)]
struct Label<'a> {
    words: &'a str,
    fonts: &'a Chosen,
}

fn laid_out(room: &Room) -> Result<PagedDocument, TypesetFault> {
    room.fonts.read()?;
    let set = typst::compile::<PagedDocument>(room);
    // A warning is a family that is not there, or a layout that does not settle: neither may pass.
    if let Some(warning) = set.warnings.first() {
        return Err(TypesetFault::Layout(warning.message.to_string()));
    }
    set.output.map_err(|faults| layout_fault(&faults))
}

/// How many letters ago something may have last been of use and still be kept.
const KEPT_ROUNDS: usize = 8;

fn layout_fault(faults: &[SourceDiagnostic]) -> TypesetFault {
    let told: Vec<String> = faults.iter().map(|fault| fault.message.to_string()).collect();
    TypesetFault::Layout(told.join("; "))
}

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));
static LAYOUT_SOURCE: LazyLock<Source> = LazyLock::new(|| Source::detached(include_str!("letter.typ")));
static LABEL_SOURCE: LazyLock<Source> = LazyLock::new(|| Source::detached(include_str!("label.typ")));
static PAPER_SOURCE: LazyLock<Source> = LazyLock::new(|| Source::detached(include_str!("paper.typ")));
static WORDS_SOURCE: LazyLock<Source> = LazyLock::new(|| Source::detached(include_str!("words.typ")));

/// The name under which the layout asks for the letter.
const DATA: &str = "data.json";

/// The name under which it asks for the picture.
const PICTURE: &str = "picture";

/// All that the layout can see.
struct Room {
    source: &'static Source,
    fonts: Arc<Fonts>,
    data: Bytes,
    picture: Option<Bytes>,
}

impl Room {
    fn new(source: &'static Source, fonts: &Arc<Fonts>, data: Vec<u8>) -> Self {
        Self { source, fonts: Arc::clone(fonts), data: Bytes::new(data), picture: None }
    }
}

impl World for Room {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.source.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.source.id() { Ok(self.source.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if *id.root() != VirtualRoot::Project {
            return Err(FileError::AccessDenied);
        }
        match (id.vpath().get_without_slash(), &self.picture) {
            (DATA, _) => Ok(self.data.clone()),
            (PICTURE, Some(picture)) => Ok(picture.clone()),
            _ => Err(FileError::AccessDenied),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::law::outcome::Outcome;
    use crate::letters::{ContentsLine, Piece, sample, wordings};

    fn fonts() -> Arc<Fonts> {
        let config = Config::load(None, std::iter::empty::<(String, String)>()).expect("settings");
        Fonts::find(&config.letters)
    }

    fn letter(kind: LetterKind, outcome: Option<Outcome>) -> Letter {
        sample::letter(kind, outcome, wordings::embedded(kind, outcome)).expect("a letter")
    }

    #[test]
    fn the_same_letter_gives_the_same_bytes() {
        let fonts = fonts();
        let letter = letter(LetterKind::Reply, Some(Outcome::PartlyGranted));
        let first = pdf(&letter, &fonts).expect("a page");
        assert!(first.starts_with(b"%PDF-"));
        assert_eq!(first, pdf(&letter, &fonts).expect("a page"));
    }

    #[test]
    fn a_paper_is_set_whatever_it_says_and_the_same_one_gives_the_same_bytes() {
        let fonts = fonts();
        let digest = "0123456789abcdef".repeat(4);
        let line = |number: &str| ContentsLine {
            number: number.to_owned(),
            title: "政府信息公开申请答复书".to_owned(),
            day: "2026年3月2日".to_owned(),
            page: 3,
        };
        let pieces = vec![
            Piece::Heading { text: "# 一、[标题]".to_owned() },
            Piece::Paragraph { text: "两行\n\u{3FFFD}".to_owned() },
            Piece::Facts { rows: vec![("SHA-256".to_owned(), digest), ("空".to_owned(), String::new())] },
            Piece::Table { widths: vec![1, 2], rows: vec![vec!["甲".to_owned(), "乙".to_owned()]; 80] },
            Piece::Contents { lines: vec![line(""), line("1")] },
        ];
        let (issuer, title, number) = ("某局".to_owned(), "案卷".to_owned(), "1号".to_owned());
        let one = Paper { issuer, title, number, pieces };
        let first = paper(&one, None, &fonts).expect("pages");
        assert_eq!(first, paper(&one, None, &fonts).expect("pages"));
        let pictured = Paper { pieces: vec![Piece::Picture], ..one };
        assert!(paper(&pictured, Some(b"no picture".to_vec()), &fonts).is_err());
        assert!(words(&["第 ".to_owned(), "1".to_owned()], &fonts).is_ok());
    }

    #[test]
    fn a_name_with_a_rare_character_comes_out_right_and_one_without_a_glyph_is_refused() {
        let fonts = fonts();
        let mut letter = letter(LetterKind::Extension, None);
        letter.addressee = "陈喆、堃龑䶮".to_owned();
        assert!(pdf(&letter, &fonts).is_ok());
        letter.addressee = "陈\u{3FFFD}".to_owned();
        let lacking = Lacking { character: '\u{3FFFD}', place: "主送" };
        assert_eq!(pdf(&letter, &fonts), Err(TypesetFault::Lacking(lacking)));
    }
}
