//! Sealing a file part by part, so that none is ever held whole in memory: each file has a key of its own, which is kept under
//! the data key of its case and dies with it.
//!
//! A part is bound to its file and its place in it: parts cannot be exchanged, left out in the middle or taken from another file
//! without being found. That none is missing at the end tells the file's size, which is sealed beside its name.

use zeroize::Zeroizing;

use super::VaultError;
use super::cipher::{Cipher, NONCE_BYTES, TAG_BYTES};
use super::envelope::{DataKey, Place};
use super::keys::{KEY_BYTES, Secret};
use crate::ids::{Entropy, FileId};

/// Bytes of plain content in every part of a file but its last: 1 MiB. What is held in memory for one upload or download is a
/// small multiple of this.
pub const PART_BYTES: usize = 1 << 20;

/// What stands before the content: the byte that names the cipher, and the nonce.
const HEAD_BYTES: usize = 1 + NONCE_BYTES;

/// The key of one file: wiped on drop, never printed.
pub struct FileKey(Secret);

impl std::fmt::Debug for FileKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FileKey(***)")
    }
}

/// A part that is being filled: content goes in, and is sealed where it lies.
pub struct Part(Zeroizing<Vec<u8>>);

impl Default for Part {
    fn default() -> Self {
        let mut bytes = Vec::with_capacity(HEAD_BYTES + PART_BYTES + TAG_BYTES);
        bytes.resize(HEAD_BYTES, 0);
        Self(Zeroizing::new(bytes))
    }
}

impl Part {
    /// How many bytes of content it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len().saturating_sub(HEAD_BYTES)
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether it takes no more.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.len() >= PART_BYTES
    }

    /// Takes as much of `content` as has room, and gives back how many bytes that was.
    pub fn take(&mut self, content: &[u8]) -> usize {
        let taken = content.len().min(PART_BYTES.saturating_sub(self.len()));
        let (content, _) = content.split_at(taken);
        self.0.extend_from_slice(content);
        taken
    }
}

impl FileKey {
    /// A fresh key for a file of the case that has this data key.
    #[must_use]
    pub fn generate(key: &DataKey, entropy: &mut dyn Entropy) -> Self {
        Self(Secret::generate(entropy).sealing_by(key.0.cipher()))
    }

    /// The key under the data key of its case, as stored.
    ///
    /// # Errors
    /// As [`DataKey::seal`].
    pub fn wrapped(&self, key: &DataKey, place: &Place, entropy: &mut dyn Entropy) -> Result<Vec<u8>, VaultError> {
        key.seal(place, self.0.bytes(), entropy)
    }

    /// The key out of its wrapped form.
    ///
    /// # Errors
    /// As [`DataKey::open`].
    pub fn unwrap(key: &DataKey, place: &Place, wrapped: &[u8]) -> Result<Self, VaultError> {
        let bytes = key.open(place, wrapped)?;
        let bytes: &[u8; KEY_BYTES] = bytes.as_slice().try_into().map_err(|_wrong_length| VaultError::DoesNotOpen)?;
        Ok(Self(Secret::from_bytes(bytes).sealing_by(key.0.cipher())))
    }

    /// Seals part `no` (from 0) of `file`, in the memory it lies in.
    ///
    /// # Errors
    /// [`VaultError::TooLong`] is never met with a part's length; it is here because the cipher can say it.
    pub fn seal(&self, file: FileId, no: u32, part: Part, entropy: &mut dyn Entropy) -> Result<Vec<u8>, VaultError> {
        let mut bytes = part.0;
        let mut nonce = [0_u8; NONCE_BYTES];
        entropy.fill(&mut nonce);
        let (head, content) = bytes.split_at_mut(HEAD_BYTES);
        let cipher = self.0.cipher();
        let tag = cipher.encrypt_in_place(&self.0, &nonce, &bound_to(file, no), content)?;
        if let Some((format, place)) = head.split_first_mut() {
            *format = cipher.format();
            place.copy_from_slice(&nonce);
        }
        bytes.extend_from_slice(&tag);
        // What is taken out is sealed by now; the empty rest is what is wiped.
        Ok(std::mem::take(&mut *bytes))
    }

    /// Opens part `no` of `file`.
    ///
    /// # Errors
    /// [`VaultError::DoesNotOpen`] if key, file, place or any byte is another one; [`VaultError::UnknownFormat`] if the first
    /// byte is not ours.
    pub fn open(&self, file: FileId, no: u32, mut sealed: Vec<u8>) -> Result<Vec<u8>, VaultError> {
        let end = sealed.len().checked_sub(TAG_BYTES).ok_or(VaultError::DoesNotOpen)?;
        let tag = sealed.split_off(end);
        let tag: [u8; TAG_BYTES] = tag.try_into().map_err(|_wrong_length| VaultError::DoesNotOpen)?;
        let (head, content) = sealed.split_at_mut_checked(HEAD_BYTES).ok_or(VaultError::DoesNotOpen)?;
        let (format, nonce) = head.split_first_mut().ok_or(VaultError::UnknownFormat)?;
        let cipher = Cipher::of_format(*format)?;
        let nonce: [u8; NONCE_BYTES] = (&*nonce).try_into().map_err(|_wrong_length| VaultError::DoesNotOpen)?;
        cipher.decrypt_in_place(&self.0, &nonce, &bound_to(file, no), content, tag)?;
        sealed.drain(..HEAD_BYTES);
        Ok(sealed)
    }
}

fn bound_to(file: FileId, no: u32) -> Vec<u8> {
    let mut data = b"dafu/file-part/1".to_vec();
    data.extend_from_slice(file.uuid().as_bytes());
    data.extend_from_slice(&no.to_be_bytes());
    data
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::CountingEntropy;
    use chrono::DateTime;

    fn filled(content: &[u8]) -> Part {
        let mut part = Part::default();
        assert_eq!(part.take(content), content.len());
        part
    }

    #[test]
    fn a_part_opens_at_its_own_place_in_its_own_file_and_nowhere_else() {
        let mut entropy = CountingEntropy::new(11);
        let key = FileKey(Secret::generate(&mut entropy));
        let (file, other) =
            (FileId::new(DateTime::UNIX_EPOCH, &mut entropy), FileId::new(DateTime::UNIX_EPOCH, &mut entropy));
        let content = "城市路灯维护台账".as_bytes();
        let sealed = key.seal(file, 3, filled(content), &mut entropy).expect("sealed");
        assert!(!sealed.windows(content.len()).any(|window| window == content));
        assert_eq!(key.open(file, 3, sealed.clone()).expect("opened"), content);
        for (file, no) in [(file, 2), (other, 3)] {
            assert!(matches!(key.open(file, no, sealed.clone()), Err(VaultError::DoesNotOpen)));
        }
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(key.open(file, 3, changed).is_err(), "byte {at}");
        }
        for short in 0..sealed.len() {
            assert!(key.open(file, 3, sealed[..short].to_vec()).is_err(), "{short} bytes");
        }
    }

    #[test]
    fn a_part_takes_a_mebibyte_and_no_more() {
        let mut part = filled(&vec![7; PART_BYTES - 1]);
        assert!(!part.is_full());
        assert_eq!(part.take(b"ab"), 1);
        assert!(part.is_full());
        assert_eq!(part.take(b"b"), 0);
    }
}
