//! Assignment: giving a case to a handler, taking it up, handing it back.

use serde::Deserialize;
use utoipa::ToSchema;

use super::desk::Desk;
use super::failure::Failure;
use super::input;
use super::sealing::TextKind;
use super::views::CaseView;
use super::{Office, Officer};
use crate::case::{Act, Command, Role};
use crate::ids::{CaseId, StaffId};
use crate::storage::staff;

/// To whom.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Assignment {
    /// The handler; without one the case is laid out for claiming.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub handler: Option<StaffId>,
}

/// Taken up; nothing further is needed.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Claim {}

/// Handed back.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandBack {
    /// Why.
    #[schema(min_length = 1, max_length = 2000)]
    pub reason: String,
}

impl Office {
    /// Assigns a case.
    ///
    /// # Errors
    /// Every [`Failure`]; [`Failure::Invalid`] for somebody who is no active handler of the agency.
    pub async fn assign(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: Assignment,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::Assign, case, expected, move |desk| {
            if let Some(handler) = input.handler {
                handles_here(desk, handler)?;
            }
            Ok(Command::Assign { handler: input.handler })
        })
        .await
    }

    /// Takes a case up.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn claim(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        _input: Claim,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::Claim, case, expected, |_| Ok(Command::Claim)).await
    }

    /// Hands a case back.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn hand_back(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: HandBack,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::Return, case, expected, move |desk| {
            let reason = input::required("/reason", &input.reason)?;
            Ok(Command::Return { reason: desk.text(TextKind::Reason, &reason)? })
        })
        .await
    }
}

/// A case is only given to somebody who can work on it.
fn handles_here(desk: &mut Desk<'_>, handler: StaffId) -> Result<(), Failure> {
    let agency = desk.agency.id;
    let roles = staff::roles_of(desk.conn, handler)?;
    let handles = roles.iter().any(|(at, role)| *at == agency && role == Role::Handler.as_str());
    if handles && staff::load(desk.conn, handler)?.active {
        return Ok(());
    }
    Err(Failure::invalid(
        "/handler",
        "此人不是本机关在岗的承办人，请另选。",
        "This is no active handler of the agency; choose another.",
    ))
}

/// Somebody who holds a role at the case's agency and is active: for whoever is asked to help, or meant by a note.
///
/// # Errors
/// [`Failure::Invalid`] at `pointer` for anybody else; the database's failures.
pub(super) fn works_here(desk: &mut Desk<'_>, member: StaffId, pointer: &str) -> Result<(), Failure> {
    let agency = desk.agency.id;
    let here = staff::roles_of(desk.conn, member)?.iter().any(|(at, _)| *at == agency);
    if here && staff::load(desk.conn, member)?.active {
        return Ok(());
    }
    Err(Failure::invalid(
        pointer,
        "此人不是本机关在岗人员，请另选。",
        "This is no active member of the agency's staff; choose another.",
    ))
}
