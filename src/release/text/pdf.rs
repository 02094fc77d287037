//! A PDF: the text of its pages as it is drawn, every string any of its objects holds, and what earlier saved
//! states of the file said.

mod glyphs;
mod strings;

use std::collections::HashSet;
use std::io::sink;

use hayro::hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use lopdf::{Document, LoadOptions, Object, Stream};

use super::{Hidden, MAX_INFLATED, Passage, Place, Unreadable, push};

/// Earlier states of the file that are looked at: enough for what people do, a bound against what they could.
const MAX_REVISIONS: usize = 16;

/// The pages, then what is written into the objects, then what layers and earlier states add.
pub(super) fn passages(bytes: &[u8]) -> Result<Vec<Passage>, Unreadable> {
    let mut passages = state(bytes)?;
    let mut known: HashSet<String> = passages.iter().map(|passage| squeezed(&passage.text)).collect();
    for earlier in earlier_states(bytes) {
        // Half a file need not be a file; what can be read of it counts.
        for passage in state(earlier).unwrap_or_default() {
            if known.insert(squeezed(&passage.text)) {
                push(&mut passages, Place::Hidden(Hidden::Revision), &passage.text);
            }
        }
    }
    Ok(passages)
}

/// The pages from which no letter or digit can be taken.
pub(super) fn pages_without_text(bytes: &[u8]) -> Result<Vec<u32>, Unreadable> {
    open(bytes)?;
    let texts = page_texts(bytes.to_vec())?;
    let silent = |text: &String| !text.chars().any(char::is_alphanumeric);
    Ok(texts.iter().zip(1..).filter(|(text, _)| silent(text)).map(|(_, number)| number).collect())
}

/// All passages of one saved state.
fn state(bytes: &[u8]) -> Result<Vec<Passage>, Unreadable> {
    let mut document = open(bytes)?;
    let texts = page_texts(bytes.to_vec())?;
    let mut passages = Vec::new();
    for (text, number) in texts.iter().zip(1..) {
        push(&mut passages, Place::Page(number), text);
    }
    strings::sweep(&document, &mut passages);
    if lay_open(&mut document) {
        let mut rewritten = Vec::new();
        document.save_to(&mut rewritten).map_err(|error| Unreadable::Broken(error.to_string()))?;
        for (index, text) in page_texts(rewritten)?.iter().enumerate() {
            if texts.get(index).map(|shown| squeezed(shown)) != Some(squeezed(text)) {
                push(&mut passages, Place::Hidden(Hidden::Layer), text);
            }
        }
    }
    Ok(passages)
}

/// Reads the objects and inflates every stream once, so that none of the readers meets a bomb.
fn open(bytes: &[u8]) -> Result<Document, Unreadable> {
    let options = LoadOptions { max_decompressed_size: Some(MAX_INFLATED), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(bytes, options).map_err(|error| unreadable(&error))?;
    if document.is_encrypted() {
        return Err(Unreadable::Encrypted);
    }
    let mut left = MAX_INFLATED;
    for stream in document.objects.values().filter_map(|object| object.as_stream().ok()) {
        match stream.decompress_to_writer(&mut sink(), left) {
            Ok(size) if counts(stream) => left = left.saturating_sub(size),
            Err(lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. })) => {
                return Err(Unreadable::TooLarge);
            }
            // What is filtered in other ways is a picture; what is broken is its readers' matter.
            Ok(_) | Err(_) => {}
        }
    }
    Ok(document)
}

/// Pictures and fonts are bounded one by one and not in sum: a long scan is no bomb.
fn counts(stream: &Stream) -> bool {
    let picture = stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Image");
    !picture && !stream.dict.has(b"Length1")
}

/// The text of each page.
fn page_texts(bytes: Vec<u8>) -> Result<Vec<String>, Unreadable> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Unreadable::Encrypted,
        other => Unreadable::Broken(format!("{other:?}")),
    })?;
    Ok(glyphs::page_texts(&pdf).iter().map(|text| closed_up(text)).collect())
}

/// Without blanks beside a Chinese character: they are drawn for looks, or told by fonts that do not say how wide it is, and no
/// plate and no home is written with them.
fn closed_up(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let chinese = |at: Option<usize>| {
        at.and_then(|at| letters.get(at)).is_some_and(|one| ('\u{4E00}'..='\u{9FFF}').contains(one))
    };
    let kept = letters
        .iter()
        .enumerate()
        .filter(|(at, letter)| **letter != ' ' || !(chinese(at.checked_sub(1)) || chinese(at.checked_add(1))));
    kept.map(|(_, letter)| *letter).collect()
}

/// Takes away what keeps text from being drawn: layers, and letters used only as a clipping path. Tells whether
/// there was any. The replacement is of the same length and may hit a string too; what it changes is only read.
fn lay_open(document: &mut Document) -> bool {
    let mut changed = document.catalog_mut().is_ok_and(|catalog| catalog.remove(b"OCProperties").is_some());
    for stream in document.objects.values_mut().filter_map(|object| object.as_stream_mut().ok()) {
        if !counts(stream) {
            continue;
        }
        let Ok(mut content) = stream.get_plain_content_with_limit(MAX_INFLATED) else { continue };
        let mut clipped = false;
        let mut from = 0;
        while let Some(at) = content.get(from..).and_then(|rest| rest.windows(4).position(|it| it == b"7 Tr")) {
            if let Some(mode) = content.get_mut(from + at) {
                *mode = b'3';
            }
            clipped = true;
            from += at + 4;
        }
        if clipped {
            stream.set_plain_content(content);
            changed = true;
        }
    }
    changed
}

/// The file as it ended at each end mark but the last, oldest first.
fn earlier_states(bytes: &[u8]) -> Vec<&[u8]> {
    let mark = b"%%EOF";
    let ends = bytes.windows(mark.len()).enumerate().filter(|(_, window)| window == mark);
    let mut states: Vec<&[u8]> = ends.filter_map(|(at, _)| bytes.get(..at + mark.len())).collect();
    states.pop();
    states.truncate(MAX_REVISIONS);
    states
}

/// Without white space, to compare what two readings say.
fn squeezed(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

fn unreadable(error: &lopdf::Error) -> Unreadable {
    match error {
        lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) => Unreadable::Encrypted,
        lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. }) => Unreadable::TooLarge,
        other => Unreadable::Broken(other.to_string()),
    }
}
