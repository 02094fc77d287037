//! The members of a bundle against its manifest, and the manifest against its signature.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufReader, Read, Seek};

use flate2::Crc;
use flate2::bufread::DeflateDecoder;
use sha2::{Digest as _, Sha256};
use zip::read::ZipFile;
use zip::{CompressionMethod, ZipArchive};

use super::{Finding, Verified, laid_out};
use crate::journal::seal::{KnownKeys, Signature};
use crate::release::bundle::place;
use crate::release::bundle::{FORM, Manifest, SIGNED, Sign};
use crate::vault::hex;

/// The largest of the members that are read as data, in bytes. The journal of a case has some hundred entries.
const MOST: u64 = 256 << 20;

/// What the later steps read, once it is known to be what it was.
pub(super) struct Taken {
    /// The manifest.
    pub manifest: Manifest,
    /// The members that are data, by their path.
    data: BTreeMap<String, String>,
    /// The SHA-256 of every member, by its path.
    pub digests: BTreeMap<String, (u64, String)>,
}

impl Taken {
    /// The text of a member that is data; empty for one that is not there.
    pub fn data(&self, path: &str) -> &str {
        self.data.get(path).map(String::as_str).unwrap_or_default()
    }
}

/// Reads the archive once and holds each member against the manifest; none where there is no manifest to hold it against.
pub(super) fn taken<R: Read + Seek>(mut bundle: R, keys: &KnownKeys, verified: &mut Verified) -> Option<Taken> {
    let laid_out = laid_out::faults(&mut bundle).map_err(|error| error.to_string());
    let opened = laid_out.and_then(|faults| match ZipArchive::new(bundle) {
        Ok(archive) => Ok((faults, archive)),
        Err(error) => Err(error.to_string()),
    });
    let (faults, mut archive) = match opened {
        Ok(opened) => opened,
        Err(why) => {
            verified.findings.push(Finding::NoArchive(why));
            return None;
        }
    };
    verified.findings.extend(faults);
    let mut digests = BTreeMap::new();
    let mut data = BTreeMap::new();
    let mut raw: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut unreadable = BTreeSet::new();
    for index in 0..archive.len() {
        let name = match archive.name_for_index(index) {
            Some(Ok(name)) => name.into_owned(),
            _ => format!("#{index}"),
        };
        let mut kept = Vec::new();
        match archive
            .by_index_raw(index)
            .map_err(|error| error.to_string())
            .and_then(|member| unpacked(member, is_data(&name).then_some(&mut kept)).map_err(|error| error.to_string()))
        {
            Ok((digest, whole)) => {
                if !whole {
                    verified.findings.push(Finding::Attached { member: name.clone() });
                }
                digests.insert(name.clone(), digest);
            }
            Err(why) => {
                unreadable.insert(name.clone());
                verified.findings.push(Finding::Unreadable { member: name.clone(), why });
            }
        }
        if is_data(&name) {
            raw.insert(name, kept);
        }
    }
    verified.members = archive.len();
    let text = raw.remove(place::MANIFEST);
    if text.is_none() && !unreadable.contains(place::MANIFEST) {
        verified.findings.push(Finding::Missing { member: place::MANIFEST.to_owned() });
    }
    let text = text?;
    let manifest: Manifest = match serde_json::from_slice(&text) {
        Ok(manifest) => manifest,
        Err(error) => {
            // Rather the signature, which says it was changed, than the reader, which only stumbles over it.
            let member = place::MANIFEST.to_owned();
            if !unreadable.contains(place::MANIFEST) {
                verified.findings.push(Finding::Unreadable { member, why: error.to_string() });
            }
            return None;
        }
    };
    if manifest.form != FORM {
        let why = format!("{} is not known to this version", manifest.form);
        verified.findings.push(Finding::Unreadable { member: place::MANIFEST.to_owned(), why });
    }
    match raw.remove(place::SIGNATURE) {
        None if !unreadable.contains(place::SIGNATURE) => {
            verified.findings.push(Finding::Missing { member: place::SIGNATURE.to_owned() });
        }
        None => {}
        Some(signature) => verified.findings.extend(forged(&text, &signature, keys)),
    }
    for listed in &manifest.members {
        match digests.get(&listed.path) {
            None if unreadable.contains(&listed.path) => {}
            None => verified.findings.push(Finding::Missing { member: listed.path.clone() }),
            Some((size, sha256)) if *size != listed.size || *sha256 != listed.sha256 => {
                verified.findings.push(Finding::Changed { member: listed.path.clone() });
            }
            Some(_) => {}
        }
    }
    let named: BTreeSet<&str> = manifest.members.iter().map(|one| one.path.as_str()).collect();
    for path in digests.keys().chain(&unreadable) {
        if !named.contains(path.as_str()) && ![place::MANIFEST, place::SIGNATURE].contains(&path.as_str()) {
            verified.findings.push(Finding::Extra { member: path.clone() });
        }
    }
    for (path, bytes) in raw {
        match String::from_utf8(bytes) {
            Ok(text) => {
                data.insert(path, text);
            }
            Err(error) => verified.findings.push(Finding::Unreadable { member: path, why: error.to_string() }),
        }
    }
    Some(Taken { manifest, data, digests })
}

