//! A workbook: the cells of every sheet, hidden ones too, and every other part that says something.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx, XlsxError};

use super::archive::{Part, parts};
use super::docx::other_part;
use super::xml::{Seen, attribute, defines_nothing, spoken, walk};
use super::{Hidden, Passage, Place, Unreadable, push};

/// Up to here a number is told apart from its neighbours by the reader of cells, which keeps them as floats.
const SAFE_DIGITS: usize = 15;

/// The cells first, sheet by sheet, then all other parts in the archive's order.
pub(super) fn passages(bytes: &[u8]) -> Result<Vec<Passage>, Unreadable> {
    // The parts are inflated within the limit before the other reader sees the file.
    let parts = parts(bytes)?;
    for part in parts.iter().filter(|part| part.is_markup()) {
        defines_nothing(&part.bytes)?;
    }
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let mut passages = Vec::new();
    let mut shown = BTreeSet::new();
    for sheet in book.sheet_names() {
        cells(&mut book, &sheet, &mut shown, &mut passages)?;
    }
    for part in &parts {
        if part.name.starts_with("xl/worksheets/") && part.is_markup() {
            beside_cells(&part.bytes, &mut passages)?;
        } else if part.name == "xl/sharedStrings.xml" {
            leftovers(&part.bytes, &shown, &mut passages)?;
        } else if part.name == "xl/workbook.xml" {
            workbook(part, &mut passages)?;
        } else {
            other_part(part, &mut passages)?;
        }
    }
    Ok(passages)
}

/// The cells one after another: the range that holds them all would be as large as the farthest cell says.
fn cells(
    book: &mut Xlsx<Cursor<&[u8]>>,
    sheet: &str,
    shown: &mut BTreeSet<String>,
    passages: &mut Vec<Passage>,
) -> Result<(), Unreadable> {
    let mut reader = match book.worksheet_cells_reader(sheet) {
        Ok(reader) => reader,
        // A sheet that is one chart has no cells; its part is read with the others.
        Err(XlsxError::NotAWorksheet(_)) => return Ok(()),
        Err(error) => return Err(broken(&error)),
    };
    while let Some(cell) = reader.next_cell_with_formula().map_err(|error| broken(&error))? {
        let (row, column) = cell.pos;
        let place =
            Place::Cell { sheet: sheet.to_owned(), row: row.saturating_add(1), column: column.saturating_add(1) };
        let text = value(&cell.value);
        push(passages, place, &text);
        if let DataRef::SharedString(text) = cell.value {
            shown.insert(text.trim().to_owned());
        }
        push(passages, Place::Hidden(Hidden::Code), &cell.formula.unwrap_or_default());
    }
    Ok(())
}

/// A value as it is shown, a date as a date.
fn value(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(moment) => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            if (hour, minute, second) == (0, 0, 0) {
                format!("{year}-{month:02}-{day:02}")
            } else {
                format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
            }
        }
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// What a sheet says outside of its cells: headers, rules, hints, and numbers with more digits than a float
/// keeps, as they are written.
fn beside_cells(bytes: &[u8], passages: &mut Vec<Passage>) -> Result<(), Unreadable> {
    let mut inside = String::new();
    walk(bytes, &mut |seen| match seen {
        Seen::Open(element, attributes) => {
            spoken(element, attributes, passages);
            inside.clear();
            inside.push_str(element);
        }
        Seen::Close(_) => inside.clear(),
        Seen::Text(text) => match inside.as_str() {
            // Cells and their formulas have been told with their place.
            "t" | "f" | "" => {}
            "v" => {
                let digits = text.bytes().filter(u8::is_ascii_digit).count();
                if digits > SAFE_DIGITS && !text.contains('.') {
                    push(passages, Place::Hidden(Hidden::OtherPart), text);
                }
            }
            name if name.ends_with("Header") => push(passages, Place::Hidden(Hidden::Header), text),
            name if name.ends_with("Footer") => push(passages, Place::Hidden(Hidden::Footer), text),
            _ => push(passages, Place::Hidden(Hidden::Code), text),
        },
    })
}

/// Shared strings that no cell shows: a deleted cell's text may stay behind here.
fn leftovers(bytes: &[u8], shown: &BTreeSet<String>, passages: &mut Vec<Passage>) -> Result<(), Unreadable> {
    let mut string = String::new();
    let mut phonetic = String::new();
    let mut in_phonetic = false;
    let mut in_text = false;
    walk(bytes, &mut |seen| match seen {
        Seen::Open("rPh", _) => in_phonetic = true,
        Seen::Close("rPh") => in_phonetic = false,
        Seen::Open("t", _) => in_text = true,
        Seen::Close("t") => in_text = false,
        Seen::Text(piece) if in_text && in_phonetic => phonetic.push_str(piece),
        Seen::Text(piece) if in_text => string.push_str(piece),
        Seen::Close("si") => {
            if !shown.contains(string.trim()) {
                push(passages, Place::Hidden(Hidden::Leftover), &string);
            }
            push(passages, Place::Hidden(Hidden::Attribute), &phonetic);
            string.clear();
            phonetic.clear();
        }
        _ => {}
    })
}

/// The names that are defined for the whole book, with what they stand for, and the sheets' own names.
fn workbook(part: &Part, passages: &mut Vec<Passage>) -> Result<(), Unreadable> {
    let mut defined = String::new();
    let mut inside = false;
    walk(&part.bytes, &mut |seen| match seen {
        Seen::Open("definedName", attributes) => {
            inside = true;
            push(passages, Place::Hidden(Hidden::DefinedName), attribute(attributes, "name").unwrap_or_default());
        }
        Seen::Open(element, attributes) => spoken(element, attributes, passages),
        Seen::Text(piece) if inside => defined.push_str(piece),
        Seen::Close("definedName") => {
            inside = false;
            push(passages, Place::Hidden(Hidden::DefinedName), &std::mem::take(&mut defined));
        }
        _ => {}
    })
}

fn broken(error: &XlsxError) -> Unreadable {
    match error {
        XlsxError::Password => Unreadable::Encrypted,
        other => Unreadable::Broken(other.to_string()),
    }
}
