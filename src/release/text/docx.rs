//! A text document: its body by paragraphs, and every other part that says something.

use super::archive::{Part, parts};
use super::xml::{Seen, spoken, walk};
use super::{Hidden, Passage, Place, Unreadable, plain, push, xml};

/// The body first, then all other parts in the archive's order.
pub(super) fn passages(bytes: &[u8]) -> Result<Vec<Passage>, Unreadable> {
    let parts = parts(bytes)?;
    let mut passages = Vec::new();
    let body = parts
        .iter()
        .find(|part| part.name == "word/document.xml")
        .ok_or_else(|| Unreadable::Broken("no word/document.xml in it".to_owned()))?;
    paragraphs(&body.bytes, &Place::Paragraph, &mut passages)?;
    for part in parts.iter().filter(|part| part.name != body.name) {
        other_part(part, &mut passages)?;
    }
    Ok(passages)
}

/// A part that is neither a document's body nor a sheet.
pub(super) fn other_part(part: &Part, passages: &mut Vec<Passage>) -> Result<(), Unreadable> {
    let place = Place::Hidden(hidden(&part.name));
    if part.name.is_empty() {
        push(passages, place, &plain::decode(&part.bytes));
    } else if !part.is_markup() {
        push(passages, Place::Hidden(Hidden::PartName), &part.name);
    } else if part.name.starts_with("docProps/") || part.name.starts_with("customXml/") {
        xml::everything(&part.bytes, &place, passages)?;
    } else {
        paragraphs(&part.bytes, &|_| place.clone(), passages)?;
    }
    Ok(())
}

/// What a part is for, by its name.
fn hidden(name: &str) -> Hidden {
    let file = name.rsplit('/').next().unwrap_or(name).to_ascii_lowercase();
    let is = |word: &str| file.starts_with(word);
    if name.starts_with("docProps/") || name.is_empty() {
        Hidden::Property
    } else if is("comments") || is("people") || is("person") || name.contains("/threadedComments/") {
        Hidden::Comment
    } else if is("header") {
        Hidden::Header
    } else if is("footer") {
        Hidden::Footer
    } else if is("footnotes") {
        Hidden::Footnote
    } else if is("endnotes") {
        Hidden::Endnote
    } else if name.contains("/drawings/") || name.contains("/charts/") || name.contains("/diagrams/") {
        Hidden::Drawing
    } else {
        Hidden::OtherPart
    }
}

/// The paragraph being read: what it says, and what it says no more.
#[derive(Default)]
struct Paragraph {
    number: u32,
    text: String,
    deleted: String,
    code: String,
}

impl Paragraph {
    fn end(self, place: &dyn Fn(u32) -> Place, passages: &mut Vec<Passage>) {
        push(passages, place(self.number), &self.text);
        push(passages, Place::Hidden(Hidden::Deletion), &self.deleted);
        push(passages, Place::Hidden(Hidden::Code), &self.code);
    }
}

/// Reads the paragraphs of WordprocessingML or DrawingML. A text box is a paragraph within a paragraph; text
/// outside of any is gathered until the next element.
fn paragraphs(bytes: &[u8], place: &dyn Fn(u32) -> Place, passages: &mut Vec<Passage>) -> Result<(), Unreadable> {
    let mut count = 0_u32;
    let mut open: Vec<Paragraph> = Vec::new();
    let mut inside = String::new();
    let mut loose = Paragraph::default();
    walk(bytes, &mut |seen| match seen {
        Seen::Open(element, attributes) => {
            spoken(element, attributes, passages);
            inside.clear();
            inside.push_str(element);
            if element == "p" {
                count = count.saturating_add(1);
                open.push(Paragraph { number: count, ..Paragraph::default() });
            } else if let Some(paragraph) = open.last_mut() {
                paragraph.text.push_str(spacing(element));
            }
            if let ("fldSimple", Some(code)) = (element, xml::attribute(attributes, "instr")) {
                push(passages, Place::Hidden(Hidden::Code), code);
            }
        }
        Seen::Close(element) => {
            inside.clear();
            if element == "p"
                && let Some(paragraph) = open.pop()
            {
                paragraph.end(place, passages);
            }
            if open.is_empty() {
                loose.number = count;
                std::mem::take(&mut loose).end(place, passages);
            }
        }
        Seen::Text(piece) => {
            let within_paragraph = !open.is_empty();
            let paragraph = open.last_mut().unwrap_or(&mut loose);
            match inside.as_str() {
                "delText" => paragraph.deleted.push_str(piece),
                "instrText" | "delInstrText" => paragraph.code.push_str(piece),
                // Between the elements of a paragraph stands only the indentation of its markup.
                "" if within_paragraph => {}
                _ => paragraph.text.push_str(piece),
            }
        }
    })?;
    loose.end(place, passages);
    Ok(())
}

/// What an element without text of its own stands for.
fn spacing(element: &str) -> &'static str {
    match element {
        "tab" => "\t",
        "br" | "cr" => "\n",
        "noBreakHyphen" => "-",
        _ => "",
    }
}
