//! `decide`: from a command to the events it causes, or to the refusal that stands in its way.
//!
//! Most of what is put here has been done by others and cannot be refused them; what is refused is a record that cannot be true.

mod rectification;
mod result;
mod way;

use chrono::NaiveDate;

use super::command::Command;
use super::event::Event;
use super::refusal::Refusal;
use super::state::Proceeding;
use super::{guards, tick};
use crate::case::moment::Moment;

/// What `command` causes in the file at the moment `at`: first what the calendar has moved meanwhile, then the act itself.
///
/// # Errors
/// The [`Refusal`] that names the rule and the article in the way.
pub fn decide(proceeding: &Proceeding, command: Command, at: &Moment<'_>) -> Result<Vec<Event>, Refusal> {
    if command == Command::Tick {
        return Ok(tick::events(proceeding, at));
    }
    let (mut events, proceeding) = tick::catch_up(proceeding, at);
    guards::open(&proceeding, command.act(), at)?;
    events.push(one(&proceeding, command, at)?);
    Ok(events)
}

fn one(proceeding: &Proceeding, command: Command, at: &Moment<'_>) -> Result<Event, Refusal> {
    match command {
        Command::Assign { handler } => Ok(Event::Assigned { handler }),
        Command::Close { reason, text } => Ok(Event::Closed { reason, text }),
        Command::AttachFile { file, title } => Ok(Event::FileAttached { file, title }),
        Command::Link { case } => Ok(Event::Linked { case }),
        Command::Note { text, mentions } => Ok(Event::Noted { text, mentions }),
        Command::CorrectDate { date, on, reason } => rectification::date(proceeding, date, on, reason, at),
        Command::Annul { seq, reason } => rectification::annul(proceeding, seq, reason),
        Command::ReceiveDecision { .. }
        | Command::RecordEffect { .. }
        | Command::ReceiveOpinion { .. }
        | Command::ReportOpinion { .. }
        | Command::RecordPerformance { .. }
        | Command::RecordAppeal { .. }
        | Command::RecordRetrial { .. }
        | Command::RecordWithdrawal { .. } => result::decided(proceeding, command, at),
        other => way::decided(proceeding, other, at),
    }
}

/// A command that came to the wrong file of this folder: never met, since `one` sorts them.
fn misplaced(proceeding: &Proceeding, command: &Command) -> Refusal {
    Refusal::NotInThisStage { act: command.act(), stage: proceeding.stage }
}

/// A day on which something took place: not after today, not before what it follows.
///
/// # Errors
/// [`Refusal::DateInFuture`], [`Refusal::DateTooEarly`].
pub(super) fn on(day: NaiveDate, earliest: NaiveDate, at: &Moment<'_>) -> Result<NaiveDate, Refusal> {
    if day > at.today { Err(Refusal::DateInFuture { on: day, today: at.today }) } else { not_before(day, earliest) }
}

/// A day that may lie ahead, but not before what it follows.
fn not_before(day: NaiveDate, earliest: NaiveDate) -> Result<NaiveDate, Refusal> {
    if day < earliest { Err(Refusal::DateTooEarly { on: day, earliest }) } else { Ok(day) }
}

/// The same as [`on`], and not after what follows it.
fn between(
    day: NaiveDate,
    earliest: NaiveDate,
    latest: Option<NaiveDate>,
    at: &Moment<'_>,
) -> Result<NaiveDate, Refusal> {
    match latest {
        Some(latest) if day > latest => Err(Refusal::DateTooLate { on: day, latest }),
        _ => on(day, earliest, at),
    }
}
