//! The two ciphers that seal content, both in GCM with 12 bytes of nonce and 16 of tag: AES-256 and, where an office has to use the
//! national algorithms (密码法; GB/T 39786), SM4 (GB/T 32907; RFC 8998). What is sealed says by its first byte with which, so both
//! are read whatever the setting is, and the setting decides for what is sealed from then on.

use std::str::FromStr;

use aes_gcm::aead::consts::U12;
use aes_gcm::aead::{Aead, AeadInOut, Payload};
use aes_gcm::{Aes256Gcm, AesGcm, KeyInit, Tag};
use sm4::Sm4;
use zeroize::Zeroizing;

use super::VaultError;
use super::digest::Digest;
use super::keys::Secret;

/// Bytes of a nonce.
pub(super) const NONCE_BYTES: usize = 12;

/// Bytes of a tag.
pub(super) const TAG_BYTES: usize = 16;

/// Bytes of an SM4 key.
const SM4_KEY_BYTES: usize = 16;

type Sm4Gcm = AesGcm<Sm4, U12>;

/// With what content is sealed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Cipher {
    /// AES-256-GCM.
    #[default]
    Aes,
    /// SM4-GCM.
    Sm4,
}

/// None of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("aes or sm4")]
pub struct NoCipher;

impl FromStr for Cipher {
    type Err = NoCipher;

    fn from_str(name: &str) -> Result<Self, NoCipher> {
        match name {
            "aes" => Ok(Self::Aes),
            "sm4" => Ok(Self::Sm4),
            _ => Err(NoCipher),
        }
    }
}

impl Cipher {
    /// The first byte of what it seals.
    pub(super) const fn format(self) -> u8 {
        match self {
            Self::Aes => 1,
            Self::Sm4 => 2,
        }
    }

    /// The cipher of a first byte.
    ///
    /// # Errors
    /// [`VaultError::UnknownFormat`] for any other.
    pub(super) const fn of_format(byte: u8) -> Result<Self, VaultError> {
        match byte {
            1 => Ok(Self::Aes),
            2 => Ok(Self::Sm4),
            _ => Err(VaultError::UnknownFormat),
        }
    }

    /// Ciphertext and tag.
    ///
    /// # Errors
    /// [`VaultError::TooLong`] beyond 64 GiB.
    pub(super) fn encrypt(
        self,
        key: &Secret,
        nonce: &[u8; NONCE_BYTES],
        aad: &[u8],
        plain: &[u8],
    ) -> Result<Vec<u8>, VaultError> {
        let payload = Payload { msg: plain, aad };
        match self {
            Self::Aes => Aes256Gcm::new(key.bytes().into()).encrypt(nonce.into(), payload),
            Self::Sm4 => Sm4Gcm::new((&*sm4_key(key)).into()).encrypt(nonce.into(), payload),
        }
        .map_err(|_opaque| VaultError::TooLong)
    }

    /// The plain bytes.
    ///
    /// # Errors
    /// [`VaultError::DoesNotOpen`].
    pub(super) fn decrypt(
        self,
        key: &Secret,
        nonce: &[u8; NONCE_BYTES],
        aad: &[u8],
        sealed: &[u8],
    ) -> Result<Vec<u8>, VaultError> {
        let payload = Payload { msg: sealed, aad };
        match self {
            Self::Aes => Aes256Gcm::new(key.bytes().into()).decrypt(nonce.into(), payload),
            Self::Sm4 => Sm4Gcm::new((&*sm4_key(key)).into()).decrypt(nonce.into(), payload),
        }
        .map_err(|_opaque| VaultError::DoesNotOpen)
    }

    /// Seals `content` where it lies and gives the tag.
    ///
    /// # Errors
    /// [`VaultError::TooLong`] beyond 64 GiB.
    pub(super) fn encrypt_in_place(
        self,
        key: &Secret,
        nonce: &[u8; NONCE_BYTES],
        aad: &[u8],
        content: &mut [u8],
    ) -> Result<[u8; TAG_BYTES], VaultError> {
        match self {
            Self::Aes => Aes256Gcm::new(key.bytes().into()).encrypt_inout_detached(nonce.into(), aad, content.into()),
            Self::Sm4 => Sm4Gcm::new((&*sm4_key(key)).into()).encrypt_inout_detached(nonce.into(), aad, content.into()),
        }
        .map(Into::into)
        .map_err(|_opaque| VaultError::TooLong)
    }

    /// Opens `content` where it lies.
    ///
    /// # Errors
    /// [`VaultError::DoesNotOpen`].
    pub(super) fn decrypt_in_place(
        self,
        key: &Secret,
        nonce: &[u8; NONCE_BYTES],
        aad: &[u8],
        content: &mut [u8],
        tag: [u8; TAG_BYTES],
    ) -> Result<(), VaultError> {
        let tag = Tag::from(tag);
        match self {
            Self::Aes => {
                Aes256Gcm::new(key.bytes().into()).decrypt_inout_detached(nonce.into(), aad, content.into(), &tag)
            }
            Self::Sm4 => {
                Sm4Gcm::new((&*sm4_key(key)).into()).decrypt_inout_detached(nonce.into(), aad, content.into(), &tag)
            }
        }
        .map_err(|_opaque| VaultError::DoesNotOpen)
    }
}

/// SM4 takes 128 bits: they are drawn from the key, not cut off it, so that the two ciphers share no key.
fn sm4_key(key: &Secret) -> Zeroizing<[u8; SM4_KEY_BYTES]> {
    let digest = Digest::of("dafu/sm4-key/1", &[key.bytes()]);
    let (first, _rest) = digest.as_bytes().split_first_chunk::<SM4_KEY_BYTES>().unwrap_or((&[0; SM4_KEY_BYTES], &[]));
    Zeroizing::new(*first)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8998 appendix A.2.
    #[test]
    fn sm4_in_gcm_is_that_of_rfc_8998() {
        let key: [u8; 16] = super::super::hex::decode("0123456789abcdeffedcba9876543210").unwrap();
        let nonce: [u8; 12] = super::super::hex::decode("00001234567800000000abcd").unwrap();
        let aad: [u8; 20] = super::super::hex::decode("feedfacedeadbeeffeedfacedeadbeefabaddad2").unwrap();
        let plain: [u8; 64] = super::super::hex::decode(concat!(
            "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd",
            "eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa"
        ))
        .unwrap();
        let sealed = Sm4Gcm::new(&key.into()).encrypt(&nonce.into(), Payload { msg: &plain, aad: &aad }).unwrap();
        assert_eq!(
            super::super::hex::encode(&sealed),
            concat!(
                "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735",
                "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d",
                "83de3541e4c2b58177e065a9bf7b62ec"
            )
        );
    }
}
