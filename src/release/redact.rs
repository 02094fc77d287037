//! Redaction that cannot be undone: the pages become pictures, the chosen parts of the pictures become black,
//! and the pictures alone are put into a new file.
//!
//! A black bar drawn over text leaves the text where it was. Here nothing of the source is copied but what its
//! pages look like, so neither letters, layers, annotations, properties nor earlier states can come along.

mod burn;
mod legible;
mod pages;
mod survey;
mod write;

use std::io::{self, Write};

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use burn::Label;
pub use legible::{Legible, Remnant, left_to_read, legible};
pub use pages::Source;

/// Dots an inch at which pages are turned into pictures: small print stays legible on paper.
pub const DPI: f64 = 200.0;

/// No picture has more pixels than this; larger pages are drawn more coarsely.
pub const MAX_PIXELS: f64 = 20_000_000.0;

/// No picture within a page of the source has more pixels than this: a scan of A4 at 600 dots an inch, or of A3 at 400. What is
/// larger would take more than half a gigabyte to be unpacked.
pub const MAX_SOURCE_PIXELS: u64 = 40_000_000;

/// No file with more pages is taken.
pub const MAX_PAGES: usize = 2000;

/// A part of a page to be made illegible. Lengths are fractions of the page as it is displayed, from its upper
/// left corner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Box {
    /// The page, counted from 1.
    pub page: u32,
    /// Distance from the left edge.
    #[serde(with = "to_the_bit")]
    pub left: f64,
    /// Distance from the upper edge.
    #[serde(with = "to_the_bit")]
    pub top: f64,
    /// How wide.
    #[serde(with = "to_the_bit")]
    pub width: f64,
    /// How high.
    #[serde(with = "to_the_bit")]
    pub height: f64,
    /// Why, in the few words that are written onto the black.
    pub ground: String,
}

/// A length as its bits: JSON tells a number nearly, and what is burnt and what is proven must be the same to the pixel.
mod to_the_bit {
    use serde::{Deserialize, Deserializer, Serializer};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over fields by reference")]
    pub fn serialize<S: Serializer>(length: &f64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(length.to_bits())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
        u64::deserialize(deserializer).map(f64::from_bits)
    }
}

/// What is wrong with a box.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoxFault {
    /// Which of the boxes given, counted from 0.
    pub index: usize,
    /// What about it.
    pub what: Misplaced,
}

/// The ways in which a box can be misplaced.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq, Serialize, Deserialize)]
pub enum Misplaced {
    /// The file has no such page.
    #[error("there is no such page")]
    NoSuchPage,
    /// A part of it is not on the page.
    #[error("it is not wholly on the page")]
    Outside,
    /// It covers nothing.
    #[error("it covers nothing")]
    Empty,
}

/// Why a file cannot be redacted.
#[derive(Clone, Debug, Error, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotRedactable {
    /// A password is needed.
    #[error("the file is encrypted")]
    Encrypted,
    /// It is not a PDF, or not a whole one.
    #[error("the file is broken: {0}")]
    Broken(String),
    /// There is nothing to show.
    #[error("the file has no pages")]
    NoPages,
    /// More than [`MAX_PAGES`].
    #[error("the file has {0} pages, more than {MAX_PAGES}")]
    TooManyPages(usize),
    /// There is no page of that number.
    #[error("there is no page {0}")]
    NoSuchPage(u32),
    /// The page cannot be turned into a picture.
    #[error("page {0} cannot be drawn")]
    Undrawable(u32),
    /// A picture on the page has more pixels than [`MAX_SOURCE_PIXELS`].
    #[error("a picture on page {0} has more than {MAX_SOURCE_PIXELS} pixels")]
    TooFine(u32),
    /// It takes more memory or more time than a file may, such as one that is made to take it.
    #[error("it takes more memory or time than a file may")]
    TooMuch,
    /// All boxes that are misplaced.
    #[error("{} boxes are misplaced", .0.len())]
    Boxes(Vec<BoxFault>),
}

/// Why a redacted file was not made.
#[derive(Debug, Error)]
pub enum NotMade {
    /// The source or the boxes.
    #[error(transparent)]
    NotRedactable(#[from] NotRedactable),
    /// The place where it was to go.
    #[error("the file cannot be written")]
    Unwritable(#[from] io::Error),
}

/// A little more than the page is forgiven: browsers round.
const SLACK: f64 = 1e-6;

/// Tells all boxes that are misplaced.
pub fn faults(source: &Source, boxes: &[Box]) -> Vec<BoxFault> {
    let fault = |(index, it): (usize, &Box)| {
        let sound = [it.left, it.top, it.width, it.height].iter().all(|length| length.is_finite());
        let what = if source.page_size(it.page).is_none() {
            Misplaced::NoSuchPage
        } else if sound && (it.width <= 0.0 || it.height <= 0.0) {
            Misplaced::Empty
        } else if !sound
            || it.left < -SLACK
            || it.top < -SLACK
            || it.left + it.width > 1.0 + SLACK
            || it.top + it.height > 1.0 + SLACK
        {
            Misplaced::Outside
        } else {
            return None;
        };
        Some(BoxFault { index, what })
    };
    boxes.iter().enumerate().filter_map(fault).collect()
}

/// Writes the redacted file, page by page: no more than one of them is in memory at a time.
///
/// `label` is asked for a picture of each ground, given the size of its box in pixels; it is left out when there
/// is none or it does not fit. `progress` is told after each page how many are done, of how many.
///
/// # Errors
/// When boxes are misplaced, a page cannot be drawn or `out` fails: then what is written so far is no file.
pub fn redact<W: Write>(
    source: &Source,
    boxes: &[Box],
    label: &mut dyn FnMut(&str, u32, u32) -> Option<Label>,
    out: W,
    progress: &mut dyn FnMut(u32, u32),
) -> Result<W, NotMade> {
    let faults = faults(source, boxes);
    if !faults.is_empty() {
        return Err(NotRedactable::Boxes(faults).into());
    }
    let count = source.page_count();
    let mut book = write::Book::begin(out, count)?;
    for page in 1..=count {
        let size = source.page_size(page).ok_or(NotRedactable::NoSuchPage(page))?;
        let mut picture = source.picture(page)?;
        for area in boxes.iter().filter(|area| area.page == page) {
            burn::burn(&mut picture, area, label);
        }
        book.add(size, &picture)?;
        progress(page, count);
    }
    Ok(book.finish()?)
}
