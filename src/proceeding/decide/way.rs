//! The way of a round up to its result.

use chrono::NaiveDate;

use super::{between, misplaced, not_before, on};
use crate::case::moment::Moment;
use crate::case::terms::TextRef;
use crate::ids::FileId;
use crate::law::proceeding::reconsideration_extension_max;
use crate::proceeding::act::Act;
use crate::proceeding::clocks;
use crate::proceeding::command::Command;
use crate::proceeding::event::{Event, EvidenceItem};
use crate::proceeding::opening::answer_day_fits;
use crate::proceeding::refusal::Refusal;
use crate::proceeding::state::{Hearing, Proceeding};
use crate::proceeding::terms::{PaperKind, Procedure, ProceedingKind};

/// The most calendar days that a court's extension is taken to have: arts 81 and 88 of 行政诉讼法 name none, and what is longer
/// is a slip of the pen.
const COURT_EXTENSION_MAX_DAYS: u32 = 366;

pub(super) fn decided(proceeding: &Proceeding, command: Command, at: &Moment<'_>) -> Result<Event, Refusal> {
    let round = &proceeding.round;
    let under_way = round.under_way_on();
    match command {
        Command::RecordCorrectionAsked { on: day } => on(day, under_way, at).map(|on| Event::CorrectionAsked { on }),
        Command::RecordCorrected { on: day } => {
            on(day, round.correction_asked_on.unwrap_or(under_way), at).map(|on| Event::Corrected { on })
        }
        Command::RecordAcceptance { on: day, authority, number } => {
            let earliest = round.corrected_on.or(round.submitted_on).unwrap_or(crate::law::periods::IN_FORCE);
            between(day, earliest, round.received_on.filter(|_| round.copy_follows_acceptance()), at)
                .map(|on| Event::Accepted { on, authority, number })
        }
        Command::ReceiveCopy { on: day, answer_by } => copy(proceeding, day, answer_by, at),
        Command::SwitchProcedure { to, on: day } => switched(proceeding, to, day, at),
        Command::MoveAnswer { to, text } => {
            let received_on = round.received_on.unwrap_or(under_way);
            not_before(to, received_on).map(|to| Event::AnswerMoved { to, text })
        }
        Command::ListEvidence { item, leave } => listed(proceeding, item, leave),
        Command::RemoveEvidence { item, reason } => {
            let known = proceeding.evidence.iter().any(|one| one.seq == item);
            if known { Ok(Event::EvidenceRemoved { item, reason }) } else { Err(Refusal::NoSuchEvidence) }
        }
        Command::IssuePaper { paper, number, text } => issued(proceeding, paper, number, text),
        Command::Answer { on: day, text, files } => answered(proceeding, day, text, files, at),
        Command::FixHearing { of, on: day, place } => {
            not_before(day, round.began_on()).map(|on| Event::HearingFixed { of, on, place })
        }
        Command::MoveHearing { hearing, to } => {
            ahead(proceeding, hearing)?;
            not_before(to, round.began_on()).map(|to| Event::HearingMoved { hearing, to })
        }
        Command::RecordHearing { hearing, on: day, head_attended, minutes } => {
            ahead(proceeding, hearing)?;
            on(day, round.began_on(), at).map(|on| Event::HearingHeld { hearing, on, head_attended, minutes })
        }
        Command::DropHearing { hearing, reason } => {
            ahead(proceeding, hearing).map(|_| Event::HearingDropped { hearing, reason })
        }
        Command::RecordMediation { on: day, agreed, text } => {
            on(day, round.began_on(), at).map(|on| Event::MediationRecorded { on, agreed, text })
        }
        Command::RecordSuspension { on: day, ground, text } => {
            on(day, under_way, at).map(|on| Event::Suspended { on, ground, text })
        }
        Command::RecordResumption { on: day } => {
            on(day, round.suspended_since().unwrap_or(under_way), at).map(|on| Event::Resumed { on })
        }
        Command::RecordExtension { on: day, days } => extended(proceeding, day, days, at),
        other => Err(misplaced(proceeding, &other)),
    }
}

