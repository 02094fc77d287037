//! A file was given to somebody: they are told, unless they took it themselves.

use super::desk::Desk;
use crate::notices::Notice;
use crate::office::failure::Failure;
use crate::office::notices::facts::{Facts, InProceeding};
use crate::office::notices::outbox::{About, Outbox};
use crate::proceeding::{Event, due};

/// Lays the notice into the outbox where the file's last entry gave it to somebody else than whoever acted.
///
/// # Errors
/// The database's failures.
pub(super) fn assigned(desk: &mut Desk<'_>) -> Result<(), Failure> {
    let file = &desk.proceeding;
    let Some(last) = file.journal().last() else { return Ok(()) };
    let given = match &last.event {
        Event::Assigned { handler } => *handler,
        Event::Opened(opening) => opening.handler,
        _ => None,
    };
    let Some(handler) = given.filter(|handler| last.actor.staff() != Some(*handler)) else { return Ok(()) };
    let calendar = desk.calendars.known_at(desk.now);
    let cause = format!("{}:{}:assigned", file.id, last.seq);
    let about = About {
        agency: desk.agency.id,
        case: Some(file.case()),
        seq: None,
        cause: &cause,
        fell_on: desk.today,
        overtaken: false,
    };
    let facts = Facts {
        proceeding: Some(InProceeding { id: file.id, timed: None }),
        clock: due::due(file, &calendar).map(|now| now.clock),
        until: due::due(file, &calendar).map(|now| now.due.on),
        ..Facts::default()
    };
    let (randomness, now) = (desk.shared.randomness.clone(), desk.shared.clock.now());
    let mut outbox = Outbox { randomness, calendar: &calendar, now };
    outbox.to_staff(desk.conn, &about, Notice::ProceedingAssigned, handler, facts, false).map(drop)
}
