//! The book of all papers: PDFs one after the other in a file of their own, each page stamped with its number, with bookmarks.
//!
//! It is written out object by object as the papers are read, one paper in memory at a time: a file of a case may have
//! thousands of pages. Of a paper come along its pages and what they show; its scripts, forms, attachments and links do not.

mod copy;
mod page;
mod stamp;

use std::fmt::Write as _;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::{Dictionary, Document, LoadOptions, Object, Stream, Writer};

use copy::Copied;
use stamp::Stamps;

/// Why a book cannot be made, or a paper be put into it.
#[derive(Debug, thiserror::Error)]
pub enum BookFault {
    /// The paper is no PDF, is broken, or needs a password; a page that says so takes its place.
    #[error("the PDF cannot be put into the book: {0}")]
    Paper(String),
    /// Whoever takes the bytes does not.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// Where on a page its number stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foot {
    /// In the margin, which our own papers keep free.
    Margin,
    /// On a strip added under the page, so that it covers nothing.
    Strip,
}

/// A bookmark.
struct Mark {
    title: String,
    /// Whether it stands under the last section.
    below: bool,
    page: u32,
}

const CATALOG: u32 = 1;
const TREE: u32 = 2;
/// Puts the state of drawing aside before the content of a page.
const ASIDE: u32 = 3;
/// The first number that is free.
const FREE: u32 = 4;

/// No stream of a paper may unfold to more: 256 MiB.
const MAX_UNFOLDED: usize = 256 << 20;

/// A book being written into `W`.
pub struct Book<W: Write> {
    out: W,
    at: u64,
    /// Where each object stands, by its number; 0 for one that is not written yet.
    offsets: Vec<u64>,
    pages: Vec<u32>,
    marks: Vec<Mark>,
    stamps: Stamps,
    total: u32,
}

