//! The list of what was destroyed, as it lies outside of the database: a line of JSON for each file, beside the key files, which
//! are kept and copied apart from it. Whoever restores a copy from before destroys again what stands here.

use std::collections::BTreeMap;
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
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

/// What stands in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Register {
    /// The destroyed files.
    pub lines: BTreeMap<CaseId, Line>,
    /// The numbers, from 1, of lines that are none. Half a line is not among them if the whole of it stands elsewhere: a process
    /// that dies in the middle of one leaves it, and the next run writes it again.
    pub unreadable: Vec<usize>,
}

/// All of it, and what of it cannot be read; nothing where there is no such file.
///
/// # Errors
/// When the disk refuses.
pub fn read(place: &Path) -> Result<Register, Failure> {
    let text = match std::fs::read(place) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Register::default()),
        Err(error) => return Err(Failure::broken(error)),
    };
    let (mut register, mut whole, mut broken) = (Register::default(), Vec::new(), Vec::new());
    for (above, line) in text.split(|byte| *byte == b'\n').enumerate().filter(|(_, line)| !line.is_empty()) {
        match serde_json::from_slice::<Line>(line) {
            Ok(read) => {
                register.lines.insert(read.case, read);
                whole.push(line);
            }
            Err(_) => broken.push((above + 1, line)),
        }
    }
    let lost = broken.into_iter().filter(|(_, half)| !whole.iter().any(|line| line.starts_with(half)));
    register.unreadable = lost.map(|(number, _)| number).collect();
    Ok(register)
}

/// All of it, by case, for whoever destroys again what stands in it: what cannot be read there would be there again unnoticed.
///
/// # Errors
/// When the disk refuses, or any line is none; the failure names the first of them and what to do.
pub fn read_whole(place: &Path) -> Result<BTreeMap<CaseId, Line>, Failure> {
    let register = read(place)?;
    match register.unreadable.first() {
        None => Ok(register.lines),
        Some(first) => Err(Failure::broken(not_readable(place, *first))),
    }
}

/// What to say of a line that cannot be read.
#[must_use]
pub fn not_readable(place: &Path, number: usize) -> String {
    let place = place.display();
    format!(
        "{place} 第 {number} 行不是销毁记录：请从别的备份补上该行；若只是写到一半，其中的案件须重新销毁，处理后删去该行再试 / line {number} of {place} is no entry of the register: bring it back from another copy; if it is half a line, the case it names has to be destroyed again; then take the line out and try again"
    )
}

/// Adds a line, and returns once it is on the disk. What was left of a line by a process that died stays a line by itself.
///
/// # Errors
/// When it cannot be written.
pub fn append(place: &Path, line: &Line) -> Result<(), Failure> {
    let text = serde_json::to_string(line).map_err(Failure::broken)?;
    written(place, &text).map_err(Failure::broken)
}

fn written(place: &Path, text: &str) -> std::io::Result<()> {
    let mut file = OpenOptions::new().create(true).read(true).append(true).open(place)?;
    let is_new = file.metadata()?.len() == 0;
    let apart = if is_new || ends_a_line(&mut file)? { "" } else { "\n" };
    file.write_all(format!("{apart}{text}\n").as_bytes())?;
    file.sync_all()?;
    match place.parent().filter(|_| is_new) {
        // Its name, too, must survive a loss of power.
        Some(folder) => File::open(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })?.sync_all(),
        None => Ok(()),
    }
}

fn ends_a_line(file: &mut File) -> std::io::Result<bool> {
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

/// Where it lies beside a backup.
#[must_use]
pub fn beside(backup: &Path) -> PathBuf {
    backup.with_file_name(NAME)
}

/// Adds to the register at `place` what the one at `from` has and it has not; the lines of `from` that cannot be read. Where there is
/// none at `from`, there is nothing to add.
///
/// # Errors
/// When the disk refuses to have either read, or `place` written.
pub fn take_in(place: &Path, from: &Path) -> Result<Vec<usize>, Failure> {
    let (known, more) = (read(place)?, read(from)?);
    for line in more.lines.values().filter(|line| !known.lines.contains_key(&line.case)) {
        if let Some(folder) = place.parent().filter(|folder| !folder.exists()) {
            DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(Failure::broken)?;
        }
        append(place, line)?;
    }
    Ok(more.unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(number: u32) -> Line {
        let text = format!(
            r#"{{"case": "01890000-0000-7000-8000-00000000000{number}", "number": "云府公开〔2025〕{number}号", "by": {{
                "list": "01890000-0000-7000-8000-00000000000a", "certificate": "销〔2036〕1号",
                "proposed_by": "01890000-0000-7000-8000-00000000000b", "approved_by": "01890000-0000-7000-8000-00000000000c",
                "approved_at": "2036-01-02T01:00:00Z", "kept_until": "2035-12-31"}}, "files": []}}"#
        );
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn half_a_line_that_a_process_left_takes_no_other_with_it_and_is_forgiven_once_the_whole_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let place = place(folder.path());
        append(&place, &line(1)).unwrap();
        let text = serde_json::to_string(&line(2)).unwrap();
        // In the middle of a character, too.
        let torn = text.find('〔').unwrap() + 1;
        let whole = std::fs::read(&place).unwrap();
        std::fs::write(&place, [whole.as_slice(), &text.as_bytes()[..torn]].concat()).unwrap();

        let read_torn = read(&place).unwrap();
        assert_eq!((read_torn.lines.len(), read_torn.unreadable), (1, vec![2]));
        append(&place, &line(3)).unwrap();
        assert_eq!(read(&place).unwrap().lines.len(), 2, "the next one stands by itself");
        let told = read_whole(&place).unwrap_err().to_string();
        assert!(told.contains("line 2"), "{told}");
        append(&place, &line(2)).unwrap();
        assert_eq!(read_whole(&place).unwrap().into_values().collect::<Vec<_>>(), [line(1), line(2), line(3)]);
    }

    #[test]
    fn a_register_takes_in_what_another_has_and_tells_what_it_could_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let (here, there) = (place(&folder.path().join("keys")), place(folder.path()));
        append(&there, &line(1)).unwrap();
        std::fs::write(&there, [std::fs::read(&there).unwrap(), b"nothing of the kind\n".to_vec()].concat()).unwrap();
        append(&there, &line(2)).unwrap();
        assert_eq!(take_in(&here, &there).unwrap(), [2]);
        assert_eq!(take_in(&here, &there).unwrap(), [2]);
        assert_eq!(read_whole(&here).unwrap().into_values().collect::<Vec<_>>(), [line(1), line(2)]);
        assert_eq!(read(&folder.path().join("none")).unwrap(), Register::default());
    }
}
