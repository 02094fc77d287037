//! A file that comes from outside is opened in a process of its own, which may take so much memory and so much time and no more: a page
//! that unpacks to gigabytes, or a drawing that draws itself a thousand million times, ends that process and nothing else (decision 029).
//!
//! Here is what is asked of it, the work, and what it says; whoever starts it and ends it is `office::files::apart`.

mod line;

use std::io::{self, Write};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use line::{Unheard, hear, receive, send};

use super::bundle;
use super::privacy::{self, PrivacyFinding};
use super::redact::{self, Box, Label, Legible, NotMade, NotRedactable, Source};
use super::text::{self, Hidden, Kind, Place, Unreadable};
use line::Frames;

/// What is asked about a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Ask {
    /// Numbers and addresses of people in all of its text, and what of it no program can read.
    Look(Kind),
    /// How many pages it has.
    Pages,
    /// A page as a PNG.
    Picture {
        /// Which, from 1 on.
        page: u32,
        /// How wide, in pixels.
        width: u32,
    },
    /// What these boxes would leave legible.
    Legible(Vec<Box>),
    /// Numbers and addresses of people that can still be read once they are burnt in.
    Left(Vec<Box>),
    /// How many pages it has, if it can be put into a book.
    Bindable,
    /// The file with these boxes burnt in.
    Redacted {
        /// The boxes.
        boxes: Vec<Box>,
        /// What is written onto them: each ground with its picture, where there is one.
        labels: Vec<(String, Option<Label>)>,
    },
}

/// Findings that are told one by one.
pub const TOLD: usize = 200;

/// Parts that are told by name.
const PARTS_TOLD: usize = 1000;

/// What was found in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The first [`TOLD`] numbers and addresses of people, each with its place.
    pub found: Vec<(PrivacyFinding, Place)>,
    /// How many there are in all.
    pub count: usize,
    /// Pages that show something but let no text be taken out.
    pub pages_without_text: Vec<u32>,
    /// Parts that are no text, by name.
    pub parts_not_read: Vec<String>,
}

impl Ask {
    /// How many bytes it can come to that are made of the file.
    #[must_use]
    pub const fn most(&self) -> u64 {
        match self {
            Self::Look(_) | Self::Pages | Self::Legible(_) | Self::Left(_) | Self::Bindable => 0,
            // No picture has more than 20 million pixels.
            Self::Picture { .. } => 96 << 20,
            Self::Redacted { .. } => 16 << 30,
        }
    }
}

impl Seen {
    fn look(&mut self, text: &str, place: &Place) {
        let found = privacy::look(text);
        self.count = self.count.saturating_add(found.len());
        let room = TOLD.saturating_sub(self.found.len());
        self.found.extend(found.into_iter().take(room).map(|one| (one, place.clone())));
    }
}

/// What was said of it.
#[derive(Debug, Serialize, Deserialize)]
pub enum Said {
    /// What was found in it.
    Seen(Result<Seen, Unreadable>),
    /// How many pages it has.
    Pages(Result<u32, NotRedactable>),
    /// That a picture or a redacted file was made; its bytes came before.
    Made(Result<(), NotRedactable>),
    /// What the boxes would leave legible.
    Legible(Result<Vec<Legible>, NotRedactable>),
    /// What was found in what can still be read.
    Left(Result<Seen, NotRedactable>),
    /// How many pages it has, if it can be put into a book; else why not.
    Bindable(Result<u32, String>),
}

/// Does what is asked, and writes what came of it. `font`: with which Chinese is drawn whose font is not in the file; empty for none.
///
/// # Errors
/// When `out` fails.
pub fn answer(ask: Ask, font: Vec<u8>, file: Vec<u8>, out: &mut dyn Write) -> io::Result<()> {
    let mut frames = Frames::over(out);
    let said = match ask {
        Ask::Look(kind) => Said::Seen(seen(kind, &file)),
        Ask::Pages => Said::Pages(opened(font, file).map(|source| source.page_count())),
        Ask::Picture { page, width } => {
            let drawn = opened(font, file).and_then(|source| source.page_png(page, width));
            Said::Made(match drawn {
                Ok(png) => {
                    frames.write_all(&png)?;
                    Ok(())
                }
                Err(fault) => Err(fault),
            })
        }
        Ask::Legible(boxes) => Said::Legible(opened(font, file).and_then(|source| redact::legible(&source, &boxes))),
        Ask::Left(boxes) => Said::Left(opened(font, file).and_then(|source| left(&source, &boxes))),
        Ask::Bindable => Said::Bindable(bundle::page_count(&file).map_err(|fault| fault.to_string())),
        Ask::Redacted { boxes, labels } => {
            let mut label = |ground: &str, _: u32, _: u32| Label::of(ground, &labels);
            let made = opened(font, file).map_err(NotMade::from).and_then(|source| {
                redact::redact(&source, &boxes, &mut label, &mut frames, &mut |_, _| ()).map(|_frames| ())
            });
            Said::Made(match made {
                Ok(()) => Ok(()),
                Err(NotMade::NotRedactable(fault)) => Err(fault),
                Err(NotMade::Unwritable(error)) => return Err(error),
            })
        }
    };
    frames.end(&said)
}

fn opened(font: Vec<u8>, file: Vec<u8>) -> Result<Source, NotRedactable> {
    let source = Source::open(Arc::new(file))?;
    // Text whose font is not in the file would be left out of its picture.
    Ok(if font.is_empty() { source } else { source.with_chinese_font(font) })
}

fn seen(kind: Kind, bytes: &[u8]) -> Result<Seen, Unreadable> {
    let passages = text::text_of(kind, bytes)?;
    let pages_without_text = match kind {
        Kind::Pdf => text::pages_without_text(bytes).unwrap_or_default(),
        Kind::Docx | Kind::Xlsx | Kind::Plain => Vec::new(),
    };
    let mut parts_not_read = text::parts_not_read(kind, bytes).unwrap_or_default();
    // Files that hang on a PDF are known by name only.
    let hung = passages.iter().filter(|one| one.place == Place::Hidden(Hidden::Attachment));
    parts_not_read.extend(hung.map(|one| one.text.clone()));
    parts_not_read.dedup();
    parts_not_read.truncate(PARTS_TOLD);
    let mut seen = Seen { pages_without_text, parts_not_read, ..Seen::default() };
    for passage in passages {
        seen.look(&passage.text, &passage.place);
    }
    Ok(seen)
}

fn left(source: &Source, boxes: &[Box]) -> Result<Seen, NotRedactable> {
    let mut seen = Seen::default();
    for (page, text) in redact::left_to_read(source, boxes)? {
        seen.look(&text, &Place::Page(page));
    }
    Ok(seen)
}