impl<W: Write> Book<W> {
    /// A book of `total` pages. `stamps`: a PDF with a page for each of [`Stamps::WORDS`].
    ///
    /// # Errors
    /// [`BookFault`].
    pub fn begin(out: W, total: u32, stamps: &[u8]) -> Result<Self, BookFault> {
        let offsets = vec![0; usize::try_from(FREE).unwrap_or_default()];
        let (pages, marks) = (Vec::new(), Vec::new());
        let mut book = Self { out, at: 0, offsets, pages, marks, stamps: Stamps::default(), total };
        // The second line tells programs that it is no text.
        book.put(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")?;
        book.object(ASIDE, &Object::Stream(Stream::new(Dictionary::new(), b"q\n".to_vec())))?;
        book.stamps = stamp::taken(&mut book, &opened(stamps)?)?;
        Ok(book)
    }

    /// The words of the stamps, each to be set on a page of its own, just as large as it is.
    #[must_use]
    pub fn stamp_words() -> Vec<String> {
        Stamps::WORDS.iter().map(|word| (*word).to_owned()).collect()
    }

    /// A bookmark to the page that comes next; `below`: under the last one that is not.
    pub fn mark(&mut self, title: &str, below: bool) {
        let page = u32::try_from(self.pages.len()).unwrap_or(u32::MAX);
        self.marks.push(Mark { title: title.to_owned(), below, page });
    }

    /// Adds every page of a paper.
    ///
    /// # Errors
    /// [`BookFault::Paper`] before anything of it is written; [`BookFault::Io`].
    pub fn add(&mut self, paper: &[u8], foot: Foot) -> Result<(), BookFault> {
        let document = opened(paper)?;
        let mut copied = Copied::default();
        for id in document.get_pages().into_values() {
            let number = self.pages.len().saturating_add(1);
            let drawn = page::drawn(&document, id, foot, &self.stamps, (number, self.total))?;
            let leaf = self.next();
            self.pages.push(leaf);
            copied.page(self, &document, leaf, drawn)?;
        }
        Ok(())
    }

    /// Writes bookmarks and the list of pages, and ends the file.
    ///
    /// # Errors
    /// [`BookFault::Io`].
    pub fn finish(mut self, title: &str) -> Result<W, BookFault> {
        let kids: Vec<Object> = self.pages.iter().map(|page| reference(*page)).collect();
        let count = integer(kids.len());
        let tree = dictionary([("Type", name("Pages")), ("Kids", Object::Array(kids)), ("Count", count)]);
        self.object(TREE, &Object::Dictionary(tree))?;
        let outline = self.outline()?;
        let info = self.next();
        let told = dictionary([("Title", text(title)), ("Creator", text("dafu"))]);
        self.object(info, &Object::Dictionary(told))?;
        let shown = dictionary([("DisplayDocTitle", Object::Boolean(true))]);
        let catalog = dictionary([
            ("Type", name("Catalog")),
            ("Pages", reference(TREE)),
            ("Outlines", reference(outline)),
            ("PageMode", name("UseOutlines")),
            ("Lang", text("zh-CN")),
            ("ViewerPreferences", Object::Dictionary(shown)),
        ]);
        self.object(CATALOG, &Object::Dictionary(catalog))?;
        self.ended(info)
    }

    /// The bookmarks; gives the number of their root.
    fn outline(&mut self) -> Result<u32, BookFault> {
        let root = self.next();
        let marks = std::mem::take(&mut self.marks);
        let numbers: Vec<u32> = marks.iter().map(|_| self.next()).collect();
        let all: Vec<(u32, &Mark)> = numbers.iter().copied().zip(&marks).collect();
        let tops: Vec<u32> = all.iter().filter(|(_, mark)| !mark.below).map(|(number, _)| *number).collect();
        let mut parent = root;
        for (number, mark) in &all {
            if !mark.below {
                parent = *number;
            }
            let up = if mark.below { parent } else { root };
            let siblings = if mark.below { children(&all, parent) } else { tops.clone() };
            let place = siblings.iter().position(|one| one == number).unwrap_or_default();
            let page = usize::try_from(mark.page).ok().and_then(|page| self.pages.get(page)).or(self.pages.last());
            let mut entry = dictionary([
                ("Title", text(&mark.title)),
                ("Parent", reference(up)),
                ("Dest", Object::Array(vec![reference(page.copied().unwrap_or(TREE)), name("Fit")])),
            ]);
            let before = place.checked_sub(1).and_then(|place| siblings.get(place));
            for (key, other) in [("Prev", before), ("Next", siblings.get(place.saturating_add(1)))] {
                if let Some(other) = other {
                    entry.set(key, reference(*other));
                }
            }
            let below = if mark.below { Vec::new() } else { children(&all, *number) };
            family(&mut entry, &below);
            self.object(*number, &Object::Dictionary(entry))?;
        }
        let mut entry = dictionary([("Type", name("Outlines"))]);
        family(&mut entry, &tops);
        self.object(root, &Object::Dictionary(entry))?;
        Ok(root)
    }

    /// The table of objects and the trailer.
    fn ended(mut self, info: u32) -> Result<W, BookFault> {
        let start = self.at;
        let offsets = std::mem::take(&mut self.offsets);
        let mut table = format!("xref\n0 {}\n0000000000 65535 f\r\n", offsets.len());
        for offset in offsets.iter().skip(1) {
            let kept = if *offset == 0 { "65535 f" } else { "00000 n" };
            let _infallible = write!(table, "{offset:010} {kept}\r\n");
        }
        self.put(table.as_bytes())?;
        let size = offsets.len();
        let trailer =
            format!("trailer\n<</Size {size}/Root {CATALOG} 0 R/Info {info} 0 R>>\nstartxref\n{start}\n%%EOF\n");
        self.put(trailer.as_bytes())?;
        self.out.flush()?;
        Ok(self.out)
    }

    /// A number for an object to come.
    fn next(&mut self) -> u32 {
        self.offsets.push(0);
        u32::try_from(self.offsets.len().saturating_sub(1)).unwrap_or(u32::MAX)
    }

    /// Writes the object of this number.
    fn object(&mut self, number: u32, object: &Object) -> Result<(), BookFault> {
        let at = self.at;
        if let Some(offset) = usize::try_from(number).ok().and_then(|place| self.offsets.get_mut(place)) {
            *offset = at;
        }
        let mut bytes = format!("{number} 0 obj\n").into_bytes();
        Writer::write_object(&mut bytes, object).map_err(|error| BookFault::Paper(error.to_string()))?;
        bytes.extend_from_slice(b"\nendobj\n");
        self.put(&bytes)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), BookFault> {
        self.out.write_all(bytes)?;
        self.at = self.at.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        Ok(())
    }
}

/// How many pages a PDF has, if it can be put into a book.
///
/// # Errors
/// [`BookFault::Paper`].
pub fn page_count(paper: &[u8]) -> Result<u32, BookFault> {
    let document = opened(paper)?;
    let pages = document.get_pages();
    // What cannot be laid out is found now, before the pages are numbered.
    for id in pages.values() {
        page::drawn(&document, *id, Foot::Strip, &Stamps::default(), (1, 1))?;
    }
    match pages.len() {
        0 => Err(BookFault::Paper("it has no pages".to_owned())),
        pages => u32::try_from(pages).map_err(|_many| BookFault::Paper("it has too many pages".to_owned())),
    }
}

/// Opens a PDF that anybody may have sent.
fn opened(paper: &[u8]) -> Result<Document, BookFault> {
    let options = LoadOptions { max_decompressed_size: Some(MAX_UNFOLDED), ..LoadOptions::default() };
    let read = catch_unwind(AssertUnwindSafe(|| Document::load_mem_with_options(paper, options)));
    let read = read.map_err(|_panic| BookFault::Paper("its reader gave up".to_owned()))?;
    let document = read.map_err(|error| BookFault::Paper(error.to_string()))?;
    if document.is_encrypted() {
        return Err(BookFault::Paper("it needs a password".to_owned()));
    }
    Ok(document)
}

/// The bookmarks that stand under this one.
fn children(all: &[(u32, &Mark)], of: u32) -> Vec<u32> {
    let after = all.iter().skip_while(|(number, _)| *number != of).skip(1);
    after.take_while(|(_, mark)| mark.below).map(|(number, _)| *number).collect()
}

/// First, last and number of what stands under an entry; closed where it is not the root.
fn family(entry: &mut Dictionary, below: &[u32]) {
    if let (Some(first), Some(last)) = (below.first(), below.last()) {
        entry.set("First", reference(*first));
        entry.set("Last", reference(*last));
        entry.set("Count", integer(below.len()));
    }
}

fn dictionary<const N: usize>(entries: [(&str, Object); N]) -> Dictionary {
    let mut made = Dictionary::new();
    for (key, value) in entries {
        made.set(key, value);
    }
    made
}

fn name(name: &str) -> Object {
    Object::Name(name.as_bytes().to_vec())
}

fn text(text: &str) -> Object {
    lopdf::text_string(text)
}

fn integer(count: usize) -> Object {
    Object::Integer(i64::try_from(count).unwrap_or(i64::MAX))
}

const fn reference(number: u32) -> Object {
    Object::Reference((number, 0))
}

#[cfg(test)]
mod tests;
