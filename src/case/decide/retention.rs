//! What becomes of a closed file: kept back, handed over, destroyed (条例 art. 45; 档案法 arts 13–15; house rules 31–34).

use chrono::NaiveDate;

use super::{misplaced, on};
use crate::case::act::Act;
use crate::case::command::Command;
use crate::case::event::{Destruction, Event};
use crate::case::moment::Moment;
use crate::case::refusal::Refusal;
use crate::case::state::Case;

/// What such a command causes.
pub(super) fn decided(case: &Case, command: Command, at: &Moment<'_>) -> Result<Event, Refusal> {
    match command {
        Command::PlaceHold { reason } => Ok(Event::HoldPlaced { reason }),
        Command::LiftHold { hold, reason } => {
            let standing = case.holds.iter().filter(|one| one.stands());
            let one = standing.clone().find(|one| hold.is_none_or(|seq| seq == one.seq)).ok_or(Refusal::NoSuchHold)?;
            Ok(Event::HoldLifted { hold: one.seq, reason })
        }
        Command::HandOver(over) => {
            let earliest = case.closing.as_ref().map_or(case.began_on(), |closing| closing.on);
            on(over.on, earliest, at)?;
            Ok(Event::HandedOver(over))
        }
        Command::Destroy { by, held } => destroyed(case, *by, held, at),
        other => Err(misplaced(case, &other)),
    }
}

fn destroyed(case: &Case, by: Destruction, held: bool, at: &Moment<'_>) -> Result<Event, Refusal> {
    // A restored copy may be older than the lifting of a hold, or than the closing itself: it was all looked at then.
    if !by.again {
        may_be_destroyed(case, Some(by.kept_until), held, at.today)?;
        two_people(&[by.proposed_by], &[by.approved_by])?;
    }
    Ok(Event::Destroyed(by))
}

/// Whether a file may stand on a list, and may be destroyed: closed, its term over, nothing that holds it. `kept_until`: the
/// last day of its term, none for one that is kept for ever. `held`: whether a proceeding runs.
///
/// # Errors
/// The [`Refusal`] that stands in the way.
pub fn may_be_destroyed(
    case: &Case,
    kept_until: Option<NaiveDate>,
    held: bool,
    today: NaiveDate,
) -> Result<(), Refusal> {
    if let Some(destroyed) = &case.destroyed {
        return Err(Refusal::ContentDestroyed { on: destroyed.on, certificate: destroyed.by.certificate.clone() });
    }
    if !case.is_closed() {
        return Err(Refusal::NotInThisStage { act: Act::Destroy, stage: case.stage });
    }
    if held || case.is_held() {
        return Err(Refusal::LegalHold);
    }
    match kept_until {
        Some(until) if until < today => Ok(()),
        until => Err(Refusal::TermRuns { until }),
    }
}

/// Two pairs of eyes, and no lent ones: nobody of those who proposed, in whose place they acted, is among those who approve.
///
/// # Errors
/// [`Refusal::OwnProposal`].
pub fn two_people<T: PartialEq>(proposed: &[T], approve: &[T]) -> Result<(), Refusal> {
    if approve.iter().any(|one| proposed.contains(one)) { Err(Refusal::OwnProposal) } else { Ok(()) }
}
