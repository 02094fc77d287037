//! An entry of a proceeding's journal: an event with its place, its time and who recorded it. The same form as a case's entry,
//! with `proceeding` in the place of `case`.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::event::Event;
use crate::case::moment::Actor;
use crate::ids::ProceedingId;

/// The version of the entry's form. Entries of earlier versions stay readable for ever.
/// 3: files that were brought in from a ledger.
pub const VERSION: u16 = 3;

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The version of this form.
    pub version: u16,
    /// The proceeding.
    pub proceeding: ProceedingId,
    /// Its place in the journal, from 1 without gaps; also the file's version once applied.
    pub seq: u32,
    /// When it was recorded. The day a fact took place stands in the event.
    pub at: DateTime<Utc>,
    /// Who recorded it.
    pub actor: Actor,
    /// What happened.
    pub event: Event,
}

impl Entry {
    /// Events as the entries that follow number `after` of the file.
    #[must_use]
    pub fn follow(
        proceeding: ProceedingId,
        after: u32,
        at: DateTime<Utc>,
        actor: Actor,
        events: Vec<Event>,
    ) -> Vec<Self> {
        (after.saturating_add(1)..)
            .zip(events)
            .map(|(seq, event)| Self { version: VERSION, proceeding, seq, at, actor, event })
            .collect()
    }
}
