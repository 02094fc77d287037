//! `decide`: from a command to the events it causes, or to the refusal that stands in its way.
//!
//! A command changes nothing. Whoever calls records the events and applies them; nothing is decided a second time.

mod approval;
mod consultation;
mod correction;
mod desk;
mod explanation;
mod extension;
mod fee;
mod files;
mod rectification;
mod registration;
mod reply;
pub mod retention;

use chrono::NaiveDate;

use super::command::Command;
use super::event::Event;
use super::moment::Moment;
use super::refusal::Refusal;
use super::state::Case;
use super::tick;
use super::{clocks, guards};

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
        Command::ConfirmReceipt { .. }
        | Command::RecordContact { .. }
        | Command::Register { .. }
        | Command::CorrectParticulars { .. }
        | Command::Examine { .. }
        | Command::SplitOff { .. }
        | Command::Link { .. }
        | Command::MarkSensitive { .. }
        | Command::Assign { .. }
        | Command::Claim
        | Command::Return { .. } => registration::decided(case, command, at),
        Command::RequestCorrection { .. }
        | Command::RecordCorrectionDelivery { .. }
        | Command::ReceiveCorrection { .. }
        | Command::Lapse { .. }
        | Command::Reinstate { .. } => correction::decided(case, command, at),
        Command::Reopen { order } => Ok(Event::Reopened { order }),
        Command::TakeBackReopening { seq, reason } => rectification::take_back_reopening(case, seq, reason),
        Command::AnchorProceeding { proceeding, entry, digest } => {
            Ok(Event::ProceedingAnchored { proceeding, entry, digest })
        }
        Command::TieEnquiry { enquiry, tie } => Ok(Event::EnquiryTied { enquiry, tie }),
        Command::TakeOver { to, history } => Ok(Event::TakenOver { from: case.agency(), to, history }),
        Command::RequestExplanation { .. }
        | Command::RecordExplanationDelivery { .. }
        | Command::ReceiveExplanation { .. }
        | Command::DecideExplanation { .. }
        | Command::NotifyDelay { .. } => explanation::decided(case, command, at),
        Command::NotifyFee { .. }
        | Command::RecordFeeDelivery { .. }
        | Command::ReportPayment { .. }
        | Command::RecordPayment { .. }
        | Command::RequestWaiver { .. }
        | Command::DecideWaiver { .. } => fee::decided(case, command, at),
        Command::OpenCoWork { .. }
        | Command::AnswerCoWork { .. }
        | Command::RecallCoWork { .. }
        | Command::RecordSearch { .. }
        | Command::Refer { .. }
        | Command::ConfirmReferral { .. }
        | Command::ProposePublication { .. }
        | Command::RecordPublication { .. } => desk::decided(case, command, at),
        Command::Consult { .. }
        | Command::RecordConsultationDelivery { .. }
        | Command::ReceiveOpinion { .. }
        | Command::WeighConsultation { .. }
        | Command::TellThirdParty { .. }
        | Command::TellApplicant { .. } => consultation::decided(case, command, at),
        Command::RequestExtension { days, reason } => {
            extension::length(days).map(|days| Event::ExtensionRequested { days, reason })
        }
        Command::DecideExtension { granted, reason } => extension::decided(case, granted, reason),
        Command::NotifyExtension { letter, sent_on } => extension::notified(case, letter, sent_on, at),
        Command::Draft { reply, submit } => reply::draft(case, *reply, submit, at),
        Command::Approve { step, remark, secrecy, signed } => approval::passed(case, step, remark, secrecy, signed, at),
        Command::SendBack { step, reason } => Ok(Event::SentBack { step, reason }),
        Command::AnswerCheck { check, reason, text } => approval::answered(case, check, reason, text, at),
        Command::Recall { reason } => Ok(Event::Recalled { reason }),
        Command::Serve { way, on, proof, text_stands } => reply::serve(case, way, on, proof, text_stands, at),
        Command::RecordServiceProof { proof, on: day } => {
            let earliest = case.served.as_ref().map_or(case.began_on(), |served| served.on);
            on(day, earliest, at).map(|on| Event::ServiceProven { proof, on })
        }
        Command::Withdraw { reason } => Ok(Event::Withdrawn { reason, on: at.today }),
        Command::AttachFile { .. }
        | Command::ShowFile { .. }
        | Command::CheckFile { .. }
        | Command::Release { .. }
        | Command::RecordDelivery { .. }
        | Command::Download { .. } => files::decided(case, command, at),
        Command::Note { text, mentions, in_bundle } => Ok(Event::Noted { text, mentions, in_bundle }),
        Command::PlaceHold { .. } | Command::LiftHold { .. } | Command::HandOver(_) | Command::Destroy { .. } => {
            retention::decided(case, command, at)
        }
        Command::CorrectReceipt { received_on, reason } => rectification::receipt(case, received_on, reason, at),
        Command::Annul { seq, reason } => rectification::annul(case, seq, reason),
        // The calendar causes any number of events and is asked in `decide` itself.
        Command::Tick => Err(misplaced(case, &command)),
    }
}

/// A command that came to the wrong file of this folder: never met, since `one` sorts them.
fn misplaced(case: &Case, command: &Command) -> Refusal {
    Refusal::NotInThisStage { act: command.act(), stage: case.stage }
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

/// The earliest day a letter that moves the clock may bear. Once the reply is overdue none is dated back into the period to
/// mend it after the event.
pub(super) fn not_dated_back(case: &Case, earliest: NaiveDate, at: &Moment<'_>) -> NaiveDate {
    let overdue = clocks::reply_clock(case, &at.calendar()).is_some_and(|reply| at.today > reply.clock.due.on);
    if overdue { at.today } else { earliest }
}
