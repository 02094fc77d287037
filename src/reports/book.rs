//! A workbook (ECMA-376) that is written while it is sent: row after row goes into the archive and is taken off at once, so that
//! a million rows need no more memory than one. Every cell is text, so that nothing in it is ever a formula.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use zip::result::ZipError;
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

/// Rows a sheet may have, by the form; what is more goes on in a further sheet.
pub const ROWS_MAX: u32 = 1_048_576;
/// Characters a cell may have.
const CELL_MAX: usize = 32_767;
/// Characters the header of a page may have.
const HEADER_MAX: usize = 200;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const TYPES: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// What has been written and not been taken off.
#[derive(Debug, Clone, Default)]
struct Waiting(Arc<Mutex<Vec<u8>>>);

impl io::Write for Waiting {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Waiting {
    fn take(&self) -> Bytes {
        Bytes::from(std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner)))
    }
}

/// A list of which a cell of a column must be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The column, from 0.
    pub column: usize,
    /// Where the list stands, as a formula names it.
    pub range: String,
}

/// A workbook on its way.
pub struct Workbook {
    zip: ZipWriter<StreamWriter<Waiting>>,
    waiting: Waiting,
    sheets: Vec<String>,
    header: String,
    rows: u32,
    open: bool,
    choices: Vec<Choice>,
}

impl Workbook {
    /// An empty one. `header` stands above each printed page.
    #[must_use]
    pub fn new(header: &str) -> Self {
        let waiting = Waiting::default();
        let header: String = header.chars().filter(|one| !one.is_control()).take(HEADER_MAX).collect();
        Self {
            zip: ZipWriter::new_stream(waiting.clone()),
            waiting,
            sheets: Vec::new(),
            // An ampersand begins a code in a header.
            header: header.replace('&', "&&"),
            rows: 0,
            open: false,
            choices: Vec::new(),
        }
    }

    /// Begins a sheet; the one before is ended. `widths`: of its columns, in characters; `choices`: what its cells may be.
    ///
    /// # Errors
    /// [`io::Error`], never seen.
    pub fn sheet(&mut self, name: &str, widths: &[u32], choices: Vec<Choice>) -> io::Result<()> {
        self.end_sheet()?;
        self.sheets.push(name.to_owned());
        let place = format!("xl/worksheets/sheet{}.xml", self.sheets.len());
        self.start(&place)?;
        self.open = true;
        self.rows = 0;
        self.choices = choices;
        let mut text = format!(
            "{HEAD}<worksheet xmlns=\"{MAIN}\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>"
        );
        if !widths.is_empty() {
            text.push_str("<cols>");
            for (at, width) in (1..).zip(widths) {
                let _ = write!(text, "<col min=\"{at}\" max=\"{at}\" width=\"{width}\" customWidth=\"1\"/>");
            }
            text.push_str("</cols>");
        }
        text.push_str("<sheetData>");
        self.zip.write_all(text.as_bytes())
    }

