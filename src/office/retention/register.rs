//! The list of what was destroyed, as it lies outside of the database: a line of JSON for each file, beside the key files, which
//! are kept and copied apart from it. Whoever restores a copy from before destroys again what stands here.

use std::collections::BTreeMap;
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::case::event::Destruction;
use crate::ids::{CaseId, FileId};
use crate::office::failure::Failure;

/// What it is called, in the folder of the keys.
pub const NAME: &str = "destroyed.jsonl";

/// One destroyed file. Numbers, days, ids; no personal data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// The case.
    pub case: CaseId,
    /// Its number, for people.
    pub number: String,
    /// On whose word.
    pub by: Destruction,
    /// What lay in the store.
    pub files: Vec<FileId>,
}

/// Where it lies.
#[must_use]
pub fn place(keys: &Path) -> PathBuf {
    keys.join(NAME)
}

/// All of it, by case; none where there is no such file.
///
/// # Errors
/// When it cannot be read, or a line of it is none.
pub fn read(place: &Path) -> Result<BTreeMap<CaseId, Line>, Failure> {
    let file = match File::open(place) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(error) => return Err(Failure::broken(error)),
    };
    let mut lines = BTreeMap::new();
    for line in BufReader::new(file).lines() {
        let line = line.map_err(Failure::broken)?;
        // A process that died in the middle of a line has written it again below.
        let Ok(line) = serde_json::from_str::<Line>(&line) else { continue };
        lines.insert(line.case, line);
    }
    Ok(lines)
}

/// Adds a line, and returns once it is on the disk.
///
/// # Errors
/// When it cannot be written.
pub fn append(place: &Path, line: &Line) -> Result<(), Failure> {
    let text = serde_json::to_string(line).map_err(Failure::broken)?;
    let mut file = OpenOptions::new().create(true).append(true).open(place).map_err(Failure::broken)?;
    file.write_all(format!("{text}\n").as_bytes()).map_err(Failure::broken)?;
    file.sync_all().map_err(Failure::broken)
}

/// Where it lies beside a backup.
#[must_use]
pub fn beside(backup: &Path) -> PathBuf {
    backup.with_file_name(NAME)
}

/// Adds to the register at `place` what the one at `from` has and it has not; how many lines that were. Where there is none at `from`,
/// there is nothing to add.
///
/// # Errors
/// When either cannot be read, or `place` cannot be written.
pub fn take_in(place: &Path, from: &Path) -> Result<u64, Failure> {
    let (known, more) = (read(place)?, read(from)?);
    let mut added = 0;
    for line in more.values().filter(|line| !known.contains_key(&line.case)) {
        if let Some(folder) = place.parent().filter(|folder| !folder.exists()) {
            DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(Failure::broken)?;
        }
        append(place, line)?;
        added += 1;
    }
    Ok(added)
}
