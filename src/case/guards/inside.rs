//! What goes on inside the office: splitting, units that help, third parties weighed and told, a draft's open checks.

use crate::case::gate::{self, Door, Level};
use crate::case::moment::Moment;
use crate::case::refusal::Refusal;
use crate::case::state::{Case, CoWork};
use crate::case::terms::ConsultedParty;
use crate::ids::StaffId;
use crate::law::outcome::Outcome;

/// What was done for the application as a whole cannot be divided afterwards.
pub(super) fn matters_stand_apart(case: &Case) -> Result<(), Refusal> {
    let begun = !case.consultations.is_empty()
        || case.extension.is_some()
        || case.extension_spent
        || case.fee.is_some()
        || case.fee_spent
        || case.explanation.is_some()
        || case.draft.is_some();
    if begun { Err(Refusal::TooLateToSplit) } else { Ok(()) }
}

pub(super) fn some_unit_is_unanswered(case: &Case) -> Result<(), Refusal> {
    if case.co_work.is_empty() {
        return Err(Refusal::NoSuchCoWork);
    }
    if case.co_work.iter().any(CoWork::is_open) { Ok(()) } else { Err(Refusal::CoWorkClosed) }
}

pub(super) fn a_third_party_was_asked(case: &Case) -> Result<(), Refusal> {
    if case.consultations.is_empty() {
        return Err(Refusal::NoSuchConsultation);
    }
    let third_party = case.consultations.iter().any(|one| one.party == ConsultedParty::ThirdParty);
    if third_party { Ok(()) } else { Err(Refusal::NotAThirdParty) }
}

pub(super) fn the_applicant_can_be_told(case: &Case) -> Result<(), Refusal> {
    case.untold_consultations().next().map(drop).ok_or(Refusal::NothingToTell)
}

pub(super) fn a_referral_waits(case: &Case) -> Result<(), Refusal> {
    case.awaited_referral(None).map(drop).ok_or(Refusal::NotReferred)
}

/// What was published can be proposed anew: to be put right, or after it was taken off.
pub(super) fn publication_is_not_proposed(case: &Case) -> Result<(), Refusal> {
    let waits = case.publication.as_ref().is_some_and(|one| one.published_on.is_none());
    if waits { Err(Refusal::AlreadyProposed) } else { Ok(()) }
}

/// Whoever proposed it does not publish it as well.
pub(super) fn publication_is_proposed(case: &Case, at: &Moment<'_>) -> Result<(), Refusal> {
    let waits = case.publication.as_ref().filter(|one| one.published_on.is_none());
    let by = waits.ok_or(Refusal::NothingProposed)?.proposed_by;
    if by.is_some() && (by == at.actor.staff() || by == at.actor.absent()) {
        return Err(Refusal::OwnDecision);
    }
    Ok(())
}

pub(super) const fn there_is_a_file(case: &Case) -> Result<(), Refusal> {
    if case.files.is_empty() { Err(Refusal::NoSuchFile) } else { Ok(()) }
}

/// A second look is waited for, and it is not one's own decision.
pub(super) fn a_file_waits_for_its_check(case: &Case, at: &Moment<'_>) -> Result<(), Refusal> {
    let mut waiting = case.files.iter().filter(|one| one.waits_for_check()).peekable();
    if waiting.peek().is_none() {
        return Err(Refusal::NoCheckPending);
    }
    let anothers = |by: Option<StaffId>| by.is_none() || (by != at.actor.staff() && by != at.actor.absent());
    if waiting.any(|one| anothers(one.decided_by)) { Ok(()) } else { Err(Refusal::OwnDecision) }
}

/// The reply grants information, it was served, and something of it is outstanding.
pub(super) fn something_was_granted(case: &Case) -> Result<(), Refusal> {
    let granted = |outcome| matches!(outcome, Outcome::Granted | Outcome::PartlyGranted);
    if case.served.is_none() || !case.closing.as_ref().is_some_and(|closing| granted(closing.outcome)) {
        return Err(Refusal::NothingGranted);
    }
    if case.releases.iter().any(|one| one.last) { Err(Refusal::ReleaseComplete) } else { Ok(()) }
}

pub(super) const fn a_letter_was_issued(case: &Case) -> Result<(), Refusal> {
    if case.letters.is_empty() { Err(Refusal::NoSuchLetter) } else { Ok(()) }
}

/// There is something to answer: an amber check of the draft.
pub(super) fn there_is_a_draft(case: &Case, at: &Moment<'_>) -> Result<(), Refusal> {
    let checks = gate::checks(case, Door::Signature, at);
    let first = checks.first().map_or(gate::CheckCode::WithheldParts, |check| check.code);
    if checks.iter().any(|check| check.level == Level::Amber) {
        Ok(())
    } else {
        Err(Refusal::CheckNotAmber { check: first })
    }
}
