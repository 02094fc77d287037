//! The hash chain of one case: each event's link covers its own canonical text and the link before it.
//!
//! The published form, for whoever checks with other tools (framing as in [`Digest::of`]):
//!
//! - before the first event: `SHA-256(["dafu/journal-genesis/1", 16 bytes of the case id])`
//! - each event: `SHA-256(["dafu/journal-link/1", "sha-256", 32 bytes of the previous hash, canonical text])`
//!
//! The genesis holds the case id, so a journal cannot be passed off as that of another case; the algorithm's
//! name is under the hash, so it cannot be exchanged for a weaker one.

use crate::ids::CaseId;
use crate::vault::Digest;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// The sequence number of a case's first event. Numbers rise by one.
pub const FIRST_SEQ: u32 = 1;

/// How a link is computed. Stored with every link, so that a journal begun under one can go on under the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Algorithm {
    /// SHA-256 (FIPS 180-4).
    #[serde(rename = "sha-256")]
    Sha256,
}

impl Algorithm {
    /// The name stored and hashed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sha256 => "sha-256",
        }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A name that no [`Algorithm`] has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not an algorithm of the journal's chain")]
pub struct NotAnAlgorithm;

impl FromStr for Algorithm {
    type Err = NotAnAlgorithm;

    fn from_str(name: &str) -> Result<Self, NotAnAlgorithm> {
        match name {
            "sha-256" => Ok(Self::Sha256),
            _ => Err(NotAnAlgorithm),
        }
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

/// What stands before the first event of `case`.
#[must_use]
pub fn first(case: CaseId) -> Digest {
    Digest::of("dafu/journal-genesis/1", &[case.uuid().as_bytes()])
}

/// The link of the event whose canonical text is `body`, after the event whose hash is `previous` (`None` for the
/// first event of `case`).
#[must_use]
pub fn link(case: CaseId, previous: Option<&Digest>, body: &str) -> Link {
    let algorithm = Algorithm::Sha256;
    let previous = previous.copied().unwrap_or_else(|| first(case));
    let hash = hash(algorithm, &previous, body);
    Link { algorithm, previous, hash }
}

/// The hash of `body` after `previous` under `algorithm`.
pub(super) fn hash(algorithm: Algorithm, previous: &Digest, body: &str) -> Digest {
    match algorithm {
        Algorithm::Sha256 => {
            Digest::of("dafu/journal-link/1", &[algorithm.as_str().as_bytes(), previous.as_bytes(), body.as_bytes()])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn case(number: u128) -> CaseId {
        CaseId::from_uuid(Uuid::from_u128(number))
    }

    #[test]
    fn every_case_begins_elsewhere() {
        assert_ne!(first(case(1)), first(case(2)));
        assert_ne!(link(case(1), None, "{}").hash, link(case(2), None, "{}").hash);
    }

    #[test]
    fn a_link_names_the_one_before_it() {
        let one = link(case(1), None, r#"{"a":1}"#);
        let two = link(case(1), Some(&one.hash), r#"{"a":2}"#);
        assert_eq!((one.previous, two.previous), (first(case(1)), one.hash));
        assert_ne!(two.hash, link(case(1), None, r#"{"a":2}"#).hash);
    }

    #[test]
    fn the_form_of_a_link_stays_as_published() {
        // Computed with another program from the description above. If this fails, every journal in the
        // field fails to verify: add an algorithm instead.
        let one = link(case(1), None, r#"{"a":1}"#);
        assert_eq!(one.previous.to_string(), "832c4f0140c5b22917136a9fa96cf304d9926db8a7c9f7856bb618d82690a6a8");
        assert_eq!(one.hash.to_string(), "ca36047d72e48b8c8be6d37e83ea018258897510b19edb78b91b1d6921931b9b");
    }

    #[test]
    fn an_algorithm_comes_back_from_its_name() {
        assert_eq!(Algorithm::Sha256.to_string().parse(), Ok(Algorithm::Sha256));
        assert_eq!("SHA-256".parse::<Algorithm>(), Err(NotAnAlgorithm));
        assert_eq!(serde_json::to_string(&Algorithm::Sha256).expect("text"), "\"sha-256\"");
    }
}
