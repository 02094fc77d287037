//! The parts of an Office Open XML file, inflated within a limit.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{MAX_INFLATED, Unreadable};

/// The first bytes of the old compound files: what an encrypted document is wrapped in.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// More parts than any document needs; each costs something even when it is empty.
const MAX_PARTS: usize = 20_000;

/// A part of the archive.
pub(super) struct Part {
    /// Its path, with `/` between.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Part {
    /// Whether the part holds markup, judged by its name.
    pub fn is_markup(&self) -> bool {
        let name = self.name.to_ascii_lowercase();
        [".xml", ".rels", ".vml"].iter().any(|ending| name.ends_with(ending))
    }
}

/// All parts of the archive, in the order of their names' listing.
pub(super) fn parts(bytes: &[u8]) -> Result<Vec<Part>, Unreadable> {
    if bytes.starts_with(COMPOUND) {
        return Err(compound(bytes));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    if archive.len() > MAX_PARTS {
        return Err(Unreadable::TooLarge);
    }
    let mut left = MAX_INFLATED;
    let mut parts = Vec::with_capacity(archive.len());
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(|error| broken(&error))?;
        let name = file.name().map_err(|error| broken(&error))?.trim_start_matches('/').to_owned();
        let mut bytes = Vec::new();
        // One byte more than allowed tells "exactly full" from "too much".
        let limit = u64::try_from(left).unwrap_or(u64::MAX).saturating_add(1);
        file.take(limit).read_to_end(&mut bytes).map_err(|error| Unreadable::Broken(format!("{name}: {error}")))?;
        left = left.checked_sub(bytes.len()).ok_or(Unreadable::TooLarge)?;
        parts.push(Part { name, bytes });
    }
    let comment = archive.comment();
    if !comment.is_empty() {
        parts.push(Part { name: String::new(), bytes: comment.to_vec() });
    }
    Ok(parts)
}

/// The names of the parts that say or show something and are no markup. What only tells how to print and to draw letters is
/// left out.
pub(super) fn not_read(bytes: &[u8]) -> Result<Vec<String>, Unreadable> {
    let says_nothing = |name: &str| {
        let name = name.to_ascii_lowercase();
        let is_font = name.rsplit_once('.').is_some_and(|(_, end)| end == "odttf");
        name.is_empty() || name.ends_with('/') || name.contains("printersettings") || is_font
    };
    let named = parts(bytes)?.into_iter().filter(|part| !part.is_markup() && !says_nothing(&part.name));
    Ok(named.map(|part| part.name).collect())
}

/// A compound file is either the wrapping of an encrypted document or a document of the years before 2007.
fn compound(bytes: &[u8]) -> Unreadable {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if bytes.windows(name.len()).any(|window| window == name) {
        Unreadable::Encrypted
    } else {
        Unreadable::Broken("a document of the old binary format".to_owned())
    }
}

fn broken(error: &ZipError) -> Unreadable {
    match error {
        ZipError::UnsupportedArchive(reason) if *reason == ZipError::PASSWORD_REQUIRED => Unreadable::Encrypted,
        ZipError::InvalidPassword => Unreadable::Encrypted,
        other => Unreadable::Broken(other.to_string()),
    }
}
