//! The hash chain of one case, or of one proceeding: each event's link covers its own canonical text and the link before it.
//!
//! The published form, for whoever checks with other tools (framing as in [`Digest::of`]):
//!
//! - before the first event: `H(["dafu/journal-genesis/1", 16 bytes of the case id])`; for the file of a proceeding
//!   `H(["dafu/proceeding-genesis/1", 16 bytes of its id])`; for an enquiry `H(["dafu/enquiry-genesis/1", 16 bytes of its id])`; of a chain with a name `H(["dafu/chain-genesis/1", its name])`
//! - each event: `H(["dafu/journal-link/1", algorithm, 32 bytes of the previous hash, canonical text])`
//!
//! `algorithm` is "sha-256" or "sm3", `H` is that function; the genesis is made with the function of the first event.
//! The genesis holds the case id, so a journal cannot be passed off as that of another case; the algorithm's
//! name is under the hash, so it cannot be exchanged for a weaker one. From one event to the next it may change.

use super::log::Chain;
use crate::ids::{CaseId, EnquiryId, ProceedingId};
use crate::vault::Digest;

pub use super::algorithm::{Algorithm, NotAnAlgorithm};

/// The sequence number of a case's first event. Numbers rise by one.
pub const FIRST_SEQ: u32 = 1;

/// Whose journal it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JournalId {
    /// That of a case, or one with a name.
    Chain(Chain),
    /// That of a proceeding, which is moored in its case's.
    Proceeding(ProceedingId),
    /// That of an enquiry, which is moored in the chain `staff`.
    Enquiry(EnquiryId),
}

impl From<Chain> for JournalId {
    fn from(chain: Chain) -> Self {
        Self::Chain(chain)
    }
}

impl From<CaseId> for JournalId {
    fn from(case: CaseId) -> Self {
        Self::Chain(Chain::Case(case))
    }
}

impl From<ProceedingId> for JournalId {
    fn from(proceeding: ProceedingId) -> Self {
        Self::Proceeding(proceeding)
    }
}

impl From<EnquiryId> for JournalId {
    fn from(enquiry: EnquiryId) -> Self {
        Self::Enquiry(enquiry)
    }
}

/// What is stored beside an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// How `hash` was computed.
    pub algorithm: Algorithm,
    /// The hash of the event before, or [`first`].
    pub previous: Digest,
    /// The hash of this event: the head of the chain until the next.
    pub hash: Digest,
}

/// What stands before the first event of `journal`, whose link is made with `algorithm`.
#[must_use]
pub fn first(algorithm: Algorithm, journal: impl Into<JournalId>) -> Digest {
    match journal.into() {
        JournalId::Chain(Chain::Case(case)) => algorithm.framed("dafu/journal-genesis/1", &[case.uuid().as_bytes()]),
        JournalId::Chain(Chain::Named(name)) => algorithm.framed("dafu/chain-genesis/1", &[name.as_str().as_bytes()]),
        JournalId::Proceeding(file) => algorithm.framed("dafu/proceeding-genesis/1", &[file.uuid().as_bytes()]),
        JournalId::Enquiry(enquiry) => algorithm.framed("dafu/enquiry-genesis/1", &[enquiry.uuid().as_bytes()]),
    }
}

/// The link, made with `algorithm`, of the event whose canonical text is `body`, after the event whose hash is
/// `previous` (`None` for the first event of `journal`). The event before may have been linked with another algorithm.
#[must_use]
pub fn link(algorithm: Algorithm, journal: impl Into<JournalId>, previous: Option<&Digest>, body: &str) -> Link {
    let previous = previous.copied().unwrap_or_else(|| first(algorithm, journal));
    let hash = hash(algorithm, &previous, body);
    Link { algorithm, previous, hash }
}

/// The hash of `body` after `previous` under `algorithm`.
pub(super) fn hash(algorithm: Algorithm, previous: &Digest, body: &str) -> Digest {
    algorithm.framed("dafu/journal-link/1", &[algorithm.as_str().as_bytes(), previous.as_bytes(), body.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::Algorithm::{Sha256, Sm3};
    use super::*;
    use uuid::Uuid;

    fn case(number: u128) -> CaseId {
        CaseId::from_uuid(Uuid::from_u128(number))
    }

    #[test]
    fn every_case_begins_elsewhere() {
        assert_ne!(first(Sha256, case(1)), first(Sha256, case(2)));
        assert_ne!(link(Sha256, case(1), None, "{}").hash, link(Sha256, case(2), None, "{}").hash);
    }

    #[test]
    fn the_file_of_a_proceeding_cannot_be_passed_off_as_a_case() {
        let proceeding = ProceedingId::from_uuid(Uuid::from_u128(1));
        assert_ne!(first(Sha256, case(1)), first(Sha256, proceeding));
    }

    #[test]
    fn a_link_names_the_one_before_it() {
        let one = link(Sha256, case(1), None, r#"{"a":1}"#);
        let two = link(Sha256, case(1), Some(&one.hash), r#"{"a":2}"#);
        assert_eq!((one.previous, two.previous), (first(Sha256, case(1)), one.hash));
        assert_ne!(two.hash, link(Sha256, case(1), None, r#"{"a":2}"#).hash);
    }

    #[test]
    fn the_form_of_a_link_stays_as_published() {
        // Computed with another program from the description above. If this fails, every journal in the
        // field fails to verify: add an algorithm instead.
        let one = link(Sha256, case(1), None, r#"{"a":1}"#);
        assert_eq!(one.previous.to_string(), "832c4f0140c5b22917136a9fa96cf304d9926db8a7c9f7856bb618d82690a6a8");
        assert_eq!(one.hash.to_string(), "ca36047d72e48b8c8be6d37e83ea018258897510b19edb78b91b1d6921931b9b");
    }

    #[test]
    fn a_named_chain_begins_elsewhere_than_any_other() {
        let named = |name: &str| Chain::Named(name.parse().expect("a name"));
        let one = link(Sha256, named("readings"), None, r#"{"a":1}"#);
        // Computed with another program from the description above.
        assert_eq!(one.previous.to_string(), "f08485573191cd572665c790f0e12e8120b754c6302d669d6583d28daba5935a");
        assert_eq!(one.hash.to_string(), "ab776752e145681cc05b0a5a42d7dfe02ea64d7ccece07b97463fa1e68d7ea19");
        assert_ne!(one.previous, first(Sha256, named("staff")));
        assert_eq!(first(Sm3, Chain::Case(case(1))), first(Sm3, case(1)));
    }

    #[test]
    fn under_sm3_the_form_is_the_same_and_stays_as_published_too() {
        // Computed with another program from the description above.
        let one = link(Sm3, case(1), None, r#"{"a":1}"#);
        assert_eq!(one.previous.to_string(), "ba5d4fe7ac5eb6c627d6fcb85466e23826f3e2372737eabc9bb0c8c4e1ecc651");
        assert_eq!(one.hash.to_string(), "5a70bc37f81c8cfe19f6992e2180c0d67fc65e8315599da738174bd4a6a60419");
        let two = link(Sm3, case(1), Some(&link(Sha256, case(1), None, r#"{"a":1}"#).hash), r#"{"a":2}"#);
        assert_eq!(two.hash.to_string(), "cedebd1240baa505e46af21b133b0b15f5bd419f14526d544b34568a52cca858");
    }
}
