//! From journal to file. `apply` never refuses and never panics: what stands in the journal has happened.

use super::entry::Entry;
use super::event::Event;
use super::opening::Opening;
use super::stage::Stage;
use super::state::{Ended, Enquiry, HandOver, Rating};
use crate::clock::day_in_china;

/// Why a journal makes no enquiry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReplayFault {
    /// There is no entry at all.
    #[error("the journal is empty")]
    Empty,
    /// The first entry does not register one.
    #[error("the first entry of an enquiry's journal must register it, found {found}")]
    NotRegistered {
        /// The kind found instead.
        found: &'static str,
    },
}

impl Enquiry {
    /// The enquiry that a journal makes.
    ///
    /// # Errors
    /// [`ReplayFault`] for what is no journal of an enquiry.
    pub fn replay(journal: impl IntoIterator<Item = Entry>) -> Result<Self, ReplayFault> {
        let mut entries = journal.into_iter();
        let mut enquiry = Self::begin(entries.next().ok_or(ReplayFault::Empty)?)?;
        for entry in entries {
            enquiry.apply(entry);
        }
        Ok(enquiry)
    }

    fn begin(entry: Entry) -> Result<Self, ReplayFault> {
        let Event::Registered(opening) = &entry.event else {
            return Err(ReplayFault::NotRegistered { found: entry.event.kind() });
        };
        let opening = Opening::clone(opening);
        let mut enquiry = Self {
            id: entry.enquiry,
            version: entry.seq,
            dated_at: entry.at,
            registered_at: entry.at,
            registered_by: entry.actor,
            stage: Stage::Assigning,
            stage_since: day_in_china(entry.at),
            agency: opening.agency,
            handler: opening.handler,
            hand_overs: Vec::new(),
            answer: None,
            ended: None,
            rating: None,
            overdue_since: None,
            opening,
            journal: vec![entry],
        };
        enquiry.stage = enquiry.settled_stage();
        Ok(enquiry)
    }

    /// Takes one more entry into the file.
    pub fn apply(&mut self, entry: Entry) {
        self.version = entry.seq;
        self.dated_at = entry.at;
        self.take(&entry);
        let stage = self.settled_stage();
        if stage != self.stage {
            self.stage = stage;
            self.stage_since = day_in_china(entry.at);
        }
        self.journal.push(entry);
    }

    fn take(&mut self, entry: &Entry) {
        let today = day_in_china(entry.at);
        match &entry.event {
            Event::Registered(_) | Event::Noted { .. } | Event::DueMoved { .. } => {}
            Event::Assigned { handler } => self.handler = *handler,
            Event::HandedOver { from, to, days, reason } => {
                self.hand_overs.push(HandOver { from: *from, to: *to, on: today, days: *days, reason: *reason });
                self.agency = *to;
                // Who saw to it works at the agency it came from, and what they wrote is not that of the next.
                self.handler = None;
                self.answer = None;
            }
            Event::AnswerWritten { text } => self.answer = Some(*text),
            Event::AnswerSent { way, on, late, .. } => {
                self.ended =
                    self.answer.map(|text| Ended::Answered { text, way: *way, on: *on, late: *late }).or(self.ended);
            }
            Event::Closed { reason, text, of } => {
                self.ended = Some(Ended::Closed { reason: *reason, text: *text, of: *of, on: today });
            }
            Event::TurnedIntoApplication { case } => self.ended = Some(Ended::Turned { case: *case, on: today }),
            Event::Rated { satisfaction, comment } => {
                let first_on = self.rating.map_or(today, |rating| rating.first_on);
                self.rating = Some(Rating { satisfaction: *satisfaction, comment: *comment, first_on });
            }
            Event::WentOverdue { due } => self.overdue_since = Some(*due),
        }
    }
}
