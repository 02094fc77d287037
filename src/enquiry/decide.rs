//! `decide`: from a command to the events it causes, or to the refusal that stands in its way.

use chrono::NaiveDate;

use super::command::Command;
use super::event::Event;
use super::refusal::Refusal;
use super::state::Enquiry;
use super::{clock, guards, tick};
use crate::case::moment::Moment;

/// What `command` causes at the moment `at`: first what the calendar has done meanwhile, then the act itself.
///
/// # Errors
/// The [`Refusal`] that names the rule in the way.
pub fn decide(enquiry: &Enquiry, command: Command, at: &Moment<'_>) -> Result<Vec<Event>, Refusal> {
    if command == Command::Tick {
        return Ok(tick::events(enquiry, at));
    }
    let (mut events, enquiry) = tick::catch_up(enquiry, at);
    guards::open(&enquiry, command.act(), at)?;
    events.push(one(&enquiry, command, at)?);
    Ok(events)
}

fn one(enquiry: &Enquiry, command: Command, at: &Moment<'_>) -> Result<Event, Refusal> {
    Ok(match command {
        Command::Assign { handler } => Event::Assigned { handler },
        Command::HandOver { to, .. } if to == enquiry.agency => return Err(Refusal::HereAlready),
        Command::HandOver { to, days, reason } => Event::HandedOver { from: enquiry.agency, to, days, reason },
        Command::Answer { text } => Event::AnswerWritten { text },
        Command::Send { way, on: day } => {
            let on = on(day, enquiry.registered_on(), at)?;
            let due = clock::clock(enquiry, &at.calendar()).due;
            Event::AnswerSent { way, on, due: due.on, late: on > due.on, provisional: due.provisional }
        }
        Command::Close { of: Some(of), .. } if of == enquiry.id => return Err(Refusal::DuplicateOfItself),
        Command::Close { reason, text, of } => Event::Closed { reason, text, of },
        Command::TurnIntoApplication { case } => Event::TurnedIntoApplication { case },
        Command::Note { text } => Event::Noted { text },
        Command::Rate { satisfaction, comment } => Event::Rated { satisfaction, comment },
        // The calendar causes any number of events and is asked in `decide` itself.
        Command::Tick => return Err(Refusal::NotInThisStage { act: command.act(), stage: enquiry.stage }),
    })
}

/// A day on which something took place: not after today, not before what it follows.
///
/// # Errors
/// [`Refusal::DateInFuture`], [`Refusal::DateTooEarly`].
pub(super) fn on(day: NaiveDate, earliest: NaiveDate, at: &Moment<'_>) -> Result<NaiveDate, Refusal> {
    if day > at.today {
        Err(Refusal::DateInFuture { on: day, today: at.today })
    } else if day < earliest {
        Err(Refusal::DateTooEarly { on: day, earliest })
    } else {
        Ok(day)
    }
}
