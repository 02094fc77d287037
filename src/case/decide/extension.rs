//! Extension, art. 33 ¶2: once, at most twenty working days, by consent of the head of the disclosure office, and with a
//! notice to the applicant sent before the running period ends. Without the notice there is no extension.

use chrono::NaiveDate;

use super::on;
use crate::case::clocks;
use crate::case::event::Event;
use crate::case::moment::Moment;
use crate::case::refusal::Refusal;
use crate::case::state::{Case, Extension};
use crate::case::terms::TextRef;
use crate::law::periods;

/// A lawful length, in working days.
pub(super) const fn length(days: u32) -> Result<u32, Refusal> {
    if days == 0 || days > periods::EXTENSION_MAX_DAYS { Err(Refusal::ExtensionTooLong { days }) } else { Ok(days) }
}

/// The head of the office has decided.
pub(super) const fn decided(case: &Case, granted: bool, reason: Option<TextRef>) -> Result<Event, Refusal> {
    match case.extension {
        Some(Extension::Requested { days }) => Ok(Event::ExtensionDecided { granted, days, reason }),
        Some(Extension::Granted { .. } | Extension::Notified { .. }) | None => Err(Refusal::NoExtensionRequested),
    }
}

/// The notice was sent: in time, or without effect and therefore refused.
pub(super) fn notified(case: &Case, letter: TextRef, day: NaiveDate, at: &Moment<'_>) -> Result<Event, Refusal> {
    let reply = clocks::reply_clock(case, &at.calendar()).ok_or(Refusal::ReceiptNotSettled)?;
    // Sent before the running period began it would extend nothing and yet be used up (house rule 14).
    // Sent before the head consented it told of nothing.
    let earliest = match case.extension {
        Some(Extension::Granted { on: consented, .. }) => consented.max(reply.base.from),
        Some(Extension::Requested { .. } | Extension::Notified { .. }) | None => reply.base.from,
    };
    let sent_on = on(day, earliest, at)?;
    let latest = reply.extension_latest.on;
    if sent_on > latest {
        return Err(Refusal::ExtensionTooLate { latest });
    }
    Ok(Event::ExtensionNotified { letter, sent_on })
}
