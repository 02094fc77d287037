//! The faces that letters are set in. What each is, is known from the start; their files are read when the first letter is set, for those
//! of Chinese fonts are some hundred megabytes, and a service that only keeps the register needs none of them in memory.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::{Mutex, OnceLock, PoisonError};

use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo};

/// As many faces of one file as are looked for; collections of Chinese fonts have up to ten.
const MOST_FACES: u32 = 64;

/// A file of a font that is no longer what it was when the service was started.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the font {} was changed or removed since the service was started: put it back, or restart the service; \
     字体文件在服务启动后被改动或者移走，请恢复该文件，或者重新启动服务",
    .0.display()
)]
pub struct Altered(PathBuf);

/// Where a face lies.
#[derive(Debug)]
struct Place {
    file: PathBuf,
    /// Of the file, in bytes.
    size: usize,
    index: u32,
}

/// The faces, in the order of the book.
#[derive(Debug, Default)]
pub(super) struct Faces {
    places: Vec<Place>,
    read: OnceLock<Vec<Font>>,
    /// Held by whoever reads: two letters that are set at once read the files once.
    reading: Mutex<()>,
}

impl Faces {
    /// Those of the wanted families, in small letters, in these files, and the book of what they are. Files that are no fonts are passed
    /// over.
    pub fn find(files: Vec<PathBuf>, wanted: &BTreeSet<String>) -> (Self, FontBook) {
        let (mut faces, mut book) = (Self::default(), FontBook::new());
        // One room for all of them: what is allocated anew for each is not given back to the system.
        let mut data = Vec::with_capacity(largest(&files));
        for file in files {
            if read_into(&mut data, &file).is_err() {
                continue;
            }
            for index in 0..MOST_FACES {
                let info = FontInfo::new(&data, index).filter(|info| wanted.contains(&info.family.to_lowercase()));
                if let Some(info) = info {
                    book.push(info);
                    faces.places.push(Place { file: file.clone(), size: data.len(), index });
                }
            }
        }
        (faces, book)
    }

    /// All of them, read on first use.
    ///
    /// # Errors
    /// [`Altered`] for a file that is not what the book says; it is read again the next time.
    pub fn read(&self, book: &FontBook) -> Result<&[Font], Altered> {
        if let Some(read) = self.read.get() {
            return Ok(read);
        }
        let _reading = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(read) = self.read.get() {
            return Ok(read);
        }
        let mut fonts = Vec::with_capacity(self.places.len());
        for of_file in self.places.chunk_by(|one, next| one.file == next.file) {
            let Some(Place { file, size, .. }) = of_file.first() else { continue };
            let altered = || Altered(file.clone());
            // One that is cut off has its names and its list of characters, and no glyphs.
            let data = std::fs::read(file).ok().filter(|data| data.len() == *size).ok_or_else(altered)?;
            let data = Bytes::new(data);
            for place in of_file {
                let font = Font::new(data.clone(), place.index);
                let same = font.filter(|font| book.info(fonts.len()) == Some(font.info()));
                fonts.push(same.ok_or_else(altered)?);
            }
        }
        Ok(self.read.get_or_init(|| fonts))
    }

    /// One of them, once they are read.
    pub fn get(&self, index: usize) -> Option<&Font> {
        self.read.get()?.get(index)
    }
}

/// The size of the largest, in bytes.
fn largest(files: &[PathBuf]) -> usize {
    let sizes = files.iter().filter_map(|file| file.metadata().ok()).map(|file| usize::try_from(file.len()));
    sizes.filter_map(Result::ok).max().unwrap_or_default()
}

fn read_into(data: &mut Vec<u8>, file: &PathBuf) -> io::Result<()> {
    data.clear();
    File::open(file)?.read_to_end(data)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn some_font(folder: &Path) -> PathBuf {
        let mut found = Vec::new();
        super::super::walk(Path::new("/usr/share/fonts"), 0, &mut found);
        found.sort_by_key(|file| file.metadata().map_or(u64::MAX, |file| file.len()));
        let font =
            found.into_iter().find(|file| std::fs::read(file).is_ok_and(|data| FontInfo::new(&data, 0).is_some()));
        let copy = folder.join("a.ttf");
        std::fs::copy(font.expect("a font"), &copy).expect("copied");
        copy
    }

    #[test]
    fn a_font_that_is_changed_or_removed_after_the_start_is_told_and_one_that_is_put_back_is_taken() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = some_font(folder.path());
        let good = std::fs::read(&file).expect("bytes");
        let family = FontInfo::new(&good, 0).expect("a face").family.to_lowercase();
        let (faces, book) = Faces::find(vec![file.clone()], &BTreeSet::from([family]));
        assert!(faces.get(0).is_none(), "nothing is read before it is needed");
        std::fs::remove_file(&file).expect("removed");
        assert_eq!(faces.read(&book).err(), Some(Altered(file.clone())));
        let (cut_off, _) = good.split_at(good.len() - 1);
        for bad in [cut_off, b"no font", b""] {
            std::fs::write(&file, bad).expect("written");
            assert_eq!(faces.read(&book).err(), Some(Altered(file.clone())));
        }
        std::fs::write(&file, &good).expect("written");
        assert_eq!(faces.read(&book).map(<[Font]>::len), Ok(1));
        std::fs::remove_file(&file).expect("removed");
        assert!(faces.read(&book).is_ok() && faces.get(0).is_some(), "what is read is kept");
    }
}
