//! Setting the record right without touching it: a wrong date of receipt is stated anew, a step recorded by mistake is
//! annulled by a further entry. Nothing is ever deleted (art. 45 asks for a register that can be relied on).

use chrono::NaiveDate;

use super::on;
use crate::case::event::Event;
use crate::case::moment::Moment;
use crate::case::refusal::Refusal;
use crate::case::state::{Case, Extension};
use crate::case::terms::TextRef;
use crate::law::{periods, reply};

/// The date of receipt as it should have been recorded.
pub(super) fn receipt(case: &Case, received_on: NaiveDate, reason: TextRef, at: &Moment<'_>) -> Result<Event, Refusal> {
    let earliest = if case.filed.received_on.is_some() { periods::IN_FORCE } else { case.filed.arrived_on };
    let last_day = reply::correction_notice_clock(received_on, &at.calendar()).due.on;
    let correction_in_time = case.correction.as_ref().map(|correction| correction.sent_on <= last_day);
    // What was done on the strength of the receipt cannot have come before it.
    let letters = case.consultations.iter().map(|one| one.issued_on);
    let latest = letters
        .chain(case.correction.as_ref().map(|one| one.sent_on))
        .chain(case.explanation.as_ref().map(|one| one.sent_on))
        .chain(case.fee.as_ref().map(|one| one.sent_on))
        .chain(match case.extension {
            Some(Extension::Notified { sent_on, .. }) => Some(sent_on),
            _ => None,
        })
        .min();
    if let Some(latest) = latest.filter(|latest| received_on > *latest) {
        return Err(Refusal::DateTooLate { on: received_on, latest });
    }
    on(received_on, earliest, at).map(|received_on| Event::ReceiptCorrected { received_on, correction_in_time, reason })
}

/// Annuls the last step: only the last, for later ones rest on earlier ones.
pub(super) fn annul(case: &Case, seq: u32, reason: TextRef) -> Result<Event, Refusal> {
    let last = case.last_step();
    match last {
        Some(entry) if entry.seq == seq && entry.can_be_annulled() => Ok(Event::Annulled { seq, reason }),
        Some(entry) if entry.seq == seq => Err(Refusal::CannotBeAnnulled),
        other => Err(Refusal::NotTheLastStep { last: other.map(|entry| entry.seq) }),
    }
}

/// Takes back that a decision had the case answered anew, while that is the last step: what was done since rests on it.
pub(super) fn take_back_reopening(case: &Case, seq: u32, reason: TextRef) -> Result<Event, Refusal> {
    match case.last_step() {
        Some(entry) if entry.seq == seq && matches!(entry.event, Event::Reopened { .. }) => {
            Ok(Event::Annulled { seq, reason })
        }
        other => Err(Refusal::NotTheLastStep { last: other.map(|entry| entry.seq) }),
    }
}
