//! The keys that seal: Ed25519 (RFC 8032), in PEM as PKCS #8 and SPKI (RFC 8410), so that common tools read them.
//!
//! Keys come in as arguments; nothing here reads a file. A signing key that is replaced is destroyed; its public half stays
//! among the [`KnownKeys`] for as long as its seals shall be verified.

use super::fault::SealFault;
use crate::ids::Entropy;
use crate::vault::{Digest, hex};
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey};
use ed25519_dalek::{SECRET_KEY_LENGTH, SIGNATURE_LENGTH, Signer};
use sha2::Sha256;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use thiserror::Error;
use zeroize::Zeroizing;

/// What comes before the 32 bytes of an Ed25519 public key in its SPKI (RFC 8410 §4; the example of §10.1).
const SPKI_HEAD: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// Why a key cannot be read or written. `Display` is the English sentence, [`KeyFault::zh`] its twin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum KeyFault {
    /// Not an Ed25519 private key in PKCS #8 PEM.
    #[error("not an Ed25519 private key in PKCS #8 PEM")]
    NotASigningKey,
    /// Not an Ed25519 public key in SPKI PEM, or one that would let many texts share a signature.
    #[error("not an Ed25519 public key in SPKI PEM")]
    NotAVerifyingKey,
    /// The key cannot be written as PEM.
    #[error("the key cannot be written as PEM")]
    NotWritten,
}

impl KeyFault {
    /// The Chinese sentence.
    #[must_use]
    pub const fn zh(self) -> &'static str {
        match self {
            Self::NotASigningKey => "不是 PKCS #8 PEM 格式的 Ed25519 私钥",
            Self::NotAVerifyingKey => "不是 SPKI PEM 格式的 Ed25519 公钥",
            Self::NotWritten => "密钥无法写成 PEM 格式",
        }
    }
}

/// The private half: wiped when dropped, printed as its fingerprint, deliberately not `Clone`.
// ed25519_dalek's key wipes itself on drop.
pub struct SigningKey(ed25519_dalek::SigningKey);

impl SigningKey {
    /// A fresh key.
    #[must_use]
    pub fn generate(entropy: &mut dyn Entropy) -> Self {
        let mut seed = Zeroizing::new([0_u8; SECRET_KEY_LENGTH]);
        entropy.fill(seed.as_mut_slice());
        Self(ed25519_dalek::SigningKey::from_bytes(&seed))
    }

    /// The key in this PKCS #8 PEM; space and line ends around it do no harm.
    ///
    /// # Errors
    /// [`KeyFault::NotASigningKey`].
    pub fn from_pem(pem: &str) -> Result<Self, KeyFault> {
        ed25519_dalek::SigningKey::from_pkcs8_pem(pem.trim()).map(Self).map_err(|_pkcs8| KeyFault::NotASigningKey)
    }

    /// As PKCS #8 PEM, wiped when dropped.
    ///
    /// # Errors
    /// [`KeyFault::NotWritten`], which does not happen to a key that was made or read.
    pub fn to_pem(&self) -> Result<Zeroizing<String>, KeyFault> {
        self.0.to_pkcs8_pem(LineEnding::LF).map_err(|_pkcs8| KeyFault::NotWritten)
    }

    /// The public half.
    #[must_use]
    pub fn verifying_key(&self) -> VerifyingKey {
        VerifyingKey(self.0.verifying_key())
    }

    /// Signs a text that is no seal. `purpose`: a domain of its own without a line feed, unlike that of seals, which stands under
    /// the signature: what is signed for one purpose proves nothing for another.
    #[must_use]
    pub fn sign_for(&self, purpose: &str, text: &[u8]) -> Signature {
        self.sign(&under(purpose, text))
    }

    pub(super) fn sign(&self, message: &[u8]) -> Signature {
        Signature(self.0.sign(message).to_bytes())
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.verifying_key().fingerprint())
    }
}

/// The public half, to be given to everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyingKey(ed25519_dalek::VerifyingKey);

impl VerifyingKey {
    /// The key in this SPKI PEM; space and line ends around it do no harm.
    ///
    /// # Errors
    /// [`KeyFault::NotAVerifyingKey`].
    pub fn from_pem(pem: &str) -> Result<Self, KeyFault> {
        let key = ed25519_dalek::VerifyingKey::from_public_key_pem(pem.trim()).ok();
        // A key of small order accepts one signature for many texts (RFC 8032 §8.3 leaves the check to us).
        key.filter(|key| !key.is_weak()).map(Self).ok_or(KeyFault::NotAVerifyingKey)
    }

    /// As SPKI PEM.
    ///
    /// # Errors
    /// [`KeyFault::NotWritten`], which does not happen to a key that was made or read.
    pub fn to_pem(&self) -> Result<String, KeyFault> {
        self.0.to_public_key_pem(LineEnding::LF).map_err(|_spki| KeyFault::NotWritten)
    }

