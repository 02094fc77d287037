//! Clearly excessive applications, art. 35: reasons asked for once, the finding, and for reasonable ones a delayed date.

use chrono::NaiveDate;

use super::{misplaced, on};
use crate::case::clocks;
use crate::case::command::Command;
use crate::case::event::Event;
use crate::case::moment::Moment;
use crate::case::refusal::Refusal;
use crate::case::state::Case;
use crate::case::terms::TextRef;
use crate::law::periods;

/// What a command about an explanation causes.
pub(super) fn decided(case: &Case, command: Command, at: &Moment<'_>) -> Result<Event, Refusal> {
    match command {
        Command::RequestExplanation { letter, sent_on, window_days, month_count } => {
            let received_on = case.received_on.ok_or(Refusal::ReceiptNotSettled)?;
            let sent_on = on(sent_on, received_on, at)?;
            let window_days = window_days.unwrap_or(at.settings.explanation_window_days);
            if !periods::EXPLANATION_WINDOW_DAYS.contains(&window_days) {
                return Err(Refusal::ExplanationWindowUnreasonable { days: window_days });
            }
            Ok(Event::ExplanationRequested { letter, sent_on, window_days, month_count })
        }
        Command::RecordExplanationDelivery { on: day } => {
            let earliest = case.explanation.as_ref().map_or(case.began_on(), |one| one.sent_on);
            on(day, earliest, at).map(|on| Event::ExplanationRequestDelivered { on })
        }
        Command::ReceiveExplanation { text, on: day } => {
            let sent_on = case.explanation.as_ref().map(|one| one.delivered_on.unwrap_or(one.sent_on));
            on(day, sent_on.unwrap_or(case.began_on()), at).map(|on| Event::ExplanationReceived { text, on })
        }
        Command::DecideExplanation { reasonable, finding, delayed_until } => {
            let delayed_until = delayed_until.map(|until| later(case, until, at)).transpose()?;
            let delayed_until = delayed_until.filter(|_| reasonable);
            Ok(Event::ExplanationDecided { reasonable, finding, delayed_until })
        }
        Command::NotifyDelay { letter, sent_on } => told(case, letter, sent_on, at),
        other => Err(misplaced(case, &other)),
    }
}

/// A delayed date lies after the one that stands, and not out of sight.
fn later(case: &Case, until: NaiveDate, at: &Moment<'_>) -> Result<NaiveDate, Refusal> {
    let due = clocks::reply_clock(case, &at.calendar()).ok_or(Refusal::ReceiptNotSettled)?.clock.due.on;
    let latest = at.calendar().nth_working_day_after(due, periods::DELAY_MAX_DAYS);
    if until <= due {
        Err(Refusal::DelayNotLater { due })
    } else if until > latest {
        Err(Refusal::DelayTooLong { latest })
    } else {
        Ok(until)
    }
}

/// The applicant is told while the running period lasts; afterwards it mends nothing (house rule 20).
fn told(case: &Case, letter: TextRef, day: NaiveDate, at: &Moment<'_>) -> Result<Event, Refusal> {
    let explanation = case.explanation.as_ref().ok_or(Refusal::NoDelayFixed)?;
    let latest = clocks::reply_clock(case, &at.calendar()).ok_or(Refusal::ReceiptNotSettled)?.clock.due.on;
    let sent_on = on(day, explanation.decided_on.unwrap_or(explanation.sent_on), at)?;
    if sent_on > latest { Err(Refusal::DelayTooLate { latest }) } else { Ok(Event::DelayNotified { letter, sent_on }) }
}
