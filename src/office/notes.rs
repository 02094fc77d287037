//! Notes in the file: for the office, never for a letter, and kept out of every bundle unless the note says otherwise.

use serde::Deserialize;
use utoipa::ToSchema;

use super::failure::Failure;
use super::sealing::TextKind;
use super::views::CaseView;
use super::{Office, Officer};
use super::{assignment, input};
use crate::case::{Act, Command};
use crate::ids::{CaseId, StaffId};

/// A note.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// Its words.
    #[schema(min_length = 1, max_length = 5000)]
    pub text: String,
    /// Members of staff it is meant for.
    #[schema(value_type = Option<Vec<String>>, max_items = 20)]
    pub mentions: Option<Vec<StaffId>>,
    /// Whether it may go into a bundle that leaves the office; it stays out if missing.
    pub in_bundle: Option<bool>,
}

impl Office {
    /// Leaves a note.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn note(&self, officer: &Officer, case: CaseId, expected: u32, input: Note) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::Note, case, expected, move |desk| {
            let text = input::required("/text", &input.text)?;
            let mentions = input.mentions.clone().unwrap_or_default();
            for staff in &mentions {
                assignment::works_here(desk, *staff, "/mentions")?;
            }
            Ok(Command::Note {
                text: desk.text(TextKind::Note, &text)?,
                mentions,
                in_bundle: input.in_bundle.unwrap_or(false),
            })
        })
        .await
    }
}
