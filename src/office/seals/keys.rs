//! The key that seals: made before the first seal, replaced on demand, never taken from the database.

use std::path::Path;

use crate::ids::Randomness;
use crate::journal::seal::{SigningKey, VerifyingKey};
use crate::office::Office;
use crate::office::failure::Failure;
use crate::vault::{Digest, seal_files};

/// The key. One is made only while nothing was ever sealed: a key that is gone is not replaced in silence.
///
/// # Errors
/// [`Failure::Contrary`] when it is gone; [`Failure::Broken`] for a file that holds none, or is open to others.
pub(super) fn signing(folder: &Path, sealed_before: bool, randomness: &Randomness) -> Result<SigningKey, Failure> {
    match seal_files::read_private(folder).map_err(Failure::broken)? {
        Some(pem) => SigningKey::from_pem(&pem).map_err(Failure::broken),
        None if sealed_before => Err(Failure::Contrary {
            zh: "封存私钥不在密钥目录中：请恢复 seal.pem，或者用 dafu audit new-key 更换。".to_owned(),
            en: "The key that seals is not in the folder of the keys: put seal.pem back, or take a new one with dafu audit new-key."
                .to_owned(),
        }),
        None => fresh(folder, randomness),
    }
}

/// Makes a key and writes both halves.
fn fresh(folder: &Path, randomness: &Randomness) -> Result<SigningKey, Failure> {
    let key = SigningKey::generate(&mut randomness.clone());
    let public: VerifyingKey = key.verifying_key();
    let private = key.to_pem().map_err(Failure::broken)?;
    let shown = public.to_pem().map_err(Failure::broken)?;
    seal_files::write_pair(folder, &private, &shown, &public.fingerprint().to_string()).map_err(Failure::broken)?;
    Ok(key)
}

impl Office {
    /// Signs a text that is no seal with the key that seals ([`SigningKey::sign_for`]): the fingerprint of the key, and the
    /// signature in hexadecimal.
    ///
    /// # Errors
    /// As of sealing when the key is gone or cannot be read.
    pub(in crate::office) fn sign_for(&self, purpose: &str, text: &[u8]) -> Result<(Digest, String), Failure> {
        let shared = self.shared();
        let key = signing(&shared.key_folder, true, &shared.randomness)?;
        Ok((key.verifying_key().fingerprint(), key.sign_for(purpose, text).to_string()))
    }

    /// Takes a new key for the seals to come; the public half of the old one stays. Gives the new one's fingerprint.
    ///
    /// # Errors
    /// [`Failure::Broken`] when it cannot be written.
    pub fn new_seal_key(&self) -> Result<String, Failure> {
        let shared = self.shared();
        let key = fresh(&shared.key_folder, &shared.randomness)?;
        Ok(key.verifying_key().fingerprint().to_string())
    }
}
