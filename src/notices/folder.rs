//! Letters as files in a folder, one each, that any mail program opens. The same letter sent again is the same file.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use super::message::Letter;
use super::transport::SendFault;

/// Letters hold query codes, which open applications: the folder and what lies in it are their owner's alone.
const FOLDER_MODE: u32 = 0o700;

/// The same for each letter.
const FILE_MODE: u32 = 0o600;

/// A folder of letters.
#[derive(Debug, Clone)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// A folder, made when the first letter comes; one that is there keeps its mode.
    #[must_use]
    pub fn new(path: &Path) -> Self {
        Self { path: path.to_owned() }
    }

    /// Writes a letter, whole or not at all.
    ///
    /// # Errors
    /// [`SendFault::Transient`] when it cannot be written now.
    pub fn send(&self, letter: &Letter, bytes: &[u8]) -> Result<(), SendFault> {
        let name: String = letter.message_id.chars().filter(|one| one.is_ascii_alphanumeric() || *one == '-').collect();
        let write = || {
            DirBuilder::new().recursive(true).mode(FOLDER_MODE).create(&self.path)?;
            let unfinished = self.path.join(format!(".{name}.part"));
            let file = OpenOptions::new().write(true).create(true).truncate(true).mode(FILE_MODE).open(&unfinished);
            file?.write_all(bytes)?;
            fs::rename(&unfinished, self.path.join(format!("{name}.eml")))
        };
        write().map_err(|error| {
            tracing::warn!(%error, "a letter cannot be written to mail.folder");
            SendFault::Transient { code: "folder".to_owned() }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notices::render::Rendered;
    use std::os::unix::fs::MetadataExt;

    fn letter() -> Letter {
        Letter {
            to_name: String::new(),
            to_address: "a@example.org".to_owned(),
            from: "b@example.org".to_owned(),
            message_id: "<../../etc/one@example.org>".to_owned(),
            thread: None,
            list_id: "x".to_owned(),
            rendered: Rendered { subject: "s".to_owned(), text: "t".to_owned(), html: "h".to_owned() },
            at: "2026-03-02T01:00:00Z".parse().unwrap(),
        }
    }

    #[test]
    fn a_letter_sent_twice_is_one_file() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::new(place.path());
        folder.send(&letter(), b"one").unwrap();
        folder.send(&letter(), b"two").unwrap();
        let files: Vec<_> = std::fs::read_dir(place.path()).unwrap().map(|file| file.unwrap().path()).collect();
        assert_eq!(files.len(), 1, "{files:?}");
        assert_eq!(std::fs::read(&files[0]).unwrap(), b"two");
    }

    #[test]
    fn the_folder_of_letters_and_every_letter_are_their_owners_alone() {
        let place = tempfile::tempdir().unwrap();
        let mail = place.path().join("mail");
        Folder::new(&mail).send(&letter(), b"one").unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().mode() & 0o777;
        assert_eq!(mode(&mail), 0o700);
        let files: Vec<_> = std::fs::read_dir(&mail).unwrap().map(|file| file.unwrap().path()).collect();
        assert_eq!(files.iter().map(|file| mode(file)).collect::<Vec<_>>(), [0o600]);
    }
}
