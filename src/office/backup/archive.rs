//! Reading a backup. Nothing of it is believed before its digest: whoever reads a table hears at its end whether it was what was
//! written, and has to be ready to undo.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use zip::ZipArchive;

use super::fault::BackupFault;
use super::manifest::{FORM, Manifest, TableSaid};
use super::sums::{Summed, Sums, migrations_text};
use super::{Progress, tables};
use crate::files::Address;
use crate::ids::FileId;
use crate::vault::hex;

/// Where the manifest lies in the archive.
pub(super) const MANIFEST: &str = "manifest.json";

/// Where the digests lie in the archive.
pub(super) const SUMS: &str = "SHA256SUMS";

/// More than any manifest has, in bytes.
const LONGEST_MANIFEST: u64 = 16 << 20;

/// What is told of a name that somebody else has chosen, in characters.
const LONGEST_NAME: usize = 80;

/// Hears of a file and the addresses of its parts.
pub(super) type EachFile<'a> = &'a mut dyn FnMut(FileId, &[Address]) -> Result<(), BackupFault>;

/// A backup, whose manifest and list of digests agree.
#[derive(Debug, Clone)]
pub struct Archive {
    path: PathBuf,
    manifest: Manifest,
}

impl Archive {
    /// Opens a backup and holds what it says of itself together.
    ///
    /// # Errors
    /// [`BackupFault::NotWhole`] for one that was cut off or is none; [`BackupFault::Form`]; [`BackupFault::Changed`] when manifest
    /// and digests differ; [`BackupFault::Added`] and [`BackupFault::Twice`] when more is in it than the manifest names;
    /// [`BackupFault::Disk`].
    pub fn open(path: &Path) -> Result<Self, BackupFault> {
        let mut zip = unzipped(path)?;
        let text = small(&mut zip, path, MANIFEST)?;
        let not_whole = |why: serde_json::Error| BackupFault::NotWhole { path: path.to_owned(), why: why.to_string() };
        let form: serde_json::Value = serde_json::from_str(&text).map_err(not_whole)?;
        let form = form.get("form").and_then(serde_json::Value::as_str).unwrap_or_default();
        if form != FORM {
            return Err(BackupFault::Form(form.to_owned()));
        }
        let manifest: Manifest = serde_json::from_str(&text).map_err(not_whole)?;
        let migrations = small(&mut zip, path, tables::MIGRATIONS)?;
        if migrations != migrations_text(&manifest.migrations) {
            return Err(BackupFault::Changed(tables::MIGRATIONS.to_owned()));
        }
        let sums = manifest.sums(hex::encode(&Sha256::digest(&migrations)));
        if small(&mut zip, path, SUMS)? != sums.text() {
            return Err(BackupFault::Changed(SUMS.to_owned()));
        }
        if sums.digest() != manifest.digest {
            return Err(BackupFault::Changed(MANIFEST.to_owned()));
        }
        nothing_else(&zip, path, &sums)?;
        Ok(Self { path: path.to_owned(), manifest })
    }

    /// What it says of itself.
    #[must_use]
    pub const fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Where the parts of files lie that belong to it.
    #[must_use]
    pub fn files_folder(&self) -> PathBuf {
        super::parts::beside(&self.path)
    }

    /// Reads all of it and holds it against its digests; `wanted` is the digest that was written down elsewhere, if one was.
    ///
    /// # Errors
    /// [`BackupFault::OtherDigest`]; [`BackupFault::Changed`] for the first table that is not what was written.
    pub fn verify(&self, wanted: Option<&str>, progress: Progress<'_>) -> Result<(), BackupFault> {
        if let Some(wanted) = wanted.filter(|wanted| !self.manifest.digest.eq_ignore_ascii_case(wanted.trim())) {
            let (found, wanted) = (self.manifest.digest.clone(), wanted.to_owned());
            return Err(BackupFault::OtherDigest { found, wanted });
        }
        let mut rows = 0;
        for table in &self.manifest.tables {
            self.rows(table, &mut |_, _| {
                rows += 1;
                progress(&table.name, rows);
                Ok(())
            })?;
        }
        Ok(())
    }

    /// Gives the lines of a table to `each`, with their numbers, the head (1) among them.
    ///
    /// # Errors
    /// Whatever `each` gives; [`BackupFault::Changed`] at the end when what was given was not what was written.
    pub(super) fn rows(
        &self,
        table: &TableSaid,
        each: &mut dyn FnMut(u64, &str) -> Result<(), BackupFault>,
    ) -> Result<(), BackupFault> {
        let path = tables::path_of(&table.name);
        let mut zip = unzipped(&self.path)?;
        let (lines, digest) = lines(&mut zip, &self.path, &path, each)?;
        // The head is no row.
        if digest == table.sha256 && lines == table.rows.saturating_add(1) {
            Ok(())
        } else {
            Err(BackupFault::Changed(path))
        }
    }

