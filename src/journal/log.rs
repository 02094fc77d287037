//! The seal log: one append-only list over the heads of all chains, so that a single signed hash (the root) stands
//! for everything recorded so far.
//!
//! It is the Merkle tree of RFC 9162 §2.1, under SHA-256 or SM3. For whoever checks with other tools:
//!
//! - what a leaf hashes: the text that [`Leaf::text`] gives, in UTF-8
//! - leaf: `H(0x00 ‖ text)`; node: `H(0x01 ‖ left ‖ right)`; the root of no leaves: `H()`
//! - places count from 0; a proof's `path` goes from the leaf upward, as in RFC 9162 §2.1.3.1 and §2.1.4.1
//!
//! A tree is made with one algorithm. To go on with another one, the leaves sealed so far are hashed anew from their texts and
//! the same size is sealed again: see [`super::seal::Sequence`].

pub mod consistency;
pub mod frontier;
pub mod inclusion;
pub mod leaf;
mod proof;
pub mod tree;

pub use consistency::Consistency;
pub use frontier::{Frontier, NotAFrontier};
pub use inclusion::Inclusion;
pub use leaf::{Chain, ChainName, Leaf, NotAChainName, NotALeaf};
pub use proof::ProofFault;
pub use tree::{LeafHashes, Root, Subtree, Subtrees};

#[cfg(test)]
mod tests;
