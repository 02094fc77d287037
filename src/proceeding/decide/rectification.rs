//! Setting the record right without touching it: a wrong day is stated anew, a step recorded by mistake is annulled by a further
//! entry. Nothing is ever deleted.

use chrono::NaiveDate;

use super::between;
use crate::case::moment::Moment;
use crate::case::terms::TextRef;
use crate::law::periods;
use crate::proceeding::clocks;
use crate::proceeding::event::Event;
use crate::proceeding::guards::recorded;
use crate::proceeding::refusal::Refusal;
use crate::proceeding::state::Proceeding;
use crate::proceeding::terms::DateKind;

/// A day as it should have been recorded: it must still lie between its neighbours. What it makes of the answer is found anew.
pub(super) fn date(
    proceeding: &Proceeding,
    date: DateKind,
    day: NaiveDate,
    reason: TextRef,
    at: &Moment<'_>,
) -> Result<Event, Refusal> {
    let round = &proceeding.round;
    recorded(proceeding, date).ok_or(Refusal::NoDateToCorrect)?;
    // The days of a round come in the order of the list; but an appeal is answered, and the papers go up, in either order.
    let below = |one: DateKind| matches!(one, DateKind::CopyReceived | DateKind::Answered);
    let apart = |one: DateKind| {
        let of_two_courts = (one == DateKind::Accepted && below(date)) || (date == DateKind::Accepted && below(one));
        of_two_courts && !round.copy_follows_acceptance()
    };
    let day_of = |one: &DateKind| recorded(proceeding, *one).filter(|_| !apart(*one));
    let before = DateKind::ALL.iter().rev().skip_while(|one| **one != date).skip(1);
    let after = DateKind::ALL.iter().skip_while(|one| **one != date).skip(1);
    let done_since = round.took_effect_on.into_iter().chain(round.performance.as_ref().map(|done| done.on));
    let earliest = before.filter_map(day_of).max().unwrap_or(periods::IN_FORCE);
    let latest = after.filter_map(day_of).chain(done_since).min();
    let on = between(day, earliest, latest, at)?;
    Ok(Event::DateCorrected { date, on, answer_late: answer_late(proceeding, date, on, at), reason })
}

fn answer_late(proceeding: &Proceeding, date: DateKind, on: NaiveDate, at: &Moment<'_>) -> Option<bool> {
    if !matches!(date, DateKind::CopyReceived | DateKind::Answered) {
        return None;
    }
    let mut round = proceeding.round.clone();
    round.correct(date, on, None);
    let answer = round.answer?;
    clocks::answer(proceeding.kind(), &round, &at.calendar()).map(|clock| answer.on > clock.due.on)
}

/// Annuls the last step: only the last, for later ones rest on earlier ones.
pub(super) fn annul(proceeding: &Proceeding, seq: u32, reason: TextRef) -> Result<Event, Refusal> {
    match proceeding.last_step() {
        Some(entry) if entry.seq == seq && entry.event.can_be_annulled() => Ok(Event::Annulled { seq, reason }),
        Some(entry) if entry.seq == seq => Err(Refusal::CannotBeAnnulled),
        other => Err(Refusal::NotTheLastStep { last: other.map(|entry| entry.seq) }),
    }
}