    /// The SHA-256 of its SPKI in DER: 64 hexadecimal digits that common tools compute too.
    #[must_use]
    pub fn fingerprint(&self) -> Digest {
        Digest::bare_under::<Sha256>(&[&SPKI_HEAD, self.0.as_bytes()])
    }

    /// Whether this key signed the text for that purpose ([`SigningKey::sign_for`]).
    #[must_use]
    pub fn verifies_for(&self, purpose: &str, text: &[u8], signature: &Signature) -> bool {
        self.verifies(&under(purpose, text), signature)
    }

    /// Strictly: one text and key have one signature that holds, so that a changed signature is found too.
    pub(super) fn verifies(&self, message: &[u8], signature: &Signature) -> bool {
        self.0.verify_strict(message, &ed25519_dalek::Signature::from_bytes(&signature.0)).is_ok()
    }
}

/// A text behind its purpose.
fn under(purpose: &str, text: &[u8]) -> Vec<u8> {
    [purpose.as_bytes(), b"\n", text].concat()
}

/// An Ed25519 signature. As text: 128 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Signature([u8; SIGNATURE_LENGTH]);

impl FromStr for Signature {
    type Err = SealFault;

    fn from_str(text: &str) -> Result<Self, SealFault> {
        hex::decode(text).map(Self).ok_or(SealFault::NotASignature)
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(&self.0))
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signature({self})")
    }
}

/// The public keys whose seals are believed: the present one and those before it.
#[derive(Debug, Clone, Default)]
pub struct KnownKeys(BTreeMap<Digest, VerifyingKey>);

impl KnownKeys {
    /// The key of this fingerprint.
    #[must_use]
    pub fn get(&self, fingerprint: &Digest) -> Option<&VerifyingKey> {
        self.0.get(fingerprint)
    }

    /// The fingerprints, in order.
    pub fn fingerprints(&self) -> impl Iterator<Item = &Digest> {
        self.0.keys()
    }
}

impl FromIterator<VerifyingKey> for KnownKeys {
    fn from_iter<I: IntoIterator<Item = VerifyingKey>>(keys: I) -> Self {
        Self(keys.into_iter().map(|key| (key.fingerprint(), key)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::CountingEntropy;

    fn key() -> SigningKey {
        SigningKey::generate(&mut CountingEntropy::new(1))
    }

    #[test]
    fn keys_come_back_from_their_pem() {
        let (private, public) = (key().to_pem().expect("PEM"), key().verifying_key().to_pem().expect("PEM"));
        assert!(
            private.starts_with("-----BEGIN PRIVATE KEY-----\n") && public.starts_with("-----BEGIN PUBLIC KEY-----\n")
        );
        let read = SigningKey::from_pem(&format!("\n{}\n", *private)).expect("a key");
        assert_eq!(read.verifying_key(), key().verifying_key());
        assert_eq!(VerifyingKey::from_pem(&public), Ok(key().verifying_key()));
        assert_eq!(SigningKey::from_pem(&public).err(), Some(KeyFault::NotASigningKey));
        assert_eq!(VerifyingKey::from_pem(&private), Err(KeyFault::NotAVerifyingKey));
    }

    #[test]
    fn the_fingerprint_is_that_of_the_spki() {
        let public = key().verifying_key();
        let der = public.0.to_public_key_der().expect("DER");
        assert_eq!(public.fingerprint(), Digest::bare_under::<Sha256>(&[der.as_bytes()]));
        // Computed with another program from the example of RFC 8410 §10.1.
        let pem = "-----BEGIN PUBLIC KEY-----\n\
            MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n\
            -----END PUBLIC KEY-----\n";
        let print = VerifyingKey::from_pem(pem).expect("a key").fingerprint().to_string();
        assert_eq!(print, "a1e9156054e04fac899ae9f275132cdc07a5dbc4ea2c2ad3a1ffc6e0d253681f");
    }

    #[test]
    fn a_key_of_small_order_is_refused() {
        // The neutral element: y = 1, which verifies (R, S) = (S·B, S) for any text.
        let pem = "-----BEGIN PUBLIC KEY-----\n\
            MCowBQYDK2VwAyEAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\
            -----END PUBLIC KEY-----\n";
        assert_eq!(VerifyingKey::from_pem(pem), Err(KeyFault::NotAVerifyingKey));
    }

    #[test]
    fn printing_a_key_shows_its_fingerprint_only() {
        let printed = format!("{:?}", key());
        assert!(printed.contains(&key().verifying_key().fingerprint().to_string()));
        assert!(!printed.contains(&hex::encode(key().0.as_bytes())));
    }

    #[test]
    fn a_signature_has_one_spelling() {
        let signature = key().sign(b"x");
        let text = signature.to_string();
        assert_eq!(text.parse::<Signature>().expect("a signature"), signature);
        assert!(text.to_uppercase().parse::<Signature>().is_err() && text.repeat(2).parse::<Signature>().is_err());
    }
}
