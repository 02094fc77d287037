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
    /// Lines of a list of contents.
    Contents {
        /// Each.
        lines: Vec<ContentsLine>,
    },
    /// The picture that comes with the paper.
    Picture,
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
    /// Its title.
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
