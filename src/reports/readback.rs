//! A ledger that comes back: a workbook or lines of text, as rows of cells under the codes of their columns. What a cell means is
//! for the office to say.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader, Xlsx};

use super::columns::{Column, Sheet, Wanted};
use super::csv;

/// Bytes a row may have when a workbook is unpacked: one that says more is no ledger.
const UNPACKED_A_ROW: u64 = 16 << 10;

/// A row, with what stands in it by the code of the column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number in the sheet, from 1; the heads are row 1.
    pub number: u32,
    /// What stands in it; cells that are empty are left out.
    pub cells: HashMap<&'static str, String>,
}

/// A sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    /// Which.
    pub sheet: Sheet,
    /// Its rows.
    pub rows: Vec<Row>,
    /// Heads that are no column's.
    pub unknown: Vec<String>,
    /// Columns that must be there and are not.
    pub missing: Vec<Column>,
}

/// Why nothing can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// It is neither.
    NoTable,
    /// It is a workbook and does not open.
    Broken(String),
    /// The text is in neither of the encodings.
    Encoding,
    /// No sheet of it is one of the ledger's.
    NoSheet,
    /// It has more rows than are taken at a time.
    TooLong(u32),
}

impl Unreadable {
    /// In Chinese.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            Self::NoTable => "不是XLSX工作簿，也不是CSV文本。".to_owned(),
            Self::Broken(why) => format!("工作簿无法打开：{why}。"),
            Self::Encoding => "文本既不是UTF-8编码，也不是GB18030编码。".to_owned(),
            Self::NoSheet => "没有名为“申请”或者“复议诉讼”的工作表，首行也不是台账的列名。".to_owned(),
            Self::TooLong(most) => format!("超过{most}行，请用命令行 dafu import 导入，或者分成几个文件。"),
        }
    }

    /// In English.
    #[must_use]
    pub fn en(&self) -> String {
        match self {
            Self::NoTable => "It is neither an XLSX workbook nor CSV text.".to_owned(),
            Self::Broken(why) => format!("The workbook does not open: {why}."),
            Self::Encoding => "The text is neither UTF-8 nor GB18030.".to_owned(),
            Self::NoSheet => {
                "No sheet is called 申请 or 复议诉讼, and the first row has not the heads of the ledger.".to_owned()
            }
            Self::TooLong(most) => {
                format!("It has more than {most} rows: bring it in by `dafu import`, or in several files.")
            }
        }
    }
}

/// Reads a ledger of at most `most` rows a sheet.
///
/// # Errors
/// [`Unreadable`].
pub fn read(bytes: &[u8], most: u32) -> Result<Vec<Rows>, Unreadable> {
    let sheets = if bytes.starts_with(b"PK\x03\x04") { guarded(|| workbook(bytes, most))? } else { text(bytes, most)? };
    if sheets.is_empty() { Err(Unreadable::NoSheet) } else { Ok(sheets) }
}

/// A ledger comes from outside, and the crates that read workbooks add and index without asking in places. A panic of theirs is one
/// more way for a workbook to be broken; nothing that the closure could leave half-changed outlives it.
fn guarded<T>(read: impl FnOnce() -> Result<T, Unreadable>) -> Result<T, Unreadable> {
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_payload| Err(Unreadable::Broken("its reader gave up on it".to_owned())))
}

fn workbook(bytes: &[u8], most: u32) -> Result<Vec<Rows>, Unreadable> {
    let broken = |why: String| Unreadable::Broken(why);
    unpacks_within_reason(bytes, u64::from(most).saturating_add(1_000).saturating_mul(UNPACKED_A_ROW))?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|fault| broken(fault.to_string()))?;
    let mut found = Vec::new();
    for name in book.sheet_names() {
        let Some(sheet) = sheet_called(&name) else { continue };
        let mut cells = book.worksheet_cells_reader(&name).map_err(|fault| broken(fault.to_string()))?;
        let mut rows: BTreeMap<u32, Vec<(usize, String)>> = BTreeMap::new();
        while let Some(cell) = cells.next_cell().map_err(|fault| broken(fault.to_string()))? {
            let (row, column) = cell.get_position();
            let said = said(cell.get_value());
            if said.is_empty() {
                continue;
            }
            let row = rows.entry(row.saturating_add(1)).or_default();
            row.push((usize::try_from(column).unwrap_or(usize::MAX), said));
            if rows.len() > usize::try_from(most).unwrap_or(usize::MAX).saturating_add(1) {
                return Err(Unreadable::TooLong(most));
            }
        }
        found.push(laid_out(sheet, rows));
    }
    Ok(merged(found))
}

/// A sheet that went on in a further one is one again.
fn merged(found: Vec<Rows>) -> Vec<Rows> {
    let mut sheets: Vec<Rows> = Vec::new();
    for one in found {
        match sheets.iter_mut().find(|known| known.sheet == one.sheet) {
            Some(known) => known.rows.extend(one.rows),
            None => sheets.push(one),
        }
    }
    sheets
}

/// `申请`, and `申请（2）` where it went on.
fn sheet_called(name: &str) -> Option<Sheet> {
    let stem = name.split(['（', '(']).next().unwrap_or(name).trim();
    Sheet::ALL.iter().copied().find(|sheet| [sheet.zh(), sheet.en(), sheet.as_str()].contains(&stem))
}

