//! The proof that a leaf stands at its place under a root, without the other leaves (RFC 9162 §2.1.3): what an applicant or a
//! court can be handed together with a seal.

use super::super::algorithm::Algorithm;
use super::proof::ProofFault;
use super::tree::{Root, Subtrees, node_hash, split, stretch};
use crate::vault::Digest;
use serde::{Deserialize, Serialize};

/// An inclusion proof. As JSON: `{"algorithm":"sha-256","place":3,"size":7,"path":["<hex>",…]}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inclusion {
    /// How the tree is made.
    pub algorithm: Algorithm,
    /// The place of the leaf, from 0.
    pub place: u64,
    /// The size of the tree.
    pub size: u64,
    /// The hashes beside the way from the leaf up to the root.
    pub path: Vec<Digest>,
}

impl Inclusion {
    /// The proof for the leaf at `place` among the first `size` leaves of `source`; `None` if there is no such place or `source`
    /// lacks a leaf.
    #[must_use]
    pub fn make(source: &impl Subtrees, place: u64, size: u64) -> Option<Self> {
        if place >= size {
            return None;
        }
        let (mut start, mut end) = (0, size);
        let mut path = Vec::new();
        while let Some(left) = split(end - start) {
            let middle = start + left;
            if place < middle {
                path.push(stretch(source, middle, end)?);
                end = middle;
            } else {
                path.push(stretch(source, start, middle)?);
                start = middle;
            }
        }
        path.reverse();
        Some(Self { algorithm: source.algorithm(), place, size, path })
    }

    /// Whether the leaf of this hash stands at [`Inclusion::place`] under `root`, by the steps of RFC 9162 §2.1.3.2. The
    /// size comes from the seal with the root: a path alone may fit two sizes.
    ///
    /// # Errors
    /// Each [`ProofFault`].
    pub fn verify(&self, leaf: &Digest, root: &Root) -> Result<(), ProofFault> {
        if (self.algorithm, self.size) != (root.algorithm, root.size) {
            return Err(ProofFault::OtherTree);
        }
        let Some(mut last) = self.size.checked_sub(1).filter(|last| self.place <= *last) else {
            return Err(ProofFault::Outside);
        };
        let mut place = self.place;
        let mut hash = *leaf;
        for beside in &self.path {
            if last == 0 {
                return Err(ProofFault::WrongLength);
            }
            if place & 1 == 1 || place == last {
                hash = node_hash(self.algorithm, beside, &hash);
                // At the right edge, levels without a right half have no hash in the path.
                let skipped = place.trailing_zeros();
                place = place.checked_shr(skipped).unwrap_or(0);
                last = last.checked_shr(skipped).unwrap_or(0);
            } else {
                hash = node_hash(self.algorithm, &hash, beside);
            }
            place >>= 1;
            last >>= 1;
        }
        if last != 0 {
            return Err(ProofFault::WrongLength);
        }
        if hash == root.hash { Ok(()) } else { Err(ProofFault::Refuted) }
    }
}
