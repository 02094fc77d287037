//! Correction, art. 30: asked for once, within seven working days; the reply period starts afresh when it comes. And the
//! lapse of an application, for want of a correction or of a payment, with the way back.

use chrono::NaiveDate;

use super::{misplaced, not_dated_back, on};
use crate::case::command::Command;
use crate::case::event::Event;
use crate::case::moment::Moment;
use crate::case::refusal::Refusal;
use crate::case::stage::Stage;
use crate::case::state::Case;
use crate::case::terms::TextRef;
use crate::law::outcome::Outcome;
use crate::law::{periods, reply};

/// What a command about a correction, a lapse or its way back causes.
pub(super) fn decided(case: &Case, command: Command, at: &Moment<'_>) -> Result<Event, Refusal> {
    match command {
        Command::RequestCorrection { letter, sent_on, window_days } => request(case, letter, sent_on, window_days, at),
        Command::RecordCorrectionDelivery { on } => delivered(case, on, at),
        Command::ReceiveCorrection { text, on } => received(case, text, on, at),
        Command::Lapse { finding, letter } => Ok(lapse(case, finding, letter, at)),
        Command::Reinstate { reason } => Ok(Event::Reinstated { reason, on: at.today }),
        other => Err(misplaced(case, &other)),
    }
}

/// Asks for a correction. Sent after the seventh working day it is still recorded, but stops and restarts nothing.
fn request(
    case: &Case,
    letter: TextRef,
    sent_on: NaiveDate,
    window_days: Option<u32>,
    at: &Moment<'_>,
) -> Result<Event, Refusal> {
    let received_on = case.received_on.ok_or(Refusal::ReceiptNotSettled)?;
    let sent_on = on(sent_on, not_dated_back(case, received_on, at), at)?;
    let window_days = window_days.unwrap_or(at.settings.correction_window_days);
    if !periods::CORRECTION_WINDOW_DAYS.contains(&window_days) {
        return Err(Refusal::CorrectionWindowUnreasonable { days: window_days });
    }
    let last_day = reply::correction_notice_clock(received_on, &at.calendar()).due.on;
    Ok(Event::CorrectionRequested { letter, sent_on, window_days, in_time: sent_on <= last_day })
}

/// The applicant received the notice.
fn delivered(case: &Case, day: NaiveDate, at: &Moment<'_>) -> Result<Event, Refusal> {
    let correction = case.awaited_correction().ok_or(Refusal::NoCorrectionAwaited)?;
    on(day, correction.sent_on, at).map(|on| Event::CorrectionNoticeDelivered { on })
}

/// The correction came. After the window but before any finding it is still good: nothing has lapsed by itself.
fn received(case: &Case, text: TextRef, day: NaiveDate, at: &Moment<'_>) -> Result<Event, Refusal> {
    let correction = case.awaited_correction().ok_or(Refusal::NoCorrectionAwaited)?;
    let earliest = correction.delivered_on.unwrap_or(correction.sent_on);
    on(day, earliest, at).map(|on| Event::CorrectionReceived { text, on })
}

/// An officer's finding ends the case: what the applicant owed decides which of the two it is.
fn lapse(case: &Case, finding: TextRef, letter: TextRef, at: &Moment<'_>) -> Event {
    let outcome = if case.stage == Stage::Paying { Outcome::LapsedFee } else { Outcome::LapsedCorrection };
    Event::Lapsed { outcome, finding, letter, on: at.today }
}
