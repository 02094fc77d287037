//! The proof that a redacted file keeps what it should keep.
//!
//! It is made from the bytes that would go out, by means that had no part in writing them, and it allows only
//! what is known to be harmless: a file of one picture a page whose pixels under the boxes are those that were
//! meant to be there. Whatever is not on the short list of things allowed is a leak, so a way of hiding
//! something that nobody has thought of yet is refused too.
//!
//! The file may be long, and is read where it lies: no more of it than one page's picture is in memory at a time.

mod frame;
mod leak;
mod pixels;
mod structure;

use std::collections::BTreeSet;
use std::io::{Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::{Document, LoadOptions};

use super::redact::{Box, Label};
use frame::Frame;

pub use leak::{Leak, What};

/// No stream of a redacted file inflates to more: a picture of the largest size in colour, with room.
const MAX_STREAM: usize = 96 * 1024 * 1024;
/// A file that cannot be followed is read as a whole up to this length, to tell what it holds; it is refused in any case.
const MAX_WHOLE: u64 = 32 * 1024 * 1024;

/// What was proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proof {
    /// Pages of one picture each.
    pub pages: u32,
    /// Boxes under which nothing is left.
    pub boxes: usize,
}

/// Proves that the file holds pictures only, and nothing under the boxes but black and their labels.
///
/// `label` must give the labels that were given when the file was made.
///
/// # Errors
/// Everything found that could give something away. A file that cannot be read through counts as one that does.
pub fn prove<R: Read + Seek>(
    mut redacted: R,
    boxes: &[Box],
    label: &mut dyn FnMut(&str, u32, u32) -> Option<Label>,
) -> Result<Proof, Vec<Leak>> {
    // The crates that read the file may panic on a broken one, and what cannot be read is not proved. The closure
    // changes nothing that is looked at after a panic.
    catch_unwind(AssertUnwindSafe(|| examine(&mut redacted, boxes, label)))
        .unwrap_or_else(|_payload| Err(vec![Leak::file(What::Unreadable)]))
}

fn examine<R: Read + Seek>(
    redacted: &mut R,
    boxes: &[Box],
    label: &mut dyn FnMut(&str, u32, u32) -> Option<Label>,
) -> Result<Proof, Vec<Leak>> {
    redacted.rewind().map_err(|_gone| vec![Leak::file(What::Unreadable)])?;
    let frame = match frame::follow(&mut *redacted) {
        Ok(frame) => frame,
        Err(what) => return Err(of_the_whole(redacted, what)),
    };
    let Some(document) = loaded(&frame.bytes) else { return Err(vec![Leak::file(What::Unreadable)]) };
    let mut leaks = of_the_file(&document);
    let Frame { insides, numbers, faults, .. } = frame;
    leaks.extend(faults.into_iter().map(Leak::file));
    let known: BTreeSet<u32> = document.objects.keys().map(|(number, _)| *number).collect();
    if numbers.into_iter().collect::<BTreeSet<u32>>() != known {
        leaks.push(Leak::file(What::StrayBytes));
    }
    let pages = structure::pages(&document, &mut leaks);
    let inside = &mut |number: u32| -> Option<Vec<u8>> {
        let place =
            insides.get(&number).filter(|place| usize::try_from(place.length).is_ok_and(|it| it <= MAX_STREAM))?;
        redacted.seek(SeekFrom::Start(place.from)).ok()?;
        let mut bytes = vec![0; usize::try_from(place.length).ok()?];
        redacted.read_exact(&mut bytes).ok()?;
        Some(bytes)
    };
    pixels::compare(&document, &pages, boxes, inside, label, &mut leaks);
    if leaks.is_empty() {
        Ok(Proof { pages: u32::try_from(pages.len()).unwrap_or(u32::MAX), boxes: boxes.len() })
    } else {
        Err(leaks)
    }
}

fn loaded(bytes: &[u8]) -> Option<Document> {
    let options = LoadOptions { max_decompressed_size: Some(MAX_STREAM), ..LoadOptions::default() };
    Document::load_mem_with_options(bytes, options).ok()
}

/// What is wrong with a file that cannot be followed, and whatever else it holds that it should not.
fn of_the_whole<R: Read + Seek>(file: &mut R, what: What) -> Vec<Leak> {
    let mut leaks = vec![Leak::file(what)];
    let mut bytes = Vec::new();
    let read = file.rewind().and_then(|()| file.take(MAX_WHOLE).read_to_end(&mut bytes));
    if let (Ok(_), Some(document)) = (read, loaded(&bytes)) {
        leaks.extend(of_the_file(&document));
        structure::pages(&document, &mut leaks);
    }
    leaks
}

/// What is wrong with the trailer.
fn of_the_file(document: &Document) -> Vec<Leak> {
    let mut leaks = Vec::new();
    if document.is_encrypted() || document.was_encrypted() {
        leaks.push(Leak::file(What::Encrypted));
    }
    for (key, _) in &document.trailer {
        match key.as_slice() {
            b"Root" | b"Size" => {}
            b"Prev" | b"XRefStm" => leaks.push(Leak::file(What::EarlierState)),
            other => leaks.push(Leak::file(What::Entry(String::from_utf8_lossy(other).into_owned()))),
        }
    }
    leaks
}
