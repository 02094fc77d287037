//! The audit: whether the log is what was sealed and the journals are what the log says, and if not, where it begins.
//!
//! Three walks, each over what passes by once, nothing kept but the seals and which of their roots held: the seals in the order of
//! their numbers; the leaves in order of place, while the tree is made again and its root held against each seal as its size is
//! reached, and each sealed head is held against its chain, at once or later; the events, a case at a time.
//!
//! A leaf is evidence once a root over it holds. Until then what was found by it waits, and it is told with or without
//! the number of the seal that proves it.

mod finding;

pub use finding::Finding;

use super::algorithm::Algorithm;
use super::log::{Chain, ChainName, Frontier, Leaf, Root, tree};
use super::seal::{Forgery, KnownKeys, Seal, SealFlaw, Sequence, SignedSeal, slip};
use super::verify::{self, Break, Stored};
use crate::ids::CaseId;
use crate::vault::Digest;
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// Findings that are told one by one; after so many, the rest is counted.
const MOST_FINDINGS: usize = 1000;

/// A seal as it lies in the database.
#[derive(Debug, Clone, Copy)]
pub struct StoredSeal<'a> {
    /// Its canonical text.
    pub text: &'a str,
    /// Its signature in hexadecimal.
    pub signature: &'a str,
}

/// A leaf as it lies in the database.
#[derive(Debug, Clone, Copy)]
pub struct StoredLeaf<'a> {
    /// Its place, from 0.
    pub place: u64,
    /// Its published text.
    pub text: &'a str,
    /// The name of the algorithm of the tree it was appended to.
    pub algorithm: &'a str,
    /// Its leaf hash in hexadecimal.
    pub hash: &'a str,
}

/// What a chain says today at the place a leaf speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// The event is there, with this hash as stored.
    There(String),
    /// The event is not there; this is the number of the last one that is (0: there is none).
    EndsAt(u32),
    /// There is no such chain.
    Gone,
}

/// What an audit found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What is wrong: first with the seals, then with the log in order of place, then with the journals. At most 1000.
    pub findings: Vec<Finding>,
    /// How many more there were.
    pub further: u64,
    /// The last seal that is genuine and whose root the leaves still give.
    pub proved: Option<Seal>,
    /// Leaves beyond the largest size sealed: waiting for the next seal.
    pub unsealed_leaves: u64,
}

impl Report {
    /// The first bad place; none if all is as it was sealed.
    #[must_use]
    pub fn first(&self) -> Option<&Finding> {
        self.findings.first()
    }

    /// Since when nothing is sealed: what was recorded after this instant could be changed, together with all that is linked
    /// to it, without being found. `None`: nothing is sealed at all.
    #[must_use]
    pub fn unsealed_since(&self) -> Option<DateTime<Utc>> {
        self.proved.as_ref().map(|seal| seal.made_at)
    }

    /// The sentence about what cannot be found.
    #[must_use]
    pub fn window(&self) -> String {
        self.unsealed_since().map_or_else(
            || "nothing is sealed: a change of the whole history would not be found".to_owned(),
            |since| {
                format!(
                    "a change to what was recorded after {} would not be found: no seal covers it",
                    slip::in_beijing(since)
                )
            },
        )
    }

    /// [`Report::window`] in Chinese; the time is that of Beijing.
    #[must_use]
    pub fn window_zh(&self) -> String {
        self.unsealed_since().map_or_else(
            || "尚无有效封存：即使全部历史被重算也无从发现".to_owned(),
            |since| format!("{} 之后的记录尚无封存覆盖，如被改动无从发现", slip::in_beijing(since)),
        )
    }
}

/// An audit on its way: [`Audit::new`] with the seals, [`Audit::leaf`] for each leaf, [`Audit::head`] for each that waits for the walk over
/// the chains, [`Audit::case`] for each case (or [`Audit::journal_broken`] from whoever walks over them), [`Audit::finish`].
#[derive(Debug)]
pub struct Audit {
    /// The genuine seals in order of their sizes, and how many of them are behind us.
    seals: Vec<Seal>,
    passed: usize,
    /// A tree for each algorithm that a seal names.
    trees: Vec<Frontier>,
    size: u64,
    /// A leaf is missing: what comes after it has no certain place.
    out_of_step: bool,
    /// The root under the seal passed last did not hold.
    root_differs: bool,
    /// The sizes of the seals passed, and the number of each whose root held.
    roots: Vec<(u64, Option<u64>)>,
    /// What leaves say that no seal passed so far covers.
    waiting: Vec<Finding>,
    /// The chains of which something was told already: the first place is enough.
    told: BTreeSet<Chain>,
    proved: Option<Seal>,
    findings: Vec<Finding>,
    further: u64,
}

