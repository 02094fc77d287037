//! All the text a recipient could find in a file, with the place where it stands.
//!
//! What is looked for before a release is not only what a page shows: a name that was deleted under
//! tracking, an author in the properties or a hidden sheet goes out with the file all the same. So the
//! readers below tell too much rather than too little, and a file that cannot be read whole is an error.

mod archive;
mod docx;
mod pdf;
mod place;
mod plain;
mod xlsx;
mod xml;

use std::panic::{AssertUnwindSafe, catch_unwind};

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use place::{Hidden, Place};

/// How many bytes the compressed parts of one file may come to when they are inflated: 64 MiB.
pub const MAX_INFLATED: usize = 64 * 1024 * 1024;

/// The kinds of file that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// A PDF.
    Pdf,
    /// A text document of Office Open XML.
    Docx,
    /// A workbook of Office Open XML.
    Xlsx,
    /// Text without any markup.
    Plain,
}

/// A piece of text and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Where in the file.
    pub place: Place,
    /// What stands there; never empty.
    pub text: String,
}

/// Why the text of a file cannot be told.
#[derive(Clone, Debug, Error, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unreadable {
    /// A password is needed.
    #[error("the file is encrypted")]
    Encrypted,
    /// The parts come to more than [`MAX_INFLATED`].
    #[error("the file's parts come to more than {} MiB", MAX_INFLATED >> 20)]
    TooLarge,
    /// It takes more memory or more time than a file may, such as one that is made to take it.
    #[error("it takes more memory or time than a file may")]
    TooMuch,
    /// A part defines texts of its own (a DTD), which nobody here puts in where they are referred to. Office Open XML forbids it.
    #[error("a part of the file defines texts of its own (a DTD)")]
    Definitions,
    /// The bytes are not what the kind asks for.
    #[error("the file is broken: {0}")]
    Broken(String),
}

/// Tells all text in the file, visible or not.
///
/// # Errors
/// When the file is encrypted, too large or broken: then nothing is known about it.
pub fn text_of(kind: Kind, bytes: &[u8]) -> Result<Vec<Passage>, Unreadable> {
    guarded(|| match kind {
        Kind::Pdf => pdf::passages(bytes),
        Kind::Docx => docx::passages(bytes),
        Kind::Xlsx => xlsx::passages(bytes),
        Kind::Plain => Ok(plain::passages(bytes)),
    })
}

/// The parts of a document that are no text: pictures, embedded files, programs. Nothing is known of what they show.
///
/// # Errors
/// When the file is encrypted, too large or broken.
pub fn parts_not_read(kind: Kind, bytes: &[u8]) -> Result<Vec<String>, Unreadable> {
    guarded(|| match kind {
        Kind::Docx | Kind::Xlsx => archive::not_read(bytes),
        Kind::Pdf | Kind::Plain => Ok(Vec::new()),
    })
}

/// The pages of a PDF, counted from 1, that show something but let no text be taken out: scans, mostly.
///
/// # Errors
/// When the file is encrypted, too large or broken.
pub fn pages_without_text(bytes: &[u8]) -> Result<Vec<u32>, Unreadable> {
    guarded(|| pdf::pages_without_text(bytes))
}

/// Files come from outside, and the crates that read them index and add without asking in places. A panic of
/// theirs is one more way for a file to be broken and must not end the request; nothing that the closure
/// could leave half-changed outlives it.
fn guarded<T>(read: impl FnOnce() -> Result<T, Unreadable>) -> Result<T, Unreadable> {
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_payload| Err(Unreadable::Broken("its reader gave up on it".to_owned())))
}

/// Adds a passage unless there is nothing to read in it.
fn push(passages: &mut Vec<Passage>, place: Place, text: &str) {
    let text = text.trim();
    if !text.is_empty() {
        passages.push(Passage { place, text: text.to_owned() });
    }
}
