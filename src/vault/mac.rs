//! HMAC-SHA-256 with the same framing as [`Digest`](super::digest::Digest): what blind index and query codes are made of.

use super::digest::{DIGEST_BYTES, frame};
use super::keys::{KEY_BYTES, Secret};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

/// Bytes of a SHA-256 block, the length HMAC brings every key to.
const BLOCK_BYTES: usize = 64;

/// The MAC of `parts` for the purpose named by `domain`.
pub(super) fn mac(key: &Secret, domain: &str, parts: &[&[u8]]) -> [u8; DIGEST_BYTES] {
    // HMAC pads a shorter key with zeros (RFC 2104 §2). Doing it here picks the constructor that cannot fail.
    let mut block = Zeroizing::new([0_u8; BLOCK_BYTES]);
    let (head, _zeros) = block.split_at_mut(KEY_BYTES);
    head.copy_from_slice(key.bytes());
    let mut mac = Hmac::<Sha256>::new((&*block).into());
    frame(&mut mac, domain, parts);
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_padded_key_gives_the_standard_mac() {
        let key = [7_u8; KEY_BYTES];
        let mut plain = Hmac::<Sha256>::new_from_slice(&key).expect("any length");
        frame(&mut plain, "d", &[b"x"]);
        let standard: [u8; 32] = plain.finalize().into_bytes().into();
        assert_eq!(mac(&Secret::from_bytes(&key), "d", &[b"x"]), standard);
    }
}