/// The copy comes; where the supervising authority sets the day for the answer, with that day.
fn copy(
    proceeding: &Proceeding,
    day: NaiveDate,
    answer_by: Option<NaiveDate>,
    at: &Moment<'_>,
) -> Result<Event, Refusal> {
    if answer_by.is_some() && !proceeding.kind().answer_day_is_set() {
        return Err(Refusal::AnswerDayFixedByLaw);
    }
    let received_on = on(day, proceeding.round.copy_earliest_on(), at)?;
    answer_day_fits(answer_by, received_on)?;
    Ok(Event::CopyReceived { on: received_on, answer_by })
}

fn switched(proceeding: &Proceeding, to: Procedure, day: NaiveDate, at: &Moment<'_>) -> Result<Event, Refusal> {
    if proceeding.round.procedure == to {
        return Err(Refusal::ProcedureUnchanged { procedure: to });
    }
    on(day, proceeding.round.under_way_on(), at).map(|on| Event::ProcedureSwitched { to, on })
}

/// What is added once the answer is in needs leave, for it was to be handed in with it (行政复议法 art. 46 ¶2; 行政诉讼法 arts 35, 36).
fn listed(proceeding: &Proceeding, item: EvidenceItem, leave: Option<TextRef>) -> Result<Event, Refusal> {
    if proceeding.round.answer.is_some() && leave.is_none() {
        return Err(Refusal::EvidenceNeedsLeave { kind: proceeding.kind() });
    }
    Ok(Event::EvidenceListed { item, leave })
}

/// An answer is written while one is owed, and a catalogue of what is listed.
fn issued(proceeding: &Proceeding, paper: PaperKind, number: String, text: Option<TextRef>) -> Result<Event, Refusal> {
    let kind = proceeding.kind();
    let letter = paper.letter(kind).ok_or(Refusal::NotInThisKind { act: Act::IssuePaper, kind })?;
    match paper {
        PaperKind::Answer if !proceeding.round.owes_answer() => Err(Refusal::NothingToAnswer),
        PaperKind::EvidenceCatalogue if proceeding.evidence.is_empty() => Err(Refusal::NothingListed),
        PaperKind::Answer | PaperKind::EvidenceCatalogue => Ok(Event::PaperIssued { letter, number, text }),
    }
}

/// A late answer is recorded like any other, with the verdict that it was: what the authority makes of it is its own affair.
fn answered(
    proceeding: &Proceeding,
    day: NaiveDate,
    text: TextRef,
    files: Vec<FileId>,
    at: &Moment<'_>,
) -> Result<Event, Refusal> {
    let round = &proceeding.round;
    let on = on(day, round.received_on.unwrap_or_else(|| round.under_way_on()), at)?;
    let clock = clocks::answer(proceeding.kind(), round, &at.calendar()).ok_or(Refusal::NothingToAnswer)?;
    let (due, late) = (clock.due.on, on > clock.due.on);
    Ok(Event::Answered { on, text, files, due, late, provisional: clock.due.provisional })
}

fn ahead(proceeding: &Proceeding, seq: u32) -> Result<&Hearing, Refusal> {
    proceeding.hearings_ahead().find(|one| one.seq == seq).ok_or(Refusal::NoSuchHearing)
}

fn extended(proceeding: &Proceeding, day: NaiveDate, days: u32, at: &Moment<'_>) -> Result<Event, Refusal> {
    let max = match proceeding.kind() {
        ProceedingKind::Reconsideration => reconsideration_extension_max(),
        _ => COURT_EXTENSION_MAX_DAYS,
    };
    if !(1..=max).contains(&days) {
        return Err(Refusal::ExtensionTooLong { days, max });
    }
    on(day, proceeding.round.under_way_on(), at).map(|on| Event::DecisionExtended { on, days })
}
