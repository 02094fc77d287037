//! A letter as DOCX, for offices that go on editing: the same words in the same order, the measures of GB/T 9704-2012 as
//! far as a word processor keeps them. Fonts are named and not enclosed; the reader's own are taken.
//!
//! The same letter gives the same bytes: paragraphs are numbered here, for the library would number them by a counter that
//! all letters share.

mod paper;

pub use paper::paper;

use std::io::Cursor;

use docx_rs::{
    AlignmentType, BreakType, Docx, Footer, LineSpacing, LineSpacingType, PageMargin, PageNum, Paragraph, Run,
    RunFonts, SpecialIndentType, Table, TableCell, TableRow, WidthType,
};

use super::letter::{Block, Letter};
use crate::clock::in_chinese;

/// Why no file came about: never seen, for it is written into memory.
#[derive(Debug, thiserror::Error)]
#[error("the document could not be written: {0}")]
pub struct DocxFault(String);

// Word measures in twentieths of a point; a millimetre is 56.69 of them. Sizes of type are in half points.
const PAGE_WIDTH: u32 = 11_906;
const PAGE_HEIGHT: u32 = 16_838;
const TOP: i32 = 2_098; // 37 mm
const BOTTOM: i32 = 1_984; // 35 mm
const LEFT: i32 = 1_588; // 28 mm
const RIGHT: i32 = 1_474; // 26 mm
const TYPE_WIDTH: usize = 8_844; // 156 mm
const LINE: i32 = 580; // 225 mm in 22 lines
const BODY: usize = 32; // 3号
const TITLE: usize = 44; // 2号
const TABLE: usize = 24; // 小4号
const HEAD: usize = 56;
const TWO_CHARACTERS: i32 = 640;
const FOUR_CHARACTERS: i32 = 1_280;
const RED: &str = "D7000F";

const BODY_FONT: &str = "仿宋_GB2312";
const TITLE_FONT: &str = "方正小标宋简体";
const HEADING_FONT: &str = "黑体";
const FIGURES_FONT: &str = "宋体";

/// Writes a letter.
///
/// # Errors
/// [`DocxFault`], never seen.
pub fn docx(letter: &Letter) -> Result<Vec<u8>, DocxFault> {
    let mut page = Page { paragraphs: 0, docx: bare() };
    page.head(letter);
    page.blocks(&letter.blocks);
    page.foot(letter);
    for annex in &letter.annexes {
        let label = Paragraph::new().page_break_before(true).add_run(run("附件", HEADING_FONT, BODY));
        page.add(label);
        page.title(&annex.title);
        page.blocks(&annex.blocks);
    }
    let mut bytes = Cursor::new(Vec::new());
    page.docx.build().pack(&mut bytes).map_err(|error| DocxFault(error.to_string()))?;
    Ok(bytes.into_inner())
}

fn bare() -> Docx {
    let margin = PageMargin::new().top(TOP).bottom(BOTTOM).left(LEFT).right(RIGHT);
    let number = Paragraph::new()
        .id("F0000001")
        .align(AlignmentType::Center)
        .add_run(run("— ", FIGURES_FONT, 28))
        .add_page_num(PageNum::new())
        .add_run(run(" —", FIGURES_FONT, 28));
    Docx::new()
        .page_size(PAGE_WIDTH, PAGE_HEIGHT)
        .page_margin(margin)
        .default_fonts(fonts(BODY_FONT))
        .default_size(BODY)
        .footer(Footer::new().add_paragraph(number))
}

fn fonts(name: &str) -> RunFonts {
    RunFonts::new().east_asia(name).ascii(name).hi_ansi(name)
}

fn run(text: &str, font: &str, size: usize) -> Run {
    Run::new().add_text(text).fonts(fonts(font)).size(size)
}

fn exact() -> LineSpacing {
    LineSpacing::new().line(LINE).line_rule(LineSpacingType::Exact)
}

struct Page {
    paragraphs: u32,
    docx: Docx,
}

impl Page {
    fn numbered(&mut self, paragraph: Paragraph) -> Paragraph {
        self.paragraphs += 1;
        paragraph.id(format!("{:08X}", self.paragraphs))
    }

    fn add(&mut self, paragraph: Paragraph) {
        let paragraph = self.numbered(paragraph);
        self.docx = std::mem::take(&mut self.docx).add_paragraph(paragraph);
    }

    fn head(&mut self, letter: &Letter) {
        let name = run(&letter.issuer, TITLE_FONT, HEAD).color(RED).bold();
        self.add(Paragraph::new().align(AlignmentType::Center).add_run(name));
        let right = Paragraph::new().align(AlignmentType::Right).line_spacing(exact());
        self.add(right.add_run(run(&letter.number, BODY_FONT, BODY)));
        self.add(Paragraph::new().line_spacing(exact()));
        self.title(&letter.title);
        if !letter.addressee.is_empty() {
            let addressee = format!("{}：", letter.addressee);
            self.add(Paragraph::new().line_spacing(exact()).add_run(run(&addressee, BODY_FONT, BODY)));
        }
    }

    fn title(&mut self, title: &str) {
        let title = run(title, TITLE_FONT, TITLE).bold();
        self.add(Paragraph::new().align(AlignmentType::Center).add_run(title));
        self.add(Paragraph::new().line_spacing(exact()));
    }

    fn paragraph(&mut self, text: &str, font: &str) {
        let drawn_in = SpecialIndentType::FirstLine(TWO_CHARACTERS);
        let paragraph =
            Paragraph::new().align(AlignmentType::Both).indent(None, Some(drawn_in), None, None).line_spacing(exact());
        self.add(paragraph.add_run(run(text, font, BODY)));
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph { text } => self.paragraph(text, BODY_FONT),
                Block::Heading { text } => self.paragraph(text, HEADING_FONT),
                Block::Table { rows } => self.table(rows),
            }
        }
    }

    fn table(&mut self, rows: &[Vec<String>]) {
        let columns = rows.first().map_or(1, Vec::len).max(1);
        let mut made = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            let font = if at == 0 { HEADING_FONT } else { BODY_FONT };
            let mut cells = Vec::new();
            for cell in row {
                let words = self.numbered(Paragraph::new().add_run(lines(cell, font)));
                cells.push(TableCell::new().width(TYPE_WIDTH / columns, WidthType::Dxa).add_paragraph(words));
            }
            made.push(TableRow::new(cells).cant_split());
        }
        let table = Table::new(made).width(TYPE_WIDTH, WidthType::Dxa).set_grid(vec![TYPE_WIDTH / columns; columns]);
        self.docx = std::mem::take(&mut self.docx).add_table(table);
    }

    /// Name, day and contact; the name keeps with what stands before it.
    fn foot(&mut self, letter: &Letter) {
        self.add(Paragraph::new().line_spacing(exact()).keep_next(true));
        for (text, kept) in [(letter.issuer.clone(), true), (in_chinese(letter.on), false)] {
            let line = Paragraph::new()
                .align(AlignmentType::Right)
                .indent(None, None, Some(FOUR_CHARACTERS), None)
                .line_spacing(exact())
                .keep_next(kept);
            self.add(line.add_run(run(&text, BODY_FONT, BODY)));
        }
        self.paragraph(&format!("（{}）", letter.contact), BODY_FONT);
    }
}

/// The words of a cell, a line for each of its lines.
fn lines(words: &str, font: &str) -> Run {
    let mut made = Run::new().fonts(fonts(font)).size(TABLE);
    for (at, line) in words.lines().enumerate() {
        if at > 0 {
            made = made.add_break(BreakType::TextWrapping);
        }
        made = made.add_text(line);
    }
    made
}
