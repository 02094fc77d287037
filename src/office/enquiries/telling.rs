//! Who is told: whoever it was given to, both agencies of a hand-over, and its writer.

use std::collections::BTreeSet;

use super::desk::Desk;
use crate::case::Role;
use crate::enquiry::state::Ended;
use crate::enquiry::terms::Ending;
use crate::enquiry::{Enquiry, Entry, Event, clock};
use crate::ids::{AgencyId, StaffId};
use crate::notices::Notice;
use crate::office::failure::Failure;
use crate::office::notices::facts::{EnquiryNews, Facts, OfEnquiry};
use crate::office::notices::outbox::{About, Outbox};
use crate::office::notices::recipients;
use crate::storage::staff;

/// What registering causes: a receipt for the writer, and news for whoever has it.
///
/// # Errors
/// The database's failures.
pub(super) fn of_registration(desk: &mut Desk<'_>) -> Result<(), Failure> {
    let facts = Facts { enquiry: Some(OfEnquiry { id: desk.enquiry.id, news: None }), ..due_facts(desk) };
    to_writer(desk, Notice::EnquiryReceived, "received", facts)?;
    let (agency, handler, by) = (desk.agency.id, desk.enquiry.handler, desk.enquiry.registered_by.staff());
    given(desk, agency, handler, by)
}

/// What the entries of an act cause.
///
/// # Errors
/// The database's failures.
pub(super) fn of_act(desk: &mut Desk<'_>, before: &Enquiry, entries: &[Entry]) -> Result<(), Failure> {
    for entry in entries {
        let by = entry.actor.staff();
        match &entry.event {
            Event::Assigned { handler: Some(handler) } => {
                let agency = desk.agency.id;
                given(desk, agency, Some(*handler), by)?;
            }
            Event::HandedOver { from, to, .. } => {
                given(desk, *to, None, by)?;
                // The agency it came from, and whoever saw to it there, know that it has gone.
                given(desk, *from, before.handler, by)?;
                news(desk, EnquiryNews::HandedOver)?;
            }
            Event::AnswerSent { .. } | Event::Closed { .. } | Event::TurnedIntoApplication { .. } => {
                let told = match desk.enquiry.ended.as_ref().map(Ended::ending) {
                    Some(Ending::Closed) => EnquiryNews::Closed,
                    Some(Ending::Turned) => EnquiryNews::Turned,
                    Some(Ending::Answered) | None => EnquiryNews::Answered,
                };
                news(desk, told)?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn due_facts(desk: &Desk<'_>) -> Facts {
    let due = clock::due(&desk.enquiry, &desk.calendars.known_at(desk.now));
    Facts { until: due.map(|due| due.on), ..Facts::default() }
}

fn news(desk: &mut Desk<'_>, told: EnquiryNews) -> Result<(), Failure> {
    let enquiry = Some(OfEnquiry { id: desk.enquiry.id, news: Some(told) });
    let facts = Facts { enquiry, on: Some(desk.today), ..due_facts(desk) };
    let cause = format!("{}:{}", told.as_str(), desk.enquiry.version);
    to_writer(desk, Notice::EnquiryNews, &cause, facts)
}

fn to_writer(desk: &mut Desk<'_>, notice: Notice, what: &str, facts: Facts) -> Result<(), Failure> {
    let cause = format!("{}:{what}", desk.enquiry.id);
    let about = about(desk, desk.agency.id, &cause);
    let calendar = desk.calendars.known_at(desk.now);
    let mut outbox =
        Outbox { randomness: desk.shared.randomness.clone(), calendar: &calendar, now: desk.shared.clock.now() };
    outbox.to_writer(desk.conn, &about, notice, facts)
}

/// Whoever it was given to is told, or the clerks of the agency where it was given to nobody; never whoever did it themselves.
fn given(desk: &mut Desk<'_>, agency: AgencyId, handler: Option<StaffId>, by: Option<StaffId>) -> Result<(), Failure> {
    let people = match handler {
        Some(_) => recipients::at_desk(desk.conn, agency, handler, desk.today)?,
        None => staff::list_holders(desk.conn, &[agency], Role::Clerk.as_str())?,
    };
    let cause = format!("{}:{}:given:{agency}", desk.enquiry.id, desk.enquiry.version);
    let about = about(desk, agency, &cause);
    let facts = Facts { enquiry: Some(OfEnquiry { id: desk.enquiry.id, news: None }), ..due_facts(desk) };
    let calendar = desk.calendars.known_at(desk.now);
    let mut outbox =
        Outbox { randomness: desk.shared.randomness.clone(), calendar: &calendar, now: desk.shared.clock.now() };
    let people: BTreeSet<StaffId> = people.into_iter().filter(|one| by != Some(*one)).collect();
    for member in people {
        outbox.to_staff(desk.conn, &about, Notice::EnquiryAssigned, member, facts, false)?;
    }
    Ok(())
}

fn about<'a>(desk: &Desk<'_>, agency: AgencyId, cause: &'a str) -> About<'a> {
    About { agency, case: None, seq: None, cause, fell_on: desk.today, overtaken: false }
}
