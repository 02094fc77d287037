//! The proof that a stored journal is what was appended: every row in its place, every link sound, every text canonical,
//! and the columns beside a text saying what the text says.
//!
//! A chain cannot show that its own tail was cut off: compare the head that comes back with one kept elsewhere
//! (the case's projection, a sealed root, a letter already served).

use super::canonical;
use super::chain::{self, Algorithm, FIRST_SEQ, JournalId};
use crate::vault::Digest;
use chrono::{DateTime, Utc};
use std::fmt;
use uuid::Uuid;

/// A row as it lies in the database, texts untouched.
#[derive(Debug, Clone, Copy)]
pub struct Stored<'a> {
    /// Its number within the case, from [`FIRST_SEQ`].
    pub seq: u32,
    /// The canonical text.
    pub body: &'a str,
    /// The algorithm's name.
    pub algorithm: &'a str,
    /// The previous hash in hexadecimal.
    pub previous: &'a str,
    /// The row's own hash in hexadecimal.
    pub hash: &'a str,
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// The row with number `expected` should have stood here: one is missing, doubled or out of order.
    Gap {
        /// The number that should have come.
        expected: u32,
    },
    /// It does not follow the row before it, or is the first of another case.
    WrongPrevious,
    /// Its text is not the text that was hashed.
    WrongHash,
    /// Its text hashes right but is not in canonical form: not written by this system.
    NotCanonical,
    /// Its algorithm is not known to this version.
    UnknownAlgorithm,
    /// The link is there and what it links is not.
    ContentGone,
}

/// The first row at which a journal fails. `Display` is the English sentence, [`Break::zh`] its twin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    /// The number of the row found wrong, as stored.
    pub seq: u32,
    /// What is wrong with it.
    pub what: Flaw,
}

impl Break {
    /// The Chinese sentence.
    #[must_use]
    pub fn zh(&self) -> String {
        let seq = self.seq;
        match &self.what {
            Flaw::Gap { expected } => {
                format!("此处应为日志第 {expected} 条，实为第 {seq} 条：有记录缺失、重复或次序错乱")
            }
            Flaw::WrongPrevious => format!("日志第 {seq} 条与前一条不相衔接"),
            Flaw::WrongHash => format!("日志第 {seq} 条的内容与其哈希值不符，内容已被改动"),
            Flaw::NotCanonical => format!("日志第 {seq} 条的内容不是规范格式"),
            Flaw::UnknownAlgorithm => format!("日志第 {seq} 条使用了本版本不识别的哈希算法"),
            Flaw::ContentGone => format!("日志第 {seq} 条的内容已不存在"),
        }
    }
}

impl fmt::Display for Break {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seq = self.seq;
        match &self.what {
            Flaw::Gap { expected } => {
                write!(
                    f,
                    "entry {expected} was due and entry {seq} stands there: one is missing, doubled or out of order"
                )
            }
            Flaw::WrongPrevious => write!(f, "entry {seq} does not follow the one before it"),
            Flaw::WrongHash => write!(f, "entry {seq} does not match its hash: its content has been changed"),
            Flaw::NotCanonical => write!(f, "entry {seq} is not in canonical form"),
            Flaw::UnknownAlgorithm => write!(f, "entry {seq} names a hash algorithm this version does not know"),
            Flaw::ContentGone => write!(f, "the content of entry {seq} is gone"),
        }
    }
}

impl std::error::Error for Break {}

/// Walks `journal` in the order given and returns its head: the last row's hash, or `None`
/// without rows.
///
/// # Errors
/// The first [`Break`]; see [`Flaw`].
pub fn verify<'a>(
    journal: impl Into<JournalId>,
    rows: impl IntoIterator<Item = Stored<'a>>,
) -> Result<Option<Digest>, Break> {
    let mut walk = Walk::new(journal);
    for row in rows {
        walk.step(&row)?;
    }
    Ok(walk.head)
}

/// A walk along one chain, row by row: for chains that are read page by page.
#[derive(Debug, Clone)]
pub struct Walk {
    journal: JournalId,
    expected: u32,
    head: Option<Digest>,
}

impl Walk {
    /// Begins before the first row.
    #[must_use]
    pub fn new(journal: impl Into<JournalId>) -> Self {
        Self { journal: journal.into(), expected: FIRST_SEQ, head: None }
    }

    /// Goes past the next row.
    ///
    /// # Errors
    /// A [`Break`], after which the rest cannot be told.
    pub fn step(&mut self, row: &Stored<'_>) -> Result<(), Break> {
        self.number(row.seq)?;
        let head = follow(&self.journal, self.head.as_ref(), row).map_err(|what| Break { seq: row.seq, what })?;
        self.head = Some(head);
        Ok(())
    }

