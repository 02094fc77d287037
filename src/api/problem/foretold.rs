//! What is answered to an act that was only tried: the letters that would go out with it.

use serde::Serialize;

use crate::letters::Letter;
use crate::office::views::{Term, term};

/// A letter that would go out.
#[derive(Debug, Serialize)]
pub(super) struct ForetoldLetter {
    letter: Term,
    text: String,
}

impl ForetoldLetter {
    pub(super) fn of(letter: &Letter) -> Self {
        Self { letter: term!(letter.kind), text: letter.plain() }
    }
}
