//! A letter as a value: what stands on it, in order, without saying how it looks.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::clock::in_chinese;
use crate::law::letter::LetterKind;

/// Something in the body of a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "block", rename_all = "snake_case")]
pub enum Block {
    /// A paragraph; its first line is drawn in by two characters.
    Paragraph {
        /// Its words.
        text: String,
    },
    /// A heading of the first level (一、).
    Heading {
        /// Its words.
        text: String,
    },
    /// A table; the first row names the columns.
    Table {
        /// Its rows, each as long as the first.
        rows: Vec<Vec<String>>,
    },
}

/// What follows the letter on a page of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Annex {
    /// Its title.
    pub title: String,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// A letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Letter {
    /// Which.
    pub kind: LetterKind,
    /// Who writes: in red at the head, and under the text.
    pub issuer: String,
    /// Its number; of a sheet, that of the case.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Whom it addresses; empty for a sheet of the file.
    pub addressee: String,
    /// What it says.
    pub blocks: Vec<Block>,
    /// Whom to ask.
    pub contact: String,
    /// The day it bears.
    pub on: NaiveDate,
    /// What follows on pages of their own.
    pub annexes: Vec<Annex>,
}

impl Letter {
    /// The whole text, a line for each paragraph: what is signed, searched and shown where no page can be.
    #[must_use]
    pub fn plain(&self) -> String {
        let mut lines = vec![self.issuer.clone(), self.title.clone(), self.number.clone(), String::new()];
        if !self.addressee.is_empty() {
            lines.push(format!("{}：", self.addressee));
        }
        lines.extend(plain(&self.blocks));
        lines.extend([String::new(), self.contact.clone(), self.issuer.clone(), in_chinese(self.on)]);
        for annex in &self.annexes {
            lines.extend([String::new(), format!("附件：{}", annex.title)]);
            lines.extend(plain(&annex.blocks));
        }
        lines.join("\n")
    }

    /// Every piece of text in it, each with the place where it stands, as a person would name it.
    pub fn pieces(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let head = [
            ("发文机关", self.issuer.as_str()),
            ("文号", self.number.as_str()),
            ("标题", self.title.as_str()),
            ("主送", self.addressee.as_str()),
            ("联系方式", self.contact.as_str()),
        ];
        let annexes = self.annexes.iter().flat_map(|annex| {
            std::iter::once(("附件", annex.title.as_str())).chain(texts(&annex.blocks).map(|text| ("附件", text)))
        });
        head.into_iter().chain(texts(&self.blocks).map(|text| ("正文", text))).chain(annexes)
    }
}

fn plain(blocks: &[Block]) -> Vec<String> {
    let mut lines = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph { text } | Block::Heading { text } => lines.push(text.clone()),
            Block::Table { rows } => lines.extend(rows.iter().map(|row| row.join("\u{3000}"))),
        }
    }
    lines
}

fn texts(blocks: &[Block]) -> impl Iterator<Item = &str> {
    blocks.iter().flat_map(|block| match block {
        Block::Paragraph { text } | Block::Heading { text } => vec![text.as_str()],
        Block::Table { rows } => rows.iter().flatten().map(String::as_str).collect(),
    })
}
