//! Writing the archive: member after member, each hashed as it goes by, and the manifest of them all at the end. It is never
//! gone back over, so it can be sealed and put away part by part while it is made.

use std::io::{self, Write};

use sha2::{Digest as _, Sha256};
use zip::result::ZipError;
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::manifest::{FORM, Manifest, Member, Standing};
use super::place;
use crate::vault::hex;

/// Why the archive cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum PackFault {
    /// Whoever takes the bytes does not.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The archive's own rules.
    #[error("the archive cannot be written: {0}")]
    Zip(#[from] ZipError),
    /// The manifest cannot be written.
    #[error("the manifest cannot be written: {0}")]
    Manifest(#[from] serde_json::Error),
    /// Two members would have one path.
    #[error("two members are called {0}")]
    Twice(String),
}

/// An archive being written into `W`.
pub struct Pack<W: Write> {
    zip: ZipWriter<StreamWriter<W>>,
    members: Vec<Member>,
}

/// A member being written.
pub struct Open<'a, W: Write> {
    zip: &'a mut ZipWriter<StreamWriter<W>>,
    hash: Sha256,
    size: u64,
}

impl<W: Write> Write for Open<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.zip.write(bytes)?;
        self.hash.update(bytes.split_at(written).0);
        self.size = self.size.saturating_add(u64::try_from(written).unwrap_or(u64::MAX));
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.zip.flush()
    }
}

impl<W: Write> Pack<W> {
    /// An archive that is written into `out`.
    pub fn begin(out: W) -> Self {
        Self { zip: ZipWriter::new_stream(out), members: Vec::new() }
    }

    /// Writes a member with whatever `write` puts into it.
    ///
    /// # Errors
    /// [`PackFault`]; those of `write`.
    pub fn member<E: From<PackFault>>(
        &mut self,
        path: &str,
        what: &str,
        write: impl FnOnce(&mut Open<'_, W>) -> Result<(), E>,
    ) -> Result<(), E> {
        if self.members.iter().any(|one| one.path == path) {
            return Err(PackFault::Twice(path.to_owned()).into());
        }
        self.zip.start_file(path, options(path)).map_err(PackFault::from)?;
        let mut open = Open { zip: &mut self.zip, hash: Sha256::new(), size: 0 };
        write(&mut open)?;
        let sha256 = hex::encode(&open.hash.finalize());
        let size = open.size;
        self.members.push(Member { path: path.to_owned(), what: what.to_owned(), size, sha256 });
        Ok(())
    }

    /// Writes a member that is at hand.
    ///
    /// # Errors
    /// [`PackFault`].
    pub fn whole(&mut self, path: &str, what: &str, bytes: &[u8]) -> Result<(), PackFault> {
        self.member(path, what, |open| Ok(open.write_all(bytes)?))
    }

    /// Writes the manifest, has `sign` sign it, and ends the archive.
    ///
    /// # Errors
    /// [`PackFault`]; those of `sign`.
    pub fn finish<E: From<PackFault>>(
        mut self,
        bundle: Standing,
        sign: impl FnOnce(&[u8]) -> Result<Vec<u8>, E>,
    ) -> Result<W, E> {
        let manifest = Manifest { form: FORM.to_owned(), bundle, members: self.members };
        let text = serde_json::to_vec_pretty(&manifest).map_err(PackFault::from)?;
        let signature = sign(&text)?;
        let last = [(place::MANIFEST, text), (place::SIGNATURE, signature)];
        for (path, bytes) in last {
            self.zip.start_file(path, options(path)).map_err(PackFault::from)?;
            self.zip.write_all(&bytes).map_err(PackFault::from)?;
        }
        Ok(self.zip.finish().map_err(PackFault::from)?.into_inner())
    }
}

/// The same bundle has the same bytes: no time of any machine is in it. All is deflated, for many programs do not read what is
/// merely stored and has its length behind it; hardly any effort goes into what is packed already.
fn options(path: &str) -> SimpleFileOptions {
    const QUICK: i64 = 1;
    let packed = [".pdf", ".jpg", ".jpeg", ".png", ".docx", ".xlsx", ".pptx", ".ofd", ".zip"];
    let lower = path.to_lowercase();
    let level = packed.iter().any(|ending| lower.ends_with(ending)).then_some(QUICK);
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(level)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
}
