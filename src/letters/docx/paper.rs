//! A paper as DOCX: its headings, paragraphs and tables, for offices that go on editing. Pictures and lists of contents are no part of what is
//! edited.

use std::io::Cursor;

use docx_rs::{
    AlignmentType, Docx, Paragraph, SpecialIndentType, Table, TableCell, TableRow, VAlignType, VMergeType, WidthType,
};

use super::{
    BODY, BODY_FONT, DocxFault, HEADING_FONT, TITLE, TITLE_FONT, TWO_CHARACTERS, TYPE_WIDTH, bare, exact, lines, run,
};
use crate::letters::paper::{Align, Grid, Paper, Piece};

/// The size of type within a table.
const IN_TABLE: usize = 18;

/// Writes a paper.
///
/// # Errors
/// [`DocxFault`], never seen.
pub fn paper(paper: &Paper) -> Result<Vec<u8>, DocxFault> {
    let mut sheet = Sheet { paragraphs: 0, docx: bare() };
    for line in paper.title.lines() {
        sheet.add(Paragraph::new().align(AlignmentType::Center).add_run(run(line, TITLE_FONT, TITLE).bold()));
    }
    sheet.add(Paragraph::new().line_spacing(exact()));
    for piece in &paper.pieces {
        match piece {
            Piece::Heading { text } => sheet.words(text, HEADING_FONT),
            Piece::Paragraph { text } => text.lines().for_each(|line| sheet.words(line, BODY_FONT)),
            Piece::Facts { rows } => {
                for (name, text) in rows {
                    sheet.words(&format!("{name}：{text}"), BODY_FONT);
                }
            }
            Piece::Table { widths, rows } => sheet.grid(&plain(widths, rows)),
            Piece::Grid(grid) => sheet.grid(grid),
            Piece::Contents { .. } | Piece::Picture => {}
        }
    }
    let mut bytes = Cursor::new(Vec::new());
    sheet.docx.build().pack(&mut bytes).map_err(|error| DocxFault(error.to_string()))?;
    Ok(bytes.into_inner())
}

fn plain(widths: &[u32], rows: &[Vec<String>]) -> Grid {
    use crate::letters::paper::GridCell;
    let cell = |text: &String| GridCell::one(text.clone(), Align::Left);
    Grid { widths: widths.to_vec(), head: 1, rows: rows.iter().map(|row| row.iter().map(cell).collect()).collect() }
}

struct Sheet {
    paragraphs: u32,
    docx: Docx,
}

impl Sheet {
    fn numbered(&mut self, paragraph: Paragraph) -> Paragraph {
        self.paragraphs += 1;
        paragraph.id(format!("{:08X}", self.paragraphs))
    }

    fn add(&mut self, paragraph: Paragraph) {
        let paragraph = self.numbered(paragraph);
        self.docx = std::mem::take(&mut self.docx).add_paragraph(paragraph);
    }

    fn words(&mut self, text: &str, font: &str) {
        let drawn_in = SpecialIndentType::FirstLine(TWO_CHARACTERS);
        let paragraph = Paragraph::new().align(AlignmentType::Both).indent(None, Some(drawn_in), None, None);
        self.add(paragraph.line_spacing(exact()).add_run(run(text, font, BODY)));
    }

    /// A cell over several rows stands again in each of them as the continuation of the one above.
    fn grid(&mut self, grid: &Grid) {
        let parts: usize = grid.widths.iter().filter_map(|width| usize::try_from(*width).ok()).sum::<usize>().max(1);
        let widths: Vec<usize> =
            grid.widths.iter().map(|width| TYPE_WIDTH * usize::try_from(*width).unwrap_or(1) / parts).collect();
        let placed = grid.placed();
        let mut rows = Vec::new();
        for at in 0..grid.rows.len() {
            let mut cells = Vec::new();
            let across = |one: &&crate::letters::paper::Placed<'_>| {
                (one.row..one.row + usize::from(one.cell.rows)).contains(&at)
            };
            let mut here: Vec<_> = placed.iter().filter(across).collect();
            here.sort_by_key(|one| one.column);
            for one in here {
                let width: usize = widths.iter().skip(one.column).take(usize::from(one.cell.columns)).sum();
                let words = if one.row == at { one.cell.text.as_str() } else { "" };
                let align = match one.cell.align {
                    Align::Left => AlignmentType::Left,
                    Align::Centre => AlignmentType::Center,
                };
                let font = if at < grid.head { HEADING_FONT } else { BODY_FONT };
                let words = self.numbered(Paragraph::new().align(align).add_run(lines(words, font).size(IN_TABLE)));
                let mut cell = TableCell::new()
                    .width(width, WidthType::Dxa)
                    .vertical_align(VAlignType::Center)
                    .grid_span(usize::from(one.cell.columns))
                    .add_paragraph(words);
                if one.cell.rows > 1 {
                    cell = cell.vertical_merge(if one.row == at { VMergeType::Restart } else { VMergeType::Continue });
                }
                cells.push(cell);
            }
            rows.push(TableRow::new(cells).cant_split());
        }
        let table = Table::new(rows).width(TYPE_WIDTH, WidthType::Dxa).set_grid(widths);
        self.docx = std::mem::take(&mut self.docx).add_table(table);
        self.add(Paragraph::new());
    }
}
