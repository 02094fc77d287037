//! What of an entry in a named chain is personal: sealed under a key of its own, which the master key wraps, like an
//! unfinished application's.
//!
//! Both seals are bound to the entry under domains of their own: nothing of a case opens as part of an entry, and the
//! particulars of one entry do not open beside another. What is sealed begins with the salt of its digest, which the
//! entry holds.

use zeroize::Zeroizing;

use super::VaultError;
use super::digest::{self, Digest, Salt};
use super::envelope::{open, seal};
use super::keys::Keys;
use crate::ids::{Entropy, LogId};

/// The particulars of an entry, as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedParticulars {
    /// Their key under the master key.
    pub wrapped: Vec<u8>,
    /// Salt and content under that key.
    pub sealed: Vec<u8>,
}

/// Particulars that were opened.
#[derive(Debug)]
pub struct Opened {
    /// The content.
    pub plain: Zeroizing<Vec<u8>>,
    /// Its salted digest, to be held against the entry's.
    pub digest: Digest,
}

/// Seals particulars and gives their salted digest.
///
/// # Errors
/// [`VaultError::TooLong`] beyond 64 GiB.
pub fn seal_particulars(
    keys: &Keys,
    entry: LogId,
    plain: &[u8],
    entropy: &mut dyn Entropy,
) -> Result<(SealedParticulars, Digest), VaultError> {
    let salt = Salt::new(entropy);
    let salted = Zeroizing::new([salt.as_bytes().as_slice(), plain].concat());
    let (key, wrapped) = keys.new_key(&bound(b"dafu/log-key/1", entry), entropy)?;
    let sealed = seal(&key, &bound(b"dafu/log-particulars/1", entry), &salted, entropy)?;
    Ok((SealedParticulars { wrapped, sealed }, digest::salted(&salt, plain)))
}

/// Opens them again.
///
/// # Errors
/// [`VaultError::DoesNotOpen`] if key, entry or any byte is another one; [`VaultError::UnknownFormat`] if the first byte
/// is not ours.
pub fn open_particulars(keys: &Keys, entry: LogId, stored: &SealedParticulars) -> Result<Opened, VaultError> {
    let key = keys.opened_key(&bound(b"dafu/log-key/1", entry), &stored.wrapped)?;
    let salted = open(&key, &bound(b"dafu/log-particulars/1", entry), &stored.sealed)?;
    let (salt, plain) = salted.split_at_checked(Salt::BYTES).ok_or(VaultError::DoesNotOpen)?;
    let salt = Salt::from_bytes(salt).ok_or(VaultError::DoesNotOpen)?;
    Ok(Opened { plain: Zeroizing::new(plain.to_vec()), digest: digest::salted(&salt, plain) })
}

/// Their key under the master in force; nothing where it lies under that already.
///
/// # Errors
/// [`VaultError::DoesNotOpen`], [`VaultError::UnknownFormat`].
pub fn rewrap(
    keys: &Keys,
    entry: LogId,
    wrapped: &[u8],
    entropy: &mut dyn Entropy,
) -> Result<Option<Vec<u8>>, VaultError> {
    keys.rewrapped(&bound(b"dafu/log-key/1", entry), wrapped, entropy)
}

/// Unambiguous without lengths: the id is always sixteen bytes.
fn bound(domain: &[u8], entry: LogId) -> Vec<u8> {
    [domain, entry.uuid().as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::CountingEntropy;
    use chrono::DateTime;

    #[test]
    fn particulars_open_beside_their_own_entry_with_their_own_keys_and_nowhere_else() {
        let mut entropy = CountingEntropy::new(11);
        let keys = Keys::generate(&mut entropy);
        let [one, other] = [(); 2].map(|()| LogId::new(DateTime::UNIX_EPOCH, &mut entropy));
        let (sealed, digest) = seal_particulars(&keys, one, b"192.0.2.7", &mut entropy).expect("sealed");
        let opened = open_particulars(&keys, one, &sealed).expect("opened");
        assert_eq!((opened.plain.as_slice(), opened.digest), (b"192.0.2.7".as_slice(), digest));
        assert!(!sealed.sealed.windows(9).any(|window| window == b"192.0.2.7"));
        assert!(open_particulars(&keys, other, &sealed).is_err());
        assert!(open_particulars(&Keys::generate(&mut entropy), one, &sealed).is_err());
        let (again, salted) = seal_particulars(&keys, one, b"192.0.2.7", &mut entropy).expect("sealed");
        assert!(salted != digest && again != sealed, "equal addresses cannot be told");
    }
}
