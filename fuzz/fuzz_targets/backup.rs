//! Backups to be verified and restored: anything at all, and a good one of which one member was exchanged.
#![no_main]

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::PathBuf;

use dafu::office::backup::{Archive, Place, load, take};
use dafu::storage::{Db, DbOptions};
use dafu_fuzz::exchanged;
use libfuzzer_sys::fuzz_target;
use tempfile::TempDir;
use zip::ZipArchive;

/// A good backup by its members, and where to try others.
struct Bench {
    good: Vec<u8>,
    members: BTreeMap<String, Vec<u8>>,
    folder: TempDir,
}

impl Bench {
    fn new() -> Self {
        let (office, _, _folder) = dafu_fuzz::office();
        let folder = TempDir::new().expect("a folder");
        let place = Place { archive: folder.path().join("good.zip") };
        take(office.db(), None, &place, office.now(), &|_, _| ()).expect("a backup");
        let good = std::fs::read(&place.archive).expect("there");
        let mut zip = ZipArchive::new(Cursor::new(&good)).expect("an archive");
        let mut members = BTreeMap::new();
        for at in 0..zip.len() {
            let mut member = zip.by_index(at).expect("a member");
            let mut bytes = Vec::new();
            member.read_to_end(&mut bytes).expect("whole");
            members.insert(member.name().expect("a name").into_owned(), bytes);
        }
        Self { good, members, folder }
    }

    /// The archive with one member exchanged.
    fn with(&self, name: &str, content: &[u8]) -> Vec<u8> {
        exchanged(&self.good, name, content)
    }

    /// What was given; or, behind a plus sign, the good member with a piece of it exchanged: two bytes say where, one how much.
    fn bent(&self, name: &str, rest: &[u8]) -> Vec<u8> {
        let [b'+', high, low, length, piece @ ..] = rest else { return rest.to_vec() };
        let mut content = self.members[name].clone();
        let from = (usize::from(*high) << 8 | usize::from(*low)) % (content.len() + 1);
        let to = (from + usize::from(*length)).min(content.len());
        content.splice(from..to, piece.iter().copied());
        content
    }

    fn written(&self, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join("tried.zip");
        std::fs::write(&path, bytes).expect("written");
        path
    }
}

thread_local! {
    static BENCH: Bench = Bench::new();
}

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    BENCH.with(|bench| {
        let (bytes, restore) = match first % 4 {
            0 => (rest.to_vec(), false),
            1 => (bench.with("manifest.json", &bench.bent("manifest.json", rest)), false),
            2 => (bench.with("SHA256SUMS", &bench.bent("SHA256SUMS", rest)), false),
            _ => {
                let tables: Vec<&String> = bench.members.keys().filter(|name| name.starts_with("tables/")).collect();
                let name = tables[usize::from(first / 4) % tables.len()];
                let mut content = bench.members[name].clone();
                // Its head is kept, so that the rows are read; else hardly any would be.
                if rest.first() == Some(&b'+') {
                    content.truncate(content.iter().position(|byte| *byte == b'\n').map_or(0, |at| at + 1));
                    content.extend_from_slice(&rest[1..]);
                } else {
                    content = rest.to_vec();
                }
                // Every restoring runs all migrations: half a second, here.
                (bench.with(name, &content), *first >= 0xC0)
            }
        };
        let same = bytes == bench.with("", b"");
        let path = bench.written(&bytes);
        let Ok(archive) = Archive::open(&path) else { return };
        let whole = archive.verify(None, &|_, _| ()).is_ok();
        if restore {
            let folder = TempDir::new().expect("a folder");
            let url = format!("sqlite://{}", folder.path().join("new.db").display());
            let db = Db::open(&url, &DbOptions::default()).expect("a database");
            let loaded = load(&db, &archive, &|_, _| ()).is_ok();
            assert!(!loaded || whole, "restored although it is not whole");
            assert!(loaded || !same, "what is good is not restored");
        }
    });
});
