//! A page of a paper as it comes into the book: what of it comes along, and where its number is drawn.

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::stamp::Stamps;
use super::{BookFault, Foot};

/// How high the strip is that is added under a page, in points.
const STRIP: f32 = 20.0;

/// How far the number stands above the lower edge, in points: on a strip, and in the margin.
const ON_STRIP: f32 = 6.0;
const IN_MARGIN: f32 = 24.0;

/// The largest page that viewers show, in points (ISO 32000-1, annex C).
const LARGEST: f32 = 14_400.0;

/// A page, ready to be taken over.
pub(super) struct Drawn {
    /// Its entries but for contents and resources, in the numbers of the paper.
    pub entries: Dictionary,
    /// Its resources, in the numbers of the paper, those it may show looked up.
    pub resources: Dictionary,
    /// What the number is drawn with: numbers of the book.
    pub forms: Vec<(String, u32)>,
    /// Its contents, in the numbers of the paper.
    pub contents: Vec<ObjectId>,
    /// What is drawn over them.
    pub foot: Vec<u8>,
}

/// Lays a page out.
pub(super) fn drawn(
    document: &Document,
    id: ObjectId,
    foot: Foot,
    stamps: &Stamps,
    number: (usize, u32),
) -> Result<Drawn, BookFault> {
    let broken = |what: &str| BookFault::Paper(format!("a page has no {what}"));
    let page = document.get_dictionary(id).map_err(|_missing| broken("entries"))?;
    let seen = inherited(document, page, b"CropBox").or_else(|| inherited(document, page, b"MediaBox"));
    let [left, bottom, right, top] = seen.and_then(|seen| corners(document, seen)).ok_or_else(|| broken("size"))?;
    let turned = inherited(document, page, b"Rotate").and_then(|turned| turned.as_i64().ok()).unwrap_or_default();
    let turned = turned.rem_euclid(360);
    let added = if foot == Foot::Strip { STRIP } else { 0.0 };
    // The lower edge as it is seen: which side of the page that is depends on how it is turned.
    let (edges, width, matrix) = match turned {
        90 => ([left, bottom, right + added, top], top - bottom, [0.0, 1.0, -1.0, 0.0, right + added, bottom]),
        180 => ([left, bottom, right, top + added], right - left, [-1.0, 0.0, 0.0, -1.0, right, top + added]),
        270 => ([left - added, bottom, right, top], top - bottom, [0.0, -1.0, 1.0, 0.0, left - added, top]),
        _ => ([left, bottom - added, right, top], right - left, [1.0, 0.0, 0.0, 1.0, left, bottom - added]),
    };
    let above = if foot == Foot::Strip { ON_STRIP } else { IN_MARGIN };
    let (over, forms) = stamps.drawn(number, (width, above), matrix);
    let mut entries = Dictionary::new();
    entries.set("MediaBox", Object::Array(edges.iter().map(|edge| Object::Real(*edge)).collect()));
    if turned != 0 {
        entries.set("Rotate", Object::Integer(turned));
    }
    if let Ok(group) = page.get(b"Group") {
        entries.set("Group", group.clone());
    }
    if let Some(notes) = notes(document, page) {
        entries.set("Annots", notes);
    }
    let mut resources = match inherited(document, page, b"Resources").map(Object::as_dict) {
        Some(Ok(resources)) => resources.clone(),
        _ => Dictionary::new(),
    };
    if let Some(shown) = resources.get_deref(b"XObject", document).ok().and_then(|shown| shown.as_dict().ok()) {
        let shown = shown.clone();
        resources.set("XObject", Object::Dictionary(shown));
    }
    Ok(Drawn { entries, resources, forms, contents: document.get_page_contents(id), foot: over })
}

/// An entry of the page, or of what it hangs on.
fn inherited<'a>(document: &'a Document, page: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    const DEEPEST: usize = 60;
    let mut at = page;
    for _ in 0..DEEPEST {
        if let Ok(found) = at.get_deref(key, document) {
            return Some(found);
        }
        at = at.get_deref(b"Parent", document).ok()?.as_dict().ok()?;
    }
    None
}

/// Left, bottom, right and top of a box, whichever corners it names.
fn corners(document: &Document, given: &Object) -> Option<[f32; 4]> {
    let sides = given.as_array().ok()?.iter().map(|side| document.dereference(side).ok()?.1.as_float().ok());
    let sides: Vec<f32> = sides.collect::<Option<_>>()?;
    let &[one, two, three, four] = sides.as_slice() else { return None };
    let [left, bottom, right, top] = [one.min(three), two.min(four), one.max(three), two.max(four)];
    let sound = |length: f32| length.is_finite() && length > 0.0 && length <= LARGEST;
    (sound(right - left) && sound(top - bottom)).then_some([left, bottom, right, top])
}

/// What is noted on the page, by how it looks alone: stamps, marks, fields that were filled in.
fn notes(document: &Document, page: &Dictionary) -> Option<Object> {
    const KEPT: [&[u8]; 9] = [b"Type", b"Subtype", b"Rect", b"AP", b"AS", b"F", b"C", b"Border", b"QuadPoints"];
    let noted = page.get_deref(b"Annots", document).ok()?.as_array().ok()?;
    let mut kept = Vec::new();
    for one in noted {
        let Ok(entries) = document.dereference(one).and_then(|(_, one)| one.as_dict()) else { continue };
        let unseen = [b"Link".as_slice(), b"Popup"];
        if !entries.has(b"AP")
            || entries.get(b"Subtype").and_then(Object::as_name).is_ok_and(|one| unseen.contains(&one))
        {
            continue;
        }
        let mut note = Dictionary::new();
        for (key, value) in entries.iter().filter(|(key, _)| KEPT.contains(&key.as_slice())) {
            note.set(key.clone(), value.clone());
        }
        kept.push(Object::Dictionary(note));
    }
    (!kept.is_empty()).then_some(Object::Array(kept))
}
