//! SHA-256 with a purpose: domain-separated, length-prefixed, and salted where the content could be guessed.
//!
//! Exactly, for whoever checks a journal with other tools: the SHA-256 of the domain and then each part,
//! each preceded by its length in bytes as an unsigned 64-bit big-endian number. Journals may choose another hash
//! function of 32 bytes for the same framing ([`Digest::under`]); all else here is SHA-256.

use super::hex;
use crate::ids::Entropy;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::Sha256;
use sha2::digest::typenum::U32;
use sha2::digest::{FixedOutput, Update};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// Bytes of a digest: SHA-256 and SM3 both give 32.
pub(super) const DIGEST_BYTES: usize = 32;

/// Bytes of a salt: 128 bits, so that no table of guesses serves two rows.
const SALT_BYTES: usize = 16;

/// A digest: SHA-256 unless whoever made it names another function. As text: 64 lower-case hexadecimal digits, and no other spelling.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; DIGEST_BYTES]);

impl Digest {
    /// The digest of `parts` for the purpose named by `domain`. Moving a byte from one part to the next,
    /// or asking for another purpose, gives another digest.
    #[must_use]
    pub fn of(domain: &str, parts: &[&[u8]]) -> Self {
        Self::under::<Sha256>(domain, parts)
    }

    /// The same framing as [`Digest::of`] under the hash function `H`.
    #[must_use]
    pub fn under<H: Default + Update + FixedOutput<OutputSize = U32>>(domain: &str, parts: &[&[u8]]) -> Self {
        let mut hasher = H::default();
        frame(&mut hasher, domain, parts);
        Self(hasher.finalize_fixed().into())
    }

    /// `parts` one after the other under `H`, neither domain nor lengths added: only for forms that others have
    /// published (RFC 9162). Anything of ours is framed.
    #[must_use]
    pub fn bare_under<H: Default + Update + FixedOutput<OutputSize = U32>>(parts: &[&[u8]]) -> Self {
        let mut hasher = H::default();
        for part in parts {
            hasher.update(part);
        }
        Self(hasher.finalize_fixed().into())
    }

    /// The bare bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; DIGEST_BYTES] {
        &self.0
    }
}

/// Feeds `domain` and `parts`, each after its length, into a hash or a MAC.
pub(super) fn frame(sink: &mut impl Update, domain: &str, parts: &[&[u8]]) {
    for part in std::iter::once(domain.as_bytes()).chain(parts.iter().copied()) {
        // No platform has slices longer than 2^64 bytes.
        sink.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        sink.update(part);
    }
}

/// A text that is not 64 lower-case hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a digest: 64 lower-case hexadecimal digits are expected")]
pub struct NotADigest;

impl FromStr for Digest {
    type Err = NotADigest;

    fn from_str(text: &str) -> Result<Self, NotADigest> {
        hex::decode(text).map(Self).ok_or(NotADigest)
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(&self.0))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// The salt of one content. It is kept with the content and dies with it; then the digest left in the
/// journal says nothing about a content that could be guessed.
///
/// A salt that lies in the clear lets whoever copies the database try guesses against the digest (a name
/// is soon guessed): seal it together with the content. `Debug` hides it for the same reason.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Salt([u8; SALT_BYTES]);

impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Salt(***)")
    }
}

impl Salt {
    /// The length of a salt in bytes.
    pub const BYTES: usize = SALT_BYTES;

    /// A fresh salt.
    #[must_use]
    pub fn new(entropy: &mut dyn Entropy) -> Self {
        let mut bytes = [0; SALT_BYTES];
        entropy.fill(&mut bytes);
        Self(bytes)
    }

    /// A salt read back; `None` unless there are exactly 16 bytes.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The bytes to be stored.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; SALT_BYTES] {
        &self.0
    }
}

/// The digest of a content that people could guess (a name, a sentence), made unguessable by its salt.
#[must_use]
pub fn salted(salt: &Salt, content: &[u8]) -> Digest {
    Digest::of("dafu/salted-content/1", &[&salt.0, content])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::CountingEntropy;
    use sha2::Digest as _;

    #[test]
    fn the_published_form_is_lengths_and_parts() {
        let mut flat = Vec::new();
        flat.extend_from_slice(&[0, 0, 0, 0, 0, 0, 0, 4]);
        flat.extend_from_slice(b"test");
        flat.extend_from_slice(&[0, 0, 0, 0, 0, 0, 0, 3]);
        flat.extend_from_slice(b"abc");
        let plain: [u8; 32] = Sha256::digest(&flat).into();
        assert_eq!(Digest::of("test", &[b"abc"]).as_bytes(), &plain);
    }

    #[test]
    fn a_byte_moved_to_the_next_part_changes_the_digest() {
        assert_ne!(Digest::of("d", &[b"ab", b"c"]), Digest::of("d", &[b"a", b"bc"]));
        assert_ne!(Digest::of("d", &[b"ab"]), Digest::of("d", &[b"ab", b""]));
        assert_ne!(Digest::of("d", &[b"ab"]), Digest::of("da", &[b"b"]));
    }

    #[test]
    fn the_same_content_under_two_salts_has_two_digests() {
        let mut entropy = CountingEntropy::new(3);
        let (one, two) = (Salt::new(&mut entropy), Salt::new(&mut entropy));
        assert_ne!(salted(&one, "张三".as_bytes()), salted(&two, "张三".as_bytes()));
        let again = Salt::from_bytes(one.as_bytes()).expect("sixteen bytes");
        assert_eq!(salted(&one, "张三".as_bytes()), salted(&again, "张三".as_bytes()));
        assert_eq!(Salt::from_bytes(b"short"), None);
    }

    #[test]
    fn a_digest_comes_back_from_its_text_and_only_from_it() {
        let digest = Digest::of("d", &[b"x"]);
        let text = digest.to_string();
        assert_eq!(text.parse(), Ok(digest));
        assert_eq!(text.to_uppercase().parse::<Digest>(), Err(NotADigest));
        let json = serde_json::to_string(&digest).expect("a string");
        assert_eq!(json, format!("\"{text}\""));
        assert_eq!(serde_json::from_str::<Digest>(&json).expect("a digest"), digest);
        assert!(serde_json::from_str::<Digest>("\"beef\"").is_err());
    }
}
