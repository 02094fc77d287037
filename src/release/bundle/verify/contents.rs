//! The journal of a bundle as one chain, and every content it refers to against the digest it keeps.

use std::collections::BTreeMap;

use serde::Deserialize;
use uuid::Uuid;

use super::members::Taken;
use super::{Finding, Verified};
use crate::case::Entry;
use crate::journal::verify::{Stored, verify};
use crate::release::bundle::place;
use crate::release::bundle::{ChainLine, ContentLine, Kind};
use crate::vault::digest::{self, Salt};
use crate::vault::{Digest, hex};

/// The entries of the journal, if they are one chain that ends where the manifest says.
pub(super) fn chained(taken: &Taken, verified: &mut Verified) -> Option<Vec<Entry>> {
    let links: Vec<ChainLine> = lines(taken, place::CHAIN, verified)?;
    let bodies: Vec<&str> = taken.data(place::JOURNAL).lines().collect();
    let bundle = &taken.manifest.bundle;
    let rows = links.iter().zip(&bodies).map(|(link, body)| Stored {
        seq: link.seq,
        body,
        algorithm: &link.algorithm,
        previous: &link.previous,
        hash: &link.hash,
    });
    let head = match verify(bundle.case, rows) {
        Ok(head) => head,
        Err(broken) => {
            verified.findings.push(Finding::Journal(broken));
            return None;
        }
    };
    let counted = u32::try_from(bodies.len()).unwrap_or(u32::MAX);
    if links.len() != bodies.len() || counted != bundle.entries || head != Some(bundle.head) {
        verified.findings.push(Finding::OtherHead);
        return None;
    }
    verified.entries = counted;
    let mut entries = Vec::new();
    for (link, body) in links.iter().zip(bodies) {
        match serde_json::from_str::<Entry>(body) {
            // The number beside an entry is under no hash of its own.
            Ok(entry) if entry.seq == link.seq && entry.case == bundle.case => entries.push(entry),
            _ => {
                verified.findings.push(Finding::UnreadableEntry { seq: link.seq });
                return None;
            }
        }
    }
    Some(entries)
}

/// What is digested of a file.
#[derive(Deserialize)]
struct Particulars {
    size: u64,
    sha256: String,
}

/// Holds everything that the entries refer to against their digests.
pub(super) fn agree(taken: &Taken, entries: &[Entry], verified: &mut Verified) {
    let Some(lines) = lines::<ContentLine>(taken, place::CONTENTS, verified) else { return };
    let known: BTreeMap<(Kind, Uuid), ContentLine> = lines.into_iter().map(|line| ((line.of, line.id), line)).collect();
    for entry in entries {
        let event = &entry.event;
        let texts = event.texts().into_iter().map(|one| (Kind::Text, one.id.uuid(), one.digest));
        let people = event.people().into_iter().map(|one| (Kind::Person, one.id.uuid(), one.digest));
        let files = event.files().into_iter().map(|one| (Kind::File, one.id.uuid(), one.digest));
        for (kind, id, digest) in texts.chain(people).chain(files) {
            match known.get(&(kind, id)) {
                None => verified.findings.push(Finding::NoContent { kind, id: id.to_string(), seq: entry.seq }),
                Some(line) => one(taken, line, digest, entry.seq, verified),
            }
        }
    }
}

fn one(taken: &Taken, line: &ContentLine, expected: Digest, seq: u32, verified: &mut Verified) {
    let ContentLine { of: kind, id, .. } = line;
    let (Some(salt), Some(content)) = (&line.salt, &line.content) else {
        if line.withheld.is_some() {
            verified.withheld += 1;
        } else {
            verified.findings.push(Finding::NoContent { kind: *kind, id: id.to_string(), seq });
        }
        return;
    };
    let salt = hex::decode::<{ Salt::BYTES }>(salt).and_then(|salt| Salt::from_bytes(&salt));
    if salt.is_none_or(|salt| digest::salted(&salt, content.as_bytes()) != expected) {
        verified.findings.push(Finding::Content { kind: *kind, id: id.to_string(), seq });
        return;
    }
    if let Some(member) = &line.member {
        let is: Option<Particulars> = serde_json::from_str(content).ok();
        let there = taken.digests.get(member);
        if is.is_none_or(|is| there != Some(&(is.size, is.sha256))) {
            verified.findings.push(Finding::FileBytes { member: member.clone(), seq });
            return;
        }
    }
    verified.agreeing += 1;
}

/// The lines of a member, each read; none when one cannot be.
pub(super) fn lines<T: for<'a> Deserialize<'a>>(taken: &Taken, path: &str, verified: &mut Verified) -> Option<Vec<T>> {
    let read: Result<Vec<T>, _> = taken.data(path).lines().map(serde_json::from_str).collect();
    read.map_err(|error| {
        verified.findings.push(Finding::Unreadable { member: path.to_owned(), why: error.to_string() });
    })
    .ok()
}
