//! From the head of the journal over the leaf and the root to the signature of the seal.

use super::members::Taken;
use super::{Finding, Verified};
use crate::journal::log::{Chain, Inclusion, Leaf};
use crate::journal::seal::{KnownKeys, SignedSeal};
use crate::release::bundle::{ChainLine, place};

/// Follows the proof from the journal to a key that is believed.
pub(super) fn lies_under(taken: &Taken, keys: &KnownKeys, verified: &mut Verified) {
    let leaf: Option<Leaf> = taken.data(place::LEAF).trim_end().parse().ok();
    let Some(leaf) = leaf.filter(|leaf| is_of(taken, leaf)) else { return verified.findings.push(Finding::OtherLeaf) };
    let unreadable = |member: &str, why: String| Finding::Unreadable { member: member.to_owned(), why };
    let signed: SignedSeal = match serde_json::from_str(taken.data(place::SEAL)) {
        Ok(signed) => signed,
        Err(error) => return verified.findings.push(unreadable(place::SEAL, error.to_string())),
    };
    let inclusion: Inclusion = match serde_json::from_str(taken.data(place::INCLUSION)) {
        Ok(inclusion) => inclusion,
        Err(error) => return verified.findings.push(unreadable(place::INCLUSION, error.to_string())),
    };
    let root = signed.seal().root;
    if let Err(fault) = inclusion.verify(&leaf.leaf_hash(root.algorithm), &root) {
        return verified.findings.push(Finding::NotUnder(fault));
    }
    if let Err(forgery) = signed.verify(keys) {
        return verified.findings.push(Finding::SealForged(forgery));
    }
    verified.sealed = leaf.seq;
    verified.seal = Some(signed.seal().number);
}

/// Whether the leaf says of the journal in the bundle what that says of itself.
fn is_of(taken: &Taken, leaf: &Leaf) -> bool {
    let links = taken.data(place::CHAIN).lines();
    let link = links.filter_map(|line| serde_json::from_str::<ChainLine>(line).ok()).find(|link| link.seq == leaf.seq);
    leaf.chain == Chain::Case(taken.manifest.bundle.case)
        && link.is_some_and(|link| link.hash == leaf.hash.to_string() && link.algorithm == leaf.algorithm.as_str())
}
