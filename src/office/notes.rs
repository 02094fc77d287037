//! Notes in the file: for the office, never for a letter.

use serde::Deserialize;
use utoipa::ToSchema;

use super::failure::Failure;
use super::input;
use super::sealing::TextKind;
use super::views::CaseView;
use super::{Office, Officer};
use crate::case::{Act, Command};
use crate::ids::CaseId;

/// A note.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// Its words.
    #[schema(min_length = 1, max_length = 5000)]
    pub text: String,
}

impl Office {
    /// Leaves a note.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn note(&self, officer: &Officer, case: CaseId, expected: u32, input: Note) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::Note, case, expected, move |desk| {
            let text = input::required("/text", &input.text)?;
            Ok(Command::Note { text: desk.text(TextKind::Note, &text)? })
        })
        .await
    }
}
