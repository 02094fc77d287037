//! Where the bytes of a bundle go while it is made: sealed part by part under a key of its own, like any file of the case, so
//! that at no time more than a part of it lies in memory, and none of it in the clear on a disk.

use std::io::{self, Write};

use sha2::{Digest, Sha256};

use crate::files::Store;
use crate::ids::{FileId, Randomness};
use crate::vault::file_key::Part;
use crate::vault::{FileKey, hex};

/// A file on its way into the store.
pub(super) struct Keeper {
    id: FileId,
    key: FileKey,
    store: Store,
    randomness: Randomness,
    part: Part,
    no: u32,
    parts: Vec<u8>,
    hash: Sha256,
    size: u64,
}

/// A file that is in the store.
pub(super) struct Stored {
    /// The addresses of its parts.
    pub parts: Vec<u8>,
    /// Its bytes.
    pub size: u64,
    /// Their SHA-256.
    pub sha256: String,
}

impl Keeper {
    /// A file of this id under this key.
    pub fn new(id: FileId, key: FileKey, store: Store, randomness: Randomness) -> Self {
        let (part, parts, hash) = (Part::default(), Vec::new(), Sha256::new());
        Self { id, key, store, randomness, part, no: 0, parts, hash, size: 0 }
    }

    /// The last part goes as well.
    ///
    /// # Errors
    /// Those of the store.
    pub fn finish(mut self) -> io::Result<Stored> {
        if !self.part.is_empty() {
            self.put()?;
        }
        Ok(Stored { parts: self.parts, size: self.size, sha256: hex::encode(&self.hash.finalize()) })
    }

    fn put(&mut self) -> io::Result<()> {
        let part = std::mem::take(&mut self.part);
        let sealed = self.key.seal(self.id, self.no, part, &mut self.randomness).map_err(io::Error::other)?;
        let address = self.store.put_now(self.id, sealed).map_err(io::Error::other)?;
        self.parts.extend_from_slice(address.as_bytes());
        self.no = self.no.saturating_add(1);
        Ok(())
    }
}

impl Write for Keeper {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.part.take(bytes);
        self.hash.update(bytes.split_at(taken).0);
        self.size = self.size.saturating_add(u64::try_from(taken).unwrap_or(u64::MAX));
        if self.part.is_full() {
            self.put()?;
        }
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        // A part is put when it is full, and the last when the file ends.
        Ok(())
    }
}