impl Audit {
    /// Begins with all seals, in the order of their numbers, and the public keys believed.
    #[must_use]
    pub fn new<'a>(keys: &KnownKeys, seals: impl IntoIterator<Item = StoredSeal<'a>>) -> Self {
        let mut audit = Self {
            seals: Vec::new(),
            passed: 0,
            trees: Vec::new(),
            size: 0,
            out_of_step: false,
            root_differs: false,
            roots: Vec::new(),
            waiting: Vec::new(),
            told: BTreeSet::new(),
            proved: None,
            findings: Vec::new(),
            further: 0,
        };
        let mut sequence = Sequence::new(keys);
        for stored in seals {
            audit.seal(&mut sequence, stored);
        }
        audit.seals.sort_by_key(|seal| seal.root.size);
        audit.reach();
        audit
    }

    fn seal(&mut self, sequence: &mut Sequence<'_>, stored: StoredSeal<'_>) {
        let Ok(signed) = SignedSeal::read(stored.text, stored.signature) else {
            let number = sequence.skip();
            return self.tell(Finding::SealForged { number, why: Forgery::Unreadable });
        };
        let seal = signed.seal();
        let followed = sequence.follow(&signed);
        if let Err(flaw) = followed {
            self.tell(Finding::of_seal(seal.number, flaw));
        }
        if matches!(followed, Err(SealFlaw::Forged(_))) {
            return;
        }
        if !self.trees.iter().any(|tree| tree.algorithm() == seal.root.algorithm) {
            self.trees.push(Frontier::new(seal.root.algorithm));
        }
        self.seals.push(seal.clone());
    }

    /// How many leaves the genuine seals stand for.
    fn sealed(&self) -> u64 {
        self.seals.last().map_or(0, |seal| seal.root.size)
    }

    /// Goes past the next leaf. `standing` looks up what the leaf's chain says today at the leaf's number; it is asked
    /// only for leaves that are sealed, and no more for a chain once something was found. `None`: [`Audit::head`] will tell.
    pub fn leaf(&mut self, row: StoredLeaf<'_>, standing: impl FnOnce(&Leaf) -> Option<Standing>) {
        if self.out_of_step {
            return;
        }
        let place = self.size;
        if row.place != place {
            self.out_of_step = true;
            self.release(None);
            return self.tell(Finding::LeafMissing { place, found: row.place });
        }
        let hash = own_hash(&row);
        if hash.is_none() {
            self.tell(Finding::LeafChanged { place });
        } else if place < self.sealed() {
            match row.text.parse::<Leaf>() {
                Ok(leaf) => self.hold(place, leaf, standing),
                Err(_another_form) => self.tell(Finding::LeafUnreadable { place }),
            }
        }
        self.append(&row);
        self.reach();
    }

    fn append(&mut self, row: &StoredLeaf<'_>) {
        // By its stored hash where that is of the same tree: if only the text was changed, the rest can still be proved.
        let stored = row.algorithm.parse::<Algorithm>().ok().zip(row.hash.parse::<Digest>().ok());
        for tree in &mut self.trees {
            let algorithm = tree.algorithm();
            let hash = stored.filter(|(of, _)| *of == algorithm).map(|(_, hash)| hash);
            tree.append(hash.unwrap_or_else(|| tree::leaf_hash(algorithm, row.text.as_bytes())));
        }
        self.size = self.size.saturating_add(1);
    }

    /// Holds the head that `leaf` names against its chain.
    fn hold(&mut self, place: u64, leaf: Leaf, standing: impl FnOnce(&Leaf) -> Option<Standing>) {
        if self.told.contains(&leaf.chain) {
            return;
        }
        if let Some(finding) = standing(&leaf).and_then(|standing| differing(place, &leaf, &standing)) {
            self.told.insert(leaf.chain);
            self.waiting.push(finding);
        }
    }

    /// Holds the head that a leaf names against what its chain says today, once all leaves are behind: for whoever comes past the chains
    /// anyway and need not look each of them up. The leaves of a chain come in order of place.
    pub fn head(&mut self, place: u64, leaf: Leaf, standing: &Standing) {
        if self.told.contains(&leaf.chain) {
            return;
        }
        if let Some(finding) = differing(place, &leaf, standing) {
            self.told.insert(leaf.chain);
            // The first seal over a leaf is the one that proves it, or does not.
            let over = self.roots.get(self.roots.partition_point(|(size, _)| *size <= place));
            let seal = over.and_then(|(_, number)| *number);
            self.tell(finding.proved_by(seal));
        }
    }

    /// Holds the roots against all seals of the size reached.
    fn reach(&mut self) {
        while let Some(seal) = self.seals.get(self.passed).filter(|seal| seal.root.size == self.size).cloned() {
            self.passed += 1;
            let holds = self.root(seal.root.algorithm).is_some_and(|root| root == seal.root);
            self.roots.push((seal.root.size, holds.then_some(seal.number)));
            if holds {
                self.release(Some(seal.number));
                self.proved = Some(seal);
            } else {
                // Every later root differs by the same fault.
                if !self.root_differs {
                    let after = self.proved.as_ref().map_or(0, |proved| proved.root.size);
                    self.tell(Finding::RootDiffers { number: seal.number, after, size: self.size });
                }
                self.release(None);
            }
            self.root_differs = !holds;
        }
    }

    fn root(&self, algorithm: Algorithm) -> Option<Root> {
        self.trees.iter().find(|tree| tree.algorithm() == algorithm).map(Frontier::root)
    }

    /// Tells what waited, now that the seal of this number proves the leaves, or that none does.
    fn release(&mut self, seal: Option<u64>) {
        for finding in std::mem::take(&mut self.waiting) {
            self.tell(finding.proved_by(seal));
        }
    }

    /// Verifies the journal of one case, its rows in order, and returns its head. Call it after the leaves.
    pub fn case<'a>(&mut self, case: CaseId, rows: impl IntoIterator<Item = Stored<'a>>) -> Option<Digest> {
        verify::verify(case, rows).unwrap_or_else(|broken| {
            self.journal_broken(case, broken);
            None
        })
    }

    /// Tells that the journal of a case does not hold in itself: for whoever has walked over it.
    pub fn journal_broken(&mut self, case: CaseId, broken: Break) {
        self.tell(Finding::JournalBroken { case, broken });
    }

    /// Tells that a chain that is no case's does not hold in itself: the walk over it is its reader's.
    pub fn chain_broken(&mut self, chain: ChainName, broken: Break) {
        self.tell(Finding::ChainBroken { chain, broken });
    }

    /// Ends the walk over the leaves and gives the report. Call it after the cases too.
    #[must_use]
    pub fn finish(mut self) -> Report {
        self.release(None);
        let (sealed, found) = (self.sealed(), self.size);
        if found < sealed && !self.out_of_step {
            self.tell(Finding::LogCutOff { sealed, found });
        }
        let mut findings = self.findings;
        findings.sort_by_key(Finding::order);
        let unsealed_leaves = found.saturating_sub(sealed);
        Report { findings, further: self.further, proved: self.proved, unsealed_leaves }
    }

    fn tell(&mut self, finding: Finding) {
        if self.findings.len() < MOST_FINDINGS {
            self.findings.push(finding);
        } else {
            self.further = self.further.saturating_add(1);
        }
    }
}

/// What is wrong with the head that `leaf`, at `place`, names of its chain, if anything is.
fn differing(place: u64, leaf: &Leaf, standing: &Standing) -> Option<Finding> {
    let (chain, seq) = (leaf.chain.clone(), leaf.seq);
    match standing {
        Standing::There(stored) if stored.parse() == Ok(leaf.hash) => None,
        Standing::EndsAt(found) if *found < seq => {
            Some(Finding::HeadBehindSeal { chain, sealed: seq, found: *found, place, seal: None })
        }
        Standing::There(_) | Standing::EndsAt(_) => Some(Finding::HeadDiffers { chain, seq, place, seal: None }),
        Standing::Gone => Some(Finding::CaseGone { chain, place, seal: None }),
    }
}

/// The hash of the leaf's text, if that is the hash stored beside it.
fn own_hash(row: &StoredLeaf<'_>) -> Option<Digest> {
    let algorithm: Algorithm = row.algorithm.parse().ok()?;
    let hash = tree::leaf_hash(algorithm, row.text.as_bytes());
    (row.hash.parse() == Ok(hash)).then_some(hash)
}

#[cfg(test)]
mod tests;