/// Whether the later steps read it.
fn is_data(path: &str) -> bool {
    let read = [
        place::MANIFEST,
        place::SIGNATURE,
        place::JOURNAL,
        place::CHAIN,
        place::PROCEEDINGS,
        place::CONTENTS,
        place::LEAF,
        place::INCLUSION,
        place::SEAL,
    ];
    read.contains(&path)
}

/// Reads a member as it lies there: its size and its SHA-256, and whether all that lies there is it. Unpacked here and not by the
/// archive, which does not tell what lies behind the end of what is packed.
fn unpacked<R: Read>(member: ZipFile<'_, R>, kept: Option<&mut Vec<u8>>) -> std::io::Result<((u64, String), bool)> {
    let (method, packed, checksum) = (member.compression(), member.compressed_size(), member.crc32());
    let mut crc = Crc::new();
    let (digest, read) = match method {
        CompressionMethod::Stored => {
            let digest = read(member, &mut crc, kept)?;
            let size = digest.0;
            (digest, size)
        }
        CompressionMethod::Deflated => {
            let mut unpacking = DeflateDecoder::new(BufReader::new(member));
            (read(&mut unpacking, &mut crc, kept)?, unpacking.total_in())
        }
        other => return Err(std::io::Error::other(format!("it is packed in a way that is not known here: {other}"))),
    };
    if crc.sum() != checksum {
        return Err(std::io::Error::other("its checksum is another"));
    }
    Ok((digest, read == packed))
}

/// Reads to the end; all of it into `kept`, if that is wanted.
fn read(mut member: impl Read, crc: &mut Crc, mut kept: Option<&mut Vec<u8>>) -> std::io::Result<(u64, String)> {
    let mut hash = Sha256::new();
    let mut size = 0_u64;
    let mut buffer = vec![0_u8; 64 << 10];
    loop {
        let read = member.read(&mut buffer)?;
        if read == 0 {
            return Ok((size, hex::encode(&hash.finalize())));
        }
        let (some, _) = buffer.split_at(read.min(buffer.len()));
        hash.update(some);
        crc.update(some);
        size = size.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
        if let Some(kept) = kept.as_deref_mut() {
            if size > MOST {
                return Err(std::io::Error::other("it is larger than any of its kind"));
            }
            kept.extend_from_slice(some);
        }
    }
}

fn forged(text: &[u8], signature: &[u8], keys: &KnownKeys) -> Option<Finding> {
    let unreadable = |why: String| Finding::Unreadable { member: place::SIGNATURE.to_owned(), why };
    let sign: Sign = match serde_json::from_slice(signature) {
        Ok(sign) => sign,
        Err(error) => return Some(unreadable(error.to_string())),
    };
    let signed: Signature = match sign.signature.parse() {
        Ok(signed) => signed,
        Err(fault) => return Some(unreadable(format!("{fault}"))),
    };
    let Some(key) = keys.get(&sign.key) else { return Some(Finding::UnknownSigner { key: sign.key.to_string() }) };
    (!key.verifies_for(SIGNED, text, &signed)).then_some(Finding::ManifestForged)
}
