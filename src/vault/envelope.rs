//! Envelope encryption: each case has a data key, the master key wraps it, and deleting the wrapped key destroys
//! all the case's content at once. (A backup may still hold the wrapped key: restoring replays the list
//! of destroyed cases.)
//!
//! A sealed value is bound to its place: moved to another case, row or column it does not open, so nobody
//! with write access to the database can put one person's address under another's name.
//!
//! Nonces are random, 96 bits. One key may seal 2^32 values before a repeat becomes thinkable (NIST
//! SP 800-38D §8.3); a data key seals the rows of one case, the master key one value per case and one each time
//! an unfinished application is saved (`draft`).

use super::VaultError;
use super::cipher::{Cipher, NONCE_BYTES};
use super::keys::{Keys, Secret};
use crate::ids::{CaseId, Entropy};
use std::fmt;
use uuid::Uuid;
use zeroize::Zeroizing;

/// The place a sealed value belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The case.
    pub case: CaseId,
    /// The row, or the stored object.
    pub row: Uuid,
    /// Table and column, such as `people.sealed`.
    pub column: &'static str,
}

impl Place {
    /// Unambiguous without lengths: only the last part varies in length.
    fn associated_data(&self) -> Vec<u8> {
        let mut data = b"dafu/sealed/1".to_vec();
        data.extend_from_slice(self.case.uuid().as_bytes());
        data.extend_from_slice(self.row.as_bytes());
        data.extend_from_slice(self.column.as_bytes());
        data
    }
}

/// The key of one case: wiped on drop, never printed, never stored bare.
pub struct DataKey(pub(super) Secret);

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey(***)")
    }
}

/// A data key under the master key, as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrappedKey(Vec<u8>);

impl WrappedKey {
    /// A wrapped key read back from where it was stored.
    #[must_use]
    pub const fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The bytes to be stored.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// A fresh data key for `case`, to be used now, and its wrapped form, to be stored.
///
/// # Errors
/// [`VaultError::TooLong`] is never met with a key's length; it is here because the cipher can say it.
pub fn new_data_key(keys: &Keys, case: CaseId, entropy: &mut dyn Entropy) -> Result<(DataKey, WrappedKey), VaultError> {
    let (key, wrapped) = keys.new_key(&wrapping(case), entropy)?;
    Ok((DataKey(key), WrappedKey(wrapped)))
}

/// The data key of `case` out of its wrapped form.
///
/// # Errors
/// [`VaultError::DoesNotOpen`] if the master key is another one, the key is another case's, or a byte has
/// changed; [`VaultError::UnknownFormat`] if the first byte is not ours.
pub fn unwrap(keys: &Keys, case: CaseId, wrapped: &WrappedKey) -> Result<DataKey, VaultError> {
    keys.opened_key(&wrapping(case), &wrapped.0).map(DataKey)
}

/// The wrapped form under the master in force; nothing where it is that already.
///
/// # Errors
/// As [`unwrap`].
pub fn rewrap(
    keys: &Keys,
    case: CaseId,
    wrapped: &[u8],
    entropy: &mut dyn Entropy,
) -> Result<Option<Vec<u8>>, VaultError> {
    keys.rewrapped(&wrapping(case), wrapped, entropy)
}

impl DataKey {
    /// Seals `plain` for `place`: format byte ‖ nonce ‖ ciphertext and tag, 29 bytes longer than `plain`.
    /// The length is not hidden.
    ///
    /// # Errors
    /// [`VaultError::TooLong`] beyond 64 GiB.
    pub fn seal(&self, place: &Place, plain: &[u8], entropy: &mut dyn Entropy) -> Result<Vec<u8>, VaultError> {
        seal(&self.0, &place.associated_data(), plain, entropy)
    }

