//! A document that answers a supervision order about no case: its name and its bytes under a key of its own, which the master key
//! wraps. All three seals are bound to the order and the document under domains of their own.

use zeroize::Zeroizing;

use super::VaultError;
use super::envelope::{open, seal};
use super::keys::{Keys, Secret};
use crate::ids::{Entropy, FileId, OrderId};

/// A document, as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedPaper {
    /// Its key under the master key.
    pub wrapped: Vec<u8>,
    /// Its name under that key.
    pub name: Vec<u8>,
    /// Its bytes under that key.
    pub content: Vec<u8>,
}

const KEY: &[u8] = b"dafu/order-paper-key/1";
const NAME: &[u8] = b"dafu/order-paper-name/1";
const CONTENT: &[u8] = b"dafu/order-paper/1";

/// Seals a document of an order.
///
/// # Errors
/// [`VaultError::TooLong`] beyond 64 GiB.
pub fn seal_paper(
    keys: &Keys,
    (order, id): (OrderId, FileId),
    name: &str,
    content: &[u8],
    entropy: &mut dyn Entropy,
) -> Result<SealedPaper, VaultError> {
    let (key, wrapped) = keys.new_key(&bound(KEY, order, id), entropy)?;
    Ok(SealedPaper {
        wrapped,
        name: seal(&key, &bound(NAME, order, id), name.as_bytes(), entropy)?,
        content: seal(&key, &bound(CONTENT, order, id), content, entropy)?,
    })
}

/// Its name.
///
/// # Errors
/// As [`open_paper`].
pub fn open_name(
    keys: &Keys,
    (order, id): (OrderId, FileId),
    wrapped: &[u8],
    name: &[u8],
) -> Result<String, VaultError> {
    let key = opened_key(keys, order, id, wrapped)?;
    let name = open(&key, &bound(NAME, order, id), name)?;
    String::from_utf8(name.to_vec()).map_err(|_not_text| VaultError::DoesNotOpen)
}

/// Its bytes; wiped when dropped.
///
/// # Errors
/// [`VaultError::DoesNotOpen`] if key, order, document or any byte is another one; [`VaultError::UnknownFormat`] if the first byte is
/// not ours.
pub fn open_paper(
    keys: &Keys,
    (order, id): (OrderId, FileId),
    wrapped: &[u8],
    content: &[u8],
) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let key = opened_key(keys, order, id, wrapped)?;
    open(&key, &bound(CONTENT, order, id), content)
}

fn opened_key(keys: &Keys, order: OrderId, id: FileId, wrapped: &[u8]) -> Result<Secret, VaultError> {
    keys.opened_key(&bound(KEY, order, id), wrapped)
}

/// Its key under the master in force; nothing where it lies under that already.
///
/// # Errors
/// As [`open_paper`].
pub fn rewrap(
    keys: &Keys,
    (order, id): (OrderId, FileId),
    wrapped: &[u8],
    entropy: &mut dyn Entropy,
) -> Result<Option<Vec<u8>>, VaultError> {
    keys.rewrapped(&bound(KEY, order, id), wrapped, entropy)
}

/// Unambiguous without lengths: both ids are always sixteen bytes.
fn bound(domain: &[u8], order: OrderId, id: FileId) -> Vec<u8> {
    [domain, order.uuid().as_bytes(), id.uuid().as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::CountingEntropy;
    use chrono::DateTime;

    #[test]
    fn a_document_opens_in_its_own_order_with_its_own_keys_and_nowhere_else() {
        let mut entropy = CountingEntropy::new(23);
        let keys = Keys::generate(&mut entropy);
        let [one, other] = [(); 2].map(|()| OrderId::new(DateTime::UNIX_EPOCH, &mut entropy));
        let id = FileId::new(DateTime::UNIX_EPOCH, &mut entropy);
        let sealed = seal_paper(&keys, (one, id), "整改报告.pdf", b"%PDF-1.7", &mut entropy).expect("sealed");
        let SealedPaper { wrapped, name, content } = &sealed;
        assert_eq!(open_name(&keys, (one, id), wrapped, name).expect("opened"), "整改报告.pdf");
        assert_eq!(open_paper(&keys, (one, id), wrapped, content).expect("opened").as_slice(), b"%PDF-1.7");
        assert!(open_paper(&keys, (other, id), wrapped, content).is_err());
        assert!(open_paper(&keys, (one, id), wrapped, name).is_err(), "a name is not the document");
        assert!(open_name(&Keys::generate(&mut entropy), (one, id), wrapped, name).is_err());
    }
}
