//! Seals: signed statements that the log had a certain root at a certain time. Whoever holds one (in a mail, on paper, at
//! another agency) can show that nothing recorded before it was changed, whatever was done to the database since.
//!
//! The published form, for whoever checks with other tools:
//!
//! - the text is one line of canonical JSON (RFC 8785):
//!   `{"algorithm":"sha-256","key":"<hex>","made_at":"2026-03-02T01:00:00Z","number":1,"origin":"…","previous":null,"root":"<hex>","size":20}`
//! - what is signed, with Ed25519 (RFC 8032): `dafu/seal/1`, a line feed, and the text
//! - `previous`: the digest of the seal before: `H(["dafu/seal-digest/1", its text])`, framed as in [`Digest::of`], where `H` is
//!   the algorithm that the seal before names; `null` for number 1
//! - `key`: the SHA-256 of the public key's SPKI in DER, as `openssl pkey -pubin -outform DER | sha256sum` prints it
//!
//! What no seal can show: what was changed after it was recorded and before it was sealed, and what somebody did who held
//! the signing key. Against the second there are the copies kept elsewhere: see [`Slip`].

mod fault;
pub mod key;
mod origin;
pub mod sequence;
mod signed;
pub mod slip;

pub use fault::{BadSeal, Forgery, SealFault, SealFlaw};
pub use key::{KeyFault, KnownKeys, Signature, SigningKey, VerifyingKey};
pub use origin::{NotAnOrigin, Origin};
pub use sequence::{Sequence, verify_list};
pub use signed::SignedSeal;
pub use slip::{NotASlip, Slip, SlipDiffers};

use super::algorithm::Algorithm;
use super::canonical;
use super::log::Root;
use crate::vault::Digest;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The number of the first seal. Numbers rise by one.
pub const FIRST_NUMBER: u64 = 1;

/// What a seal says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// Its number, from [`FIRST_NUMBER`] without gaps.
    pub number: u64,
    /// When it was made, in whole microseconds.
    pub made_at: DateTime<Utc>,
    /// Whose log it is.
    pub origin: Origin,
    /// The root sealed, with the size and the algorithm of the tree.
    pub root: Root,
    /// The digest of the seal before; none for the first.
    pub previous: Option<Digest>,
    /// The fingerprint of the key that signed.
    pub key: Digest,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    algorithm: Algorithm,
    key: Digest,
    made_at: DateTime<Utc>,
    number: u64,
    origin: Origin,
    previous: Option<Digest>,
    root: Digest,
    size: u64,
}

impl Seal {
    /// The published text.
    ///
    /// # Errors
    /// [`SealFault::NotCanonical`] if number or size is beyond 2^53 − 1.
    pub fn text(&self) -> Result<String, SealFault> {
        let Root { algorithm, size, hash } = self.root;
        let form = Form {
            algorithm,
            key: self.key,
            made_at: self.made_at,
            number: self.number,
            origin: self.origin.clone(),
            previous: self.previous,
            root: hash,
            size,
        };
        canonical::bytes(&form).map_err(SealFault::NotCanonical)
    }

    /// The seal of this text, and of no other spelling of it.
    fn read(text: &str) -> Result<Self, SealFault> {
        let form: Form = serde_json::from_str(text).map_err(|_not_of_the_form| SealFault::NotASeal)?;
        let seal = Self {
            number: form.number,
            made_at: form.made_at,
            origin: form.origin,
            root: Root { algorithm: form.algorithm, size: form.size, hash: form.root },
            previous: form.previous,
            key: form.key,
        };
        if seal.text()? == text { Ok(seal) } else { Err(SealFault::NotASeal) }
    }

    /// What of it goes into a mail or onto paper.
    #[must_use]
    pub fn slip(&self) -> Slip {
        Slip { origin: self.origin.clone(), number: self.number, made_at: self.made_at, root: self.root, key: self.key }
    }
}

#[cfg(test)]
mod tests;
