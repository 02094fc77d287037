//! What somebody wants recorded or done with an enquiry. Texts are already sealed into rows of their own.

#![expect(missing_docs, reason = "the fields of a command say by name and type what they are")]

use chrono::NaiveDate;

use super::act::Act;
use super::terms::{AnswerWay, CloseReason};
use crate::case::terms::TextRef;
use crate::ids::{AgencyId, CaseId, EnquiryId, StaffId};

/// Something to be done. A day is that on which the thing took place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    Assign {
        handler: Option<StaffId>,
    },
    /// `days`: working days that the agency it goes to gives itself for what is handed over.
    HandOver {
        to: AgencyId,
        days: u32,
        reason: TextRef,
    },
    Answer {
        text: TextRef,
    },
    Send {
        way: AnswerWay,
        on: NaiveDate,
    },
    Close {
        reason: CloseReason,
        text: TextRef,
        of: Option<EnquiryId>,
    },
    /// `case`: the application, opened in the same transaction.
    TurnIntoApplication {
        case: CaseId,
    },
    Note {
        text: TextRef,
    },
    Rate {
        satisfaction: u8,
        comment: Option<TextRef>,
    },
    Tick,
}

impl Command {
    /// Its kind.
    #[must_use]
    pub const fn act(&self) -> Act {
        match self {
            Self::Assign { .. } => Act::Assign,
            Self::HandOver { .. } => Act::HandOver,
            Self::Answer { .. } => Act::Answer,
            Self::Send { .. } => Act::Send,
            Self::Close { .. } => Act::Close,
            Self::TurnIntoApplication { .. } => Act::TurnIntoApplication,
            Self::Note { .. } => Act::Note,
            Self::Rate { .. } => Act::Rate,
            Self::Tick => Act::Tick,
        }
    }
}
