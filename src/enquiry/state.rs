//! An enquiry as its journal makes it.

use chrono::{DateTime, NaiveDate, Utc};

use super::entry::Entry;
use super::opening::Opening;
use super::stage::Stage;
use super::terms::{AnswerWay, CloseReason, Ending, EnquiryKind};
use crate::case::moment::Actor;
use crate::case::terms::TextRef;
use crate::clock::day_in_china;
use crate::ids::{AgencyId, CaseId, EnquiryId, StaffId};

/// A hand-over inside the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HandOver {
    /// From which agency.
    pub from: AgencyId,
    /// To which.
    pub to: AgencyId,
    /// On which day.
    pub on: NaiveDate,
    /// Working days given from then.
    pub days: u32,
    /// Why.
    pub reason: TextRef,
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Answered.
    Answered {
        /// The words.
        text: TextRef,
        /// How the answer went out.
        way: AnswerWay,
        /// On which day.
        on: NaiveDate,
        /// Whether that was too late, by the count of then.
        late: bool,
    },
    /// Closed without an answer.
    Closed {
        /// Why.
        reason: CloseReason,
        /// In words.
        text: TextRef,
        /// The one in which the same is answered.
        of: Option<EnquiryId>,
        /// On which day.
        on: NaiveDate,
    },
    /// It goes on as an application.
    Turned {
        /// Which.
        case: CaseId,
        /// Since which day.
        on: NaiveDate,
    },
}

impl Ended {
    /// In one word.
    #[must_use]
    pub const fn ending(&self) -> Ending {
        match self {
            Self::Answered { .. } => Ending::Answered,
            Self::Closed { .. } => Ending::Closed,
            Self::Turned { .. } => Ending::Turned,
        }
    }

    /// On which day.
    #[must_use]
    pub const fn on(&self) -> NaiveDate {
        match self {
            Self::Answered { on, .. } | Self::Closed { on, .. } | Self::Turned { on, .. } => *on,
        }
    }
}

/// What the writer thought of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rating {
    /// 1 to 5; 5 is best.
    pub satisfaction: u8,
    /// In words.
    pub comment: Option<TextRef>,
    /// When it was first given.
    pub first_on: NaiveDate,
}

/// One enquiry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enquiry {
    /// Its id.
    pub id: EnquiryId,
    /// The number of its last entry.
    pub version: u32,
    /// When that was recorded: by the calendar of then it is dated.
    pub dated_at: DateTime<Utc>,
    /// When it was registered.
    pub registered_at: DateTime<Utc>,
    /// Who registered it.
    pub registered_by: Actor,
    /// Where it stands.
    pub stage: Stage,
    /// Since which day.
    pub stage_since: NaiveDate,
    /// How it began.
    pub opening: Opening,
    /// The agency whose duty it is now.
    pub agency: AgencyId,
    /// Who sees to it.
    pub handler: Option<StaffId>,
    /// The hand-overs, oldest first.
    pub hand_overs: Vec<HandOver>,
    /// The answer, while it is not sent.
    pub answer: Option<TextRef>,
    /// How it ended.
    pub ended: Option<Ended>,
    /// What its writer thought of it.
    pub rating: Option<Rating>,
    /// The day that was last said to be overdue.
    pub overdue_since: Option<NaiveDate>,
    pub(super) journal: Vec<Entry>,
}

impl Enquiry {
    /// What it is.
    #[must_use]
    pub const fn kind(&self) -> EnquiryKind {
        self.opening.of
    }

    /// Its entries, oldest first.
    #[must_use]
    pub fn journal(&self) -> &[Entry] {
        &self.journal
    }

    /// The day it was registered: from there its clock runs.
    #[must_use]
    pub fn registered_on(&self) -> NaiveDate {
        day_in_china(self.registered_at)
    }

    /// Whether nothing is left to do.
    #[must_use]
    pub const fn is_closed(&self) -> bool {
        self.ended.is_some()
    }

    /// Whether it is or was ever with that agency.
    #[must_use]
    pub fn was_with(&self, agency: AgencyId) -> bool {
        self.opening.agency == agency || self.hand_overs.iter().any(|one| one.to == agency)
    }

    /// Where the facts put it.
    pub(super) const fn settled_stage(&self) -> Stage {
        if self.ended.is_some() {
            Stage::Closed
        } else if self.answer.is_some() {
            Stage::Sending
        } else if self.handler.is_some() {
            Stage::Handling
        } else {
            Stage::Assigning
        }
    }
}
