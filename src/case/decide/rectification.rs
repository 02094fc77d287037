//! Setting the record right without touching it: a wrong date of receipt is stated anew, a step recorded by mistake is
//! annulled by a further entry. Nothing is ever deleted (art. 45 asks for a register that can be relied on).

use chrono::NaiveDate;

use super::on;
use crate::case::event::Event;
use crate::case::moment::Moment;
use crate::case::refusal::Refusal;
use crate::case::state::Case;
use crate::case::terms::TextRef;

/// The date of receipt as it should have been recorded.
pub(super) fn receipt(case: &Case, received_on: NaiveDate, reason: TextRef, at: &Moment<'_>) -> Result<Event, Refusal> {
    let earliest = if case.filed.received_on.is_some() { NaiveDate::MIN } else { case.filed.arrived_on };
    on(received_on, earliest, at).map(|received_on| Event::ReceiptCorrected { received_on, reason })
}

/// Annuls the last step: only the last, for later ones rest on earlier ones.
pub(super) fn annul(case: &Case, seq: u32, reason: TextRef) -> Result<Event, Refusal> {
    let last = case.last_step();
    match last {
        Some(entry) if entry.seq == seq && entry.event.can_be_annulled() => Ok(Event::Annulled { seq, reason }),
        Some(entry) if entry.seq == seq => Err(Refusal::CannotBeAnnulled),
        other => Err(Refusal::NotTheLastStep { last: other.map(|entry| entry.seq) }),
    }
}
