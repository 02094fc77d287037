//! Where the bytes of what the office makes go while it is made (a bundle, a redacted record, a letter): sealed part by part under
//! a key of their own, like any file of the case, so that at no time more than a part lies in memory, and none in the clear on a
//! disk. And the way back, for whoever must read again what was kept.

use std::io::{self, Read, Seek, SeekFrom, Write};

use sha2::{Digest, Sha256};

use crate::files::{Address, Store, StoreFault, beside};
use crate::ids::{FileId, Randomness};
use crate::office::failure::Failure;
use crate::vault::file_key::{PART_BYTES, Part};
use crate::vault::{FileKey, hex};

/// A file on its way into the store.
pub(in crate::office) struct Keeper {
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
pub(in crate::office) struct Stored {
    /// Which.
    pub id: FileId,
    /// Its key.
    key: FileKey,
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

    /// Under which id it will lie.
    pub const fn id(&self) -> FileId {
        self.id
    }

    /// The last part goes as well.
    ///
    /// # Errors
    /// Those of the store.
    pub fn finish(mut self) -> io::Result<Stored> {
        if !self.part.is_empty() {
            self.put()?;
        }
        let sha256 = hex::encode(&self.hash.finalize());
        Ok(Stored { id: self.id, key: self.key, parts: self.parts, size: self.size, sha256 })
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

/// What went wrong with a file on its way into the store or out of it.
pub(in crate::office) fn failure_of(error: io::Error) -> Failure {
    error.downcast::<StoreFault>().map_or_else(Failure::broken, Failure::from)
}

/// A file that was kept, read again where it lies: one part of it in memory, each verified and opened as it is come to.
pub(in crate::office) struct Reread<'a> {
    stored: &'a Stored,
    store: Store,
    at: u64,
    /// The part at hand, and which it is.
    part: Option<(u64, Vec<u8>)>,
    /// Why it could not be read, where it could not: a reader may only see that it ended.
    fault: Option<io::Error>,
}

impl<'a> Reread<'a> {
    /// From its beginning.
    pub const fn of(stored: &'a Stored, store: Store) -> Self {
        Self { stored, store, at: 0, part: None, fault: None }
    }

    /// What the store failed with.
    pub fn take_fault(&mut self) -> Option<Failure> {
        self.fault.take().map(failure_of)
    }

    fn open(&self, no: u64) -> io::Result<Vec<u8>> {
        let addresses = Address::listed(&self.stored.parts);
        let address = usize::try_from(no).ok().and_then(|no| addresses.get(no)).copied();
        let address = address.ok_or_else(|| io::Error::from(io::ErrorKind::UnexpectedEof))?;
        let (store, id) = (self.store.clone(), self.stored.id);
        let sealed = beside::wait(async move { store.get(id, address).await })?.map_err(io::Error::other)?;
        let no = u32::try_from(no).map_err(io::Error::other)?;
        self.stored.key.open(id, no, Vec::from(sealed)).map_err(io::Error::other)
    }
}

impl Read for Reread<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.stored.size || out.is_empty() {
            return Ok(0);
        }
        let size = u64::try_from(PART_BYTES).map_err(io::Error::other)?;
        let (no, within) = (self.at / size, self.at % size);
        let part = match self.part.take() {
            Some((at_hand, part)) if at_hand == no => part,
            _ => match self.open(no) {
                Ok(part) => part,
                Err(error) => {
                    self.fault = Some(error);
                    return Err(io::Error::other("a part of the file cannot be read again"));
                }
            },
        };
        let ahead = usize::try_from(within).ok().and_then(|within| part.get(within..)).unwrap_or_default();
        let taken = ahead.len().min(out.len());
        let (to, _) = out.split_at_mut(taken);
        to.copy_from_slice(ahead.split_at(taken).0);
        self.part = Some((no, part));
        self.at = self.at.saturating_add(u64::try_from(taken).map_err(io::Error::other)?);
        Ok(taken)
    }
}

impl Seek for Reread<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.stored.size.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}
