//! Records that are looked through before they go out, and drawn to be blacked out: PDF, DOCX, XLSX and their parts, text.
#![no_main]

use std::sync::Arc;

use dafu::files::kind::kind;
use dafu::release::redact::Source;
use dafu::release::text::{Kind, pages_without_text, parts_not_read, text_of};
use dafu_fuzz::{exchanged, panics_may_be_caught};
use libfuzzer_sys::fuzz_target;

// Behind the byte that says which.
const DOCUMENT: &[u8] = include_bytes!("../corpus/document/docx").split_at(1).1;
const BOOK: &[u8] = include_bytes!("../corpus/document/xlsx").split_at(1).1;

fuzz_target!(|data: &[u8]| {
    panics_may_be_caught();
    let Some((first, rest)) = data.split_first() else { return };
    let (of, name, bytes) = match first % 8 {
        0 | 4 => (Kind::Pdf, "a.pdf", rest.to_vec()),
        1 => (Kind::Docx, "a.docx", rest.to_vec()),
        2 => (Kind::Xlsx, "a.xlsx", rest.to_vec()),
        3 => (Kind::Plain, "a.txt", rest.to_vec()),
        5 => (Kind::Docx, "a.docx", exchanged(DOCUMENT, "word/document.xml", rest)),
        6 => (Kind::Xlsx, "a.xlsx", exchanged(BOOK, "xl/worksheets/sheet1.xml", rest)),
        _ => (Kind::Xlsx, "a.xlsx", exchanged(BOOK, "xl/sharedStrings.xml", rest)),
    };
    let bytes = bytes.as_slice();
    let _kind = kind(name, bytes);
    if let Ok(passages) = text_of(of, bytes) {
        for passage in passages {
            assert!(!passage.text.trim().is_empty());
            assert!(!passage.place.zh().is_empty() && !passage.place.en().is_empty());
        }
    }
    let _parts = parts_not_read(of, bytes);
    if of == Kind::Pdf {
        let _pages = pages_without_text(bytes);
        if let Ok(source) = Source::open(Arc::new(bytes.to_vec())) {
            for page in 1..=source.page_count().min(2) {
                let _size = source.page_size(page);
                let _drawn = source.page_png(page, 60);
            }
        }
    }
});
