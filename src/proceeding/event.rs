//! What has happened in a proceeding. Stored for ever: a variant or field is never renamed or taken away; what changes gets a
//! new variant or a field with a default, and [`entry::VERSION`](super::entry::VERSION) goes up.
//!
//! No personal data and no free text: only kinds, dates, numbers, ids and salted digests.

#![expect(missing_docs, reason = "the fields of an event say by name and type what they are")]

mod imported;
mod names;
mod parts;
mod texts;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::opening::Opening;
use super::terms::{Appellant, CloseReason, DateKind, HearingKind, Level, Procedure, RetrialCause, SuspensionGround};
use crate::case::terms::{FileRef, TextRef};
use crate::ids::{CaseId, FileId, StaffId};
use crate::law::count::ClockName;
use crate::law::letter::LetterKind;

pub use imported::{Imported, ImportedAnswer, ImportedRound, ImportedStriking};
pub use parts::{Decision, EvidenceItem};

/// What has happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// The file was opened.
    Opened(Box<Opening>),
    /// It was kept elsewhere before, and is brought in as that ledger has it: always the second entry.
    Imported(Box<Imported>),
    /// Somebody sees to it from now on, or (none) nobody in particular.
    Assigned { handler: Option<StaffId> },
    /// The authority asked for a correction of the application.
    CorrectionAsked { on: NaiveDate },
    /// It was corrected.
    Corrected { on: NaiveDate },
    /// The authority accepted it.
    Accepted { on: NaiveDate, authority: Option<TextRef>, number: Option<TextRef> },
    /// The copy came.
    CopyReceived { on: NaiveDate, answer_by: Option<NaiveDate> },
    /// The procedure was switched; `on`: the day the notice came.
    ProcedureSwitched { to: Procedure, on: NaiveDate },
    /// The supervising authority set another day for the answer.
    AnswerMoved { to: NaiveDate, text: TextRef },
    /// An item was put on the evidence list.
    EvidenceListed { item: EvidenceItem, leave: Option<TextRef> },
    /// One was taken off it.
    EvidenceRemoved { item: u32, reason: TextRef },
    /// A paper was issued under that number; it lies among the letters of the case.
    PaperIssued { letter: LetterKind, number: String, text: Option<TextRef> },
    /// The answer was handed in, on a day that was in time or not by the count of then.
    Answered { on: NaiveDate, text: TextRef, files: Vec<FileId>, due: NaiveDate, late: bool, provisional: bool },
    /// People are called together.
    HearingFixed { of: HearingKind, on: NaiveDate, place: TextRef },
    /// On another day.
    HearingMoved { hearing: u32, to: NaiveDate },
    /// They came together.
    HearingHeld { hearing: u32, on: NaiveDate, head_attended: bool, minutes: Option<TextRef> },
    /// They will not.
    HearingDropped { hearing: u32, reason: TextRef },
    /// Mediation or settlement was tried.
    MediationRecorded { on: NaiveDate, agreed: bool, text: TextRef },
    /// It stands still.
    Suspended { on: NaiveDate, ground: SuspensionGround, text: Option<TextRef> },
    /// It goes on.
    Resumed { on: NaiveDate },
    /// The authority takes more time.
    DecisionExtended { on: NaiveDate, days: u32 },
    /// The decision came.
    Decided(Box<Decision>),
    /// A judgment took effect.
    TookEffect { on: NaiveDate },
    /// An opinion of the reconsideration body came.
    OpinionReceived { on: NaiveDate, text: TextRef, document: Option<FileId> },
    /// What was done about it was reported.
    OpinionReported { on: NaiveDate, text: TextRef },
    /// What was ordered was done.
    Performed { on: NaiveDate, letter_number: Option<String>, text: TextRef },
    /// An appeal was lodged.
    Appealed { by: Appellant, on: NaiveDate },
    /// A retrial was ordered.
    RetrialOrdered { cause: RetrialCause, on: NaiveDate, heard_as: Level, authority: TextRef },
    /// It was withdrawn, and ended.
    Withdrawn { on: NaiveDate, text: Option<TextRef> },
    /// It was closed without an outcome.
    Closed { reason: CloseReason, text: TextRef },
    /// A file was put into it.
    FileAttached { file: FileRef, title: TextRef },
    /// Another case was linked.
    Linked { case: CaseId },
    /// A note was left.
    Noted { text: TextRef, mentions: Vec<StaffId> },
    /// A day recorded wrongly was set right; `answer_late`: what that makes of the answer, where it touches it.
    DateCorrected { date: DateKind, on: NaiveDate, answer_late: Option<bool>, reason: TextRef },
    /// A step recorded by mistake was annulled.
    Annulled { seq: u32, reason: TextRef },
    /// A day on which the agency had to have acted has passed. Raised by the calendar.
    WentOverdue { clock: ClockName, due: NaiveDate },
    /// A newly known calendar moved the day that is due.
    DueMoved { clock: ClockName, from: NaiveDate, to: NaiveDate },
}
