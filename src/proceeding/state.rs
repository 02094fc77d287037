//! A proceeding as its journal makes it.

mod round;

use chrono::{DateTime, NaiveDate, Utc};

use super::entry::Entry;
use super::event::{EvidenceItem, Imported};
use super::opening::Opening;
use super::stage::Stage;
use super::terms::{CloseReason, EvidenceKind, ProceedingKind};
use crate::case::moment::Actor;
use crate::case::terms::FileRef;
use crate::ids::{CaseId, ProceedingId, StaffId};
use crate::law::judgment::Counts;

pub use round::{Answer, Ended, Hearing, Performance, Round, Stopped};

/// An item of the evidence list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The entry that listed it.
    pub seq: u32,
    /// What it is.
    pub item: EvidenceItem,
}

/// An opinion of the reconsideration body, and the report it calls for (行政复议法 art. 76).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opinion {
    /// The day it came.
    pub received_on: NaiveDate,
    /// The day it was reported on.
    pub reported_on: Option<NaiveDate>,
}

/// A file that was closed without an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Struck {
    /// Why.
    pub reason: CloseReason,
    /// The day.
    pub on: NaiveDate,
}

/// The file of one proceeding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proceeding {
    /// Its id.
    pub id: ProceedingId,
    /// The number of its last entry.
    pub version: u32,
    /// When that was recorded: by the calendar of then it is dated.
    pub dated_at: DateTime<Utc>,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// Who opened it.
    pub opened_by: Actor,
    /// What the ledger said from which it was brought in; none for what came here first.
    pub imported: Option<Imported>,
    /// Where it stands.
    pub stage: Stage,
    /// Since which day.
    pub stage_since: NaiveDate,
    /// How it began.
    pub opening: Opening,
    /// Who sees to it.
    pub handler: Option<StaffId>,
    /// The rounds that are over, oldest first.
    pub past: Vec<Round>,
    /// The round that is open, or the last one.
    pub round: Round,
    /// The evidence list, without what was taken off.
    pub evidence: Vec<Evidence>,
    /// The body's opinion.
    pub opinion: Option<Opinion>,
    /// That it was closed without an outcome.
    pub struck: Option<Struck>,
    /// The day that was last said to be overdue.
    pub overdue_since: Option<NaiveDate>,
    /// Files put into it.
    pub files: Vec<FileRef>,
    /// Cases linked besides the one that led to it.
    pub links: Vec<CaseId>,
    pub(super) journal: Vec<Entry>,
}

impl Proceeding {
    /// What kind it is.
    #[must_use]
    pub const fn kind(&self) -> ProceedingKind {
        self.opening.of
    }

    /// The application that led to it.
    #[must_use]
    pub const fn case(&self) -> CaseId {
        self.opening.case
    }

    /// Its entries, oldest first.
    #[must_use]
    pub fn journal(&self) -> &[Entry] {
        &self.journal
    }

    /// Whether nothing is left to do.
    #[must_use]
    pub const fn is_closed(&self) -> bool {
        matches!(self.stage, Stage::Closed)
    }

    /// Every round, oldest first.
    pub fn rounds(&self) -> impl DoubleEndedIterator<Item = &Round> + '_ {
        self.past.iter().chain(std::iter::once(&self.round))
    }

    /// The result that stands: that of the last round, or of the one below it which it let stand; none while the last round
    /// is undecided. Whether it is in effect is asked of [`Self::effect_on`].
    #[must_use]
    pub fn standing(&self) -> Option<&Ended> {
        self.round.ended.as_ref()?;
        result_of(self.rounds().rev())
    }

    /// The day from which the result binds; none before it does.
    #[must_use]
    pub fn effect_on(&self) -> Option<NaiveDate> {
        self.round.effect_on()
    }

    /// What is ordered, in effect, and not yet done.
    #[must_use]
    pub fn owed(&self) -> Option<&Ended> {
        self.effect_on()?;
        let standing = self.standing().filter(|ended| ended.order.is_some())?;
        // A ledger tells both in one entry.
        let done = self.rounds().filter_map(|round| round.performance.as_ref()).any(|done| done.seq >= standing.seq);
        (!done).then_some(standing)
    }

    /// An opinion that has not been reported on.
    #[must_use]
    pub fn unreported(&self) -> Option<Opinion> {
        self.opinion.filter(|opinion| opinion.reported_on.is_none())
    }

    /// The hearings of the open round that are still to come.
    pub fn hearings_ahead(&self) -> impl Iterator<Item = &Hearing> + '_ {
        self.round.hearings.iter().filter(|one| one.is_ahead())
    }

    /// The usual papers that are not on the evidence list (行政复议法 arts 44, 48; 行政诉讼法 arts 34, 67): a hint before the answer
    /// goes in. Whether there was a search, a consultation or a letter on the way is the application's to say.
    pub fn usual_papers_missing(&self) -> impl Iterator<Item = EvidenceKind> + '_ {
        let usual: &[EvidenceKind] = if self.opening.challenged.is_a_letter() {
            &[EvidenceKind::Application, EvidenceKind::Approval, EvidenceKind::Reply, EvidenceKind::Basis]
        } else {
            &[EvidenceKind::Application, EvidenceKind::Basis]
        };
        usual.iter().copied().filter(|kind| self.evidence.iter().all(|one| one.item.evidence != *kind))
    }

    /// The last step that still stands: the only one that can be annulled.
    #[must_use]
    pub fn last_step(&self) -> Option<&Entry> {
        let annulled = super::apply::annulled(&self.journal);
        self.journal.iter().rev().find(|entry| entry.event.is_step() && !annulled.contains(&entry.seq))
    }

    /// Where the facts put it.
    pub(super) fn settled_stage(&self) -> Stage {
        let owes = self.owed().is_some() || self.unreported().is_some();
        if self.struck.is_some() {
            Stage::Closed
        } else if self.round.ended.is_some() {
            match (self.effect_on(), owes) {
                (None, _) => Stage::Appealable,
                (Some(_), true) => Stage::Performing,
                (Some(_), false) => Stage::Closed,
            }
        } else {
            self.round.pending_stage()
        }
    }
}

/// The result among rounds, newest first, that lets none below it stand.
pub(super) fn result_of<'a>(newest_first: impl Iterator<Item = &'a Round>) -> Option<&'a Ended> {
    newest_first
        .filter_map(|round| round.ended.as_ref())
        .find(|ended| !matches!(crate::law::judgment::rule(ended.judgment).counts, Counts::AsBelow | Counts::NotYet))
}