    /// Opens what was sealed for `place`; the plain bytes are wiped when dropped.
    ///
    /// # Errors
    /// [`VaultError::DoesNotOpen`] if key, place or any byte is another one;
    /// [`VaultError::UnknownFormat`] if the first byte is not ours.
    pub fn open(&self, place: &Place, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        open(&self.0, &place.associated_data(), sealed)
    }
}

fn wrapping(case: CaseId) -> Vec<u8> {
    let mut data = b"dafu/data-key/1".to_vec();
    data.extend_from_slice(case.uuid().as_bytes());
    data
}

pub(super) fn seal(key: &Secret, aad: &[u8], plain: &[u8], entropy: &mut dyn Entropy) -> Result<Vec<u8>, VaultError> {
    let mut nonce = [0_u8; NONCE_BYTES];
    entropy.fill(&mut nonce);
    let cipher = key.cipher();
    let ciphertext = cipher.encrypt(key, &nonce, aad, plain)?;
    let mut sealed = Vec::with_capacity(1 + NONCE_BYTES + ciphertext.len());
    sealed.push(cipher.format());
    sealed.extend_from_slice(&nonce);
    sealed.extend_from_slice(&ciphertext);
    Ok(sealed)
}

pub(super) fn open(key: &Secret, aad: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let (format, rest) = sealed.split_first().ok_or(VaultError::UnknownFormat)?;
    let cipher = Cipher::of_format(*format)?;
    let (nonce, ciphertext) = rest.split_first_chunk::<NONCE_BYTES>().ok_or(VaultError::DoesNotOpen)?;
    cipher.decrypt(key, nonce, aad, ciphertext).map(Zeroizing::new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::CountingEntropy;
    use chrono::DateTime;

    const NAME: &[u8] = "王小明".as_bytes();

    struct Bench {
        keys: Keys,
        case: CaseId,
        other_case: CaseId,
        entropy: CountingEntropy,
    }

    fn bench() -> Bench {
        let mut entropy = CountingEntropy::new(5);
        Bench {
            keys: Keys::generate(&mut entropy),
            case: CaseId::new(DateTime::UNIX_EPOCH, &mut entropy),
            other_case: CaseId::new(DateTime::UNIX_EPOCH, &mut entropy),
            entropy,
        }
    }

    fn place(case: CaseId) -> Place {
        Place { case, row: Uuid::from_u128(42), column: "people.sealed" }
    }

    #[test]
    fn what_was_sealed_opens_with_the_unwrapped_key() {
        let Bench { keys, case, mut entropy, .. } = bench();
        let (key, wrapped) = new_data_key(&keys, case, &mut entropy).expect("a key");
        let sealed = key.seal(&place(case), NAME, &mut entropy).expect("sealed");
        assert_eq!(sealed.len(), NAME.len() + 29);
        assert!(!sealed.windows(NAME.len()).any(|window| window == NAME));
        let stored = WrappedKey::from_bytes(wrapped.as_bytes().to_vec());
        let again = unwrap(&keys, case, &stored).expect("unwrapped");
        assert_eq!(again.open(&place(case), &sealed).expect("opened").as_slice(), NAME);
    }

    #[test]
    fn sealing_twice_gives_two_ciphertexts() {
        let Bench { keys, case, mut entropy, .. } = bench();
        let (key, _) = new_data_key(&keys, case, &mut entropy).expect("a key");
        let one = key.seal(&place(case), NAME, &mut entropy).expect("sealed");
        let two = key.seal(&place(case), NAME, &mut entropy).expect("sealed");
        assert_ne!(one, two);
    }

    #[test]
    fn nothing_opens_at_another_place() {
        let Bench { keys, case, other_case, mut entropy } = bench();
        let (key, _) = new_data_key(&keys, case, &mut entropy).expect("a key");
        let here = place(case);
        let sealed = key.seal(&here, NAME, &mut entropy).expect("sealed");
        for elsewhere in [
            Place { case: other_case, ..here },
            Place { row: Uuid::from_u128(43), ..here },
            Place { column: "people.seale", ..here },
            Place { column: "texts.sealed", ..here },
        ] {
            assert!(matches!(key.open(&elsewhere, &sealed), Err(VaultError::DoesNotOpen)), "{elsewhere:?}");
        }
    }

    #[test]
    fn a_changed_bit_anywhere_is_found() {
        let Bench { keys, case, mut entropy, .. } = bench();
        let (key, _) = new_data_key(&keys, case, &mut entropy).expect("a key");
        let sealed = key.seal(&place(case), NAME, &mut entropy).expect("sealed");
        for byte in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[byte] ^= 1;
            assert!(key.open(&place(case), &changed).is_err(), "byte {byte}");
            assert!(key.open(&place(case), &sealed[..byte]).is_err(), "cut at {byte}");
        }
        let mut longer = sealed;
        longer.push(0);
        assert!(key.open(&place(case), &longer).is_err());
    }

    #[test]
    fn another_format_byte_is_named_as_such() {
        let Bench { keys, case, mut entropy, .. } = bench();
        let (key, _) = new_data_key(&keys, case, &mut entropy).expect("a key");
        for sealed in [&[][..], &[3, 0, 0]] {
            assert!(matches!(key.open(&place(case), sealed), Err(VaultError::UnknownFormat)));
        }
    }

    #[test]
    fn a_data_key_unwraps_for_its_own_case_and_master_only() {
        let Bench { keys, case, other_case, mut entropy } = bench();
        let (_, wrapped) = new_data_key(&keys, case, &mut entropy).expect("a key");
        let strangers = Keys::generate(&mut entropy);
        assert!(matches!(unwrap(&keys, other_case, &wrapped), Err(VaultError::DoesNotOpen)));
        assert!(matches!(unwrap(&strangers, case, &wrapped), Err(VaultError::DoesNotOpen)));
    }

    #[test]
    fn an_empty_text_can_be_sealed() {
        let Bench { keys, case, mut entropy, .. } = bench();
        let (key, _) = new_data_key(&keys, case, &mut entropy).expect("a key");
        let sealed = key.seal(&place(case), b"", &mut entropy).expect("sealed");
        assert!(key.open(&place(case), &sealed).expect("opened").is_empty());
    }

    #[test]
    fn printing_a_data_key_shows_nothing() {
        let Bench { keys, case, mut entropy, .. } = bench();
        let (key, _) = new_data_key(&keys, case, &mut entropy).expect("a key");
        assert_eq!(format!("{key:?}"), "DataKey(***)");
    }
}
