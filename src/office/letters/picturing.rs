//! A letter as it would be seen on paper: its pages as pictures, for whoever is still writing it.

use std::sync::Arc;

use super::reading::Format;
use crate::letters::Letter;
use crate::office::Office;
use crate::office::failure::Failure;
use crate::office::files::in_memory::{self, DRAWING};
use crate::release::redact::Source;

/// Pages that are drawn; the rest of a longer letter is in its PDF.
const DRAWN: u32 = 12;

/// How wide, in points of the screen: half as much again as the place where it is shown.
const WIDTH: u32 = 840;

/// A letter, drawn.
#[derive(Debug, Clone)]
pub struct Pictured {
    /// Its first pages, each a PNG.
    pub pages: Vec<Vec<u8>>,
    /// How many pages it has.
    pub count: u32,
    /// Its words.
    pub text: String,
}

impl Office {
    /// Draws a letter that is not kept anywhere.
    ///
    /// # Errors
    /// As [`Office::written`].
    pub async fn pictured(&self, letter: Letter) -> Result<Pictured, Failure> {
        let text = letter.plain();
        let file = self.written(letter, Format::Pdf).await?;
        let turn = in_memory::turn(&DRAWING).await?;
        in_memory::in_turn(turn, move || {
            let source = Source::open(Arc::new(file.bytes)).map_err(Failure::broken)?;
            let count = source.page_count();
            let drawn = (1..=count.min(DRAWN)).map(|page| source.page_png(page, WIDTH));
            let pages = drawn.collect::<Result<_, _>>().map_err(Failure::broken)?;
            Ok(Pictured { pages, count, text })
        })
        .await
    }
}