/// Whether all of it comes to no more than `most` bytes. It is unpacked to see: what an archive says of its parts is written
/// by whoever made it.
fn unpacks_within_reason(bytes: &[u8], most: u64) -> Result<(), Unreadable> {
    let broken = |why: String| Unreadable::Broken(why);
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|fault| broken(fault.to_string()))?;
    let mut left = most;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|fault| broken(fault.to_string()))?;
        // One byte more than allowed tells "exactly full" from "too much".
        let mut part = part.take(left.saturating_add(1));
        let unpacked = io::copy(&mut part, &mut io::sink()).map_err(|fault| broken(fault.to_string()))?;
        left = left.checked_sub(unpacked).ok_or_else(|| broken(format!("more than {most} bytes")))?;
    }
    Ok(())
}

fn said(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year}-{month:02}-{day:02}")
        }
        DataRef::Error(fault) => fault.to_string(),
        DataRef::Empty => String::new(),
    }
}

fn text(bytes: &[u8], most: u32) -> Result<Vec<Rows>, Unreadable> {
    if bytes.contains(&0) {
        return Err(Unreadable::NoTable);
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::GB18030
            .decode_without_bom_handling_and_without_replacement(bytes)
            .ok_or(Unreadable::Encoding)?
            .into_owned(),
    };
    let lines = csv::lines(&text);
    if lines.len() > usize::try_from(most).unwrap_or(usize::MAX).saturating_add(1) {
        return Err(Unreadable::TooLong(most));
    }
    let heads = lines.first().map_or(&[][..], |(_, cells)| cells.as_slice());
    let knows = |sheet: &Sheet| {
        let columns = sheet.columns();
        heads.iter().filter(|head| column_called(&columns, head).is_some()).count()
    };
    let Some(sheet) = Sheet::ALL.iter().copied().filter(|sheet| knows(sheet) > 2).max_by_key(knows) else {
        return Ok(Vec::new());
    };
    let rows = lines
        .into_iter()
        .map(|(number, cells)| {
            let cells = cells.into_iter().map(|cell| cell.trim().to_owned()).enumerate();
            (number, cells.filter(|(_, cell)| !cell.is_empty()).collect())
        })
        .collect();
    Ok(vec![laid_out(sheet, rows)])
}

/// A column by its head in either language, or by its code.
fn column_called(columns: &[Column], head: &str) -> Option<Column> {
    let head = head.trim().trim_end_matches('*').trim();
    columns.iter().copied().find(|one| [one.zh, one.en, one.code].contains(&head))
}

/// The first row has the heads; every further one that says something is a row.
fn laid_out(sheet: Sheet, rows: BTreeMap<u32, Vec<(usize, String)>>) -> Rows {
    let columns = sheet.columns();
    let mut rows = rows.into_iter();
    let mut unknown = Vec::new();
    let mut places: HashMap<usize, &'static str> = HashMap::new();
    for (at, head) in rows.next().map(|(_, cells)| cells).unwrap_or_default() {
        match column_called(&columns, &head) {
            Some(column) => drop(places.insert(at, column.code)),
            None => unknown.push(head),
        }
    }
    let missing = columns
        .into_iter()
        .filter(|one| one.wanted == Wanted::Always && !places.values().any(|code| *code == one.code))
        .collect();
    let rows = rows
        .map(|(number, cells)| {
            let cells = cells.into_iter().filter_map(|(at, cell)| Some((*places.get(&at)?, cell))).collect();
            Row { number, cells }
        })
        .filter(|row| !row.cells.is_empty())
        .collect();
    Rows { sheet, rows, unknown, missing }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::book::Workbook;

    fn book() -> Vec<u8> {
        let mut book = Workbook::new("");
        book.sheet("说明", &[], Vec::new()).unwrap();
        book.row(["渠道"], true).unwrap();
        book.sheet("申请", &[], Vec::new()).unwrap();
        book.row(["机关", "渠道", "到达日期", "颜色"], true).unwrap();
        book.row(["yunhe", "传真", "2021-03-01", "红"], false).unwrap();
        book.row(["", "", "", ""], false).unwrap();
        book.row(["yunhe", "", "2021-03-02"], false).unwrap();
        book.finish().unwrap().to_vec()
    }

    #[test]
    fn rows_keep_their_numbers_and_heads_nobody_knows_are_told() {
        let sheets = read(&book(), 100).unwrap();
        assert_eq!(sheets.len(), 1, "the explanations are no ledger");
        let Rows { sheet, rows, unknown, missing } = &sheets[0];
        assert_eq!((*sheet, unknown.as_slice()), (Sheet::Cases, &["颜色".to_owned()][..]));
        assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [2, 4]);
        assert_eq!(rows[0].cells["channel"], "传真");
        assert!(missing.iter().any(|column| column.code == "subject"));
    }

    #[test]
    fn text_is_read_in_both_encodings_that_are_in_use() {
        let text = "机关,渠道,到达日期,申请内容\r\nyunhe,传真,2021/3/1,'=预算\r\n";
        let gb = encoding_rs::GB18030.encode(text).0.into_owned();
        let [one, other] = [text.as_bytes().to_vec(), gb].map(|bytes| read(&bytes, 10).unwrap());
        assert_eq!(one, other);
        assert_eq!(one[0].rows[0].cells["subject"], "=预算");
    }

    #[test]
    fn what_is_no_ledger_and_what_is_too_long_is_told() {
        assert_eq!(read(b"\0\x01", 10), Err(Unreadable::NoTable));
        assert_eq!(read(b"a,b,c\r\n1,2,3\r\n", 10), Err(Unreadable::NoSheet));
        assert_eq!(read(&book(), 1), Err(Unreadable::TooLong(1)));
        assert!(matches!(read(b"PK\x03\x04nothing", 10), Err(Unreadable::Broken(_))));
    }
}
