//! How leaves and nodes are hashed, and the root of any stretch of leaves, made of whole subtrees (RFC 9162 §2.1.1).
//!
//! Whole subtrees never change once their last leaf is there, so they can be kept and asked for: then a root or a
//! proof over a million leaves needs some twenty of them. Where only leaf hashes are at hand, [`LeafHashes`] makes
//! the subtrees from those.

use super::super::algorithm::Algorithm;
use crate::vault::Digest;
use serde::{Deserialize, Serialize};

/// The hash of a leaf whose text is `data`.
#[must_use]
pub fn leaf_hash(algorithm: Algorithm, data: &[u8]) -> Digest {
    algorithm.bare(&[&[0x00], data])
}

/// The hash of a node over two others. Another first byte than a leaf's, so that no node can be shown as a leaf.
#[must_use]
pub fn node_hash(algorithm: Algorithm, left: &Digest, right: &Digest) -> Digest {
    algorithm.bare(&[&[0x01], left.as_bytes(), right.as_bytes()])
}

/// The root of a log at one of its sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Root {
    /// How the tree is made.
    pub algorithm: Algorithm,
    /// How many leaves it stands for.
    pub size: u64,
    /// The hash.
    pub hash: Digest,
}

impl Root {
    /// The root of no leaves.
    #[must_use]
    pub fn empty(algorithm: Algorithm) -> Self {
        Self { algorithm, size: 0, hash: algorithm.bare(&[]) }
    }

    /// The root of the first `size` leaves of `source`; `None` if it lacks one.
    #[must_use]
    pub fn of(source: &impl Subtrees, size: u64) -> Option<Self> {
        if size == 0 {
            return Some(Self::empty(source.algorithm()));
        }
        Some(Self { algorithm: source.algorithm(), size, hash: stretch(source, 0, size)? })
    }
}

/// A whole subtree: the 2^`level` leaves that begin at place `index` · 2^`level`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subtree {
    /// Its height: 0 for a leaf.
    pub level: u32,
    /// How many of its height stand left of it.
    pub index: u64,
}

/// Where proofs take their hashes from: kept subtrees, or leaf hashes.
pub trait Subtrees {
    /// How the tree is made.
    fn algorithm(&self) -> Algorithm;

    /// The hash of a whole subtree (of a leaf at level 0); `None` if not all of its leaves are there.
    fn subtree(&self, at: Subtree) -> Option<Digest>;
}

/// Leaf hashes in order, of which subtrees are made when asked for, at the price of reading all of their leaves.
#[derive(Debug, Clone, Copy)]
pub struct LeafHashes<'a> {
    /// How the tree is made.
    pub algorithm: Algorithm,
    /// The hashes from place 0 on.
    pub hashes: &'a [Digest],
}

impl Subtrees for LeafHashes<'_> {
    fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    fn subtree(&self, at: Subtree) -> Option<Digest> {
        let Some(level) = at.level.checked_sub(1) else {
            return usize::try_from(at.index).ok().and_then(|place| self.hashes.get(place)).copied();
        };
        let left = at.index.checked_mul(2)?;
        let left_hash = self.subtree(Subtree { level, index: left })?;
        let right_hash = self.subtree(Subtree { level, index: left.saturating_add(1) })?;
        Some(node_hash(self.algorithm, &left_hash, &right_hash))
    }
}

/// The root of the leaves from `start` up to but without `end`; `None` if `source` lacks one or there are none.
/// `start` must be where a left or right half begins when a tree is halved as [`split`] does.
pub(super) fn stretch(source: &impl Subtrees, start: u64, end: u64) -> Option<Digest> {
    let size = end.checked_sub(start)?;
    if size.is_power_of_two() {
        let level = size.trailing_zeros();
        return source.subtree(Subtree { level, index: start >> level });
    }
    let middle = start.checked_add(split(size)?)?;
    Some(node_hash(source.algorithm(), &stretch(source, start, middle)?, &stretch(source, middle, end)?))
}

/// How many of `size` leaves go left: the largest power of two below it. `None` below 2.
pub(super) fn split(size: u64) -> Option<u64> {
    size.checked_sub(1).filter(|last| *last > 0).map(|last| 1 << last.ilog2())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_half_goes_left() {
        let halves = [(2, 1), (3, 2), (4, 2), (5, 4), (8, 4), (9, 8), (u64::MAX, 1 << 63)];
        assert!(halves.iter().all(|(size, left)| split(*size) == Some(*left)));
        assert_eq!((split(0), split(1)), (None, None));
    }

    #[test]
    fn a_lacking_leaf_gives_no_root() {
        let hashes = [leaf_hash(Algorithm::Sm3, b"a")];
        let source = LeafHashes { algorithm: Algorithm::Sm3, hashes: &hashes };
        assert_eq!(Root::of(&source, 1).map(|root| root.hash), Some(hashes[0]));
        assert_eq!((Root::of(&source, 2), Root::of(&source, 3), Root::of(&source, u64::MAX)), (None, None, None));
        assert_eq!(source.subtree(Subtree { level: 63, index: u64::MAX }), None);
    }

    #[test]
    fn the_root_of_no_leaves_is_the_hash_of_nothing() {
        // RFC 9162 §2.1.1.
        assert_eq!(
            Root::empty(Algorithm::Sha256).hash.to_string(),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }
}
