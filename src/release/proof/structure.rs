//! The objects of the file: each one expected, each one used, and no entry beyond those a picture needs.

use std::collections::BTreeSet;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::leak::{Leak, What};

/// The picture of a page and how large the page is.
pub(super) struct PageOf {
    /// Width and height in points.
    pub points: (f32, f32),
    /// The picture, when the page has exactly one.
    pub picture: Option<ObjectId>,
    /// The page itself, and what else it is shown by.
    pub parts: Vec<ObjectId>,
}

/// Looks through all objects and tells the pages.
pub(super) fn pages(document: &Document, leaks: &mut Vec<Leak>) -> Vec<PageOf> {
    let mut used = BTreeSet::new();
    if let Ok(root) = document.trailer.get(b"Root").and_then(Object::as_reference) {
        used.insert(root);
    }
    match document.catalog() {
        Ok(catalog) => {
            only(catalog, &[b"Type", b"Pages"], None, leaks);
            tree(document, catalog, &mut used, leaks);
        }
        Err(_) => leaks.push(Leak::file(What::Unreadable)),
    }
    let mut pages = Vec::new();
    for (number, id) in document.get_pages() {
        used.insert(id);
        match document.get_dictionary(id) {
            Ok(entries) => {
                let mut own = BTreeSet::from([id]);
                let mut page = page(document, number, entries, &mut own, leaks);
                page.parts = own.iter().copied().filter(|id| Some(*id) != page.picture).collect();
                used.extend(own);
                pages.push(page);
            }
            Err(_) => leaks.push(Leak::on(number, What::Unreadable)),
        }
    }
    if pages.is_empty() {
        leaks.push(Leak::file(What::Unreadable));
    }
    for id in document.objects.keys().filter(|id| !used.contains(*id)) {
        leaks.push(Leak::file(What::Unreferenced(id.0)));
    }
    pages
}

/// The page tree: one node with all pages below it.
fn tree(document: &Document, catalog: &Dictionary, used: &mut BTreeSet<ObjectId>, leaks: &mut Vec<Leak>) {
    let id = catalog.get(b"Pages").and_then(Object::as_reference).ok();
    let node = id.and_then(|id| document.get_dictionary(id).ok());
    let (Some(id), Some(node)) = (id, node) else { return leaks.push(Leak::file(What::Unreadable)) };
    used.insert(id);
    only(node, &[b"Type", b"Kids", b"Count"], None, leaks);
    let kids = node.get(b"Kids").and_then(Object::as_array).map_or(0, Vec::len);
    if kids != document.get_pages().len() {
        leaks.push(Leak::file(What::Entry("Kids".to_owned())));
    }
}

/// A page: its size, its one picture, and a content that shows it.
fn page(
    document: &Document,
    number: u32,
    entries: &Dictionary,
    used: &mut BTreeSet<ObjectId>,
    leaks: &mut Vec<Leak>,
) -> PageOf {
    let here = Some(number);
    only(entries, &[b"Type", b"Parent", b"MediaBox", b"Contents", b"Resources"], here, leaks);
    let resources = entries.get_deref(b"Resources", document).and_then(Object::as_dict).ok();
    let pictures = resources.and_then(|resources| {
        only(resources, &[b"XObject"], here, leaks);
        resources.get_deref(b"XObject", document).and_then(Object::as_dict).ok()
    });
    for holder in [entries.get(b"Resources").ok(), resources.and_then(|it| it.get(b"XObject").ok())] {
        used.extend(holder.and_then(|holder| holder.as_reference().ok()));
    }
    let named: Vec<(&Vec<u8>, &Object)> = pictures.iter().flat_map(|pictures| pictures.iter()).collect();
    let mut picture = None;
    if let [(name, object)] = named.as_slice() {
        picture = object.as_reference().ok();
        used.extend(picture);
        let points = media_box(entries);
        content(document, number, entries, (points, name.as_slice()), used, leaks);
    } else {
        leaks.push(Leak::on(number, What::Pictures(named.len())));
        content(document, number, entries, (media_box(entries), b""), used, leaks);
    }
    let stream = picture.and_then(|id| document.get_object(id).ok()).and_then(|it| it.as_stream().ok());
    match stream.map(|stream| &stream.dict) {
        Some(picture) => {
            let allowed: &[&[u8]] =
                &[b"Type", b"Subtype", b"Width", b"Height", b"ColorSpace", b"BitsPerComponent", b"Filter", b"Length"];
            only(picture, allowed, here, leaks);
        }
        None if named.len() == 1 => leaks.push(Leak::on(number, What::PictureForm)),
        None => {}
    }
    PageOf { points: media_box(entries), picture, parts: Vec::new() }
}

