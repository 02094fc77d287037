//! Papers that are no letters: what is put into the file of a whole case beside them, such as its contents, its journal, its
//! clocks, a picture on a page of its own.

use serde::Serialize;

/// Something on a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "piece", rename_all = "snake_case")]
pub enum Piece {
    /// A heading.
    Heading {
        /// Its words.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// Its words; each line begins a line.
        text: String,
    },
    /// Names and what they are.
    Facts {
        /// Name and words of each.
        rows: Vec<(String, String)>,
    },
    /// A table; the first row names the columns and stands again on every page.
    Table {
        /// How wide each column is, in parts of the whole.
        widths: Vec<u32>,
        /// Its rows, each as long as `widths`.
        rows: Vec<Vec<String>>,
    },
    /// A table whose cells may lie over several rows and columns.
    Grid(Grid),
    /// Lines of a list of contents.
    Contents {
        /// Each.
        lines: Vec<ContentsLine>,
    },
    /// The picture that comes with the paper.
    Picture,
}

/// A table whose cells may lie over several rows and columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Grid {
    /// How wide each column is, in parts of the whole.
    pub widths: Vec<u32>,
    /// How many rows are its head, which stands again on every page.
    pub head: usize,
    /// Its rows: the cells that begin in each, from the left.
    pub rows: Vec<Vec<GridCell>>,
}

/// A cell of such a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GridCell {
    /// Its words.
    pub text: String,
    /// Columns it lies over.
    pub columns: u16,
    /// Rows it lies over.
    pub rows: u16,
    /// How its words stand.
    pub align: Align,
}

/// How the words of a cell stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// At the left.
    Left,
    /// In the middle.
    Centre,
}

impl GridCell {
    /// A cell of one place.
    #[must_use]
    pub fn one(text: impl Into<String>, align: Align) -> Self {
        Self { text: text.into(), columns: 1, rows: 1, align }
    }

    /// The same over several columns and rows.
    #[must_use]
    pub fn over(text: impl Into<String>, (columns, rows): (u16, u16), align: Align) -> Self {
        Self { text: text.into(), columns, rows, align }
    }
}

/// A cell at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed<'a> {
    /// The row in which it begins.
    pub row: usize,
    /// The column in which it begins.
    pub column: usize,
    /// The cell.
    pub cell: &'a GridCell,
}

impl Grid {
    /// Its cells at their places: each takes the first place of its row that none from above lies over.
    #[must_use]
    pub fn placed(&self) -> Vec<Placed<'_>> {
        let mut taken: std::collections::BTreeSet<(usize, usize)> = std::collections::BTreeSet::new();
        let mut placed = Vec::new();
        for (row, cells) in self.rows.iter().enumerate() {
            let mut column = 0;
            for cell in cells {
                while taken.contains(&(row, column)) {
                    column += 1;
                }
                for down in 0..usize::from(cell.rows) {
                    taken.extend((0..usize::from(cell.columns)).map(|right| (row + down, column + right)));
                }
                placed.push(Placed { row, column, cell });
                column += usize::from(cell.columns);
            }
        }
        placed
    }
}

/// A line of a list of contents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContentsLine {
    /// Its number; empty for the heading of a section.
    pub number: String,
    /// What it names.
    pub title: String,
    /// The day that bears; empty where it bears none.
    pub day: String,
    /// The page on which it begins.
    pub page: u32,
}

/// A paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Paper {
    /// Whose file it is in.
    pub issuer: String,
    /// Its title; each line begins a line.
    pub title: String,
    /// The number of the case.
    pub number: String,
    /// What stands on it.
    pub pieces: Vec<Piece>,
}

impl Paper {
    /// The same with `change` made to every word of it.
    #[must_use]
    pub(super) fn with(&self, change: &dyn Fn(&str) -> String) -> Self {
        let pair = |(name, words): &(String, String)| (change(name), change(words));
        let piece = |piece: &Piece| match piece {
            Piece::Heading { text } => Piece::Heading { text: change(text) },
            Piece::Paragraph { text } => Piece::Paragraph { text: change(text) },
            Piece::Facts { rows } => Piece::Facts { rows: rows.iter().map(pair).collect() },
            Piece::Table { widths, rows } => Piece::Table {
                widths: widths.clone(),
                rows: rows.iter().map(|row| row.iter().map(|cell| change(cell)).collect()).collect(),
            },
            Piece::Grid(grid) => {
                let cell = |cell: &GridCell| GridCell { text: change(&cell.text), ..cell.clone() };
                let rows = grid.rows.iter().map(|row| row.iter().map(cell).collect()).collect();
                Piece::Grid(Grid { rows, ..grid.clone() })
            }
            Piece::Contents { lines } => Piece::Contents {
                lines: lines.iter().map(|line| ContentsLine { title: change(&line.title), ..line.clone() }).collect(),
            },
            Piece::Picture => Piece::Picture,
        };
        Self {
            issuer: change(&self.issuer),
            title: change(&self.title),
            number: change(&self.number),
            pieces: self.pieces.iter().map(piece).collect(),
        }
    }
}
