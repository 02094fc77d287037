//! The address of a stored part: the SHA-256 of its bytes as they lie in the store. Whoever reads it can tell by its name alone
//! whether it is what was written, without any key.

use std::fmt;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// Bytes of an address.
pub const ADDRESS_BYTES: usize = 32;

/// The address of a part.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address([u8; ADDRESS_BYTES]);

impl Address {
    /// The address of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The bare bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; ADDRESS_BYTES] {
        &self.0
    }

    /// The addresses in a row of them; a rest that is none is left out.
    #[must_use]
    pub fn listed(row: &[u8]) -> Vec<Self> {
        row.chunks_exact(ADDRESS_BYTES).filter_map(|bytes| bytes.try_into().ok().map(Self)).collect()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::with_capacity(ADDRESS_BYTES * 2);
        for byte in self.0 {
            write!(text, "{byte:02x}")?;
        }
        f.write_str(&text)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({self})")
    }
}
