//! The right edge of the tree: all that must be kept to append the next leaf and to know the root, so that a sealer
//! never reads the leaves again.
//!
//! As text: the algorithm, the size, and the peaks from the largest to the smallest, with a space between them.

use super::super::algorithm::Algorithm;
use super::tree::{Root, Subtree, node_hash};
use crate::vault::Digest;
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// The peaks: the roots of the whole subtrees that the leaves so far make, one for each bit set in the size.
///
/// A trap: a frontier read back has the right form, not the right hashes. Before going on from it, compare
/// [`Frontier::root`] with the last seal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frontier {
    algorithm: Algorithm,
    size: u64,
    /// From the largest to the smallest.
    peaks: Vec<Digest>,
}

impl Frontier {
    /// That of a tree without leaves.
    #[must_use]
    pub const fn new(algorithm: Algorithm) -> Self {
        Self { algorithm, size: 0, peaks: Vec::new() }
    }

    /// How the tree is made.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// How many leaves there are; also the place of the next.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Appends a leaf by its hash.
    pub fn append(&mut self, leaf: Digest) {
        self.append_noting(leaf, |_, _| ());
    }

    /// Appends a leaf by its hash and tells `note` of each subtree that became whole thereby, the leaf first: for
    /// whoever keeps them as a [`super::Subtrees`].
    pub fn append_noting(&mut self, leaf: Digest, mut note: impl FnMut(Subtree, &Digest)) {
        let mut whole = leaf;
        note(Subtree { level: 0, index: self.size }, &whole);
        // Each bit set at the end of the size is a peak of that height, which the new one now pairs with.
        for level in 1..=self.size.trailing_ones() {
            let Some(left) = self.peaks.pop() else { break };
            whole = node_hash(self.algorithm, &left, &whole);
            note(Subtree { level, index: self.size >> level }, &whole);
        }
        self.peaks.push(whole);
        // 2^64 leaves are out of reach.
        self.size = self.size.saturating_add(1);
    }

    /// The root of the leaves so far.
    #[must_use]
    pub fn root(&self) -> Root {
        let joined = self.peaks.iter().rev().copied().reduce(|right, left| node_hash(self.algorithm, &left, &right));
        match joined {
            Some(hash) => Root { algorithm: self.algorithm, size: self.size, hash },
            None => Root::empty(self.algorithm),
        }
    }
}

impl fmt::Display for Frontier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.algorithm, self.size)?;
        self.peaks.iter().try_for_each(|peak| write!(f, " {peak}"))
    }
}

/// A text that no [`Frontier`] is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not the right edge of a seal log: algorithm, size and one hash for each bit of the size are expected")]
pub struct NotAFrontier;

impl FromStr for Frontier {
    type Err = NotAFrontier;

    fn from_str(text: &str) -> Result<Self, NotAFrontier> {
        let mut words = text.split(' ');
        let algorithm = words.next().and_then(|name| name.parse().ok()).ok_or(NotAFrontier)?;
        let size: u64 = words.next().and_then(|size| size.parse().ok()).ok_or(NotAFrontier)?;
        let peaks: Vec<Digest> =
            words.map(str::parse).collect::<Result<_, _>>().map_err(|_not_a_digest| NotAFrontier)?;
        let frontier = Self { algorithm, size, peaks };
        let as_many = u32::try_from(frontier.peaks.len()).is_ok_and(|peaks| peaks == size.count_ones());
        // Written again, so that "+7" and "007" are no sizes.
        if as_many && frontier.to_string() == text { Ok(frontier) } else { Err(NotAFrontier) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaf(number: u8) -> Digest {
        Digest::of("test", &[&[number]])
    }

    #[test]
    fn a_frontier_comes_back_from_its_text_and_goes_on_as_before() {
        for algorithm in Algorithm::ALL {
            let mut kept = Frontier::new(algorithm);
            for number in 0..40 {
                let mut read: Frontier = kept.to_string().parse().expect("a frontier");
                assert_eq!(read, kept);
                read.append(leaf(number));
                kept.append(leaf(number));
                assert_eq!(read.root(), kept.root());
            }
        }
    }

    #[test]
    fn a_text_with_too_few_or_too_many_peaks_is_refused() {
        let mut frontier = Frontier::new(Algorithm::Sha256);
        (0..3).for_each(|number| frontier.append(leaf(number)));
        let text = frontier.to_string();
        let one = leaf(9).to_string();
        for wrong in [
            String::new(),
            "sha-256".to_owned(),
            "sha-256 1".to_owned(),
            format!("md5 1 {one}"),
            format!("sha-256 +1 {one}"),
            format!("sha-256 -1 {one}"),
            format!("sha-256 2 {one} {one}"),
            format!("{text} {one}"),
            format!("{text} "),
            text.replace(' ', "  "),
        ] {
            assert_eq!(wrong.parse::<Frontier>(), Err(NotAFrontier), "{wrong}");
        }
    }
}
