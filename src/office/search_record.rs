//! The record of a search (检索记录): who searched where, for what and over which period, and what was found. "Does not
//! exist" (art. 36 item 4) rests on it.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::failure::Failure;
use super::input::Reader;
use super::sealing::TextKind;
use super::views::CaseView;
use super::{Office, Officer};
use crate::case::event::SearchRecord;
use crate::case::terms::SearchFinding;
use crate::case::{Act, Command};
use crate::ids::CaseId;

/// A search that was made.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SearchInput {
    /// Who searched.
    #[schema(min_length = 1, max_length = 200)]
    pub searched_by: String,
    /// Where: archive, document system, unit.
    #[schema(min_length = 1, max_length = 2000)]
    pub place: String,
    /// For which words.
    #[schema(min_length = 1, max_length = 2000)]
    pub words: String,
    /// The first day of the period searched, if it was bounded.
    pub period_from: Option<NaiveDate>,
    /// Its last day.
    pub period_to: Option<NaiveDate>,
    /// What was found: `nothing` or `something`.
    #[schema(value_type = String, example = "nothing")]
    pub found: SearchFinding,
    /// The same in words.
    #[schema(min_length = 1, max_length = 5000)]
    pub result: String,
    /// The day of the search; today if missing.
    pub on: Option<NaiveDate>,
}

impl Office {
    /// Records a search.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn record_search(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: SearchInput,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::RecordSearch, case, expected, move |desk| {
            let mut reader = Reader::new();
            let read = [
                reader.text("/searched_by", &input.searched_by),
                reader.text("/place", &input.place),
                reader.text("/words", &input.words),
                reader.text("/result", &input.result),
            ];
            if let (Some(from), Some(to)) = (input.period_from, input.period_to)
                && from > to
            {
                reader.wrong("/period_to", "检索时段的止日早于起日。", "The period ends before it begins.");
            }
            let [searched_by, place, words, result] = reader.finish(read)?;
            Ok(Command::RecordSearch {
                search: SearchRecord {
                    searched_by: desk.text(TextKind::Search, &searched_by)?,
                    place: desk.text(TextKind::Search, &place)?,
                    words: desk.text(TextKind::Search, &words)?,
                    period_from: input.period_from,
                    period_to: input.period_to,
                    found: input.found,
                    result: desk.text(TextKind::Search, &result)?,
                    on: input.on.unwrap_or(desk.today),
                },
            })
        })
        .await
    }
}
