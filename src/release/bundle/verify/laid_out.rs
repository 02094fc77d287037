//! How the archive lies there, byte by byte: an archive is read by the table at its end, and what that table does not name is
//! shown by no program, or by another program. So each byte must belong to a member, to the table, or to the record at the end.
//!
//! Read by hand (APPNOTE.TXT 6.3.10 of PKWARE, sections 4.3 and 4.5.3), for a library answers what a member is and not what lies
//! around it.

use std::collections::BTreeSet;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

use super::Finding;

/// The record at the end, where there is no comment.
const END: usize = 22;
/// Where the record for more than four gibibytes is found, and that record.
const LOCATOR: usize = 20;
const END_64: usize = 56;
/// An entry of the table, and a header, before what has a length of its own.
const ENTRY: usize = 46;
const HEADER: usize = 30;
/// A field for lengths of more than 32 bits; no other is written by this program.
const LONG_FIELD: u16 = 1;
/// What stands in 32 bits where the length stands in that field.
const ELSEWHERE: u64 = 0xffff_ffff;
/// The flag that lengths and checksum follow behind the bytes.
const LENGTHS_BEHIND: u64 = 1 << 3;

/// A number of `N` bytes, the least significant first.
fn number<const N: usize>(bytes: &[u8], at: usize) -> io::Result<u64> {
    let some = at.checked_add(N).and_then(|end| bytes.get(at..end)).ok_or_else(|| broken("a record is cut off"))?;
    Ok(some.iter().rev().fold(0, |sum, byte| (sum << 8) | u64::from(*byte)))
}

