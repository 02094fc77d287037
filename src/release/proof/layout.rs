//! Every byte of the file accounted for.
//!
//! A reader of PDF finds objects by a table and never looks between them, so that is where something can stay:
//! objects of an earlier state, bytes after the end. Here the file is read from its first byte to its last, and
//! between the objects only white space is allowed.

use std::collections::BTreeSet;

use lopdf::{Document, Object};

use super::leak::{Leak, What};

/// What is wrong with the order of the bytes.
pub(super) fn leaks(bytes: &[u8], document: &Document) -> Vec<Leak> {
    let mut leaks = Vec::new();
    if document.is_encrypted() || document.was_encrypted() {
        leaks.push(Leak::file(What::Encrypted));
    }
    for (key, _) in &document.trailer {
        match key.as_slice() {
            b"Root" | b"Size" => {}
            b"Prev" | b"XRefStm" => leaks.push(Leak::file(What::EarlierState)),
            other => leaks.push(Leak::file(What::Entry(String::from_utf8_lossy(other).into_owned()))),
        }
    }
    match scan(bytes, document) {
        Ok(found) => {
            let known: BTreeSet<u32> = document.objects.keys().map(|(number, _)| *number).collect();
            if found != known {
                leaks.push(Leak::file(What::StrayBytes));
            }
        }
        Err(what) => leaks.push(Leak::file(what)),
    }
    leaks
}

/// The numbers of all objects, met one after another from the head of the file to its end.
fn scan(bytes: &[u8], document: &Document) -> Result<BTreeSet<u32>, What> {
    let mut rest = after_head(bytes).ok_or(What::StrayBytes)?;
    let mut found = BTreeSet::new();
    loop {
        rest = rest.trim_ascii_start();
        if rest.starts_with(b"xref") {
            break;
        }
        let (number, behind) = number(rest).ok_or(What::StrayBytes)?;
        let behind = behind.trim_ascii_start().strip_prefix(b"0").ok_or(What::StrayBytes)?;
        let behind = behind.trim_ascii_start().strip_prefix(b"obj").ok_or(What::StrayBytes)?;
        let object = document.objects.get(&(number, 0)).ok_or(What::Unreferenced(number))?;
        rest = body(behind, object).ok_or(What::StrayBytes)?;
        if !found.insert(number) {
            return Err(What::EarlierState);
        }
    }
    end(rest).map(|()| found)
}

/// Behind the version and the line of bytes that marks the file as binary.
fn after_head(bytes: &[u8]) -> Option<&[u8]> {
    let rest = bytes.strip_prefix(b"%PDF-1.7\n")?;
    let Some(mark) = rest.strip_prefix(b"%") else { return Some(rest) };
    // Four bytes mark a file as binary; a longer line would be a place to leave something.
    let end = mark.iter().position(|byte| *byte == b'\n')?;
    (end <= 4).then(|| mark.get(end..)).flatten()
}

/// A number and what follows.
fn number(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let end = bytes.iter().position(|byte| !byte.is_ascii_digit())?;
    let (digits, rest) = bytes.split_at_checked(end)?;
    Some((std::str::from_utf8(digits).ok()?.parse().ok()?, rest))
}

/// What follows an object. Its dictionary may hold neither comments nor strings, in which a keyword could stand.
fn body<'a>(bytes: &'a [u8], object: &Object) -> Option<&'a [u8]> {
    let (head, keyword) = match object {
        Object::Stream(_) => (find(bytes, b"stream")?, b"stream".as_slice()),
        _ => (find(bytes, b"endobj")?, b"endobj".as_slice()),
    };
    let (dictionary, rest) = bytes.split_at_checked(head)?;
    if dictionary.iter().any(|byte| matches!(byte, b'(' | b'%')) || find(dictionary, b"obj").is_some() {
        return None;
    }
    let rest = rest.strip_prefix(keyword)?;
    let Object::Stream(stream) = object else { return Some(rest) };
    let length = usize::try_from(stream.dict.get(b"Length").and_then(Object::as_i64).ok()?).ok()?;
    let content = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n"))?;
    let behind = content.get(length..)?.trim_ascii_start().strip_prefix(b"endstream")?;
    behind.trim_ascii_start().strip_prefix(b"endobj")
}

/// The table, the trailer and one end mark, and nothing behind it.
fn end(bytes: &[u8]) -> Result<(), What> {
    let marks = bytes.windows(5).filter(|window| *window == b"%%EOF").count();
    let tables = bytes.windows(9).filter(|window| *window == b"startxref").count();
    if marks != 1 || tables != 1 || find(bytes, b"obj").is_some() {
        return Err(What::EarlierState);
    }
    let comments = bytes.split(|byte| *byte == b'%').count().saturating_sub(1);
    let strings = bytes.contains(&b'(');
    if comments != 2 || strings || !bytes.trim_ascii_end().ends_with(b"%%EOF") {
        return Err(What::StrayBytes);
    }
    Ok(())
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}
