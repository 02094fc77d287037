//! A file that comes from outside is opened in a process of its own, which may take so much memory and so much time and no more: a page
//! that unpacks to gigabytes, or a drawing that draws itself a thousand million times, ends that process and nothing else (decision 029).
//!
//! Here is what is asked of it, the work, and what it says; whoever starts it and ends it is `office::files::apart`.

mod line;

use std::io::{self, Write};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use line::{Unheard, hear, receive, send};

use super::redact::{self, Box, Label, Legible, NotMade, NotRedactable, Source};
use super::text::{self, Kind, Passage, Unreadable};
use line::Frames;

/// What is asked about a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Ask {
    /// All of its text, and what of it no program can read.
    Text(Kind),
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
    /// What can still be read once they are burnt in.
    Left(Vec<Box>),
    /// The file with these boxes burnt in.
    Redacted {
        /// The boxes.
        boxes: Vec<Box>,
        /// What is written onto them: each ground with its picture, where there is one.
        labels: Vec<(String, Option<Label>)>,
    },
}

/// All that a file says, and where it may say more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// Its text.
    pub passages: Vec<Passage>,
    /// Pages that show something but let no text be taken out.
    pub pages_without_text: Vec<u32>,
    /// Parts that are no text, by name.
    pub parts_not_read: Vec<String>,
}

/// What was said of it.
#[derive(Debug, Serialize, Deserialize)]
pub enum Said {
    /// Its text.
    Text(Result<Text, Unreadable>),
    /// How many pages it has.
    Pages(Result<u32, NotRedactable>),
    /// That a picture or a redacted file was made; its bytes came before.
    Made(Result<(), NotRedactable>),
    /// What the boxes would leave legible.
    Legible(Result<Vec<Legible>, NotRedactable>),
    /// What can still be read, page by page.
    Left(Result<Vec<(u32, String)>, NotRedactable>),
}

/// Does what is asked, and writes what came of it. `font`: with which Chinese is drawn whose font is not in the file; empty for none.
///
/// # Errors
/// When `out` fails.
pub fn answer(ask: Ask, font: Vec<u8>, file: Vec<u8>, out: &mut dyn Write) -> io::Result<()> {
    let mut frames = Frames::over(out);
    let said = match ask {
        Ask::Text(kind) => Said::Text(text_of(kind, &file)),
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
        Ask::Left(boxes) => Said::Left(opened(font, file).and_then(|source| redact::left_to_read(&source, &boxes))),
        Ask::Redacted { boxes, labels } => {
            let mut label = |ground: &str, _: u32, _: u32| {
                labels.iter().find(|(known, _)| known == ground).and_then(|(_, label)| label.clone())
            };
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

fn text_of(kind: Kind, bytes: &[u8]) -> Result<Text, Unreadable> {
    let passages = text::text_of(kind, bytes)?;
    let pages_without_text = match kind {
        Kind::Pdf => text::pages_without_text(bytes).unwrap_or_default(),
        Kind::Docx | Kind::Xlsx | Kind::Plain => Vec::new(),
    };
    let parts_not_read = text::parts_not_read(kind, bytes).unwrap_or_default();
    Ok(Text { passages, pages_without_text, parts_not_read })
}