    /// Gives every file whose row is in it to `each`, with the addresses of its parts.
    ///
    /// # Errors
    /// Whatever `each` gives; as [`Archive::verify`].
    pub(super) fn each_file(&self, each: EachFile<'_>) -> Result<(), BackupFault> {
        let Some(table) = self.manifest.tables.iter().find(|table| table.name == FILES) else { return Ok(()) };
        let mut reader = FileReader::default();
        self.rows(table, &mut |number, line| reader.take(number, line, each))
    }
}

/// The table of files: the one table that is read here by its meaning, for the addresses in it.
pub(super) const FILES: &str = "files";

/// Reads ids and addresses out of the lines of [`FILES`].
#[derive(Debug, Default)]
pub(super) struct FileReader {
    id: usize,
    parts: usize,
}

impl FileReader {
    /// Takes a line.
    pub(super) fn take(&mut self, number: u64, line: &str, each: EachFile<'_>) -> Result<(), BackupFault> {
        let no_row = || BackupFault::NoRow { member: tables::path_of(FILES), line: number };
        let values: Vec<serde_json::Value> = serde_json::from_str(line).map_err(|_not_json| no_row())?;
        let text = |place: usize| values.get(place).and_then(serde_json::Value::as_str);
        if number == 1 {
            let place = |name: &str| values.iter().position(|one| one.as_str() == Some(name)).ok_or_else(no_row);
            (self.id, self.parts) = (place("id:text")?, place("parts:bytes")?);
            return Ok(());
        }
        let id = text(self.id).and_then(|id| id.parse().ok()).ok_or_else(no_row)?;
        let parts = text(self.parts).and_then(hex::decode_any).ok_or_else(no_row)?;
        each(id, &Address::listed(&parts))
    }
}

/// Gives every line of a member to `each`; how many they were, and the digest of them all.
pub(super) fn lines(
    zip: &mut ZipArchive<File>,
    path: &Path,
    member: &str,
    each: &mut dyn FnMut(u64, &str) -> Result<(), BackupFault>,
) -> Result<(u64, String), BackupFault> {
    let found = zip.by_name(member).map_err(BackupFault::zip(path))?;
    let mut reader = BufReader::new(Summed::over(found));
    let (mut line, mut number) = (String::new(), 0);
    loop {
        line.clear();
        // What does not unpack, or is no text, was changed; the disk's own faults are told apart by its own commands.
        let read = reader.read_line(&mut line).map_err(|_broken| BackupFault::Changed(member.to_owned()))?;
        if read == 0 {
            break;
        }
        number += 1;
        let Some(whole) = line.strip_suffix('\n') else { return Err(BackupFault::Changed(member.to_owned())) };
        each(number, whole)?;
    }
    Ok((number, reader.into_inner().digest()))
}

/// That all that lies in the archive was written with it: what no digest covers is never read here, but by whoever unpacks it.
fn nothing_else(zip: &ZipArchive<File>, path: &Path, sums: &Sums) -> Result<(), BackupFault> {
    if zip.has_duplicate_names() {
        return Err(BackupFault::Twice(path.to_owned()));
    }
    for name in zip.file_names() {
        let name = name.map_err(BackupFault::zip(path))?;
        let member: &str = &name;
        if member != MANIFEST && member != SUMS && !sums.0.contains_key(member) {
            // Whoever chose it may have meant it for the terminal on which it is shown.
            let shown = member.chars().take(LONGEST_NAME).flat_map(char::escape_debug).collect();
            return Err(BackupFault::Added(shown));
        }
    }
    Ok(())
}

pub(super) fn unzipped(path: &Path) -> Result<ZipArchive<File>, BackupFault> {
    let file = File::open(path).map_err(BackupFault::disk(path))?;
    ZipArchive::new(file).map_err(BackupFault::zip(path))
}

fn small(zip: &mut ZipArchive<File>, path: &Path, member: &str) -> Result<String, BackupFault> {
    let found = zip.by_name(member).map_err(BackupFault::zip(path))?;
    let mut text = String::new();
    let read = found.take(LONGEST_MANIFEST).read_to_string(&mut text);
    read.map_err(|_broken| BackupFault::Changed(member.to_owned()))?;
    Ok(text)
}
