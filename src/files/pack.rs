//! A ZIP archive that is written while it is sent: what has been put in can be taken off at once, so that no more than a piece is in
//! memory, however large the files are.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use zip::result::ZipError;
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

/// From this size on an entry is written with 64-bit sizes.
const LARGE: u64 = 1 << 31;

/// The longest name of an entry, in characters.
const LONGEST: usize = 120;

/// What has been written and not been taken off.
#[derive(Debug, Clone, Default)]
struct Waiting(Arc<Mutex<Vec<u8>>>);

impl Write for Waiting {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// An archive on its way.
pub struct Pack {
    writer: ZipWriter<StreamWriter<Waiting>>,
    waiting: Waiting,
    names: BTreeSet<String>,
}

impl Default for Pack {
    fn default() -> Self {
        let waiting = Waiting::default();
        Self { writer: ZipWriter::new_stream(waiting.clone()), waiting, names: BTreeSet::new() }
    }
}

impl Pack {
    /// Begins an entry of `size` bytes in `folder`; the path it has got. A name that is there already has a number put behind it.
    ///
    /// # Errors
    /// [`ZipError`], never seen.
    pub fn begin(&mut self, folder: &str, name: &str, size: u64) -> Result<String, ZipError> {
        let path = self.path(folder, name);
        let options = SimpleFileOptions::default()
            // Closed off by its own end even for readers that go from the beginning: stored entries are not.
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(1))
            .large_file(size >= LARGE);
        self.writer.start_file(&path, options)?;
        Ok(path)
    }

    /// A piece of the entry begun last.
    ///
    /// # Errors
    /// [`io::Error`] when the entry is larger than it was said to be.
    pub fn write(&mut self, piece: &[u8]) -> io::Result<()> {
        self.writer.write_all(piece)
    }

    /// Takes off what is ready to be sent.
    pub fn take(&mut self) -> Bytes {
        Bytes::from(std::mem::take(&mut *self.waiting.0.lock().unwrap_or_else(PoisonError::into_inner)))
    }

    /// Ends it: the rest, with the list of entries.
    ///
    /// # Errors
    /// [`ZipError`], never seen.
    pub fn finish(self) -> Result<Bytes, ZipError> {
        let Self { writer, waiting, .. } = self;
        writer.finish()?;
        Ok(Bytes::from(std::mem::take(&mut *waiting.0.lock().unwrap_or_else(PoisonError::into_inner))))
    }

    fn path(&mut self, folder: &str, name: &str) -> String {
        let name = plain(name);
        let at = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        let (stem, end) =
            name.rsplit_once('.').map_or((name.as_str(), String::new()), |(stem, end)| (stem, format!(".{end}")));
        let mut path = at(&name);
        let mut again = 1_u32;
        while !self.names.insert(path.clone()) {
            again += 1;
            path = at(&format!("{stem}（{again}）{end}"));
        }
        path
    }
}

/// A name that stays in its folder on every system: nothing in it leads elsewhere, and the end that says what it is is kept.
fn plain(name: &str) -> String {
    let kept: String = name
        .chars()
        .map(|letter| match letter {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
            letter if letter.is_control() => '_',
            letter => letter,
        })
        .collect();
    let kept = kept.trim().trim_matches('.').trim();
    let (stem, end) = kept.rsplit_once('.').map_or((kept, ""), |(stem, end)| (stem, end));
    let stem: String = stem.chars().take(LONGEST).collect();
    match (stem.is_empty(), end.is_empty()) {
        (true, true) => "_".to_owned(),
        (_, true) => stem,
        _ => format!("{stem}.{}", end.chars().take(LONGEST).collect::<String>()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Read};

    #[test]
    fn what_is_taken_off_piece_by_piece_is_a_whole_archive() {
        let mut pack = Pack::default();
        let mut bytes = Vec::new();
        let piece = vec![7_u8; 300_000];
        for (name, pieces) in [("甲.pdf", 5_u64), ("甲.pdf", 1), ("../../甲:乙.txt", 0)] {
            pack.begin("文书", name, pieces * 300_000).expect("begun");
            for _ in 0..pieces {
                pack.write(&piece).expect("written");
                bytes.extend_from_slice(&pack.take());
            }
        }
        bytes.extend_from_slice(&pack.finish().expect("ended"));
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("opens");
        let names: Vec<String> = archive.file_names().map(|name| name.expect("a name").into_owned()).collect();
        assert_eq!(names, ["文书/甲.pdf", "文书/甲（2）.pdf", "文书/_.._甲_乙.txt"]);
        let mut content = Vec::new();
        archive.by_name("文书/甲.pdf").expect("there").read_to_end(&mut content).expect("read");
        assert_eq!(content, vec![7_u8; 1_500_000]);
    }

    #[test]
    fn a_name_leads_nowhere_else() {
        assert_eq!(plain("..\\..\\a/b.pdf"), "_.._a_b.pdf");
        assert_eq!(plain(" . "), "_");
        assert!(plain(&"长".repeat(500)).chars().count() <= LONGEST);
    }
}
