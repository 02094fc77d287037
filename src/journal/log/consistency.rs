//! The proof that a later log begins with all of an earlier one, nothing changed or dropped (RFC 9162 §2.1.4): what
//! ties each seal to the one before it.

use super::super::algorithm::Algorithm;
use super::proof::ProofFault;
use super::tree::{Root, Subtrees, node_hash, split, stretch};
use crate::vault::Digest;
use serde::{Deserialize, Serialize};

/// A consistency proof. As JSON: `{"algorithm":"sha-256","from":3,"to":7,"path":["<hex>",…]}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consistency {
    /// How the tree is made.
    pub algorithm: Algorithm,
    /// The size of the earlier log.
    pub from: u64,
    /// The size of the later log.
    pub to: u64,
    /// The hashes of which both roots can be made. None if the sizes are equal or the earlier log is empty.
    pub path: Vec<Digest>,
}

impl Consistency {
    /// The proof between the first `from` and the first `to` leaves of `source`; `None` if `from` is above `to` or `source` lacks
    /// a leaf.
    #[must_use]
    pub fn make(source: &impl Subtrees, from: u64, to: u64) -> Option<Self> {
        let algorithm = source.algorithm();
        if from == 0 || from >= to {
            return (from <= to).then_some(Self { algorithm, from, to, path: Vec::new() });
        }
        let (mut start, mut end) = (0, to);
        let mut path = Vec::new();
        while end != from {
            let middle = start + split(end - start)?;
            if from <= middle {
                path.push(stretch(source, middle, end)?);
                end = middle;
            } else {
                path.push(stretch(source, start, middle)?);
                start = middle;
            }
        }
        // Whoever verifies has the earlier root; what lies at the left edge in one piece is that root itself.
        if start > 0 {
            path.push(stretch(source, start, end)?);
        }
        path.reverse();
        Some(Self { algorithm, from, to, path })
    }

    /// Whether the log under `later` begins with the log under `earlier`, by the steps of RFC 9162 §2.1.4.2. An empty log is the
    /// beginning of every other, and a log of itself.
    ///
    /// # Errors
    /// Each [`ProofFault`].
    pub fn verify(&self, earlier: &Root, later: &Root) -> Result<(), ProofFault> {
        let here = (self.algorithm, self.from, self.algorithm, self.to);
        if here != (earlier.algorithm, earlier.size, later.algorithm, later.size) {
            return Err(ProofFault::OtherTree);
        }
        if self.from > self.to {
            return Err(ProofFault::Outside);
        }
        if self.from == 0 || self.from == self.to {
            let holds =
                if self.from == self.to { earlier.hash == later.hash } else { *earlier == Root::empty(self.algorithm) };
            return match (self.path.is_empty(), holds) {
                (false, _) => Err(ProofFault::WrongLength),
                (true, false) => Err(ProofFault::Refuted),
                (true, true) => Ok(()),
            };
        }
        self.climb(earlier, later)
    }

    /// The walk up from where the earlier log ends, making both roots; 0 < `from` < `to`.
    fn climb(&self, earlier: &Root, later: &Root) -> Result<(), ProofFault> {
        let known = self.from.is_power_of_two().then_some(earlier.hash);
        let mut hashes = known.into_iter().chain(self.path.iter().copied());
        let first = hashes.next().ok_or(ProofFault::WrongLength)?;
        let (mut old, mut new) = (first, first);
        let whole = (self.from - 1).trailing_ones();
        let (mut place, mut last) = ((self.from - 1) >> whole, (self.to - 1) >> whole);
        for hash in hashes {
            if last == 0 {
                return Err(ProofFault::WrongLength);
            }
            if place & 1 == 1 || place == last {
                old = node_hash(self.algorithm, &hash, &old);
                new = node_hash(self.algorithm, &hash, &new);
                let skipped = place.trailing_zeros();
                place = place.checked_shr(skipped).unwrap_or(0);
                last = last.checked_shr(skipped).unwrap_or(0);
            } else {
                new = node_hash(self.algorithm, &new, &hash);
            }
            place >>= 1;
            last >>= 1;
        }
        if last != 0 {
            return Err(ProofFault::WrongLength);
        }
        if (old, new) == (earlier.hash, later.hash) { Ok(()) } else { Err(ProofFault::Refuted) }
    }
}
