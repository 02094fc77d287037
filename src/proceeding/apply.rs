//! From journal to file. `apply` never refuses and never panics: what stands in the journal has happened.
//!
//! An annulled entry stays where it is; the file is folded again without it.

mod imported;
mod way;

use std::collections::BTreeSet;

use super::entry::Entry;
use super::event::Event;
use super::opening::Opening;
use super::stage::Stage;
use super::state::{Evidence, Opinion, Proceeding, Round, Struck};
use super::terms::{Level, ProceedingKind};
use crate::clock::day_in_china;

/// Why a journal makes no proceeding.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReplayFault {
    /// There is no entry at all.
    #[error("the journal is empty")]
    Empty,
    /// The first entry does not open a file.
    #[error("the first entry of a proceeding's journal must open the file, found {found}")]
    NotOpened {
        /// The kind found instead.
        found: &'static str,
    },
}

/// The entries that have been annulled.
#[must_use]
pub fn annulled(journal: &[Entry]) -> BTreeSet<u32> {
    journal
        .iter()
        .filter_map(|entry| match entry.event {
            Event::Annulled { seq, .. } => Some(seq),
            _ => None,
        })
        .collect()
}

impl Proceeding {
    /// The file that a journal makes.
    ///
    /// # Errors
    /// [`ReplayFault`] for what is no journal of a proceeding.
    pub fn replay(journal: impl IntoIterator<Item = Entry>) -> Result<Self, ReplayFault> {
        let mut entries = journal.into_iter();
        let mut proceeding = Self::begin(entries.next().ok_or(ReplayFault::Empty)?)?;
        for entry in entries {
            proceeding.apply(entry);
        }
        Ok(proceeding)
    }

    /// The file as its first entry makes it.
    ///
    /// # Errors
    /// [`ReplayFault::NotOpened`] if that entry opens none.
    pub fn begin(entry: Entry) -> Result<Self, ReplayFault> {
        let Event::Opened(opening) = &entry.event else {
            return Err(ReplayFault::NotOpened { found: entry.event.kind() });
        };
        Ok(Self::opened(Opening::clone(opening), entry))
    }

    fn opened(opening: Opening, entry: Entry) -> Self {
        let on = day_in_china(entry.at);
        let level = if opening.of == ProceedingKind::Litigation { Level::First } else { Level::Sole };
        let round = Round {
            number: opening.authority_number,
            procedure: opening.procedure,
            submitted_on: opening.submitted_on,
            accepted_on: opening.accepted_on,
            received_on: opening.received_on,
            answer_by: opening.answer_by,
            ..Round::begin(level, opening.authority, on)
        };
        let mut proceeding = Self {
            id: entry.proceeding,
            version: entry.seq,
            dated_at: entry.at,
            opened_at: entry.at,
            opened_by: entry.actor,
            imported: None,
            stage: Stage::Filing,
            stage_since: on,
            handler: opening.handler,
            past: Vec::new(),
            round,
            evidence: Vec::new(),
            opinion: None,
            struck: None,
            overdue_since: None,
            files: Vec::new(),
            links: Vec::new(),
            opening,
            journal: vec![entry],
        };
        proceeding.stage = proceeding.settled_stage();
        proceeding
    }

    /// Takes one more entry into the file.
    pub fn apply(&mut self, entry: Entry) {
        if matches!(entry.event, Event::Annulled { .. }) {
            self.journal.push(entry);
            self.fold_again();
            return;
        }
        self.take(&entry);
        self.journal.push(entry);
    }

    /// Folds the whole journal again, leaving out what has been annulled.
    fn fold_again(&mut self) {
        let journal = std::mem::take(&mut self.journal);
        let Some(first) = journal.first().cloned() else { return };
        let left_out = annulled(&journal);
        let mut folded = Self::opened(self.opening.clone(), first);
        // The entry that annuls comes after what it annuls, so version and date end up as the journal's own.
        for entry in journal.iter().skip(1).filter(|entry| !left_out.contains(&entry.seq)) {
            folded.take(entry);
        }
        folded.journal = journal;
        *self = folded;
    }

    /// What one entry that stands does to the file.
    fn take(&mut self, entry: &Entry) {
        self.version = entry.seq;
        self.dated_at = entry.at;
        self.take_event(entry);
        let stage = self.settled_stage();
        if stage != self.stage {
            self.stage = stage;
            let recorded = day_in_china(entry.at);
            self.stage_since = match &entry.event {
                // What was over when it was brought in was over since the day the ledger says.
                Event::Imported(imported) if stage == Stage::Closed => imported.closed_on.unwrap_or(recorded),
                _ => recorded,
            };
        }
    }

    fn take_event(&mut self, entry: &Entry) {
        match &entry.event {
            Event::Opened(_)
            | Event::Noted { .. }
            | Event::Annulled { .. }
            | Event::DueMoved { .. }
            | Event::PaperIssued { .. } => {}
            Event::Imported(imported) => self.take_imported(entry.seq, imported),
            Event::WentOverdue { due, .. } => self.overdue_since = Some(*due),
            Event::Assigned { handler } => self.handler = *handler,
            Event::EvidenceListed { item, .. } => {
                self.evidence.push(Evidence { seq: entry.seq, item: item.clone() });
            }
            Event::EvidenceRemoved { item, .. } => self.evidence.retain(|one| one.seq != *item),
            Event::OpinionReceived { on, .. } => self.opinion = Some(Opinion { received_on: *on, reported_on: None }),
            Event::OpinionReported { on, .. } => {
                if let Some(opinion) = &mut self.opinion {
                    opinion.reported_on = Some(*on);
                }
            }
            Event::Closed { reason, .. } => {
                self.struck = Some(Struck { reason: *reason, on: day_in_china(entry.at) });
            }
            Event::FileAttached { file, .. } => self.files.push(*file),
            Event::Linked { case } => self.links.push(*case),
            Event::Decided(_)
            | Event::TookEffect { .. }
            | Event::Performed { .. }
            | Event::Appealed { .. }
            | Event::RetrialOrdered { .. }
            | Event::Withdrawn { .. }
            | Event::DateCorrected { .. } => self.take_result(entry),
            Event::CorrectionAsked { .. }
            | Event::Corrected { .. }
            | Event::Accepted { .. }
            | Event::CopyReceived { .. }
            | Event::ProcedureSwitched { .. }
            | Event::AnswerMoved { .. }
            | Event::Answered { .. }
            | Event::HearingFixed { .. }
            | Event::HearingMoved { .. }
            | Event::HearingHeld { .. }
            | Event::HearingDropped { .. }
            | Event::MediationRecorded { .. }
            | Event::Suspended { .. }
            | Event::Resumed { .. }
            | Event::DecisionExtended { .. } => self.round.take(entry),
        }
    }
}
