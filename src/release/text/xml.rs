//! Walking the markup of Office Open XML and XMP for all that can be read in it.

use quick_xml::Reader;
use quick_xml::escape::{EscapeError, resolve_predefined_entity, unescape};
use quick_xml::events::{BytesStart, Event};

use super::{Hidden, Passage, Place, Unreadable, plain, push};

/// Attributes whose value people write, whatever element carries them.
const SPOKEN: &[&str] = &[
    "author",
    "userId",
    "userName",
    "displayName",
    "initials",
    "descr",
    "title",
    "tooltip",
    "alt",
    "prompt",
    "promptTitle",
    "error",
    "errorTitle",
    "codeName",
    "lastModifiedBy",
    "comment",
    "string",
    "fullName",
    "caption",
];

/// Elements together with the attribute of theirs whose value people write.
const SPOKEN_ON: &[(&str, &str)] = &[
    ("alias", "val"),
    ("tag", "val"),
    ("docVar", "val"),
    ("docVar", "name"),
    ("default", "val"),
    ("helpText", "val"),
    ("statusText", "val"),
    ("listItem", "displayText"),
    ("listItem", "value"),
    ("bookmarkStart", "name"),
    ("docPr", "name"),
    ("cNvPr", "name"),
    ("sheet", "name"),
    ("tableColumn", "name"),
    ("cacheField", "name"),
    ("definedName", "name"),
    ("property", "name"),
    ("s", "v"),
    ("n", "v"),
    ("d", "v"),
];

/// What the walk meets.
pub(super) enum Seen<'a> {
    /// An element begins: its name without prefix and its attributes, likewise.
    Open(&'a str, &'a [(String, String)]),
    /// An element ends.
    Close(&'a str),
    /// Text between.
    Text(&'a str),
}

/// Walks the whole document. Text comes in pieces where references stand in it.
///
/// What a part defines for itself (a DTD) is met by nobody here, and a program that shows the part puts it in where it is referred to:
/// so such a part is one that cannot be looked through, and so is one that refers to what is not defined. It is walked to its end all
/// the same, for those to whom something is better than nothing.
pub(super) fn walk(bytes: &[u8], visit: &mut dyn FnMut(Seen<'_>)) -> Result<(), Unreadable> {
    let text = plain::decode(bytes);
    let mut reader = Reader::from_str(&text);
    let mut fault = None;
    loop {
        match reader.read_event().map_err(|error| Unreadable::Broken(error.to_string()))? {
            Event::Start(element) => fault = fault.or(open(&element, visit)),
            Event::Empty(element) => {
                fault = fault.or(open(&element, visit));
                visit(Seen::Close(element.local_name().as_ref()));
            }
            Event::End(element) => visit(Seen::Close(element.local_name().as_ref())),
            // A comment is for nobody's eyes, and yet anybody can read it.
            Event::Text(piece) | Event::Comment(piece) => visit(Seen::Text(&piece)),
            Event::CData(piece) => visit(Seen::Text(&piece)),
            Event::GeneralRef(reference) => {
                let character = reference.resolve_char_ref().ok().flatten().map(String::from);
                let named = || resolve_predefined_entity(&reference).map(str::to_owned);
                match character.or_else(named) {
                    Some(stands_for) => visit(Seen::Text(&stands_for)),
                    None => fault = fault.or_else(|| Some(undefined())),
                }
            }
            Event::DocType(_) => fault = fault.or(Some(Unreadable::Definitions)),
            Event::Eof => return fault.map_or(Ok(()), Err),
            Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

/// Makes sure that a part does not begin with definitions of its own, for a reader that would only stumble over what refers to them.
pub(super) fn defines_nothing(bytes: &[u8]) -> Result<(), Unreadable> {
    let text = plain::decode(bytes);
    let mut reader = Reader::from_str(&text);
    loop {
        match reader.read_event() {
            Ok(Event::DocType(_)) => return Err(Unreadable::Definitions),
            // What is broken is told by whoever reads the part.
            Ok(Event::Start(_) | Event::Empty(_) | Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => {}
        }
    }
}

fn undefined() -> Unreadable {
    Unreadable::Broken("it refers to what is not defined".to_owned())
}

/// Tells the element with its attributes, and what is wrong with them.
fn open(element: &BytesStart<'_>, visit: &mut dyn FnMut(Seen<'_>)) -> Option<Unreadable> {
    let mut all_defined = true;
    let attributes: Vec<(String, String)> = element
        .attributes()
        .with_checks(false)
        .flatten()
        .filter(|attribute| !attribute.key.as_ref().starts_with("xmlns"))
        .map(|attribute| {
            let value = unescape(&attribute.value).unwrap_or_else(|error| {
                all_defined &= !matches!(error, EscapeError::UnrecognizedEntity(..));
                attribute.value.clone()
            });
            let value = value.into_owned();
            (attribute.key.local_name().as_ref().to_owned(), value)
        })
        .collect();
    visit(Seen::Open(element.local_name().as_ref(), &attributes));
    (!all_defined).then(undefined)
}

/// The value of an attribute.
pub(super) fn attribute<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

/// Adds what people wrote into attributes: names, descriptions, authors, and where links lead.
pub(super) fn spoken(element: &str, attributes: &[(String, String)], passages: &mut Vec<Passage>) {
    let outside = attribute(attributes, "TargetMode") == Some("External");
    for (name, value) in attributes {
        if outside && name == "Target" {
            push(passages, Place::Hidden(Hidden::Link), value);
        } else if SPOKEN.contains(&name.as_str()) || SPOKEN_ON.contains(&(element, name.as_str())) {
            push(passages, Place::Hidden(Hidden::Attribute), value);
        }
    }
}

/// Every text and every attribute of the document, each by itself.
pub(super) fn everything(bytes: &[u8], place: &Place, passages: &mut Vec<Passage>) -> Result<(), Unreadable> {
    let mut run = String::new();
    walk(bytes, &mut |seen| match seen {
        Seen::Text(piece) => run.push_str(piece),
        Seen::Open(_, attributes) => {
            push(passages, place.clone(), &std::mem::take(&mut run));
            for (_, value) in attributes {
                push(passages, place.clone(), value);
            }
        }
        Seen::Close(_) => push(passages, place.clone(), &std::mem::take(&mut run)),
    })
}
