//! Units that contribute to a case, each with an internal due day of its own under the one statutory clock; also the referral
//! of a secrecy question (art. 17), which stops no clock.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::failure::Failure;
use super::input::Reader;
use super::sealing::TextKind;
use super::views::CaseView;
use super::{Office, Officer, assignment, input};
use crate::case::terms::CoWorkKind;
use crate::case::{Act, Command};
use crate::ids::{CaseId, CoWorkId, StaffId};

/// A unit is asked to contribute.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CoWorkRequest {
    /// `unit`, or `secrecy_referral`.
    #[schema(value_type = String, example = "unit")]
    pub kind: CoWorkKind,
    /// The unit, or the department referred to.
    #[schema(min_length = 1, max_length = 200)]
    pub unit: String,
    /// Who of the staff answers for it.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub staff: Option<StaffId>,
    /// What is asked.
    #[schema(min_length = 1, max_length = 10000)]
    pub task: String,
    /// The internal due day; not after the day on which the reply is due.
    pub due_on: NaiveDate,
}

/// Its contribution came.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CoWorkAnswer {
    /// Its words.
    #[schema(min_length = 1, max_length = 20000)]
    pub text: String,
    /// The day it came; today if missing.
    pub on: Option<NaiveDate>,
}

/// It is called back.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CoWorkRecall {
    /// Why.
    #[schema(min_length = 1, max_length = 2000)]
    pub reason: String,
}

impl Office {
    /// Asks a unit.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn open_co_work(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: CoWorkRequest,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::OpenCoWork, case, expected, move |desk| {
            let mut reader = Reader::new();
            let unit = reader.text("/unit", &input.unit);
            let task = reader.text("/task", &input.task);
            let (unit, task) = reader.finish((unit, task))?;
            if let Some(staff) = input.staff {
                assignment::works_here(desk, staff, "/staff")?;
            }
            Ok(Command::OpenCoWork {
                co_work: CoWorkId::new(desk.now, &mut desk.shared.randomness.clone()),
                kind: input.kind,
                unit: desk.text(TextKind::CoWork, &unit)?,
                staff: input.staff,
                task: desk.text(TextKind::CoWork, &task)?,
                due_on: input.due_on,
            })
        })
        .await
    }

    /// Takes in a contribution.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn answer_co_work(
        &self,
        officer: &Officer,
        case: CaseId,
        co_work: CoWorkId,
        expected: u32,
        input: CoWorkAnswer,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::AnswerCoWork, case, expected, move |desk| {
            let text = input::required("/text", &input.text)?;
            Ok(Command::AnswerCoWork {
                co_work,
                text: desk.text(TextKind::CoWork, &text)?,
                on: input.on.unwrap_or(desk.today),
            })
        })
        .await
    }

    /// Calls a request back.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn recall_co_work(
        &self,
        officer: &Officer,
        case: CaseId,
        co_work: CoWorkId,
        expected: u32,
        input: CoWorkRecall,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::RecallCoWork, case, expected, move |desk| {
            let reason = input::required("/reason", &input.reason)?;
            Ok(Command::RecallCoWork { co_work, reason: desk.text(TextKind::Reason, &reason)? })
        })
        .await
    }
}
