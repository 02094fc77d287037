//! Beside the statutory steps: units that contribute, searches, a referral followed up, a publication proposed.

use super::{misplaced, on};
use crate::case::clocks;
use crate::case::command::Command;
use crate::case::event::Event;
use crate::case::moment::Moment;
use crate::case::refusal::Refusal;
use crate::case::state::Case;
use crate::ids::CoWorkId;

/// What such a command causes.
pub(super) fn decided(case: &Case, command: Command, at: &Moment<'_>) -> Result<Event, Refusal> {
    match command {
        Command::OpenCoWork { co_work, kind, unit, staff, task, due_on } => {
            let reply = clocks::reply_clock(case, &at.calendar()).ok_or(Refusal::ReceiptNotSettled)?;
            // Once the reply is overdue a unit is still asked, for today.
            let latest = reply.clock.due.on.max(at.today);
            if due_on < at.today || due_on > latest {
                return Err(Refusal::CoWorkTooLong { latest });
            }
            Ok(Event::CoWorkOpened { co_work, purpose: kind, unit, staff, task, due_on })
        }
        Command::AnswerCoWork { co_work, text, on: day } => {
            unanswered(case, co_work)?;
            on(day, case.began_on(), at).map(|on| Event::CoWorkAnswered { co_work, text, on })
        }
        Command::RecallCoWork { co_work, reason } => {
            unanswered(case, co_work)?;
            Ok(Event::CoWorkRecalled { co_work, reason })
        }
        // A record may have been searched for an earlier application; the day is what it is.
        Command::RecordSearch { search } => {
            on(search.on, crate::law::periods::IN_FORCE, at)?;
            Ok(Event::SearchRecorded { search })
        }
        Command::Refer { to, letter, on: day } => {
            on(day, case.began_on(), at).map(|on| Event::Referred { to, letter, on })
        }
        Command::ConfirmReferral { referral, evidence, on: day } => {
            let one = case.awaited_referral(referral).ok_or(Refusal::NotReferred)?;
            on(day, one.on, at).map(|on| Event::ReferralConfirmed { referral: one.seq, evidence, on })
        }
        Command::ProposePublication { reason, equal_requests } => {
            Ok(Event::PublicationProposed { reason, equal_requests })
        }
        Command::RecordPublication { place, on: day } => {
            let earliest = case.publication.as_ref().map_or(case.began_on(), |one| one.proposed_on);
            on(day, earliest, at).map(|on| Event::Published { place, on })
        }
        other => Err(misplaced(case, &other)),
    }
}

fn unanswered(case: &Case, id: CoWorkId) -> Result<(), Refusal> {
    let one = case.co_work(id).ok_or(Refusal::NoSuchCoWork)?;
    if one.is_open() { Ok(()) } else { Err(Refusal::CoWorkClosed) }
}
