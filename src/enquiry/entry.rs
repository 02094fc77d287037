//! An entry of an enquiry's journal: an event with its number, its instant and who recorded it. What is hashed is its canonical
//! text.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::event::Event;
use crate::case::moment::Actor;
use crate::ids::EnquiryId;

/// The version of the entry's form. Entries of earlier versions stay readable for ever.
pub const VERSION: u16 = 1;

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The version of this form.
    pub version: u16,
    /// The enquiry.
    pub enquiry: EnquiryId,
    /// Its place in the journal, from 1 without gaps; also the enquiry's version once applied.
    pub seq: u32,
    /// When it was recorded. The day a fact took place stands in the event.
    pub at: DateTime<Utc>,
    /// Who recorded it; the writer is the applicant here.
    pub actor: Actor,
    /// What happened.
    pub event: Event,
}

impl Entry {
    /// Events as the entries that follow number `after` of the enquiry.
    #[must_use]
    pub fn follow(enquiry: EnquiryId, after: u32, at: DateTime<Utc>, actor: Actor, events: Vec<Event>) -> Vec<Self> {
        (after.saturating_add(1)..)
            .zip(events)
            .map(|(seq, event)| Self { version: VERSION, enquiry, seq, at, actor, event })
            .collect()
    }
}
