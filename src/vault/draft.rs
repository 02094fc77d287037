//! An application that was begun and not sent: the code that opens it, and the seal on what was entered.
//!
//! The code is random and stands nowhere; the database holds a keyed digest of it, so whoever has a copy of the database
//! can neither read codes from it nor try them out. Twenty signs of Crockford's base 32 carry 100 bits.
//!
//! Each saving has a fresh key, wrapped by the master key like a case's. Both seals are bound to the draft under domains
//! of their own: nothing of a case opens as a draft, nothing of a draft as part of a case, and no draft as another.

use zeroize::Zeroizing;

use super::blind::half_width;
use super::envelope::{open, seal};
use super::keys::Keys;
use super::mac::mac;
use super::query_code::{ALPHABET, SIGN_BITS, sign};
use super::{VaultError, hex};
use crate::ids::{DraftId, Entropy};

/// Signs of a code: 100 bits.
const SIGNS: usize = 20;

/// Signs in each group of the written form.
const GROUP: usize = 5;

/// A sealed draft, as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedDraft {
    /// Its key under the master key.
    pub wrapped: Vec<u8>,
    /// Its content under that key.
    pub sealed: Vec<u8>,
}

/// A fresh code, as shown once: `XXXXX-XXXXX-XXXXX-XXXXX`.
#[must_use]
pub fn new_code(entropy: &mut dyn Entropy) -> String {
    let mut bytes = [0_u8; size_of::<u128>()];
    entropy.fill(&mut bytes);
    let mut bits = u128::from_be_bytes(bytes);
    let mut code = String::new();
    for place in 0..SIGNS {
        if place > 0 && place.is_multiple_of(GROUP) {
            code.push('-');
        }
        bits = bits.rotate_left(SIGN_BITS);
        let sign = usize::try_from(bits & 0b1_1111).unwrap_or_default();
        code.extend(ALPHABET.get(sign).copied().map(char::from));
    }
    code
}

/// What is kept of a code (64 hexadecimal digits): HMAC-SHA-256 under the code key. Forgives what a query code forgives:
/// letter case, full-width signs, blanks and dashes, O for 0, I and L for 1.
#[must_use]
pub fn code_digest(keys: &Keys, code: &str) -> String {
    let signs: Vec<u8> = code.chars().map(half_width).filter_map(sign).collect();
    hex::encode(&mac(&keys.code, "dafu/draft-code/1", &[&signs]))
}

/// Seals what was entered in a draft.
///
/// # Errors
/// [`VaultError::TooLong`] beyond 64 GiB.
pub fn seal_draft(
    keys: &Keys,
    draft: DraftId,
    plain: &[u8],
    entropy: &mut dyn Entropy,
) -> Result<SealedDraft, VaultError> {
    let (key, wrapped) = keys.new_key(&bound(b"dafu/draft-key/1", draft), entropy)?;
    let sealed = seal(&key, &bound(b"dafu/draft/1", draft), plain, entropy)?;
    Ok(SealedDraft { wrapped, sealed })
}

/// Opens it again; the plain bytes are wiped when dropped.
///
/// # Errors
/// [`VaultError::DoesNotOpen`] if key, draft or any byte is another one; [`VaultError::UnknownFormat`] if the first byte
/// is not ours.
pub fn open_draft(keys: &Keys, draft: DraftId, stored: &SealedDraft) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let key = keys.opened_key(&bound(b"dafu/draft-key/1", draft), &stored.wrapped)?;
    open(&key, &bound(b"dafu/draft/1", draft), &stored.sealed)
}

/// Their key under the master in force; nothing where it lies under that already.
///
/// # Errors
/// [`VaultError::DoesNotOpen`], [`VaultError::UnknownFormat`].
pub fn rewrap(
    keys: &Keys,
    draft: DraftId,
    wrapped: &[u8],
    entropy: &mut dyn Entropy,
) -> Result<Option<Vec<u8>>, VaultError> {
    keys.rewrapped(&bound(b"dafu/draft-key/1", draft), wrapped, entropy)
}

/// Unambiguous without lengths: the id is always sixteen bytes.
fn bound(domain: &[u8], draft: DraftId) -> Vec<u8> {
    [domain, draft.uuid().as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{CaseId, CountingEntropy};
    use crate::vault::envelope::{self, Place};
    use chrono::DateTime;
    use std::collections::HashSet;

    fn bench() -> (Keys, DraftId, CountingEntropy) {
        let mut entropy = CountingEntropy::new(3);
        (Keys::generate(&mut entropy), DraftId::new(DateTime::UNIX_EPOCH, &mut entropy), entropy)
    }

    #[test]
    fn a_code_has_twenty_signs_in_four_groups_and_comes_once() {
        let mut entropy = CountingEntropy::new(1);
        let codes: HashSet<String> = (0..500).map(|_| new_code(&mut entropy)).collect();
        assert_eq!(codes.len(), 500);
        for code in codes {
            assert_eq!(code.split('-').map(str::len).collect::<Vec<_>>(), [5; 4], "{code}");
            assert!(code.bytes().all(|byte| byte == b'-' || ALPHABET.contains(&byte)), "{code}");
        }
    }

    #[test]
    fn a_code_copied_by_hand_has_the_same_digest_and_another_has_another() {
        let (keys, _, mut entropy) = bench();
        let code = new_code(&mut entropy);
        let digest = code_digest(&keys, &code);
        assert_eq!(digest.len(), 64);
        let by_hand = code.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
        assert_eq!(digest, code_digest(&keys, &by_hand));
        assert_ne!(digest, code_digest(&keys, &format!("{code}0")));
        assert_ne!(digest, code_digest(&keys, &new_code(&mut entropy)));
        assert_ne!(digest, code_digest(&Keys::generate(&mut entropy), &code));
    }

    #[test]
    fn what_was_sealed_opens_for_the_same_draft_only() {
        let (keys, draft, mut entropy) = bench();
        let stored = seal_draft(&keys, draft, "王小明".as_bytes(), &mut entropy).expect("sealed");
        assert_eq!(open_draft(&keys, draft, &stored).expect("opened").as_slice(), "王小明".as_bytes());
        let other = DraftId::new(DateTime::UNIX_EPOCH, &mut entropy);
        assert!(open_draft(&keys, other, &stored).is_err());
        assert!(open_draft(&Keys::generate(&mut entropy), draft, &stored).is_err());
        let again = seal_draft(&keys, draft, "王小明".as_bytes(), &mut entropy).expect("sealed");
        let mixed = SealedDraft { wrapped: stored.wrapped.clone(), sealed: again.sealed };
        assert!(open_draft(&keys, draft, &mixed).is_err(), "each saving has a key of its own");
    }

    #[test]
    fn nothing_of_a_case_opens_as_a_draft_and_the_other_way_round() {
        let (keys, draft, mut entropy) = bench();
        let case = CaseId::from_uuid(draft.uuid());
        let (key, wrapped) = envelope::new_data_key(&keys, case, &mut entropy).expect("a key");
        let place = Place { case, row: draft.uuid(), column: "people.sealed" };
        let sealed = key.seal(&place, b"x", &mut entropy).expect("sealed");
        let of_a_case = SealedDraft { wrapped: wrapped.as_bytes().to_vec(), sealed };
        assert!(open_draft(&keys, draft, &of_a_case).is_err());
        let of_a_draft = seal_draft(&keys, draft, b"x", &mut entropy).expect("sealed");
        let wrapped = envelope::WrappedKey::from_bytes(of_a_draft.wrapped);
        assert!(envelope::unwrap(&keys, case, &wrapped).is_err());
    }
}
