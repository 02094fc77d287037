//! `decide`: from a command to the events it causes, or to the refusal that stands in its way.
//!
//! A command changes nothing. Whoever calls records the events and applies them; nothing is decided a second time.

mod consultation;
mod correction;
mod extension;
mod rectification;
mod reply;

use chrono::NaiveDate;

use super::command::Command;
use super::event::Event;
use super::guards;
use super::moment::Moment;
use super::refusal::Refusal;
use super::state::Case;
use super::terms::ApprovalStep;
use super::tick;

/// What `command` causes in the case at the moment `at`: first what the calendar has done meanwhile, then the act itself.
///
/// # Errors
/// The [`Refusal`] that names the rule and the article in the way.
pub fn decide(case: &Case, command: Command, at: &Moment<'_>) -> Result<Vec<Event>, Refusal> {
    if command == Command::Tick {
        return Ok(tick::events(case, at));
    }
    let (mut events, case) = tick::catch_up(case, at);
    guards::open(&case, command.act(), at)?;
    events.push(one(&case, command, at)?);
    Ok(events)
}

fn one(case: &Case, command: Command, at: &Moment<'_>) -> Result<Event, Refusal> {
    match command {
        Command::ConfirmReceipt { received_on, by, evidence } => on(received_on, case.filed.arrived_on, at)
            .map(|received_on| Event::ReceiptConfirmed { received_on, by, evidence }),
        Command::Register { number, evidence } => Ok(Event::Registered { number, on: at.today, evidence }),
        Command::Assign { handler } => Ok(Event::Assigned { handler }),
        Command::Claim => at
            .actor
            .staff()
            .map(|handler| Event::Claimed { handler })
            .ok_or(Refusal::NotInThisStage { act: super::act::Act::Claim, stage: case.stage }),
        Command::Return { reason } => Ok(Event::Returned { reason }),
        Command::RequestCorrection { letter, sent_on, window_days } => {
            correction::request(case, letter, sent_on, window_days, at)
        }
        Command::RecordCorrectionDelivery { on } => correction::delivered(case, on, at),
        Command::ReceiveCorrection { text, on } => correction::received(case, text, on, at),
        Command::Lapse { finding, letter } => Ok(correction::lapse(finding, letter, at)),
        Command::Reinstate { reason } => Ok(Event::Reinstated { reason, on: at.today }),
        Command::Consult { consultation, party, addressee, letter, issued_on, days } => {
            let days = consultation::days(party, days, at)?;
            let issued_on = consultation::issued(case, issued_on, at)?;
            Ok(Event::ConsultationIssued { consultation, party, addressee, letter, issued_on, days })
        }
        Command::RecordConsultationDelivery { consultation, on } => consultation::delivered(case, consultation, on, at),
        Command::ReceiveOpinion { consultation, opinion, text, on } => {
            consultation::answered(case, consultation, opinion, text, on, at)
        }
        Command::RequestExtension { days, reason } => {
            extension::length(days).map(|days| Event::ExtensionRequested { days, reason })
        }
        Command::DecideExtension { granted, reason } => extension::decided(case, granted, reason),
        Command::NotifyExtension { letter, sent_on } => extension::notified(case, letter, sent_on, at),
        Command::Draft { outcome, withheld, letter, submit } => reply::draft(case, outcome, withheld, letter, submit),
        Command::Approve { step, remark } => {
            // Sending back stays open, hence asked here and not of the act.
            if step == ApprovalStep::Signature {
                guards::nobody_is_consulted(case, at)?;
            }
            Ok(Event::Approved { step, remark })
        }
        Command::SendBack { step, reason } => Ok(Event::SentBack { step, reason }),
        Command::Serve { way, on, proof } => reply::serve(case, way, on, proof, at),
        Command::RecordServiceProof { proof, on: day } => {
            let earliest = case.served.as_ref().map_or(case.began_on(), |served| served.on);
            on(day, earliest, at).map(|on| Event::ServiceProven { proof, on })
        }
        Command::Withdraw { reason } => Ok(Event::Withdrawn { reason, on: at.today }),
        Command::Note { text } => Ok(Event::Noted { text }),
        Command::CorrectReceipt { received_on, reason } => rectification::receipt(case, received_on, reason, at),
        Command::Annul { seq, reason } => rectification::annul(case, seq, reason),
        // The calendar causes any number of events and is asked in `decide` itself.
        Command::Tick => Err(Refusal::NotInThisStage { act: super::act::Act::Tick, stage: case.stage }),
    }
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
