//! Correction, art. 30: asked for once, within seven working days; the reply period starts afresh when it comes.

use chrono::NaiveDate;

use super::on;
use crate::case::event::Event;
use crate::case::moment::Moment;
use crate::case::refusal::Refusal;
use crate::case::state::Case;
use crate::case::terms::TextRef;
use crate::law::outcome::Outcome;
use crate::law::{periods, reply};

/// Asks for a correction. Sent after the seventh working day it is still recorded, but stops and restarts nothing.
pub(super) fn request(
    case: &Case,
    letter: TextRef,
    sent_on: NaiveDate,
    window_days: Option<u32>,
    at: &Moment<'_>,
) -> Result<Event, Refusal> {
    let received_on = case.received_on.ok_or(Refusal::ReceiptNotSettled)?;
    let sent_on = on(sent_on, received_on, at)?;
    let window_days = window_days.unwrap_or(at.settings.correction_window_days);
    if !periods::CORRECTION_WINDOW_DAYS.contains(&window_days) {
        return Err(Refusal::CorrectionWindowUnreasonable { days: window_days });
    }
    let last_day = reply::correction_notice_clock(received_on, &at.calendar()).due.on;
    Ok(Event::CorrectionRequested { letter, sent_on, window_days, in_time: sent_on <= last_day })
}

/// The applicant received the notice.
pub(super) fn delivered(case: &Case, day: NaiveDate, at: &Moment<'_>) -> Result<Event, Refusal> {
    let correction = case.awaited_correction().ok_or(Refusal::NoCorrectionAwaited)?;
    on(day, correction.sent_on, at).map(|on| Event::CorrectionNoticeDelivered { on })
}

/// The correction came. After the window but before any finding it is still good: nothing has lapsed by itself.
pub(super) fn received(case: &Case, text: TextRef, day: NaiveDate, at: &Moment<'_>) -> Result<Event, Refusal> {
    let correction = case.awaited_correction().ok_or(Refusal::NoCorrectionAwaited)?;
    let earliest = correction.delivered_on.unwrap_or(correction.sent_on);
    on(day, earliest, at).map(|on| Event::CorrectionReceived { text, on })
}

/// An officer's finding ends the case.
pub(super) fn lapse(finding: TextRef, letter: TextRef, at: &Moment<'_>) -> Event {
    Event::Lapsed { outcome: Outcome::LapsedCorrection, finding, letter, on: at.today }
}
