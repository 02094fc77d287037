//! Verifying a bundle, with the public keys and nothing else: what lies in it is what was put there, the journal is one unbroken
//! chain, what it refers to is what it speaks of, and its head lies under a seal.

mod contents;
mod finding;
mod laid_out;
mod members;
mod moored;
mod sealed;

use std::io::{Read, Seek};

use crate::journal::seal::KnownKeys;

pub use finding::Finding;

/// What a verification found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// What is wrong, the first bad place first.
    pub findings: Vec<Finding>,
    /// Members that were looked at.
    pub members: usize,
    /// Entries of the journal.
    pub entries: u32,
    /// Entries of the files of proceedings.
    pub of_proceedings: usize,
    /// Up to which entry the journal lies under the seal.
    pub sealed: u32,
    /// The number of that seal.
    pub seal: Option<u64>,
    /// Contents that agree with the journal.
    pub agreeing: usize,
    /// Contents that are not in the bundle, and so are not proven: what the manifest of a masked bundle says.
    pub withheld: usize,
}

impl Verified {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.findings.is_empty()
    }

    /// What is proven and what is not, in Chinese.
    #[must_use]
    pub fn told_zh(&self) -> String {
        let Self { members, entries, of_proceedings, sealed, agreeing, withheld, .. } = self;
        let seal = self.seal.map_or_else(String::new, |number| format!("（第 {number} 号封存）"));
        format!(
            "文件 {members} 个；案卷日志 {entries} 条，其中至第 {sealed} 条在封存之内{seal}；复议诉讼案卷 {of_proceedings} 条与其衔接；所载内容 {agreeing} 项与日志一致，未附 {withheld} 项。"
        )
    }

    /// The same in English.
    #[must_use]
    pub fn told(&self) -> String {
        let Self { members, entries, of_proceedings, sealed, agreeing, withheld, .. } = self;
        let seal = self.seal.map_or_else(String::new, |number| format!(" {number}"));
        format!(
            "{members} members; {entries} entries, sealed up to entry {sealed} (seal{seal}); {of_proceedings} entries of proceedings are the ones it names; {agreeing} contents agree with the journal, {withheld} are not included."
        )
    }
}

/// Verifies a bundle. `keys`: the public keys that are believed; those within the bundle are not.
pub fn verify<R: Read + Seek>(bundle: R, keys: &KnownKeys) -> Verified {
    let mut verified = Verified::default();
    // What follows from a member that is not what it was would only be told twice: each step goes on where the last one holds.
    if let Some(taken) = members::taken(bundle, keys, &mut verified)
        && verified.holds()
        && let Some(entries) = contents::chained(&taken, &mut verified)
    {
        contents::agree(&taken, &entries, &mut verified);
        moored::hold(&taken, &entries, &mut verified);
        sealed::lies_under(&taken, keys, &mut verified);
    }
    verified
}
