//! Ledgers to be brought in: workbooks, their parts, and lines of text.
#![no_main]

use dafu::reports::readback;
use dafu_fuzz::{exchanged, panics_may_be_caught};
use libfuzzer_sys::fuzz_target;

const BOOK: &[u8] = include_bytes!("../corpus/ledger/xlsx");

/// Behind a first byte that begins neither text nor an archive: a part of a workbook that is good otherwise.
const PARTS: &[&str] =
    &["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"];

fuzz_target!(|data: &[u8]| {
    panics_may_be_caught();
    let bytes = match data.split_first() {
        Some((first, rest)) if usize::from(*first) < PARTS.len() => exchanged(BOOK, PARTS[usize::from(*first)], rest),
        _ => data.to_vec(),
    };
    match readback::read(&bytes, 500) {
        Ok(sheets) => {
            for sheet in sheets {
                assert!(sheet.rows.len() <= 500);
                assert!(sheet.rows.iter().all(|row| row.cells.values().all(|cell| !cell.is_empty())));
            }
        }
        Err(told) => assert!(!told.zh().is_empty() && !told.en().is_empty()),
    }
});
