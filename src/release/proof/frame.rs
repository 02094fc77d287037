//! Every byte of the file accounted for, without holding the file.
//!
//! A reader of PDF finds objects by a table and never looks between them, so that is where something can stay: objects of an
//! earlier state, bytes after the end. Here the file is followed from its first byte to its last. Between the objects only white
//! space is allowed, the table must lead to where the objects are, and what comes out is the file without the insides of its
//! pictures: short enough to be looked at whole.

use std::collections::BTreeMap;
use std::io::{BufReader, Read, Seek};

use super::leak::What;

/// Where the inside of a stream lies in the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Inside {
    /// Of its first byte.
    pub from: u64,
    /// How many there are.
    pub length: u64,
}

/// The file without its pictures.
pub(super) struct Frame {
    /// It, with a table that leads to its objects.
    pub bytes: Vec<u8>,
    /// Where the inside of each stream lies, by the number of its object.
    pub insides: BTreeMap<u32, Inside>,
    /// The numbers of all objects, as they were met.
    pub numbers: Vec<u32>,
    /// What is wrong with it, though it could be followed.
    pub faults: Vec<What>,
}

/// No dictionary is longer: the tree of two thousand pages takes some twenty thousand bytes.
const MAX_HEAD: usize = 256 * 1024;
/// No table with its trailer is longer.
const MAX_TAIL: u64 = 1024 * 1024;
/// Insides up to this length stay where they are: the content of a page is one line.
const SHORT: u64 = 4096;

/// Follows the file.
///
/// # Errors
/// What stands in the way of following it further.
pub(super) fn follow<R: Read + Seek>(file: R) -> Result<Frame, What> {
    let mut walk = Walk { input: BufReader::new(file), at: 0, kept: Vec::new() };
    walk.head()?;
    let mut insides = BTreeMap::new();
    // Where each object is, and where it comes to lie.
    let mut places: BTreeMap<u32, (u64, usize)> = BTreeMap::new();
    let mut numbers = Vec::new();
    while walk.peek_behind_space()? != b'x' {
        let place = (walk.at, walk.kept.len());
        let number = walk.number()?;
        for word in [b"0".as_slice(), b"obj"] {
            walk.space()?;
            walk.word(word)?;
        }
        if let Some(inside) = walk.body()? {
            insides.insert(number, inside);
        }
        numbers.push(number);
        if places.insert(number, place).is_some() {
            return Err(What::EarlierState);
        }
    }
    let table = walk.at;
    let tail = walk.rest()?;
    let mut faults = end(&tail);
    let trailer = trailer(&tail).ok_or(What::StrayBytes)?;
    if !leads_there(&tail, table, &places) {
        faults.push(What::StrayBytes);
    }
    let mut bytes = walk.kept;
    let start = bytes.len();
    bytes.extend_from_slice(b"xref\n0 1\n0000000000 65535 f \n");
    for (number, (_, place)) in &places {
        bytes.extend_from_slice(format!("{number} 1\n{place:010} 00000 n \n").as_bytes());
    }
    bytes.extend_from_slice(b"trailer");
    bytes.extend_from_slice(trailer);
    bytes.extend_from_slice(format!("startxref\n{start}\n%%EOF").as_bytes());
    Ok(Frame { bytes, insides, numbers, faults })
}

/// The way through the file.
struct Walk<R> {
    input: BufReader<R>,
    /// How far it has come.
    at: u64,
    /// What was met, without the insides of pictures.
    kept: Vec<u8>,
}

impl<R: Read + Seek> Walk<R> {
    fn next(&mut self) -> Result<u8, What> {
        let mut byte = [0];
        self.input.read_exact(&mut byte).map_err(|_gone_or_short| What::Unreadable)?;
        let [byte] = byte;
        self.at += 1;
        self.kept.push(byte);
        Ok(byte)
    }

    fn peek(&mut self) -> Result<u8, What> {
        use std::io::BufRead;
        let ahead = self.input.fill_buf().map_err(|_gone| What::Unreadable)?;
        ahead.first().copied().ok_or(What::Unreadable)
    }

    fn space(&mut self) -> Result<(), What> {
        while self.peek()?.is_ascii_whitespace() {
            self.next()?;
        }
        Ok(())
    }

    fn peek_behind_space(&mut self) -> Result<u8, What> {
        self.space()?;
        self.peek()
    }

    fn word(&mut self, word: &[u8]) -> Result<(), What> {
        for expected in word {
            if self.next()? != *expected {
                return Err(What::StrayBytes);
            }
        }
        Ok(())
    }

    /// The version and the line of bytes that marks the file as binary.
    fn head(&mut self) -> Result<(), What> {
        self.word(b"%PDF-1.7\n")?;
        if self.peek()? == b'%' {
            self.next()?;
            // Four bytes mark a file as binary; a longer line would be a place to leave something.
            for _ in 0..=4 {
                if self.next()? == b'\n' {
                    return Ok(());
                }
            }
            return Err(What::StrayBytes);
        }
        Ok(())
    }

    fn number(&mut self) -> Result<u32, What> {
        let mut number: u32 = 0;
        let mut any = false;
        while self.peek()?.is_ascii_digit() {
            let digit = u32::from(self.next()? - b'0');
            number = number.checked_mul(10).and_then(|it| it.checked_add(digit)).ok_or(What::StrayBytes)?;
            any = true;
        }
        if any { Ok(number) } else { Err(What::StrayBytes) }
    }