fn broken(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

fn sum(parts: &[u64]) -> io::Result<u64> {
    parts.iter().try_fold(0_u64, |sum, part| sum.checked_add(*part)).ok_or_else(|| broken("a length is out of range"))
}

fn length(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}

fn at<const N: usize>(bundle: &mut (impl Read + Seek), place: u64) -> io::Result<[u8; N]> {
    bundle.seek(SeekFrom::Start(place))?;
    let mut bytes = [0; N];
    bundle.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// What follows in the stream; at most 64 kibibytes, for its length has two bytes.
fn next(bundle: &mut impl Read, long: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if length(bundle.take(long).read_to_end(&mut bytes)?) < long {
        return Err(broken("a record is cut off"));
    }
    Ok(bytes)
}

/// A member as the table names it.
struct Entry {
    name: Vec<u8>,
    flags: u64,
    method: u64,
    checksum: u64,
    packed: u64,
    size: u64,
    header: u64,
    /// Whether something is attached to it.
    attached: bool,
}

impl Entry {
    fn member(&self) -> String {
        String::from_utf8_lossy(&self.name).into_owned()
    }

    fn read(bundle: &mut impl Read) -> io::Result<(Self, u64)> {
        let mut fixed = [0_u8; ENTRY];
        bundle.read_exact(&mut fixed)?;
        if !fixed.starts_with(b"PK\x01\x02") {
            return Err(broken("the table of members is broken"));
        }
        let lengths = [number::<2>(&fixed, 28)?, number::<2>(&fixed, 30)?, number::<2>(&fixed, 32)?];
        let [name, fields, comment] = lengths;
        let name = next(bundle, name)?;
        let fields = next(bundle, fields)?;
        next(bundle, comment)?;
        let mut long = LongField::of(&fields);
        let size = long.or(number::<4>(&fixed, 24)?)?;
        let packed = long.or(number::<4>(&fixed, 20)?)?;
        let header = long.or(number::<4>(&fixed, 42)?)?;
        let entry = Self {
            name,
            flags: number::<2>(&fixed, 8)?,
            method: number::<2>(&fixed, 10)?,
            checksum: number::<4>(&fixed, 16)?,
            packed,
            size,
            header,
            attached: comment > 0 || !long.is_all(),
        };
        let [one, two, three] = lengths;
        Ok((entry, sum(&[length(ENTRY), one, two, three])?))
    }
}

/// The field with the lengths that need more than 32 bits, in the order in which they are asked for.
struct LongField<'a> {
    left: &'a [u8],
    alone: bool,
}

impl<'a> LongField<'a> {
    fn of(fields: &'a [u8]) -> Self {
        match (number::<2>(fields, 0), number::<2>(fields, 2), fields.get(4..)) {
            (Ok(kind), Ok(long), Some(left)) if kind == u64::from(LONG_FIELD) && long == length(left.len()) => {
                Self { left, alone: true }
            }
            _ => Self { left: &[], alone: fields.is_empty() },
        }
    }

    /// The length, from here where it does not stand in its 32 bits.
    fn or(&mut self, short: u64) -> io::Result<u64> {
        if short != ELSEWHERE {
            return Ok(short);
        }
        let long = number::<8>(self.left, 0)?;
        self.left = self.left.get(8..).unwrap_or_default();
        Ok(long)
    }

    /// Whether nothing else stands in the fields.
    fn is_all(&self) -> bool {
        self.alone && self.left.is_empty()
    }
}

/// Where the table begins, where it ends, and how many members it names.
struct Table {
    from: u64,
    to: u64,
    members: u64,
}

impl Table {
    /// What is wrong instead, where the archive does not end with the record at its end (a comment, or whatever was put behind it),
    /// or that record not with the table.
    fn find(bundle: &mut (impl Read + Seek), whole: u64) -> io::Result<Result<Self, Finding>> {
        let Some(end) = whole.checked_sub(length(END)) else { return Err(broken("it is too short")) };
        let record = at::<END>(bundle, end)?;
        if !record.starts_with(b"PK\x05\x06") || number::<2>(&record, 20)? != 0 {
            return Ok(Err(Finding::Tail));
        }
        let short = Self { from: number::<4>(&record, 16)?, to: end, members: number::<2>(&record, 10)? };
        let size = number::<4>(&record, 12)?;
        let locator = end.checked_sub(length(LOCATOR));
        let long = match locator {
            Some(place) => Some((place, at::<LOCATOR>(bundle, place)?)).filter(|(_, is)| is.starts_with(b"PK\x06\x07")),
            None => None,
        };
        let Some((locator, _)) = long else { return short.of_size(bundle, size) };
        let to = locator.checked_sub(length(END_64)).ok_or_else(|| broken("it is too short"))?;
        let record = at::<END_64>(bundle, to)?;
        if !record.starts_with(b"PK\x06\x06") {
            return Ok(Err(Finding::Tail));
        }
        let size = number::<8>(&record, 40)?;
        Self { from: number::<8>(&record, 48)?, to, members: number::<8>(&record, 32)? }.of_size(bundle, size)
    }

    fn of_size(self, bundle: &mut (impl Read + Seek), size: u64) -> io::Result<Result<Self, Finding>> {
        let end = sum(&[self.from, size])?;
        if end == self.to {
            return Ok(Ok(self));
        }
        // A table that is where it should be has something behind it; one that is not was moved by what stands before all.
        let there = at::<4>(bundle, self.from).is_ok_and(|mark| mark == *b"PK\x01\x02");
        Ok(Err(Finding::Stray { at: if there { end } else { 0 } }))
    }
}

/// What lies in the archive beside the members that its table names.
///
/// # Errors
/// What keeps it from being read.
pub(super) fn faults<R: Read + Seek>(bundle: &mut R) -> io::Result<Vec<Finding>> {
    let whole = bundle.seek(SeekFrom::End(0))?;
    let table = match Table::find(bundle, whole)? {
        Ok(table) => table,
        Err(found) => return Ok(vec![found]),
    };
    let mut entries = Vec::new();
    bundle.seek(SeekFrom::Start(table.from))?;
    let mut stream = BufReader::new(&mut *bundle);
    let mut read = table.from;
    while read < table.to {
        let (entry, long) = Entry::read(&mut stream)?;
        read = sum(&[read, long])?;
        entries.push(entry);
    }
    if read != table.to || length(entries.len()) != table.members {
        return Err(broken("the table of members is not as long as it says"));
    }
    let mut found = Vec::new();
    let mut names = BTreeSet::new();
    entries.sort_by_key(|entry| entry.header);
    let mut place = 0;
    for entry in &entries {
        if !names.insert(&entry.name) {
            found.push(Finding::Twice { member: entry.member() });
        }
        if entry.attached {
            found.push(Finding::Attached { member: entry.member() });
        }
        if place < entry.header {
            found.push(Finding::Stray { at: place });
        }
        let end = if place > entry.header { None } else { end_of(bundle, entry)? };
        let Some(end) = end else {
            // Where the next one should begin cannot be told any more.
            found.push(Finding::Header { member: entry.member() });
            return Ok(found);
        };
        place = end;
    }
    if place != table.from {
        found.push(Finding::Stray { at: place });
    }
    Ok(found)
}

/// Where what belongs to this member ends; none if the header before it says something else than the table.
fn end_of(bundle: &mut (impl Read + Seek), entry: &Entry) -> io::Result<Option<u64>> {
    let header = at::<HEADER>(bundle, entry.header)?;
    let (named, fields) = (number::<2>(&header, 26)?, number::<2>(&header, 28)?);
    let (name, extra) = (next(bundle, named)?, next(bundle, fields)?);
    let mut long = LongField::of(&extra);
    let behind = entry.flags & LENGTHS_BEHIND != 0;
    let says = (
        number::<2>(&header, 6)?,
        number::<2>(&header, 8)?,
        number::<4>(&header, 14)?,
        // Here the size comes first in the field as well.
        long.or(number::<4>(&header, 22)?)?,
        long.or(number::<4>(&header, 18)?)?,
    );
    let (checksum, size, packed) = if behind { (0, 0, 0) } else { (entry.checksum, entry.size, entry.packed) };
    let same = header.starts_with(b"PK\x03\x04")
        && name == entry.name
        && long.is_all()
        && says == (entry.flags, entry.method, checksum, size, packed);
    if !same {
        return Ok(None);
    }
    let end = sum(&[entry.header, length(HEADER), named, fields, entry.packed])?;
    if behind { behind_it(bundle, entry, end) } else { Ok(Some(end)) }
}

/// Where the lengths end that follow behind the bytes; none if they are others. With or without a mark, of 32 bits or of 64.
fn behind_it(bundle: &mut (impl Read + Seek), entry: &Entry, end: u64) -> io::Result<Option<u64>> {
    bundle.seek(SeekFrom::Start(end))?;
    let mut bytes = Vec::new();
    bundle.take(24).read_to_end(&mut bytes)?;
    for (mark, wide) in [(4, 4_usize), (4, 8), (0, 4), (0, 8)] {
        let lengths = if wide == 4 { number::<4> } else { number::<8> };
        let is = || -> io::Result<bool> {
            Ok((mark == 0 || bytes.starts_with(b"PK\x07\x08"))
                && number::<4>(&bytes, mark)? == entry.checksum
                && lengths(&bytes, mark + 4)? == entry.packed
                && lengths(&bytes, mark + 4 + wide)? == entry.size)
        };
        if is().unwrap_or(false) {
            return Ok(Some(sum(&[end, length(mark + 4 + 2 * wide)])?));
        }
    }
    Ok(None)
}
