//! Whether an act is open at this moment, before its particulars are looked at: the kind and the stage first, then what the file
//! already holds. The same question answers a command, the API's `allowed` and a page's buttons.

use chrono::NaiveDate;

use super::act::Act;
use super::clocks;
use super::refusal::Refusal;
use super::state::Proceeding;
use super::table;
use super::terms::{DateKind, Level, Procedure};
use crate::case::moment::Moment;

/// Whether `act` is open in the file at `at`.
///
/// # Errors
/// The [`Refusal`] that stands in the way.
pub fn open(proceeding: &Proceeding, act: Act, at: &Moment<'_>) -> Result<(), Refusal> {
    let kind = proceeding.kind();
    if !table::occurs_in(act, kind) {
        return Err(Refusal::NotInThisKind { act, kind });
    }
    if !table::open_in(act, proceeding.stage) {
        return Err(Refusal::NotInThisStage { act, stage: proceeding.stage });
    }
    let round = &proceeding.round;
    match act {
        Act::RecordCorrected => {
            let awaited = round.correction_asked_on.is_some() && round.corrected_on.is_none();
            refused_if(!awaited, Refusal::NoCorrectionAsked)
        }
        Act::RecordCorrectionAsked | Act::RecordAcceptance => {
            refused_if(round.accepted_on.is_some(), Refusal::AcceptedAlready)
        }
        Act::ReceiveCopy => refused_if(round.received_on.is_some(), Refusal::CopyReceivedAlready),
        Act::SwitchProcedure => can_switch(proceeding),
        Act::RemoveEvidence => can_remove(proceeding),
        // With an answer still owed there is something to write; later only a list that is not empty.
        Act::IssuePaper => refused_if(!round.owes_answer() && proceeding.evidence.is_empty(), Refusal::NothingToAnswer),
        Act::Answer => refused_if(!round.owes_answer(), Refusal::NothingToAnswer),
        Act::MoveHearing | Act::RecordHearing | Act::DropHearing => {
            refused_if(proceeding.hearings_ahead().next().is_none(), Refusal::NoSuchHearing)
        }
        Act::RecordExtension => can_extend(proceeding),
        Act::RecordEffect => window_has_closed(proceeding, at),
        Act::ReceiveOpinion => {
            refused_if(proceeding.opinion.is_some() || proceeding.struck.is_some(), Refusal::OpinionReceivedAlready)
        }
        Act::ReportOpinion => refused_if(proceeding.unreported().is_none(), Refusal::NoOpinionToReportOn),
        Act::RecordPerformance => refused_if(proceeding.owed().is_none(), Refusal::NothingOrdered),
        Act::RecordRetrial => refused_if(proceeding.effect_on().is_none(), Refusal::NotInEffect),
        Act::CorrectDate => {
            let any = DateKind::ALL.iter().any(|date| recorded(proceeding, *date).is_some());
            refused_if(!any, Refusal::NoDateToCorrect)
        }
        Act::Annul => match proceeding.last_step() {
            Some(entry) if entry.event.can_be_annulled() => Ok(()),
            _ => Err(Refusal::CannotBeAnnulled),
        },
        Act::Open
        | Act::Assign
        | Act::MoveAnswer
        | Act::ListEvidence
        | Act::FixHearing
        | Act::RecordMediation
        | Act::RecordSuspension
        | Act::RecordResumption
        | Act::ReceiveDecision
        | Act::RecordAppeal
        | Act::RecordWithdrawal
        | Act::Close
        | Act::AttachFile
        | Act::Link
        | Act::Note
        | Act::Tick => Ok(()),
    }
}

fn refused_if(barred: bool, refusal: Refusal) -> Result<(), Refusal> {
    if barred { Err(refusal) } else { Ok(()) }
}

/// The simplified procedure is for first instances only, and not for what was sent back or is retried (行政诉讼法 art. 82).
fn can_switch(proceeding: &Proceeding) -> Result<(), Refusal> {
    let round = &proceeding.round;
    let ordinary_only = round.sent_back || !matches!(round.level, Level::Sole | Level::First);
    refused_if(ordinary_only && round.procedure == Procedure::Ordinary, Refusal::NoSimplifiedProcedure)
}

/// What was handed in stays handed in.
fn can_remove(proceeding: &Proceeding) -> Result<(), Refusal> {
    if proceeding.round.answer.is_some() {
        return Err(Refusal::EvidenceHandedIn);
    }
    refused_if(proceeding.evidence.is_empty(), Refusal::NoSuchEvidence)
}

/// Once, and in the ordinary procedure only (行政复议法 art. 62; 行政诉讼法 arts 81, 83, 88).
fn can_extend(proceeding: &Proceeding) -> Result<(), Refusal> {
    if proceeding.round.procedure == Procedure::Simplified {
        return Err(Refusal::NoExtensionWhenSimplified);
    }
    refused_if(proceeding.round.extended_by.is_some(), Refusal::ExtendedAlready)
}

fn window_has_closed(proceeding: &Proceeding, at: &Moment<'_>) -> Result<(), Refusal> {
    match appeal_ends(proceeding, at) {
        Some(until) if at.today <= until => Err(Refusal::AppealWindowOpen { until }),
        _ => Ok(()),
    }
}

/// The last day of the window for an appeal, counted from the agency's own receipt.
#[must_use]
pub fn appeal_ends(proceeding: &Proceeding, at: &Moment<'_>) -> Option<NaiveDate> {
    clocks::appeal_window(&proceeding.round, &at.calendar()).map(|window| window.last_defensible.on)
}

/// A day as it is recorded in the round that is open.
#[must_use]
pub fn recorded(proceeding: &Proceeding, date: DateKind) -> Option<NaiveDate> {
    let round = &proceeding.round;
    match date {
        DateKind::Submitted => round.submitted_on,
        DateKind::Accepted => round.accepted_on,
        DateKind::CopyReceived => round.received_on,
        DateKind::Answered => round.answer.map(|answer| answer.on),
        DateKind::DecisionMade => round.ended.as_ref().map(|ended| ended.made_on),
        DateKind::DecisionReceived => round.ended.as_ref().map(|ended| ended.received_on),
    }
}