    /// An object up to its end. Its dictionary may hold neither comments nor strings, in which a keyword could stand, nor names
    /// that are written in another way than usual.
    fn body(&mut self) -> Result<Option<Inside>, What> {
        let from = self.kept.len();
        let is_stream = loop {
            if matches!(self.next()?, b'(' | b'%' | b'#') || self.kept.len() - from > MAX_HEAD {
                return Err(What::StrayBytes);
            }
            let head = self.kept.get(from..).unwrap_or_default();
            if head.ends_with(b"endobj") {
                break false;
            }
            if head.ends_with(b"stream") {
                break true;
            }
            if head.ends_with(b"obj") && !head.ends_with(b"endobj") {
                return Err(What::StrayBytes);
            }
        };
        if !is_stream {
            return Ok(None);
        }
        if self.peek()? == b'\r' {
            self.next()?;
        }
        self.word(b"\n")?;
        let (digits, length) = length(self.kept.get(from..).unwrap_or_default()).ok_or(What::StrayBytes)?;
        let inside = Inside { from: self.at, length };
        if length <= SHORT {
            for _ in 0..length {
                self.next()?;
            }
        } else {
            let digits = (from + digits.start)..(from + digits.end);
            self.kept.splice(digits, *b"0");
            let over = i64::try_from(length).map_err(|_too_long| What::StrayBytes)?;
            self.input.seek_relative(over).map_err(|_gone| What::Unreadable)?;
            self.at = self.at.saturating_add(length);
        }
        for word in [b"endstream".as_slice(), b"endobj"] {
            self.space()?;
            self.word(word)?;
        }
        Ok(Some(inside))
    }

    /// All that is left.
    fn rest(&mut self) -> Result<Vec<u8>, What> {
        let mut rest = Vec::new();
        let read = self.input.by_ref().take(MAX_TAIL + 1).read_to_end(&mut rest).map_err(|_gone| What::Unreadable)?;
        if u64::try_from(read).is_ok_and(|read| read <= MAX_TAIL) { Ok(rest) } else { Err(What::StrayBytes) }
    }
}

/// How long a stream says it is, and where in its head it says so: once, and by itself.
fn length(head: &[u8]) -> Option<(std::ops::Range<usize>, u64)> {
    const KEY: &[u8] = b"/Length";
    let mut said = head.windows(KEY.len()).enumerate().filter(|(_, window)| *window == KEY);
    let ((at, _), None) = (said.next()?, said.next()) else { return None };
    let behind = at + KEY.len();
    let rest = head.get(behind..)?;
    let start = rest.iter().position(|byte| !byte.is_ascii_whitespace()).filter(|skipped| *skipped > 0)?;
    let digits = rest.get(start..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let end = start + digits;
    let next = rest.get(end..)?.trim_ascii_start().first()?;
    if digits == 0 || !matches!(next, b'/' | b'>') {
        return None;
    }
    let number = std::str::from_utf8(rest.get(start..end)?).ok()?.parse().ok()?;
    Some((behind + start..behind + end, number))
}

/// The trailer: what stands between its keyword and the end.
fn trailer(tail: &[u8]) -> Option<&[u8]> {
    let from = find(tail, b"trailer")? + b"trailer".len();
    let rest = tail.get(from..)?;
    rest.get(..find(rest, b"startxref")?)
}

/// Whether the table leads to every object where it was met, and to nothing else.
fn leads_there(tail: &[u8], table: u64, places: &BTreeMap<u32, (u64, usize)>) -> bool {
    let Some(text) = find(tail, b"trailer").and_then(|end| std::str::from_utf8(tail.get(..end)?).ok()) else {
        return false;
    };
    let mut words = text.split_ascii_whitespace().skip_while(|word| *word == "xref").peekable();
    let mut met = 0_usize;
    while let Some(first) = words.next().and_then(|word| word.parse::<u32>().ok()) {
        let Some(count) = words.next().and_then(|word| word.parse::<u32>().ok()) else { return false };
        for number in first..first.saturating_add(count) {
            let (Some(place), Some(_), Some(kind)) = (words.next(), words.next(), words.next()) else { return false };
            match kind {
                "f" => {}
                "n" if places.get(&number).is_some_and(|(at, _)| place.parse() == Ok(*at)) => met += 1,
                _ => return false,
            }
        }
    }
    let start = find(tail, b"startxref").and_then(|at| std::str::from_utf8(tail.get(at + 9..)?).ok());
    let start = start.and_then(|text| text.split_ascii_whitespace().next());
    words.next().is_none() && met == places.len() && start.is_some_and(|start| start.parse() == Ok(table))
}

/// What is wrong with the end: the table, the trailer and one end mark, and nothing behind it.
fn end(bytes: &[u8]) -> Vec<What> {
    let marks = bytes.windows(5).filter(|window| *window == b"%%EOF").count();
    let tables = bytes.windows(9).filter(|window| *window == b"startxref").count();
    let mut faults = Vec::new();
    if marks != 1 || tables != 1 || find(bytes, b"obj").is_some() {
        faults.push(What::EarlierState);
    }
    let comments = bytes.split(|byte| *byte == b'%').count().saturating_sub(1);
    let strings = bytes.contains(&b'(');
    if comments != 2 || strings || !bytes.trim_ascii_end().ends_with(b"%%EOF") {
        faults.push(What::StrayBytes);
    }
    faults
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}