/// The content may put aside the state, place the picture over the whole page, show it, and nothing more.
fn content(
    document: &Document,
    number: u32,
    entries: &Dictionary,
    ((width, height), name): ((f32, f32), &[u8]),
    used: &mut BTreeSet<ObjectId>,
    leaks: &mut Vec<Leak>,
) {
    let id = entries.get(b"Contents").and_then(Object::as_reference);
    used.extend(id.iter());
    let stream = id.and_then(|id| document.get_object(id)).and_then(Object::as_stream);
    let Ok(stream) = stream else { return leaks.push(Leak::on(number, What::Entry("Contents".to_owned()))) };
    // Unfiltered, so that no byte of it is unseen.
    only(&stream.dict, &[b"Length"], Some(number), leaks);
    let bytes = &stream.content;
    let Ok(content) = Content::decode(bytes) else { return leaks.push(Leak::on(number, What::Unreadable)) };
    let mut shown = 0_usize;
    for operation in &content.operations {
        let is_name = |operand: &Object| operand.as_name().is_ok_and(|it| it == name);
        match operation.operator.as_str() {
            "q" | "Q" if operation.operands.is_empty() => {}
            "Do" if operation.operands.len() == 1 && operation.operands.iter().all(is_name) => shown += 1,
            "cm" => {
                let placed: Vec<f32> = operation.operands.iter().filter_map(|it| it.as_float().ok()).collect();
                if operation.operands.len() != 6 || placed != [width, 0.0, 0.0, height, 0.0, 0.0] {
                    leaks.push(Leak::on(number, What::Placement));
                }
            }
            other => leaks.push(Leak::on(number, What::Instruction(other.to_owned()))),
        }
    }
    let placed = content.operations.iter().filter(|operation| operation.operator == "cm").count();
    if shown != 1 || placed != 1 || bytes.contains(&b'%') {
        leaks.push(Leak::on(number, What::Placement));
    }
}

/// Width and height of the page.
fn media_box(entries: &Dictionary) -> (f32, f32) {
    let sides = entries.get(b"MediaBox").and_then(Object::as_array).map(Vec::as_slice).unwrap_or_default();
    let sides: Vec<f32> = sides.iter().map(|side| side.as_float().unwrap_or(f32::NAN)).collect();
    match sides.as_slice() {
        [0.0, 0.0, width, height] => (*width, *height),
        _ => (0.0, 0.0),
    }
}

/// Every entry that is not allowed is a leak.
fn only(entries: &Dictionary, allowed: &[&[u8]], page: Option<u32>, leaks: &mut Vec<Leak>) {
    for (key, value) in entries {
        // A string is nothing that a page or a picture is made of.
        if !allowed.contains(&key.as_slice()) || holds_string(value) {
            leaks.push(Leak { page, what: What::Entry(String::from_utf8_lossy(key).into_owned()) });
        }
    }
}

/// Whether a string stands in the value, however deep in its lists.
fn holds_string(value: &Object) -> bool {
    match value {
        Object::String(..) => true,
        Object::Array(items) => items.iter().any(holds_string),
        _ => false,
    }
}