    /// Goes past the next row and tells whether its columns say what its text says, which is read once for both.
    ///
    /// # Errors
    /// As [`Walk::step`].
    pub fn step_with(&mut self, row: &Stored<'_>, columns: &Columns<'_>) -> Result<bool, Break> {
        self.number(row.seq)?;
        let broken = |what| Break { seq: row.seq, what };
        let head = link(&self.journal, self.head.as_ref(), row).map_err(broken)?;
        let members = canonical::members(row.body);
        if members.is_none() && !canonical::is_canonical(row.body) {
            return Err(broken(Flaw::NotCanonical));
        }
        self.head = Some(head);
        // A text without members says nothing of what the columns say.
        Ok(members.is_some_and(|members| columns.agree(&members)))
    }

    /// Stands before a link whose content is gone.
    ///
    /// # Errors
    /// Always: the [`Break`] that it is, or the gap before it.
    pub fn gone(&mut self, seq: u32) -> Result<(), Break> {
        self.number(seq)?;
        Err(Break { seq, what: Flaw::ContentGone })
    }

    fn number(&mut self, seq: u32) -> Result<(), Break> {
        let expected = self.expected;
        self.expected = expected.saturating_add(1);
        if seq == expected { Ok(()) } else { Err(Break { seq, what: Flaw::Gap { expected } }) }
    }
}

/// The hash of `row` if it follows `previous`, or begins the journal, and its text is canonical.
fn follow(journal: &JournalId, previous: Option<&Digest>, row: &Stored<'_>) -> Result<Digest, Flaw> {
    let hash = link(journal, previous, row)?;
    if canonical::is_canonical(row.body) { Ok(hash) } else { Err(Flaw::NotCanonical) }
}

/// The hash of `row` if it follows `previous`, or begins the journal. Each row is hashed with its own algorithm.
fn link(journal: &JournalId, previous: Option<&Digest>, row: &Stored<'_>) -> Result<Digest, Flaw> {
    let algorithm: Algorithm = row.algorithm.parse().map_err(|_unknown| Flaw::UnknownAlgorithm)?;
    let previous = previous.copied().unwrap_or_else(|| chain::first(algorithm, journal.clone()));
    // A digest is read in one spelling only, so that another one of the same hash is a change too.
    if row.previous.parse() != Ok(previous) {
        return Err(Flaw::WrongPrevious);
    }
    let hash = chain::hash(algorithm, &previous, row.body);
    if row.hash.parse() != Ok(hash) {
        return Err(Flaw::WrongHash);
    }
    Ok(hash)
}

/// What stands in the columns beside an entry's text, for queries. Cases, proceedings and enquiries have the same.
#[derive(Debug, Clone, Copy)]
pub struct Columns<'a> {
    /// Whose journal it is: the name of the member that says so, and the id in the column.
    pub owner: (&'a str, Uuid),
    /// The number of the entry.
    pub seq: i32,
    /// When it was recorded.
    pub at: DateTime<Utc>,
    /// The event's kind.
    pub kind: &'a str,
    /// The version of the event's form.
    pub version: i32,
    /// Who recorded it, in canonical text.
    pub actor: &'a str,
}

impl Columns<'_> {
    /// Whether they say what the text says. True for a text that is not canonical: that is another flaw.
    #[must_use]
    pub fn agree_with(&self, body: &str) -> bool {
        canonical::members(body).map_or_else(|| !canonical::is_canonical(body), |members| self.agree(&members))
    }

    fn agree(&self, members: &[(&str, &str)]) -> bool {
        let (owner, id) = self.owner;
        let says = |name: &str| members.iter().find(|(member, _)| *member == name).map_or("", |(_, text)| *text);
        // A canonical number has one spelling; an id is written in the one that is compared.
        let mut spelling = Uuid::encode_buffer();
        says(owner).trim_matches('"') == id.hyphenated().encode_lower(&mut spelling)
            && says("seq").parse() == Ok(self.seq)
            && DateTime::parse_from_rfc3339(says("at").trim_matches('"')).is_ok_and(|at| at == self.at)
            && canonical::members(says("event")).is_some_and(|event| {
                event.iter().any(|(name, text)| *name == "kind" && text.trim_matches('"') == self.kind)
            })
            && says("version").parse() == Ok(self.version)
            && says("actor") == self.actor
    }
}

#[cfg(test)]
mod tests;
