//! Assignment: giving a case to a handler, taking it up, handing it back.

use serde::Deserialize;
use utoipa::ToSchema;

use super::desk::Desk;
use super::failure::Failure;
use super::input;
use super::sealing::TextKind;
use super::views::CaseView;
use super::{Office, Officer, standing_in};
use crate::case::{Act, Command, Role};
use crate::ids::{CaseId, StaffId};
use crate::storage::{absences, staff};

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
    /// Every [`Failure`]; [`Failure::Invalid`] for somebody who is no active handler of the agency, or is away.
    pub async fn assign(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: Assignment,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::Assign, case, expected, move |desk| {
            if let Some(handler) = input.handler {
                handles_here(desk, handler, "/handler")?;
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

/// A case is only given to somebody who can work on it: an active handler of the agency, by a role of their own or one that
/// is lent to them, who is there today. `pointer` names the field in which the handler was given.
pub(super) fn handles_here(desk: &mut Desk<'_>, handler: StaffId, pointer: &str) -> Result<(), Failure> {
    let (agency, today) = (desk.agency.id, desk.today);
    let roles = standing_in::roles_on(desk.conn, handler, today)?;
    let handles = roles.iter().any(|held| held.agency == agency && held.role == Role::Handler);
    if !handles || !staff::load(desk.conn, handler)?.active {
        return Err(Failure::invalid(
            pointer,
            "此人不是本机关在岗的承办人，请另选。",
            "This is no active handler of the agency; choose another.",
        ));
    }
    let Some(absence) = absences::list_of_staff(desk.conn, handler, today, today)?.pop() else { return Ok(()) };
    let delegate = staff::load(desk.conn, absence.delegate_id)?.name;
    Err(Failure::invalid(
        pointer,
        format!("此人请假至{}，由{delegate}代理，请交代理人或者另选。", absence.to_on),
        format!("They are away until {}, and {delegate} stands in: choose the delegate, or another.", absence.to_on),
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
    Err(not_here(pointer))
}

/// Nobody who could be named there.
pub(super) fn not_here(pointer: &str) -> Failure {
    Failure::invalid(
        pointer,
        "此人不是本机关在岗人员，请另选。",
        "This is no active member of the agency's staff; choose another.",
    )
}
