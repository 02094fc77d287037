//! Registering an enquiry: its key, its texts, its number, its first entry. The one way in, for officers, for the public form and for
//! applications that were in truth something else.

use chrono::{Datelike, NaiveDate};

use super::bodies::{EnquiryRegistration, WriterInput};
use super::contents::{Sealer, TextKind};
use super::desk::{Desk, sees_to_it};
use super::rules::rules_of;
use super::views::EnquiryView;
use super::writer::{self, EnquiryReceipt};
use super::{recording, telling};
use crate::case::{Actor, Moment};
use crate::clock::day_in_china;
use crate::enquiry::opening::Opening;
use crate::enquiry::terms::EnquiryKind;
use crate::enquiry::{Act, Enquiry, Entry, numbers, open};
use crate::ids::{CaseId, EnquiryId, Entropy, StaffId};
use crate::office::failure::Failure;
use crate::office::idempotency::{self, IdempotencyKey, Made};
use crate::office::input::Reader;
use crate::office::intake::no_such_agency;
use crate::office::permission::{Deed, Officer, permit};
use crate::office::sealing::Person;
use crate::office::{Shared, projection};
use crate::storage::agencies::AgencyRow;
use crate::storage::{Conn, agencies, counters};

/// What is registered, read.
pub(super) struct Read {
    pub kind: EnquiryKind,
    pub arrived_on: Option<NaiveDate>,
    pub writer: Person,
    pub subject: String,
    pub content: String,
    pub their_number: Option<String>,
    pub handler: Option<StaffId>,
    pub from_case: Option<CaseId>,
}

/// Who writes, read.
pub(super) fn person(reader: &mut Reader, writer: &WriterInput) -> Person {
    Person {
        name: reader.text("/writer/name", &writer.name),
        phone: reader.optional(writer.phone.as_deref()),
        email: reader.email("/writer/email", writer.email.as_deref()),
        address: reader.optional(writer.address.as_deref()),
        ..Person::default()
    }
}

/// By an officer.
///
/// # Errors
/// Every [`Failure`].
pub(super) fn by_officer(
    conn: &mut Conn,
    shared: &Shared,
    officer: &Officer,
    input: &EnquiryRegistration,
    key: Option<&IdempotencyKey>,
) -> Result<(EnquiryView, EnquiryReceipt), Failure> {
    let agency = agencies::find_by_slug(conn, &input.agency)?.ok_or_else(|| no_such_agency("/agency"))?;
    let lineage = projection::lineage(conn, agency.id)?;
    permit(officer, Deed::Enquire(Act::Register), &lineage)?;
    let actor = officer.acts_as(Deed::Enquire(Act::Register), &lineage);
    let scope = format!("enquiry:{}", officer.id);
    let id = if let Some(made) = idempotency::enquiry_made_before(conn, &shared.keys, &scope, key)? {
        made
    } else {
        let mut reader = Reader::new();
        let read = Read {
            kind: input.kind,
            arrived_on: input.arrived_on,
            writer: person(&mut reader, &input.writer),
            subject: reader.text("/subject", &input.subject),
            content: reader.text("/content", &input.content),
            their_number: reader.optional(input.their_number.as_deref()),
            handler: input.handler,
            from_case: None,
        };
        let read = reader.finish(read)?;
        let enquiry = register(conn, shared, Some(officer), &agency, &read, actor)?;
        idempotency::remember(conn, &shared.keys, &scope, key, Made::Enquiry(enquiry.id), enquiry.registered_at)?;
        enquiry.id
    };
    let mut desk = Desk::open(conn, shared, Some(officer), id)?;
    let view = desk.view()?;
    Ok((view, writer::receipt(&desk)))
}

/// Registers it in the transaction at hand.
///
/// # Errors
/// [`Failure::Invalid`], [`Failure::RefusedInEnquiry`]; the vault's and the database's failures.
pub(super) fn register(
    conn: &mut Conn,
    shared: &Shared,
    officer: Option<&Officer>,
    agency: &AgencyRow,
    read: &Read,
    actor: Actor,
) -> Result<Enquiry, Failure> {
    let now = shared.clock.now();
    let today = day_in_china(now);
    if let Some(handler) = read.handler {
        sees_to_it(conn, agency.id, "/handler", handler)?;
    }
    let mut randomness = shared.randomness.clone();
    let entropy: &mut dyn Entropy = &mut randomness;
    let id = EnquiryId::new(now, entropy);
    let mut sealer = Sealer::of_new(conn, shared, id, now)?;
    let writer = serde_json::to_string(&read.writer).map_err(Failure::broken)?;
    let serial = counters::next(conn, agency.id, today.year(), numbers::SERIES)?;
    let their_number = read.their_number.as_deref();
    let opening = Opening {
        agency: agency.id,
        number: numbers::number(&agency.slug, today.year(), serial),
        of: read.kind,
        arrived_on: read.arrived_on.unwrap_or(today),
        days: rules_of(conn, agency.id)?.days(read.kind),
        writer: sealer.text(conn, TextKind::Writer, &writer)?,
        subject: sealer.text(conn, TextKind::Subject, &read.subject)?,
        content: sealer.text(conn, TextKind::Content, &read.content)?,
        their_number: their_number.map(|number| sealer.text(conn, TextKind::TheirNumber, number)).transpose()?,
        from_case: read.from_case,
        handler: read.handler,
    };
    let calendars = shared.calendars_in(conn)?;
    let settings = projection::settings_of(conn, agency)?;
    let moment = Moment { now, today, calendars: &calendars, actor, settings };
    let event = open(opening, &moment).map_err(|refusal| Failure::RefusedInEnquiry { refusal, allowed: Vec::new() })?;
    let entries = Entry::follow(id, 0, now, actor, vec![event]);
    let enquiry = Enquiry::replay(entries.clone()).map_err(Failure::broken)?;
    recording::append(conn, shared, officer, None, &enquiry, &entries, &calendars.known_at(now))?;
    let mut desk = Desk::open(conn, shared, officer, id)?;
    telling::of_registration(&mut desk)?;
    Ok(enquiry)
}
