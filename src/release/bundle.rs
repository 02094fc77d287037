//! The evidence bundle: one archive with every paper of a case, its journal, and all that is needed to check both on a machine
//! that has only this program and the public key.
//!
//! Made as it is written out ([`Pack`], and [`Book`] within it), so that neither the archive nor the book of all papers is ever
//! held whole in memory; checked by [`verify`]. What it holds, in the order in which it lies there, stands in [`place`].

mod book;
mod data;
mod manifest;
mod pack;
pub mod picture;
mod verify;

pub use book::{Book, BookFault, Foot, page_count};
pub use data::{ChainLine, ContentLine, Kind, ProceedingLine, Withheld};
pub use manifest::{FORM, Manifest, Member, SIGNED, Sign, Standing};
pub use pack::{Pack, PackFault};
pub use verify::{Finding, Verified, verify};

/// Where what lies in a bundle.
pub mod place {
    /// How it is read and verified.
    pub const README: &str = "README.txt";
    /// All papers in one, with bookmarks and numbered pages.
    pub const CATALOGUE: &str = "catalogue.pdf";
    /// The folder of the papers.
    pub const PAPERS: &str = "papers/";
    /// The entries of the journal, one canonical text a line.
    pub const JOURNAL: &str = "data/journal.jsonl";
    /// The links of the journal's chain, one a line.
    pub const CHAIN: &str = "data/chain.jsonl";
    /// The entries of the files of proceedings, each with its link.
    pub const PROCEEDINGS: &str = "data/proceedings.jsonl";
    /// What the journal refers to, each with the salt of its digest.
    pub const CONTENTS: &str = "data/contents.jsonl";
    /// The clocks, day by day.
    pub const CLOCKS: &str = "data/clocks.json";
    /// The leaf of the case in the seal log.
    pub const LEAF: &str = "proof/leaf.json";
    /// The way from the leaf to the sealed root.
    pub const INCLUSION: &str = "proof/inclusion.json";
    /// The seal.
    pub const SEAL: &str = "proof/seal.json";
    /// The slip of the seal, as it is mailed and printed.
    pub const SLIP: &str = "proof/slip.txt";
    /// The folder of the public keys; convenient, and never believed.
    pub const KEYS: &str = "proof/keys/";
    /// What lies in it, with digests.
    pub const MANIFEST: &str = "manifest.json";
    /// The signature under the manifest.
    pub const SIGNATURE: &str = "manifest.sig.json";
}

/// A name as a part of a path in the archive: without what other systems take for something else, and not too long for them.
#[must_use]
pub fn plain_name(name: &str) -> String {
    const LONGEST: usize = 80;
    let kept = name.chars().map(|letter| match letter {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
        letter if letter.is_control() => '_',
        letter => letter,
    });
    let name: String = kept.collect();
    let name = name.trim().trim_start_matches('.');
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if ending.chars().count() <= 5 => (stem, format!(".{ending}")),
        _ => (name, String::new()),
    };
    let stem: String = stem.chars().take(LONGEST - ending.chars().count()).collect();
    format!("{stem}{ending}")
}

#[cfg(test)]
mod tests {
    use super::plain_name;

    #[test]
    fn a_name_leads_nowhere_and_keeps_its_ending() {
        assert_eq!(plain_name("身份证/正面.jpg"), "身份证_正面.jpg");
        assert_eq!(plain_name("../../etc"), "_.._etc");
        let long = plain_name(&format!("{}.docx", "甲".repeat(200)));
        assert_eq!((long.chars().count(), long.ends_with("甲.docx")), (80, true));
    }
}
