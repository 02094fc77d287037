//! The reply on its way through the office: drafted, reviewed, reviewed for legality and secrecy, signed; sent back at any
//! step, taken back before service; amber checks of the gate answered on the way.

mod input;
pub(super) mod whole;

use serde::Deserialize;
use utoipa::ToSchema;

use super::desk::Desk;
use super::failure::Failure;
use super::sealing::TextKind;
use super::views::CaseView;
use super::{Office, Officer, approval_flow};
use crate::case::gate::CheckCode;
use crate::case::terms::{ApprovalStep, CheckReason, SecrecyItem, SecrecyRecord, SecrecyResult};
use crate::case::{Act, Command};
use crate::ids::CaseId;

pub use input::{PartInput, ReplyDraft, SeparabilityInput, StatementInput};

/// What happens at a step of approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It passes.
    Approve,
    /// It goes back to the handler; a reason is needed.
    SendBack,
}

/// The record that a secrecy review leaves when it passes.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SecrecyInput {
    /// The questions answered with yes: `state_secret`, `work_secret`, `trade_secret`, `privacy`, `security`,
    /// `forbidden_by_law`. Every other one is answered with no.
    #[schema(value_type = Vec<String>, max_items = 6)]
    pub found: Vec<SecrecyItem>,
    /// What the answers rest on.
    #[schema(min_length = 1, max_length = 5000)]
    pub basis: String,
    /// The result: `disclosable`, `partly_disclosable` or `not_disclosable`.
    #[schema(value_type = String, example = "disclosable")]
    pub result: SecrecyResult,
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
    /// The record of a secrecy review; needed where one passes, and only there.
    pub secrecy: Option<SecrecyInput>,
}

/// Why the reply may go out although a check is amber.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckAnswer {
    /// The check, by its code.
    #[schema(value_type = String, example = "applicant_told")]
    pub check: CheckCode,
    /// Why: `not_applicable`, `done_elsewhere`, `impossible` or `decided`.
    #[schema(value_type = String, example = "done_elsewhere")]
    pub reason: CheckReason,
    /// In words.
    #[schema(min_length = 1, max_length = 5000)]
    pub text: String,
}

/// A signed reply is taken back.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Recalling {
    /// Why.
    #[schema(min_length = 1, max_length = 5000)]
    pub reason: String,
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
            let mut reply = input::reply(desk, &input)?;
            reply.flow = approval_flow::laid_down(desk, input.outcome, &reply.withheld)?;
            Ok(Command::Draft { reply: Box::new(reply), submit: input.submit })
        })
        .await
    }

    /// A step of approval: passed, or sent back with a reason. The signature is given to the whole text, which is kept as it
    /// was signed.
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

    /// Answers an amber check.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn answer_check(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: CheckAnswer,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::AnswerCheck, case, expected, move |desk| {
            let text = super::input::required("/text", &input.text)?;
            let text = desk.text(TextKind::Reason, &text)?;
            Ok(Command::AnswerCheck { check: input.check, reason: input.reason, text })
        })
        .await
    }

    /// Takes a signed reply back to the desk.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn recall(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: Recalling,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::Recall, case, expected, move |desk| {
            let reason = super::input::required("/reason", &input.reason)?;
            Ok(Command::Recall { reason: desk.text(TextKind::Reason, &reason)? })
        })
        .await
    }
}

fn verdict(desk: &mut Desk<'_>, step: ApprovalStep, input: &Approval) -> Result<Command, Failure> {
    if input.decision == Verdict::SendBack {
        let reason = super::input::required("/reason", input.reason.as_deref().unwrap_or_default())?;
        return Ok(Command::SendBack { step, reason: desk.text(TextKind::Reason, &reason)? });
    }
    let secrecy = match (&input.secrecy, step) {
        (Some(record), ApprovalStep::SecrecyReview) => Some(secrecy_record(desk, record)?),
        (Some(_), _) => {
            return Err(Failure::invalid(
                "/secrecy",
                "只有保密审查环节才填写保密审查记录。",
                "A record of a secrecy review belongs to the secrecy review alone.",
            ));
        }
        (None, _) => None,
    };
    let remark = desk.optional_text(TextKind::Reason, input.reason.as_deref())?;
    let signed = if step == ApprovalStep::Signature { whole::sealed(desk)? } else { None };
    Ok(Command::Approve { step, remark, secrecy, signed })
}

fn secrecy_record(desk: &mut Desk<'_>, input: &SecrecyInput) -> Result<SecrecyRecord, Failure> {
    let mut reader = super::input::Reader::new();
    let basis = reader.text("/secrecy/basis", &input.basis);
    let mut found = input.found.clone();
    found.sort_unstable();
    found.dedup();
    if found.contains(&SecrecyItem::StateSecret) && input.result == SecrecyResult::Disclosable {
        reader.wrong(
            "/secrecy/result",
            "涉及国家秘密的，不得公开。",
            "What holds a state secret is not to be disclosed as it is.",
        );
    }
    let basis = reader.finish(basis)?;
    Ok(SecrecyRecord { found, basis: desk.text(TextKind::Reason, &basis)?, result: input.result })
}
