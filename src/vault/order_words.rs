//! The words of a supervision order that is about no case: sealed under a key of their own, which the master key wraps, like the
//! particulars of an entry in a named chain. Both seals are bound to the order and the act under domains of their own.

use zeroize::Zeroizing;

use super::VaultError;
use super::envelope::{open, seal};
use super::keys::Keys;
use crate::ids::{Entropy, OrderId};

/// The words of one act, as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedWords {
    /// Their key under the master key.
    pub wrapped: Vec<u8>,
    /// The words under that key.
    pub sealed: Vec<u8>,
}

/// Seals the words of the act `seq` of an order.
///
/// # Errors
/// [`VaultError::TooLong`] beyond 64 GiB.
pub fn seal_words(
    keys: &Keys,
    order: OrderId,
    seq: u32,
    plain: &[u8],
    entropy: &mut dyn Entropy,
) -> Result<SealedWords, VaultError> {
    let (key, wrapped) = keys.new_key(&bound(b"dafu/order-key/1", order, seq), entropy)?;
    let sealed = seal(&key, &bound(b"dafu/order-words/1", order, seq), plain, entropy)?;
    Ok(SealedWords { wrapped, sealed })
}

/// Opens them again; the plain bytes are wiped when dropped.
///
/// # Errors
/// [`VaultError::DoesNotOpen`] if key, order, act or any byte is another one; [`VaultError::UnknownFormat`] if the first byte is
/// not ours.
pub fn open_words(
    keys: &Keys,
    order: OrderId,
    seq: u32,
    stored: &SealedWords,
) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let key = keys.opened_key(&bound(b"dafu/order-key/1", order, seq), &stored.wrapped)?;
    open(&key, &bound(b"dafu/order-words/1", order, seq), &stored.sealed)
}

/// Their key under the master in force; nothing where it lies under that already.
///
/// # Errors
/// [`VaultError::DoesNotOpen`], [`VaultError::UnknownFormat`].
pub fn rewrap(
    keys: &Keys,
    order: OrderId,
    seq: u32,
    wrapped: &[u8],
    entropy: &mut dyn Entropy,
) -> Result<Option<Vec<u8>>, VaultError> {
    keys.rewrapped(&bound(b"dafu/order-key/1", order, seq), wrapped, entropy)
}

/// Unambiguous without lengths: the id is always sixteen bytes, the number four.
fn bound(domain: &[u8], order: OrderId, seq: u32) -> Vec<u8> {
    [domain, order.uuid().as_bytes(), &seq.to_be_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::CountingEntropy;
    use chrono::DateTime;

    #[test]
    fn words_open_in_their_own_act_with_their_own_keys_and_nowhere_else() {
        let mut entropy = CountingEntropy::new(17);
        let keys = Keys::generate(&mut entropy);
        let [one, other] = [(); 2].map(|()| OrderId::new(DateTime::UNIX_EPOCH, &mut entropy));
        let sealed = seal_words(&keys, one, 1, "限期答复".as_bytes(), &mut entropy).expect("sealed");
        assert_eq!(open_words(&keys, one, 1, &sealed).expect("opened").as_slice(), "限期答复".as_bytes());
        assert!(open_words(&keys, other, 1, &sealed).is_err());
        assert!(open_words(&keys, one, 2, &sealed).is_err());
        assert!(open_words(&Keys::generate(&mut entropy), one, 1, &sealed).is_err());
    }
}
