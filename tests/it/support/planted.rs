//! Texts that occur nowhere else, every spelling in which one could lie in bytes, and a search for all of them at once.

use std::fmt::Write;
use std::io::Read;
use std::path::Path;

use super::served::hex;

/// A text that was given to the service.
pub struct Planted {
    /// What it was given as.
    pub what: String,
    pub text: String,
    /// Why it may lie in the clear in the database, where it may.
    pub open: Option<&'static str>,
}

/// All that was given.
#[derive(Default)]
pub struct Plants {
    all: Vec<Planted>,
}

impl Plants {
    /// Words that nobody else would write.
    pub fn words(&mut self, what: &str) -> String {
        let number = self.all.len();
        self.keep(what, format!("沉{number:03}鱼落雁q7x4z{number:03}"), None)
    }

    /// Words that lie in the clear, and why they may.
    pub fn open(&mut self, what: &str, why: &'static str) -> String {
        let number = self.all.len();
        self.keep(what, format!("闭{number:03}月羞花q7x4"), Some(why))
    }

    pub fn email(&mut self, what: &str) -> String {
        let number = self.all.len();
        self.keep(what, format!("planted{number:03}q7x4@secret.example"), None)
    }

    pub fn phone(&mut self, what: &str) -> String {
        let number = self.all.len();
        self.keep(what, format!("13971598{number:03}"), None)
    }

    /// What is a secret or a number of its own form already.
    pub fn keep(&mut self, what: &str, text: String, open: Option<&'static str>) -> String {
        self.all.push(Planted { what: what.to_owned(), text: text.clone(), open });
        text
    }

    /// The text that was given as this.
    #[track_caller]
    pub fn given_as(&self, what: &str) -> &str {
        &self.all.iter().find(|one| one.what == what).unwrap_or_else(|| panic!("no {what}")).text
    }

    pub fn all(&self) -> &[Planted] {
        &self.all
    }
}

/// The search.
pub struct Search {
    /// Which text, in which spelling, as these bytes.
    needles: Vec<(usize, &'static str, Vec<u8>)>,
    /// Whether any needle begins with these two bytes, and which ones do.
    begins: Vec<Vec<usize>>,
    what: Vec<String>,
}

/// Base 64 of a text that stands somewhere within other bytes: what of it does not depend on its neighbours.
fn base64(text: &[u8], shift: usize, signs: &[u8; 64]) -> Vec<u8> {
    let whole = [vec![0; shift], text.to_vec()].concat();
    let bit = |at: usize| whole.get(at / 8).map_or(0, |byte| usize::from(byte >> (7 - at % 8) & 1));
    let first = (shift * 8).div_ceil(6);
    (first..whole.len() * 8 / 6)
        .map(|at| signs[(0..6).fold(0, |bits, place| bits << 1 | bit(at * 6 + place))])
        .collect()
}

fn each_byte(text: &str, mark: &str, upper: bool) -> Vec<u8> {
    let mut spelt = String::new();
    for byte in text.bytes() {
        match (byte.is_ascii_alphanumeric() || b"-._~".contains(&byte), upper) {
            (true, _) => spelt.push(char::from(byte)),
            (false, true) => write!(spelt, "{mark}{byte:02X}").unwrap(),
            (false, false) => write!(spelt, "{mark}{byte:02x}").unwrap(),
        }
    }
    spelt.into_bytes()
}

/// Every spelling of a text.
fn spellings(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    const PLAIN: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const FOR_ADDRESSES: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bytes = text.as_bytes();
    let mut all = vec![
        ("UTF-8", bytes.to_vec()),
        ("UTF-16LE", text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("UTF-16BE", text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        ("hexadecimal", hex(bytes).into_bytes()),
        ("hexadecimal", hex(bytes).to_uppercase().into_bytes()),
        ("percent signs", each_byte(text, "%", true)),
        ("equals signs", each_byte(text, "=", true)),
        ("a dump of bytes", each_byte(text, "\\x", false)),
    ];
    for shift in 0..3 {
        all.push(("base 64", base64(bytes, shift, PLAIN)));
        all.push(("base 64 for addresses", base64(bytes, shift, FOR_ADDRESSES)));
    }
    let escaped: String = text
        .encode_utf16()
        .map(|unit| match u8::try_from(unit) {
            Ok(letter) if letter.is_ascii() => char::from(letter).to_string(),
            _ => format!("\\u{unit:04x}"),
        })
        .collect();
    all.push(("JSON escapes", escaped.into_bytes()));
    all
}

impl Search {
    pub fn of<'a>(texts: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut search = Self { needles: Vec::new(), begins: vec![Vec::new(); 1 << 16], what: Vec::new() };
        for (number, (what, text)) in texts.enumerate() {
            assert!(text.len() >= 9, "{what}: {text} is too short to be told from chance");
            search.what.push(what.to_owned());
            for (spelling, bytes) in spellings(text) {
                search.begins[usize::from(bytes[0]) << 8 | usize::from(bytes[1])].push(search.needles.len());
                search.needles.push((number, spelling, bytes));
            }
        }
        search
    }

    /// What is in these bytes: which text, in which spelling.
    pub fn within(&self, bytes: &[u8]) -> Vec<String> {
        let mut found = Vec::new();
        for (at, two) in bytes.windows(2).enumerate() {
            for number in &self.begins[usize::from(two[0]) << 8 | usize::from(two[1])] {
                let (text, spelling, needle) = &self.needles[*number];
                if bytes[at..].starts_with(needle) {
                    found.push(format!("{} in {spelling}", self.what[*text]));
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// What is in a file, or in any file below a folder, packed ones unpacked: with the file's name.
    pub fn below(&self, place: &Path) -> Vec<String> {
        if place.is_dir() {
            let mut entries: Vec<_> = std::fs::read_dir(place).unwrap().flatten().map(|entry| entry.path()).collect();
            entries.sort_unstable();
            return entries.iter().flat_map(|entry| self.below(entry)).collect();
        }
        // A database throws files away while it works.
        let Ok(bytes) = std::fs::read(place) else { return Vec::new() };
        let mut found = self.within(&bytes);
        found.extend(self.within(place.to_string_lossy().as_bytes()));
        if let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(&bytes)) {
            for at in 0..archive.len() {
                let mut member = Vec::new();
                // What only looks like an archive has been read as it is.
                let Ok(mut packed) = archive.by_index(at) else { continue };
                let _broken = packed.read_to_end(&mut member);
                found.extend(self.within(&member));
            }
        }
        found.iter().map(|one| format!("{}: {one}", place.display())).collect()
    }
}

#[test]
fn a_text_is_found_in_every_spelling_and_nothing_in_what_is_something_else() {
    let text = "沉鱼落雁 q7x4";
    let search = Search::of(std::iter::once(("it", text)));
    for (spelling, bytes) in spellings(text) {
        let around = [b"..\xff".as_slice(), &bytes, b"\x00.."].concat();
        assert!(search.within(&around).contains(&format!("it in {spelling}")), "{spelling}");
    }
    assert_eq!(
        base64("xx沉鱼".as_bytes(), 0, b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"),
        b"eHjmsonpsb"
    );
    assert_eq!(search.within("沉鱼落雁 q7x5".as_bytes()), [""; 0]);
}
