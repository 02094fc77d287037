//! A seal with its signature: what is stored, exported and verified.

use super::fault::{Forgery, SealFault};
use super::key::{KnownKeys, Signature, SigningKey};
use super::{FIRST_NUMBER, Origin, Root, Seal};
use crate::vault::Digest;
use chrono::{DateTime, SubsecRound, Utc};
use serde::{Deserialize, Serialize};

/// The purpose under each signature; nothing signed for another one can be passed off as a seal.
const SIGNED_DOMAIN: &str = "dafu/seal/1";

/// The purpose of the digest that the next seal names.
const DIGEST_DOMAIN: &str = "dafu/seal-digest/1";

/// A seal and its signature. As JSON: `{"seal":"<the text>","signature":"<hex>"}`, the text as it was signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Form", into = "Form")]
pub struct SignedSeal {
    seal: Seal,
    text: String,
    signature: Signature,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    seal: String,
    signature: String,
}

impl SignedSeal {
    /// Seals `root` after the seal `before` (`None` for the first of a log) at the instant `at`, which is cut to microseconds.
    ///
    /// # Errors
    /// [`SealFault::LogShrank`], [`SealFault::ChangeoverGrew`], [`SealFault::NotCanonical`].
    pub fn make(
        before: Option<&Self>,
        at: DateTime<Utc>,
        origin: Origin,
        root: Root,
        key: &SigningKey,
    ) -> Result<Self, SealFault> {
        if let Some(Root { algorithm, size, .. }) = before.map(|before| before.seal.root) {
            if root.size < size {
                return Err(SealFault::LogShrank { sealed: size, found: root.size });
            }
            if root.algorithm != algorithm && root.size != size {
                return Err(SealFault::ChangeoverGrew { sealed: size, found: root.size });
            }
        }
        let seal = Seal {
            number: before.map_or(FIRST_NUMBER, |before| before.seal.number.saturating_add(1)),
            made_at: at.trunc_subsecs(6),
            origin,
            root,
            previous: before.map(Self::digest),
            key: key.verifying_key().fingerprint(),
        };
        let text = seal.text()?;
        let signature = key.sign(&message(&text));
        Ok(Self { seal, text, signature })
    }

    /// A seal read back from its text and its signature in hexadecimal. That it can be read does not make it genuine: see
    /// [`SignedSeal::verify`].
    ///
    /// # Errors
    /// [`SealFault::NotASeal`], also for another spelling than the canonical one; [`SealFault::NotASignature`];
    /// [`SealFault::NotCanonical`] for a number or size beyond 2^53 − 1.
    pub fn read(text: &str, signature: &str) -> Result<Self, SealFault> {
        Ok(Self { seal: Seal::read(text)?, text: text.to_owned(), signature: signature.parse()? })
    }

    /// What it says.
    #[must_use]
    pub const fn seal(&self) -> &Seal {
        &self.seal
    }

    /// The text that was signed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The signature.
    #[must_use]
    pub const fn signature(&self) -> &Signature {
        &self.signature
    }

    /// The digest that the next seal names, with the algorithm of this one.
    #[must_use]
    pub fn digest(&self) -> Digest {
        self.seal.root.algorithm.framed(DIGEST_DOMAIN, &[self.text.as_bytes()])
    }

    /// Whether one of `keys` signed it.
    ///
    /// # Errors
    /// [`Forgery::UnknownKey`], [`Forgery::Signature`].
    pub fn verify(&self, keys: &KnownKeys) -> Result<(), Forgery> {
        let key = keys.get(&self.seal.key).ok_or(Forgery::UnknownKey)?;
        if key.verifies(&message(&self.text), &self.signature) { Ok(()) } else { Err(Forgery::Signature) }
    }
}

/// What is signed. The domain holds no line feed, so it is clear where the text begins.
fn message(text: &str) -> Vec<u8> {
    format!("{SIGNED_DOMAIN}\n{text}").into_bytes()
}

impl TryFrom<Form> for SignedSeal {
    type Error = SealFault;

    fn try_from(form: Form) -> Result<Self, SealFault> {
        Self::read(&form.seal, &form.signature)
    }
}

impl From<SignedSeal> for Form {
    fn from(signed: SignedSeal) -> Self {
        Self { seal: signed.text, signature: signed.signature.to_string() }
    }
}
