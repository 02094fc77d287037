//! The proof that a redacted file keeps what it should keep.
//!
//! It is made from the bytes that would go out, by means that had no part in writing them, and it allows only
//! what is known to be harmless: a file of one picture a page whose pixels under the boxes are those that were
//! meant to be there. Whatever is not on the short list of things allowed is a leak, so a way of hiding
//! something that nobody has thought of yet is refused too.

mod layout;
mod leak;
mod pixels;
mod structure;

use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::{Document, LoadOptions};

use super::redact::{Box, Label};

pub use leak::{Leak, What};

/// No stream of a redacted file inflates to more: a picture of the largest size in colour, with room.
const MAX_STREAM: usize = 96 * 1024 * 1024;

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
/// Everything found that could give something away.
pub fn prove(
    redacted: &[u8],
    boxes: &[Box],
    label: &mut dyn FnMut(&str, u32, u32) -> Option<Label>,
) -> Result<Proof, Vec<Leak>> {
    // The crates that read the file may panic on a broken one, and what cannot be read is not proved. The closure
    // changes nothing that is looked at after a panic.
    catch_unwind(AssertUnwindSafe(|| examine(redacted, boxes, label)))
        .unwrap_or_else(|_payload| Err(vec![Leak::file(What::Unreadable)]))
}

fn examine(
    redacted: &[u8],
    boxes: &[Box],
    label: &mut dyn FnMut(&str, u32, u32) -> Option<Label>,
) -> Result<Proof, Vec<Leak>> {
    let options = LoadOptions { max_decompressed_size: Some(MAX_STREAM), ..LoadOptions::default() };
    let Ok(document) = Document::load_mem_with_options(redacted, options) else {
        return Err(vec![Leak::file(What::Unreadable)]);
    };
    let mut leaks = layout::leaks(redacted, &document);
    let pages = structure::pages(&document, &mut leaks);
    pixels::compare(redacted, &document, &pages, boxes, label, &mut leaks);
    if leaks.is_empty() {
        Ok(Proof { pages: u32::try_from(pages.len()).unwrap_or(u32::MAX), boxes: boxes.len() })
    } else {
        Err(leaks)
    }
}
