//! An entry of the journal: an event with its place, its time and who did it. This is what is chained and kept.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::event::Event;
use super::moment::Actor;
use crate::ids::CaseId;

/// The version of the entry's form. Entries of earlier versions stay readable for ever.
/// 2: fields added to `filed`, `drafted`, `approved` and `noted`, each with a default.
/// 4: files, what is handed out, the register of service; a letter as it was set.
/// 6: proceedings, and a case that a decision has answered anew.
/// 6: what becomes of a closed file: holds, handing over, destruction.
/// 7: cases that were brought in from a ledger; enquiries, and agencies that succeed to others.
pub const VERSION: u16 = 7;

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The version of this form.
    pub version: u16,
    /// The case.
    pub case: CaseId,
    /// Its place in the journal, from 1 without gaps; also the case's version once applied.
    pub seq: u32,
    /// When it was recorded. The day a fact took place stands in the event.
    pub at: DateTime<Utc>,
    /// Who recorded it.
    pub actor: Actor,
    /// What happened.
    pub event: Event,
}

impl Entry {
    /// Whether a mistaken record of it can be annulled: what the applicant did is the applicant's.
    #[must_use]
    pub fn can_be_annulled(&self) -> bool {
        self.event.can_be_annulled() && self.actor != Actor::Applicant
    }

    /// Events as the entries that follow number `after` of the case.
    #[must_use]
    pub fn follow(case: CaseId, after: u32, at: DateTime<Utc>, actor: Actor, events: Vec<Event>) -> Vec<Self> {
        (after.saturating_add(1)..)
            .zip(events)
            .map(|(seq, event)| Self { version: VERSION, case, seq, at, actor, event })
            .collect()
    }
}
