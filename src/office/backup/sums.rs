//! Digests of what is in a backup, and the one over them all: SHA-256, in the form that `sha256sum` writes and checks.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use sha2::{Digest as _, Sha256};

use super::fault::BackupFault;
use super::{line, tables};
use crate::storage::{Conn, migrations, whole_rows};
use crate::vault::hex;

/// The digest over all of a backup, or of a database as its backup would have it.
pub type Digest = String;

/// Digests by the path in the archive.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Sums(pub(super) BTreeMap<String, String>);

impl Sums {
    /// The text of `SHA256SUMS`.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for (path, digest) in &self.0 {
            // Writing to a String cannot fail.
            let _infallible = writeln!(text, "{digest}  {path}");
        }
        text
    }

    /// The digest over all: that of the text.
    pub(super) fn digest(&self) -> Digest {
        hex::encode(&Sha256::digest(self.text()))
    }
}

/// What is written, with its digest.
pub(super) struct Summed<W> {
    inner: W,
    hash: Sha256,
}

impl<W> Summed<W> {
    pub(super) fn over(inner: W) -> Self {
        Self { inner, hash: Sha256::new() }
    }

    pub(super) fn digest(self) -> String {
        hex::encode(&self.hash.finalize())
    }
}

impl<W: Write> Write for Summed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hash.update(bytes.split_at(written).0);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<R: io::Read> io::Read for Summed<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.hash.update(into.split_at(read).0);
        Ok(read)
    }
}

/// The list of migrations as it lies in a backup.
pub(super) fn migrations_text(names: &[String]) -> String {
    names.iter().fold(String::new(), |text, name| text + name + "\n")
}

/// The digest that a backup of what the database holds now would have.
///
/// # Errors
/// The database's own.
pub fn digest_of(conn: &mut Conn, left_out: &[String]) -> Result<Digest, BackupFault> {
    sums_of(conn, left_out).map(|sums| sums.digest())
}

/// The digests behind [`digest_of`].
pub(super) fn sums_of(conn: &mut Conn, left_out: &[String]) -> Result<Sums, BackupFault> {
    whole_rows::take_time(conn)?;
    let mut sums = Sums::default();
    let names = migrations_text(&migrations::seen(conn)?);
    sums.0.insert(tables::MIGRATIONS.to_owned(), hex::encode(&Sha256::digest(names)));
    for table in tables::without(conn, left_out)? {
        let mut out = Summed::over(io::sink());
        let written = |fault| BackupFault::Disk { path: table.name.clone().into(), source: fault };
        writeln!(out, "{}", line::head(&table)).map_err(written)?;
        whole_rows::read(conn, &table, &mut |row| line::write(&mut out, &row).map_err(written))?;
        sums.0.insert(tables::path_of(&table.name), out.digest());
    }
    Ok(sums)
}
