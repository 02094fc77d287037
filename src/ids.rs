//! Typed identifiers, and the one place where randomness enters the process.
//!
//! Ids are UUID version 7, made from the Clock's time and an [`Entropy`] that the caller hands in:
//! a test with a fixed clock and counted entropy gets the same ids every time, and nothing below the
//! top floors can make one in secret.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// A source of bytes nobody can guess; or, in tests, of bytes everybody can.
pub trait Entropy {
    /// Fills `bytes` wholly.
    fn fill(&mut self, bytes: &mut [u8]);
}

/// The operating system's generator. The only use of `getrandom` in the project.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&mut self, bytes: &mut [u8]) {
        // Without randomness no key, code or token may be made; there is nothing sane to go on with.
        if getrandom::fill(bytes).is_err() {
            std::process::abort();
        }
    }
}

/// Bytes that count upward from a seed: for tests and for rehearsals that must repeat exactly.
/// Never for keys that guard real data.
#[derive(Debug, Clone, Default)]
pub struct CountingEntropy(u64);

impl CountingEntropy {
    /// A source that starts at `seed`; equal seeds give equal bytes.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }
}

impl Entropy for CountingEntropy {
    fn fill(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            self.0 = self.0.wrapping_add(1);
            // splitmix64: neighbouring seeds must not give neighbouring ids, or order would hide bugs.
            let mut word = self.0.wrapping_mul(0x9E37_79B9_7F4A_7C15);
            word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            word ^= word >> 31;
            for (byte, fresh) in chunk.iter_mut().zip(word.to_be_bytes()) {
                *byte = fresh;
            }
        }
    }
}

/// Which source an office draws from; shared by all who clone it.
#[derive(Debug, Clone)]
pub enum Randomness {
    /// The operating system.
    System,
    /// A counting source: the same bytes in every run.
    Counting(std::sync::Arc<std::sync::Mutex<CountingEntropy>>),
}

impl Randomness {
    /// A counting source that starts at `seed`.
    #[must_use]
    pub fn counting(seed: u64) -> Self {
        Self::Counting(std::sync::Arc::new(std::sync::Mutex::new(CountingEntropy::new(seed))))
    }
}

impl Entropy for Randomness {
    fn fill(&mut self, bytes: &mut [u8]) {
        match self {
            Self::System => SystemEntropy.fill(bytes),
            Self::Counting(shared) => {
                shared.lock().unwrap_or_else(std::sync::PoisonError::into_inner).fill(bytes);
            }
        }
    }
}

/// A UUIDv7 for the instant `at`: sortable by time to the millisecond, 74 random bits after it.
#[must_use]
pub fn uuid_at(at: DateTime<Utc>, entropy: &mut dyn Entropy) -> Uuid {
    let mut random = [0_u8; 10];
    entropy.fill(&mut random);
    let millis = u64::try_from(at.timestamp_millis()).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

/// The instant for which [`uuid_at`] made an id, in milliseconds since 1970.
#[must_use]
pub fn millis_of(id: Uuid) -> i64 {
    // The first six of its sixteen bytes.
    i64::try_from(id.as_u128() >> 80).unwrap_or(i64::MAX)
}

macro_rules! id {
    ($(#[doc = $doc:literal])* $name:ident) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A fresh id for the instant `at`.
            #[must_use]
            pub fn new(at: DateTime<Utc>, entropy: &mut dyn Entropy) -> Self {
                Self(uuid_at(at, entropy))
            }

            /// An id read back from where it was stored.
            #[must_use]
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The bare UUID.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    };
}

id! {
    /// A case: the file of one application.
    CaseId
}

id! {
    /// A list of files to be destroyed.
    DisposalId
}

id! {
    /// An edition of an annual report.
    ReportId
}
id! {
    /// A package of files for an archive.
    TransferId
}

id! {
    /// A supervision order.
    OrderId
}
id! {
    /// A letter to the mailbox, a question, or what a hotline handed over.
    EnquiryId
}
id! {
    /// An entry of the history of an agency: a name, a successor.
    HistoryId
}
id! {
    /// An agency, or a department of one.
    AgencyId
}
id! {
    /// A member of staff.
    StaffId
}
id! {
    /// A row of `people`: an applicant, an agent, a third party of one case.
    PersonId
}
id! {
    /// A row of `texts`: a subject, a reason, an opinion, a letter's text of one case.
    TextId
}
id! {
    /// One letter of consultation and what came of it.
    ConsultationId
}
id! {
    /// What one unit of the agency was asked to contribute, and what came of it.
    CoWorkId
}
id! {
    /// A file of a case: an attachment, a record, a letter as it was set.
    FileId
}
id! {
    /// A refresh token, or a family of them.
    TokenId
}
id! {
    /// One look at what is masked: a row of the access log.
    AccessId
}
id! {
    /// An entry of a named chain: a look into what is personal, or an act of keeping house.
    LogId
}
id! {
    /// An application that somebody has begun and not sent.
    DraftId
}
id! {
    /// A notice to somebody: a row of the outbox.
    NoticeId
}
id! {
    /// Something that somebody must see to beside the steps of the law.
    TaskId
}
id! {
    /// One run of a reconciler.
    RunId
}
id! {
    /// An edited wording of a notice.
    WordingId
}
id! {
    /// A year's calendar that was laid before those who keep the calendars.
    ProposalId
}
id! {
    /// That a tag was put on a case or taken off.
    TagChangeId
}
id! {
    /// A time in which a member of staff is away and another stands in.
    AbsenceId
}
id! {
    /// A bundle of evidence that was asked for.
    BundleId
}
id! {
    /// A proceeding: the file of one reconsideration, suit, complaint or inspection.
    ProceedingId
}
id! {
    /// A file of old cases that was brought in.
    ImportId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_made_later_sort_later() {
        let mut entropy = CountingEntropy::new(7);
        let at = DateTime::from_timestamp_millis(1_770_000_000_000).expect("in range");
        let first = CaseId::new(at, &mut entropy);
        let second = CaseId::new(at + chrono::Duration::milliseconds(1), &mut entropy);
        assert!(first < second);
        assert_eq!(first.uuid().get_version_num(), 7);
    }

    #[test]
    fn equal_seeds_give_equal_ids() {
        let at = DateTime::from_timestamp_millis(1_770_000_000_000).expect("in range");
        assert_eq!(CaseId::new(at, &mut CountingEntropy::new(1)), CaseId::new(at, &mut CountingEntropy::new(1)));
    }
}
