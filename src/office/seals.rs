//! The seals: the log over the heads of all journals, signed at an interval and on demand by a key that the database does not
//! hold, so that whoever owns the database cannot rewrite what lies below the last seal (docs/decisions/020).

pub mod auditing;
mod keys;
mod nodes;
mod proving;
mod runs;
mod sealing;

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::failure::Failure;
use crate::journal::seal::SignedSeal;
use crate::storage::seals::SealRow;

pub use proving::HeadProof;
pub(in crate::office) use proving::proof_of;
pub use runs::Verification;

/// A seal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SealView {
    /// Its number: 1, 2, 3 …
    pub number: u64,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// How many leaves lie under it.
    pub size: u64,
    /// How the log is hashed.
    pub algorithm: &'static str,
    /// The root that was signed, in hexadecimal.
    pub root: String,
    /// The fingerprint of the key that signed it.
    pub key: String,
    /// The text that was signed, behind `dafu/seal/1` and a line feed.
    pub text: String,
    /// The Ed25519 signature, in hexadecimal.
    pub signature: String,
    /// What is mailed, or printed and kept elsewhere.
    pub slip: String,
}

impl SealView {
    fn of(row: &SealRow) -> Result<Self, Failure> {
        let signed = SignedSeal::read(&row.text, &row.signature).map_err(Failure::broken)?;
        let seal = signed.seal();
        Ok(Self {
            number: seal.number,
            made_at: seal.made_at,
            size: seal.root.size,
            algorithm: seal.root.algorithm.as_str(),
            root: seal.root.hash.to_string(),
            key: seal.key.to_string(),
            text: row.text.clone(),
            signature: row.signature.clone(),
            slip: seal.slip().to_string(),
        })
    }
}