    /// A row. `head`: whether it is one of heads.
    ///
    /// # Errors
    /// [`io::Error`], never seen.
    pub fn row<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>, head: bool) -> io::Result<()> {
        self.rows = self.rows.saturating_add(1);
        let number = self.rows;
        let style = if head { " s=\"1\"" } else { "" };
        let mut text = format!("<row r=\"{number}\">");
        for (at, cell) in cells.into_iter().enumerate() {
            let cell = cell.as_ref();
            if cell.is_empty() {
                continue;
            }
            let column = column_name(at);
            let _ = write!(text, "<c r=\"{column}{number}\" t=\"inlineStr\"{style}><is><t xml:space=\"preserve\">");
            escape(&mut text, cell);
            text.push_str("</t></is></c>");
        }
        text.push_str("</row>");
        self.zip.write_all(text.as_bytes())
    }

    /// Whether the sheet takes no more rows.
    #[must_use]
    pub const fn is_full(&self) -> bool {
        self.rows >= ROWS_MAX
    }

    /// Takes off what is ready to be sent.
    pub fn take(&mut self) -> Bytes {
        self.waiting.take()
    }

    /// Ends it: the rest.
    ///
    /// # Errors
    /// [`io::Error`], never seen.
    pub fn finish(mut self) -> io::Result<Bytes> {
        self.end_sheet()?;
        for (place, text) in self.parts() {
            self.start(place)?;
            self.zip.write_all(text.as_bytes())?;
        }
        let Self { zip, waiting, .. } = self;
        zip.finish().map_err(failed)?;
        Ok(waiting.take())
    }

    fn start(&mut self, place: &str) -> io::Result<()> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(1))
            // A sheet of a million rows may grow beyond four thousand million bytes.
            .large_file(place.starts_with("xl/worksheets/"));
        self.zip.start_file(place, options).map_err(failed)
    }

    fn end_sheet(&mut self) -> io::Result<()> {
        if !std::mem::replace(&mut self.open, false) {
            return Ok(());
        }
        let mut text = "</sheetData>".to_owned();
        if !self.choices.is_empty() {
            let _ = write!(text, "<dataValidations count=\"{}\">", self.choices.len());
            for Choice { column, range } in &self.choices {
                let name = column_name(*column);
                let _ = write!(
                    text,
                    "<dataValidation type=\"list\" allowBlank=\"1\" showErrorMessage=\"1\" sqref=\"{name}2:{name}{ROWS_MAX}\"><formula1>"
                );
                escape(&mut text, range);
                text.push_str("</formula1></dataValidation>");
            }
            text.push_str("</dataValidations>");
        }
        text.push_str("<pageMargins left=\"0.4\" right=\"0.4\" top=\"0.8\" bottom=\"0.5\" header=\"0.3\" footer=\"0.3\"/><pageSetup paperSize=\"9\" orientation=\"landscape\"/><headerFooter><oddHeader>&amp;L");
        escape(&mut text, &self.header);
        text.push_str("</oddHeader><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter></worksheet>");
        self.zip.write_all(text.as_bytes())
    }

    /// Every part beside the sheets.
    fn parts(&self) -> [(&'static str, String); 5] {
        let mut types = format!(
            "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"{TYPES}.sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"{TYPES}.styles+xml\"/>"
        );
        let mut book = format!("{HEAD}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><sheets>");
        let mut relations = format!("{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">");
        for (number, name) in (1..).zip(&self.sheets) {
            let _ = write!(
                types,
                "<Override PartName=\"/xl/worksheets/sheet{number}.xml\" ContentType=\"{TYPES}.worksheet+xml\"/>"
            );
            book.push_str("<sheet name=\"");
            escape(&mut book, name);
            let _ = write!(book, "\" sheetId=\"{number}\" r:id=\"rId{number}\"/>");
            let _ = write!(
                relations,
                "<Relationship Id=\"rId{number}\" Type=\"{RELATIONS}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"
            );
        }
        types.push_str("</Types>");
        book.push_str("</sheets></workbook>");
        let _ = write!(
            relations,
            "<Relationship Id=\"rIdStyles\" Type=\"{RELATIONS}/styles\" Target=\"styles.xml\"/></Relationships>"
        );
        let root = format!(
            "{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
        );
        // Plain, and bold for heads; every cell as text, so that a number of an identity card keeps its digits.
        let styles = format!(
            "{HEAD}<styleSheet xmlns=\"{MAIN}\"><fonts count=\"2\"><font><sz val=\"10\"/></font><font><b/><sz val=\"10\"/></font></fonts><fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills><borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"2\"><xf numFmtId=\"49\" applyNumberFormat=\"1\"/><xf numFmtId=\"49\" fontId=\"1\" applyNumberFormat=\"1\" applyFont=\"1\"/></cellXfs></styleSheet>"
        );
        [
            ("[Content_Types].xml", types),
            ("_rels/.rels", root),
            ("xl/workbook.xml", book),
            ("xl/_rels/workbook.xml.rels", relations),
            ("xl/styles.xml", styles),
        ]
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it maps an error")]
fn failed(error: ZipError) -> io::Error {
    io::Error::other(error.to_string())
}

/// `A`, `B` … `Z`, `AA` …: the column's name, from 0.
#[must_use]
pub fn column_name(mut at: usize) -> String {
    let mut name = Vec::new();
    loop {
        name.push(u8::try_from(at % 26).map_or('A', |letter| char::from(b'A' + letter)));
        if at < 26 {
            break;
        }
        at = at / 26 - 1;
    }
    name.iter().rev().collect()
}

/// A text as XML has it, cut where a cell ends; what XML has no place for is left out.
fn escape(into: &mut String, text: &str) {
    for letter in text.chars().take(CELL_MAX) {
        match letter {
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '"' => into.push_str("&quot;"),
            '\r' => into.push_str("&#13;"),
            '\t' | '\n' => into.push(letter),
            '\u{FFFE}' | '\u{FFFF}' => {}
            letter if letter.is_control() && letter < '\u{20}' => {}
            letter => into.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, Reader, Xlsx};
    use std::io::Cursor;

    #[test]
    fn a_workbook_taken_off_row_by_row_is_read_by_another_program() {
        let mut book = Workbook::new("张三 & 李四");
        let mut bytes = Vec::new();
        book.sheet("申请", &[10, 20], vec![Choice { column: 1, range: "'说明'!$A$1:$A$2".to_owned() }]).unwrap();
        book.row(["甲", "乙"], true).unwrap();
        for number in 0..2_000 {
            book.row([format!("=1+{number}"), String::new(), "<a>&\"b\"\n330802199001011234".to_owned()], false)
                .unwrap();
            bytes.extend_from_slice(&book.take());
        }
        book.sheet("说明", &[], Vec::new()).unwrap();
        book.row(["one"], false).unwrap();
        bytes.extend_from_slice(&book.finish().unwrap());
        let mut read: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        assert_eq!(read.sheet_names(), ["申请", "说明"]);
        let range = read.worksheet_range("申请").unwrap();
        assert_eq!(range.get_size(), (2_001, 3));
        assert_eq!(range.get_value((7, 0)), Some(&Data::String("=1+6".to_owned())), "text, and no formula");
        assert_eq!(range.get_value((7, 1)), Some(&Data::Empty));
        assert_eq!(range.get_value((7, 2)), Some(&Data::String("<a>&\"b\"\n330802199001011234".to_owned())));
        assert!(read.worksheet_formula("申请").unwrap().is_empty());
    }

    #[test]
    fn columns_are_called_as_tables_call_them() {
        assert_eq!([0, 25, 26, 51, 52, 701, 702].map(column_name), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
