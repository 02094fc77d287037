//! Every string that an object of a PDF holds, shown or not.
//!
//! Annotations, form values, bookmarks, properties, names of embedded files, descriptions of pictures: a PDF
//! keeps them all as strings in dictionaries, and new kinds come with each version. So all strings of all
//! objects are told, and only the key they stand under decides what they are called.

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, Stream};

use super::super::{Hidden, MAX_INFLATED, Passage, Place, plain, push, xml};

/// Keys whose strings are numbers, hashes or names of encodings.
const SILENT: &[&[u8]] = &[
    b"ID",
    b"O",
    b"U",
    b"OE",
    b"UE",
    b"Perms",
    b"Registry",
    b"Ordering",
    b"CharSet",
    b"Panose",
    b"CheckSum",
    b"ColorSpace",
    b"CS",
    b"Indexed",
    b"Lang",
    b"DA",
    b"Cert",
    b"ByteRange",
];

/// A dictionary deeper than this is not one that a program wrote in good faith.
const MAX_DEPTH: u32 = 64;

/// Adds the strings of all objects.
pub(super) fn sweep(document: &Document, passages: &mut Vec<Passage>) {
    let properties = document.trailer.get(b"Info").and_then(Object::as_reference).ok();
    if let Ok(inline) = document.trailer.get(b"Info").and_then(Object::as_dict) {
        dictionary(document, inline, Some(Hidden::Property), 0, passages);
    }
    for (id, content) in &document.objects {
        let of_properties = (Some(*id) == properties).then_some(Hidden::Property);
        object(document, content, b"", of_properties, 0, passages);
    }
}

fn object(
    document: &Document,
    content: &Object,
    key: &[u8],
    kind: Option<Hidden>,
    depth: u32,
    passages: &mut Vec<Passage>,
) {
    if depth > MAX_DEPTH || SILENT.contains(&key) {
        return;
    }
    match content {
        Object::String(bytes, _) => {
            if let Some(text) = readable(bytes) {
                push(passages, Place::Hidden(kind.unwrap_or_else(|| by_key(key))), &text);
            }
        }
        Object::Array(items) if items.first().and_then(|it| it.as_name().ok()) == Some(b"Indexed") => {}
        Object::Array(items) => {
            for item in items {
                object(document, item, key, kind, depth + 1, passages);
            }
        }
        Object::Dictionary(entries) => dictionary(document, entries, kind, depth, passages),
        Object::Stream(stream) => {
            dictionary(document, &stream.dict, kind, depth, passages);
            stream_text(stream, passages);
        }
        // Names of fields and properties are strings; names proper are the format's own words. A reference leads
        // to an object that is met by itself.
        _ => {}
    }
}

fn dictionary(
    document: &Document,
    entries: &Dictionary,
    kind: Option<Hidden>,
    depth: u32,
    passages: &mut Vec<Passage>,
) {
    let is = |key: &[u8], name: &[u8]| entries.get(key).and_then(Object::as_name).is_ok_and(|it| it == name);
    let kind = kind
        .or_else(|| entries.has(b"EF").then_some(Hidden::Attachment))
        .or_else(|| is(b"Type", b"OCG").then_some(Hidden::Attribute))
        .or_else(|| entries.has(b"FT").then_some(Hidden::Field))
        .or_else(|| (entries.has(b"Title") && entries.has(b"Parent")).then_some(Hidden::Outline));
    for (key, value) in entries {
        object(document, value, key, kind, depth + 1, passages);
        // A long value may be kept in a stream of its own.
        if matches!(key.as_slice(), b"V" | b"RC" | b"RV" | b"JS" | b"Contents")
            && let Ok(id) = value.as_reference()
            && !is(b"Type", b"Page")
            && let Ok(stream) = document.get_object(id).and_then(Object::as_stream)
            && let Some(text) = plain_content(stream).and_then(|bytes| readable(&bytes))
        {
            push(passages, Place::Hidden(by_key(key)), &text);
        }
    }
}

/// What a string is called that stands under this key.
fn by_key(key: &[u8]) -> Hidden {
    match key {
        b"Contents" | b"RC" | b"Subj" => Hidden::Annotation,
        b"V" | b"DV" | b"TU" | b"TM" | b"Opt" | b"RV" => Hidden::Field,
        b"F" | b"UF" | b"Desc" | b"Names" => Hidden::Attachment,
        b"URI" => Hidden::Link,
        b"JS" => Hidden::Code,
        b"ActualText" | b"Alt" | b"E" | b"T" | b"Name" => Hidden::Attribute,
        _ => Hidden::OtherPart,
    }
}

/// Metadata, and the replacement texts that content carries beside what it draws.
fn stream_text(stream: &Stream, passages: &mut Vec<Passage>) {
    let is = |key: &[u8], name: &[u8]| stream.dict.get(key).and_then(Object::as_name).is_ok_and(|it| it == name);
    if is(b"Subtype", b"XML") || is(b"Type", b"Metadata") {
        let bytes = plain_content(stream).unwrap_or_default();
        let place = Place::Hidden(Hidden::Xmp);
        // Markup that does not hold together, or defines texts of its own, is told as it stands.
        if xml::everything(&bytes, &place, passages).is_err() {
            push(passages, place, &plain::decode(&bytes));
        }
    } else if !stream.dict.has(b"Length1") && !is(b"Subtype", b"Image") {
        let bytes = plain_content(stream).unwrap_or_default();
        let marked = bytes.windows(3).any(|window| window == b"BDC" || window == b" DP");
        let content = if marked { Content::decode(&bytes).ok() } else { None };
        for operation in content.iter().flat_map(|content| &content.operations) {
            for entries in operation.operands.iter().filter_map(|operand| operand.as_dict().ok()) {
                dictionary(&Document::new(), entries, Some(Hidden::Attribute), 0, passages);
            }
        }
    }
}

fn plain_content(stream: &Stream) -> Option<Vec<u8>> {
    stream.get_plain_content_with_limit(MAX_INFLATED).ok()
}

/// The string as text, unless it is bytes that only a program can read.
fn readable(bytes: &[u8]) -> Option<String> {
    let text = plain::decode(bytes);
    let control = |character: char| character.is_control() && !matches!(character, '\t' | '\n' | '\r');
    (!text.chars().any(|it| control(it) || it == char::REPLACEMENT_CHARACTER)).then_some(text)
}
