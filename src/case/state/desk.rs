//! What gathers on the desk beside the statutory steps: contributions, searches, a referral, a publication.

use chrono::NaiveDate;

use crate::case::terms::{CoWorkKind, SearchFinding, TextRef};
use crate::ids::{CoWorkId, StaffId};

/// A unit that was asked to contribute, under an internal due day of its own; the statutory clock knows nothing of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoWork {
    /// Its id.
    pub id: CoWorkId,
    /// The journal entry that asked for it.
    pub seq: u32,
    /// What for.
    pub kind: CoWorkKind,
    /// The unit.
    pub unit: TextRef,
    /// Who of the staff answers for it, where that is known.
    pub staff: Option<StaffId>,
    /// What is asked.
    pub task: TextRef,
    /// The internal due day.
    pub due_on: NaiveDate,
    /// Its answer and the day that came.
    pub answer: Option<(TextRef, NaiveDate)>,
    /// Whether it was called back unanswered.
    pub recalled: bool,
}

impl CoWork {
    /// Whether one still waits for it.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.answer.is_none() && !self.recalled
    }
}

/// A search, as its record has it (检索记录).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// Who searched.
    pub searched_by: TextRef,
    /// Where.
    pub place: TextRef,
    /// For which words.
    pub words: TextRef,
    /// The period searched, as far as it was bounded.
    pub period: (Option<NaiveDate>, Option<NaiveDate>),
    /// What it found.
    pub found: SearchFinding,
    /// The result in words.
    pub result: TextRef,
    /// The day of the search.
    pub on: NaiveDate,
}

/// An agency a case was pointed to (arts 36 item 5, 41), followed until it confirms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Referral {
    /// The journal entry of the letter.
    pub seq: u32,
    /// Name and contact of that agency.
    pub to: TextRef,
    /// The letter.
    pub letter: TextRef,
    /// The day it went.
    pub on: NaiveDate,
    /// The day that agency confirmed it.
    pub confirmed_on: Option<NaiveDate>,
}

/// Information that several asked for, on its way to being published (art. 44).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Publication {
    /// The day it was proposed.
    pub proposed_on: NaiveDate,
    /// Equal requests known then.
    pub equal_requests: u32,
    /// Who proposed it.
    pub proposed_by: Option<StaffId>,
    /// The day it was published.
    pub published_on: Option<NaiveDate>,
}
