//! What has happened to an enquiry. Stored for ever: a variant or field is never renamed or taken away; what changes gets a new
//! variant or a field with a default, and [`entry::VERSION`](super::entry::VERSION) goes up.
//!
//! No personal data and no free text: only kinds, dates, numbers, ids and salted digests.

#![expect(missing_docs, reason = "the fields of an event say by name and type what they are")]

mod names;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::opening::Opening;
use super::terms::{AnswerWay, CloseReason};
use crate::case::terms::TextRef;
use crate::ids::{AgencyId, CaseId, EnquiryId, StaffId};

/// What has happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// It was entered in the register.
    Registered(Box<Opening>),
    /// Somebody sees to it from now on, or (none) nobody in particular.
    Assigned { handler: Option<StaffId> },
    /// It went over to the agency whose duty it is, which has `days` working days from then.
    HandedOver { from: AgencyId, to: AgencyId, days: u32, reason: TextRef },
    /// The answer was written.
    AnswerWritten { text: TextRef },
    /// It was sent, on a day that was in time or not by the count of then.
    AnswerSent { way: AnswerWay, on: NaiveDate, due: NaiveDate, late: bool, provisional: bool },
    /// It was closed without an answer; `of`: the one in which the same is answered.
    Closed { reason: CloseReason, text: TextRef, of: Option<EnquiryId> },
    /// It goes on as this application.
    TurnedIntoApplication { case: CaseId },
    /// A note was left.
    Noted { text: TextRef },
    /// Its writer said what they think of the answer, in place of what they said before.
    Rated { satisfaction: u8, comment: Option<TextRef> },
    /// The day on which the answer was due has passed. Raised by the calendar.
    WentOverdue { due: NaiveDate },
    /// A newly known calendar moved that day.
    DueMoved { from: NaiveDate, to: NaiveDate },
}

impl Event {
    /// The texts this event refers to, under the enquiry's key.
    #[must_use]
    pub fn texts(&self) -> Vec<TextRef> {
        match self {
            Self::Registered(opening) => {
                let Opening { writer, subject, content, their_number, .. } = opening.as_ref();
                [*writer, *subject, *content].into_iter().chain(*their_number).collect()
            }
            Self::HandedOver { reason: text, .. }
            | Self::AnswerWritten { text }
            | Self::Closed { text, .. }
            | Self::Noted { text } => vec![*text],
            Self::Rated { comment, .. } => comment.iter().copied().collect(),
            Self::Assigned { .. }
            | Self::AnswerSent { .. }
            | Self::TurnedIntoApplication { .. }
            | Self::WentOverdue { .. }
            | Self::DueMoved { .. } => Vec::new(),
        }
    }
}
