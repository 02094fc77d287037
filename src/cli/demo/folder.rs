//! The folder of the demonstration. It is emptied at every start, so it must be certain that it is ours: a marker file
//! says so, and only what the demonstration itself makes is ever removed.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::Context;

/// Says that a folder belongs to the demonstration.
const MARKER: &str = ".dafu-demo";

/// What the marker tells somebody who finds it.
const MARKER_TEXT: &str = "此文件夹由 dafu demo 生成，每次演示都会重建其中的 dafu.db、keys、files 和 mail。\n\
                           Made by `dafu demo`, which makes dafu.db, keys, files and mail here afresh at every start.\n";

/// The database, and what SQLite lays beside it.
const DATABASE: &str = "dafu.db";
const BESIDE_DATABASE: [&str; 3] = [DATABASE, "dafu.db-wal", "dafu.db-shm"];

/// The folder of the keys.
const KEYS: &str = "keys";

/// The folder of the files.
const FILES: &str = "files";

/// The folder of the letters that were sent.
const MAIL: &str = "mail";

/// A folder that is the demonstration's, or is empty, or does not exist yet.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Looks at a folder and changes nothing.
    ///
    /// # Errors
    /// When it holds something that no demonstration made, or cannot be read.
    pub fn at(path: &Path) -> anyhow::Result<Self> {
        let folder = Self { path: path.to_owned() };
        let shown = path.display();
        let mut entries = match fs::read_dir(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(folder),
            entries => entries.with_context(|| format!("{shown}"))?,
        };
        anyhow::ensure!(
            entries.next().is_none() || folder.marker().is_file(),
            "{shown} 中有并非演示生成的文件，未作任何改动；请用 --directory 另选一个文件夹 / {shown} holds files that no \
             demonstration made; nothing was changed: choose another folder with --directory"
        );
        Ok(folder)
    }

    /// Removes what an earlier demonstration made, and marks the folder before anything new is laid there.
    ///
    /// # Errors
    /// When something cannot be removed or written.
    pub fn make_fresh(&self) -> anyhow::Result<()> {
        fs::create_dir_all(&self.path).with_context(|| self.path.display().to_string())?;
        fs::write(self.marker(), MARKER_TEXT).with_context(|| self.marker().display().to_string())?;
        for name in BESIDE_DATABASE {
            let file = self.path.join(name);
            gone(fs::remove_file(&file)).with_context(|| file.display().to_string())?;
        }
        gone(fs::remove_dir_all(self.path.join(FILES))).with_context(|| self.files())?;
        gone(fs::remove_dir_all(self.mail())).with_context(|| self.mail().display().to_string())?;
        gone(fs::remove_dir_all(self.keys())).with_context(|| self.keys().display().to_string())
    }

    /// The address of its database.
    ///
    /// # Errors
    /// When its name is not text.
    pub fn database_url(&self) -> anyhow::Result<String> {
        let file = self.path.join(DATABASE);
        let name = file.to_str().with_context(|| format!("{} is not UTF-8", file.display()))?;
        Ok(format!("sqlite://{name}"))
    }

    /// Where its keys lie.
    pub fn keys(&self) -> PathBuf {
        self.path.join(KEYS)
    }

    /// Where its files lie.
    pub fn files(&self) -> String {
        self.path.join(FILES).display().to_string()
    }

    /// Where its letters go.
    pub fn mail(&self) -> PathBuf {
        self.path.join(MAIL)
    }

    fn marker(&self) -> PathBuf {
        self.path.join(MARKER)
    }
}

/// What was not there needs no removing.
fn gone(removed: std::io::Result<()>) -> std::io::Result<()> {
    match removed {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_with_anything_else_in_it_is_refused_and_left_alone() {
        let place = tempfile::tempdir().expect("a folder");
        fs::write(place.path().join(DATABASE), "somebody's own").expect("written");
        assert!(Folder::at(place.path()).is_err());
        assert_eq!(fs::read_to_string(place.path().join(DATABASE)).expect("there"), "somebody's own");
    }

    #[test]
    fn an_earlier_demonstration_is_removed_and_what_lies_beside_it_stays() {
        let place = tempfile::tempdir().expect("a folder");
        let folder = Folder::at(place.path()).expect("empty");
        folder.make_fresh().expect("made");
        fs::create_dir(folder.keys()).expect("made");
        for name in [DATABASE, "keys/master.key", "my notes.txt"] {
            fs::write(place.path().join(name), "x").expect("written");
        }
        Folder::at(place.path()).expect("ours").make_fresh().expect("made");
        assert!(!place.path().join(DATABASE).exists() && !folder.keys().exists());
        assert!(place.path().join("my notes.txt").exists());
    }
}
