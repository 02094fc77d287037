//! The hash functions that journals and their seals are made with: SHA-256 and SM3 (商用密码杂凑算法), behind one trait.
//!
//! Which one is used is a setting, and its name is stored and hashed with everything it made, so that what was begun
//! under one goes on under the next and both stay provable. A third needs a name, its [`HashFunction`] and nothing
//! else, as long as it gives 32 bytes.

use crate::vault::Digest;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use sm3::Sm3;
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// A hash function of 32 bytes, in the two ways it is used here.
pub trait HashFunction: Sync {
    /// The digest of `parts` for the purpose named by `domain`, framed as in [`Digest::of`].
    fn framed(&self, domain: &str, parts: &[&[u8]]) -> Digest;

    /// The digest of `parts` written one after the other with nothing between: for forms that others have published.
    /// A trap: where one part ends is not under the hash.
    fn bare(&self, parts: &[&[u8]]) -> Digest;
}

/// SHA-256 (FIPS 180-4).
struct Sha256Function;

impl HashFunction for Sha256Function {
    fn framed(&self, domain: &str, parts: &[&[u8]]) -> Digest {
        Digest::of(domain, parts)
    }

    fn bare(&self, parts: &[&[u8]]) -> Digest {
        Digest::bare_under::<Sha256>(parts)
    }
}

/// SM3 (GB/T 32905-2016, GM/T 0004-2012, ISO/IEC 10118-3:2018).
struct Sm3Function;

impl HashFunction for Sm3Function {
    fn framed(&self, domain: &str, parts: &[&[u8]]) -> Digest {
        Digest::under::<Sm3>(domain, parts)
    }

    fn bare(&self, parts: &[&[u8]]) -> Digest {
        Digest::bare_under::<Sm3>(parts)
    }
}

/// Which hash function. Stored by name with every link, leaf and seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Algorithm {
    /// SHA-256 (FIPS 180-4).
    #[serde(rename = "sha-256")]
    Sha256,
    /// SM3 (GB/T 32905-2016).
    #[serde(rename = "sm3")]
    Sm3,
}

impl Algorithm {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Sha256, Self::Sm3];

    /// The name stored and hashed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sha256 => "sha-256",
            Self::Sm3 => "sm3",
        }
    }

    /// The function itself.
    #[must_use]
    pub fn function(self) -> &'static dyn HashFunction {
        match self {
            Self::Sha256 => &Sha256Function,
            Self::Sm3 => &Sm3Function,
        }
    }

    /// [`HashFunction::framed`] under this algorithm.
    #[must_use]
    pub fn framed(self, domain: &str, parts: &[&[u8]]) -> Digest {
        self.function().framed(domain, parts)
    }

    /// [`HashFunction::bare`] under this algorithm.
    #[must_use]
    pub fn bare(self, parts: &[&[u8]]) -> Digest {
        self.function().bare(parts)
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A name that no [`Algorithm`] has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a hash algorithm of the journal: sha-256 or sm3 is expected")]
pub struct NotAnAlgorithm;

impl FromStr for Algorithm {
    type Err = NotAnAlgorithm;

    fn from_str(name: &str) -> Result<Self, NotAnAlgorithm> {
        Self::ALL.into_iter().find(|algorithm| algorithm.as_str() == name).ok_or(NotAnAlgorithm)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_function_gives_the_digest_its_standard_prints() {
        // FIPS 180-4's example, and GB/T 32905-2016 annex A.1 and A.2.
        let of = |algorithm: Algorithm, text: &str| algorithm.bare(&[text.as_bytes()]).to_string();
        assert_eq!(of(Algorithm::Sha256, "abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(of(Algorithm::Sm3, "abc"), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
        assert_eq!(
            of(Algorithm::Sm3, &"abcd".repeat(16)),
            "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
        );
    }

    #[test]
    fn both_frame_alike() {
        let flat = [&[0, 0, 0, 0, 0, 0, 0, 4][..], b"test", &[0, 0, 0, 0, 0, 0, 0, 3], b"abc"];
        for algorithm in Algorithm::ALL {
            assert_eq!(algorithm.framed("test", &[b"abc"]), algorithm.bare(&flat), "{algorithm}");
        }
    }

    #[test]
    fn an_algorithm_comes_back_from_its_name() {
        for algorithm in Algorithm::ALL {
            assert_eq!(algorithm.to_string().parse(), Ok(algorithm));
            assert_eq!(serde_json::to_string(&algorithm).expect("text"), format!("\"{algorithm}\""));
        }
        for other in ["SHA-256", "SM3", "sha256", "md5", ""] {
            assert_eq!(other.parse::<Algorithm>(), Err(NotAnAlgorithm), "{other}");
        }
    }
}
