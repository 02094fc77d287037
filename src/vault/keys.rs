//! The four keys of an installation and their fingerprints.
//!
//! One key for one purpose: losing one of them opens one door only, and none can stand in for another.
//! The database keeps the fingerprints, so an instance with other key files is found out at start
//! and not at the first row that does not open.

use super::cipher::Cipher;
use super::digest::Digest;
use super::hex;
use super::masters::Masters;
use crate::ids::Entropy;
use ed25519_dalek::SigningKey;
use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Bytes of a symmetric key: AES-256 and HMAC-SHA-256 both take 32.
pub(super) const KEY_BYTES: usize = 32;

/// Bytes of a fingerprint: 128 bits tell keys apart and say nothing about them.
const FINGERPRINT_BYTES: usize = 16;

/// A symmetric key, with the cipher it seals by; wiped when dropped, never printed.
#[derive(Zeroize, ZeroizeOnDrop)]
pub(super) struct Secret {
    bytes: [u8; KEY_BYTES],
    #[zeroize(skip)]
    cipher: Cipher,
}

impl Secret {
    pub(super) fn generate(entropy: &mut dyn Entropy) -> Self {
        let mut secret = Self::from_bytes(&[0; KEY_BYTES]);
        entropy.fill(&mut secret.bytes);
        secret
    }

    /// Copies from `bytes`; the caller wipes its own copy.
    pub(super) const fn from_bytes(bytes: &[u8; KEY_BYTES]) -> Self {
        Self { bytes: *bytes, cipher: Cipher::Aes }
    }

    /// The same key, sealing by this cipher from now on.
    pub(super) const fn sealing_by(mut self, cipher: Cipher) -> Self {
        self.cipher = cipher;
        self
    }

    pub(super) const fn cipher(&self) -> Cipher {
        self.cipher
    }

    pub(super) const fn bytes(&self) -> &[u8; KEY_BYTES] {
        &self.bytes
    }
}

/// What a key is for. The name is that of its file and of its row among the fingerprints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyName {
    /// Wraps the data key of each case. The one that can be renewed ([`super::masters`]).
    Master,
    /// Keys the blind index by which a person is found.
    Index,
    /// Derives the applicants' query codes.
    Code,
    /// Signs the access tokens of staff.
    Token,
}

impl KeyName {
    /// All four, in the order of [`Keys::fingerprints`].
    pub const ALL: [Self; 4] = [Self::Master, Self::Index, Self::Code, Self::Token];

    /// The name in files and rows.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Master => "master",
            Self::Index => "index",
            Self::Code => "code",
            Self::Token => "token",
        }
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The keys of one installation: wiped on drop, printed as fingerprints only, deliberately not `Clone`
/// (share them behind an `Arc`, so that there is one copy to wipe).
pub struct Keys {
    pub(super) masters: Masters,
    pub(super) index: Secret,
    pub(super) code: Secret,
    // SigningKey wipes itself on drop.
    pub(super) token: SigningKey,
}

impl Keys {
    /// Four fresh keys. For an empty database only: see [`super::key_files::create`].
    #[must_use]
    pub fn generate(entropy: &mut dyn Entropy) -> Self {
        let master = Secret::generate(entropy);
        let index = Secret::generate(entropy);
        let code = Secret::generate(entropy);
        let mut seed = Zeroizing::new([0_u8; ed25519_dalek::SECRET_KEY_LENGTH]);
        entropy.fill(seed.as_mut_slice());
        Self { masters: Masters::alone(master), index, code, token: SigningKey::from_bytes(&seed) }
    }

    /// The same keys; what is sealed from now on is sealed by this cipher.
    #[must_use]
    pub fn sealing_by(mut self, cipher: Cipher) -> Self {
        self.masters = self.masters.sealing_by(cipher);
        self
    }

    /// Each key's name and fingerprint (32 hexadecimal digits). That of the token key is taken from its
    /// public half, so whoever verifies tokens elsewhere can compute it too.
    #[must_use]
    pub fn fingerprints(&self) -> Vec<(KeyName, String)> {
        KeyName::ALL.into_iter().map(|name| (name, self.fingerprint(name))).collect()
    }

    /// The fingerprint of one key.
    #[must_use]
    pub fn fingerprint(&self, name: KeyName) -> String {
        let public = self.token.verifying_key();
        let material: &[u8] = match name {
            KeyName::Master => return self.masters.fingerprint(),
            KeyName::Index => self.index.bytes(),
            KeyName::Code => self.code.bytes(),
            KeyName::Token => public.as_bytes(),
        };
        fingerprint_of(name, material)
    }
}

/// The fingerprint of what a key consists of.
pub(super) fn fingerprint_of(name: KeyName, material: &[u8]) -> String {
    let digest = Digest::of("dafu/key-fingerprint/1", &[name.as_str().as_bytes(), material]);
    let (short, _rest) = digest.as_bytes().split_at(FINGERPRINT_BYTES);
    hex::encode(short)
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = f.debug_map();
        for (name, fingerprint) in self.fingerprints() {
            map.entry(&name, &fingerprint);
        }
        map.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::CountingEntropy;
    use std::collections::HashSet;

    #[test]
    fn every_key_has_its_own_fingerprint_and_keeps_it() {
        let keys = Keys::generate(&mut CountingEntropy::new(1));
        let prints = keys.fingerprints();
        assert_eq!(prints.iter().map(|(name, _)| *name).collect::<Vec<_>>(), KeyName::ALL);
        assert!(prints.iter().all(|(_, print)| print.len() == 32));
        assert_eq!(prints.iter().map(|(_, print)| print).collect::<HashSet<_>>().len(), 4);
        assert_eq!(prints, Keys::generate(&mut CountingEntropy::new(1)).fingerprints());
        assert_ne!(prints, Keys::generate(&mut CountingEntropy::new(2)).fingerprints());
    }

    #[test]
    fn the_same_bytes_under_two_names_have_two_fingerprints() {
        let mut keys = Keys::generate(&mut CountingEntropy::new(1));
        keys.masters = Masters::alone(Secret::from_bytes(keys.index.bytes()));
        assert_ne!(keys.fingerprint(KeyName::Master), keys.fingerprint(KeyName::Index));
    }

    #[test]
    fn printing_keys_shows_fingerprints_and_no_key() {
        let keys = Keys::generate(&mut CountingEntropy::new(1));
        let printed = format!("{keys:?}");
        assert!(printed.contains(&keys.fingerprint(KeyName::Master)));
        for secret in [&keys.index, &keys.code] {
            assert!(!printed.contains(&hex::encode(secret.bytes())));
        }
        assert!(!printed.contains(&hex::encode(keys.token.as_bytes())));
    }
}
