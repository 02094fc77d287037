//! The reply on its way through the office: drafted, reviewed, reviewed for secrecy, signed; sent back at any step.

use serde::Deserialize;
use utoipa::ToSchema;

use super::desk::Desk;
use super::failure::Failure;
use super::input;
use super::sealing::TextKind;
use super::views::CaseView;
use super::{Office, Officer};
use crate::case::terms::ApprovalStep;
use crate::case::{Act, Command};
use crate::ids::CaseId;
use crate::law::outcome::Outcome;

/// A draft reply.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplyDraft {
    /// What it decides: a word from `GET /api/v1/terms`.
    #[schema(value_type = String, example = "granted")]
    pub outcome: Outcome,
    /// Grounds of what is withheld, where a part is granted.
    #[schema(value_type = Option<Vec<String>>)]
    pub withheld: Option<Vec<Outcome>>,
    /// Its text.
    #[schema(min_length = 1, max_length = 50000)]
    pub letter: String,
    /// Whether it goes to review at once.
    pub submit: bool,
}

/// What happens at a step of approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It passes.
    Approve,
    /// It goes back to the handler; a reason is needed.
    SendBack,
}

/// A step of approval.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// What happens.
    pub decision: Verdict,
    /// The remark, or why it goes back.
    #[schema(max_length = 5000)]
    pub reason: Option<String>,
}

impl Office {
    /// Writes the draft.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn draft(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: ReplyDraft,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::Draft, case, expected, move |desk| {
            let letter = input::required("/letter", &input.letter)?;
            Ok(Command::Draft {
                outcome: input.outcome,
                withheld: input.withheld.clone().unwrap_or_default(),
                letter: desk.text(TextKind::Letter, &letter)?,
                submit: input.submit,
            })
        })
        .await
    }

    /// A step of approval: passed, or sent back with a reason.
    ///
    /// # Errors
    /// Every [`Failure`]; [`Failure::Invalid`] when something is sent back without a reason.
    pub async fn approve(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        step: ApprovalStep,
        input: Approval,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, step.act(), case, expected, move |desk| verdict(desk, step, &input)).await
    }
}

fn verdict(desk: &mut Desk<'_>, step: ApprovalStep, input: &Approval) -> Result<Command, Failure> {
    match input.decision {
        Verdict::Approve => {
            Ok(Command::Approve { step, remark: desk.optional_text(TextKind::Reason, input.reason.as_deref())? })
        }
        Verdict::SendBack => {
            let reason = input::required("/reason", input.reason.as_deref().unwrap_or_default())?;
            Ok(Command::SendBack { step, reason: desk.text(TextKind::Reason, &reason)? })
        }
    }
}
