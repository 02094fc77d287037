//! What keeps personal matters secret and records provable: sealing, blind index, digests, codes,
//! passwords and tokens.
//!
//! Pure over its keys: keys, time and randomness all come in as arguments, so every function here can
//! be tested with fixed inputs. Only `key_files`, `key_export` and `seal_files` touch the disk.
//!
//! Nothing here invents a scheme: AES-256-GCM or SM4-GCM seals, SHA-256 and HMAC-SHA-256 digest, Argon2id hashes
//! passwords, Ed25519 signs. What is ours is the framing, and the framing has one rule: each use has its
//! own domain string, and whatever can vary in length carries its length.

pub mod blind;
mod cipher;
pub mod digest;
pub mod draft;
pub mod envelope;
mod error;
pub mod file_key;
pub(crate) mod hex;
pub mod key_export;
pub mod key_files;
mod keys;
mod mac;
mod masters;
pub mod mine;
pub mod order_paper;
pub mod order_words;
pub mod particulars;
pub mod password;
pub mod query_code;
pub mod seal_files;
pub mod token;

pub use cipher::Cipher;
pub use digest::{Digest, Salt};
pub use envelope::{DataKey, Place, WrappedKey};
pub use error::VaultError;
pub use file_key::FileKey;
pub use keys::{KeyName, Keys};
