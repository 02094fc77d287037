//! What the boxes would leave legible, told before anything is made and again once it is: a box that stops a hair short of a
//! letter, or covers half of a number. It is a warning and no refusal, for it may be meant so.

use serde::Serialize;
use utoipa::ToSchema;

use super::{BoxInput, Read, RedactionInput, burning, not_redactable};
use crate::ids::{CaseId, FileId};
use crate::office::failure::Failure;
use crate::office::files::apart::{Apart, Record};
use crate::office::files::in_memory::{self, DRAWING};
use crate::office::views::WarningView;
use crate::office::{Office, Officer};
use crate::release::redact::Remnant;

/// A box that leaves something legible.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct RemnantView {
    /// Which of the boxes sent, as a pointer into them.
    #[schema(example = "/boxes/0")]
    pub pointer: String,
    /// Its page.
    pub page: u32,
    /// What is left: `part_of_a_letter`, or `part_of_a_word` where figures of a number or letters of a word are.
    pub code: &'static str,
    /// What is left and what to do, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
    /// The box that would leave nothing of it.
    pub instead: BoxInput,
}

/// What the boxes would leave legible.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct RemnantsView {
    /// Each box that leaves something; none of a scan, of which nobody knows where its letters stand.
    pub remnants: Vec<RemnantView>,
}

impl Office {
    /// What the boxes would leave legible. Nothing is made.
    ///
    /// # Errors
    /// As [`Office::redact`], but for the proof.
    pub async fn redaction_remnants(
        &self,
        officer: &Officer,
        case: CaseId,
        id: FileId,
        input: RedactionInput,
    ) -> Result<Vec<RemnantView>, Failure> {
        super::on_grounds(&input)?;
        let Read { record, turn, .. } = self.record(officer, case, id, &DRAWING).await?;
        let shared = self.shared();
        in_memory::in_turn(turn, move || remnants(&shared.apart, &record, &input.boxes)).await
    }
}

/// What the boxes leave legible on the pages of the record.
pub(super) fn remnants(apart: &Apart, record: &Record, boxes: &[BoxInput]) -> Result<Vec<RemnantView>, Failure> {
    let found = apart.legible(record, burning::boxes(boxes))?.map_err(|fault| not_redactable(&fault))?;
    let told = found.into_iter().filter_map(|one| {
        let given = boxes.get(one.index)?;
        let whole = one.whole;
        let (left, top, width, height) = (whole.left, whole.top, whole.width, whole.height);
        let instead = BoxInput { left, top, width, height, ..given.clone() };
        let (code, zh, en) = match one.what {
            Remnant::Letter => (
                "part_of_a_letter",
                "遮盖框切过了文字，露出的笔画仍可能被认出",
                "cuts through letters: what shows of them may still be read",
            ),
            Remnant::Word => (
                "part_of_a_word",
                "同一个号码或者单词只遮盖了一部分，其余仍可读",
                "covers part of a number or word: the rest can still be read",
            ),
        };
        let (number, page) = (one.index.saturating_add(1), given.page);
        Some(RemnantView {
            pointer: format!("/boxes/{}", one.index),
            page,
            code,
            zh: format!(
                "第{number}处（第{page}页）：{zh}。请扩大遮盖框，盖住整个字、号码或者单词；确属有意的，可以不改。"
            ),
            en: format!(
                "Box {number} (page {page}) {en}. Enlarge it to cover the whole; leave it where that is meant."
            ),
            instead,
        })
    });
    Ok(told.collect())
}

impl From<RemnantView> for WarningView {
    fn from(one: RemnantView) -> Self {
        Self { code: one.code, zh: one.zh, en: one.en }
    }
}
