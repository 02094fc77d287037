//! What somebody wants recorded or done in a proceeding. Texts are already sealed into rows of their own.

#![expect(missing_docs, reason = "the fields of a command say by name and type what they are")]

use chrono::NaiveDate;

use super::act::Act;
use super::event::{Decision, EvidenceItem};
use super::terms::{
    Appellant, CloseReason, DateKind, HearingKind, Level, PaperKind, Procedure, RetrialCause, SuspensionGround,
};
use crate::case::terms::{FileRef, TextRef};
use crate::ids::{CaseId, FileId, StaffId};

/// Something to be done. A day is that on which the thing took place, which may lie before today, never after; only a hearing
/// and a day set by others may lie ahead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// This member of staff sees to it; nobody in particular.
    Assign { handler: Option<StaffId> },
    /// The authority asked for a correction of the application on that day.
    RecordCorrectionAsked { on: NaiveDate },
    /// It was corrected on that day.
    RecordCorrected { on: NaiveDate },
    /// It was accepted on that day, by that court or body where it is another one, under that number.
    RecordAcceptance { on: NaiveDate, authority: Option<TextRef>, number: Option<TextRef> },
    /// The copy came on that day; `answer_by` is the day that the supervising authority set.
    ReceiveCopy { on: NaiveDate, answer_by: Option<NaiveDate> },
    /// The notice of the switch came on that day.
    SwitchProcedure { to: Procedure, on: NaiveDate },
    /// The supervising authority has agreed to that day.
    MoveAnswer { to: NaiveDate, text: TextRef },
    /// Put on the list; `leave` is the authority's consent to what is added after the answer.
    ListEvidence { item: EvidenceItem, leave: Option<TextRef> },
    /// Take off the list what entry `item` put there.
    RemoveEvidence { item: u32, reason: TextRef },
    /// The agency writes that paper, under that number, in these words.
    IssuePaper { paper: PaperKind, number: String, text: Option<TextRef> },
    /// The answer was handed in on that day, with these files.
    Answer { on: NaiveDate, text: TextRef, files: Vec<FileId> },
    /// People are called together on that day.
    FixHearing { of: HearingKind, on: NaiveDate, place: TextRef },
    /// What entry `hearing` fixed takes place on that day instead.
    MoveHearing { hearing: u32, to: NaiveDate },
    /// It took place; `head_attended`: a head of the agency was there (行政复议法 art. 51 ¶3; 行政诉讼法 art. 3 ¶3).
    RecordHearing { hearing: u32, on: NaiveDate, head_attended: bool, minutes: Option<TextRef> },
    /// It will not.
    DropHearing { hearing: u32, reason: TextRef },
    /// Mediation or settlement was tried; `agreed` if it came to something.
    RecordMediation { on: NaiveDate, agreed: bool, text: TextRef },
    /// It stands still from that day.
    RecordSuspension { on: NaiveDate, ground: SuspensionGround, text: Option<TextRef> },
    /// It goes on from that day.
    RecordResumption { on: NaiveDate },
    /// The authority takes so many more calendar days; the notice came on that day.
    RecordExtension { on: NaiveDate, days: u32 },
    /// The decision came.
    ReceiveDecision { decision: Box<Decision> },
    /// The judgment took effect on that day: nobody appealed.
    RecordEffect { on: NaiveDate },
    /// An opinion of the body came on that day.
    ReceiveOpinion { on: NaiveDate, text: TextRef, document: Option<FileId> },
    /// What was done about it was reported on that day.
    ReportOpinion { on: NaiveDate, text: TextRef },
    /// What was ordered was done on that day; `letter_number`: the new reply's.
    RecordPerformance { on: NaiveDate, letter_number: Option<String>, text: TextRef },
    /// An appeal was lodged on that day.
    RecordAppeal { by: Appellant, on: NaiveDate },
    /// A retrial was ordered on that day, to be heard as a first or a second instance.
    RecordRetrial { cause: RetrialCause, on: NaiveDate, heard_as: Level, authority: TextRef },
    /// It was withdrawn, and ended, on that day.
    RecordWithdrawal { on: NaiveDate, text: Option<TextRef> },
    /// Close it without an outcome.
    Close { reason: CloseReason, text: TextRef },
    /// Put a file into it.
    AttachFile { file: FileRef, title: TextRef },
    /// Link another case, such as the one that a new reply was given in.
    Link { case: CaseId },
    /// Leave a note.
    Note { text: TextRef, mentions: Vec<StaffId> },
    /// That day was recorded wrongly in the round that is open; it is this one.
    CorrectDate { date: DateKind, on: NaiveDate, reason: TextRef },
    /// Entry `seq` was a mistake.
    Annul { seq: u32, reason: TextRef },
    /// Let the calendar act.
    Tick,
}

impl Command {
    /// Its kind.
    #[must_use]
    pub const fn act(&self) -> Act {
        match self {
            Self::Assign { .. } => Act::Assign,
            Self::RecordCorrectionAsked { .. } => Act::RecordCorrectionAsked,
            Self::RecordCorrected { .. } => Act::RecordCorrected,
            Self::RecordAcceptance { .. } => Act::RecordAcceptance,
            Self::ReceiveCopy { .. } => Act::ReceiveCopy,
            Self::SwitchProcedure { .. } => Act::SwitchProcedure,
            Self::MoveAnswer { .. } => Act::MoveAnswer,
            Self::ListEvidence { .. } => Act::ListEvidence,
            Self::RemoveEvidence { .. } => Act::RemoveEvidence,
            Self::IssuePaper { .. } => Act::IssuePaper,
            Self::Answer { .. } => Act::Answer,
            Self::FixHearing { .. } => Act::FixHearing,
            Self::MoveHearing { .. } => Act::MoveHearing,
            Self::RecordHearing { .. } => Act::RecordHearing,
            Self::DropHearing { .. } => Act::DropHearing,
            Self::RecordMediation { .. } => Act::RecordMediation,
            Self::RecordSuspension { .. } => Act::RecordSuspension,
            Self::RecordResumption { .. } => Act::RecordResumption,
            Self::RecordExtension { .. } => Act::RecordExtension,
            Self::ReceiveDecision { .. } => Act::ReceiveDecision,
            Self::RecordEffect { .. } => Act::RecordEffect,
            Self::ReceiveOpinion { .. } => Act::ReceiveOpinion,
            Self::ReportOpinion { .. } => Act::ReportOpinion,
            Self::RecordPerformance { .. } => Act::RecordPerformance,
            Self::RecordAppeal { .. } => Act::RecordAppeal,
            Self::RecordRetrial { .. } => Act::RecordRetrial,
            Self::RecordWithdrawal { .. } => Act::RecordWithdrawal,
            Self::Close { .. } => Act::Close,
            Self::AttachFile { .. } => Act::AttachFile,
            Self::Link { .. } => Act::Link,
            Self::Note { .. } => Act::Note,
            Self::CorrectDate { .. } => Act::CorrectDate,
            Self::Annul { .. } => Act::Annul,
            Self::Tick => Act::Tick,
        }
    }
}
