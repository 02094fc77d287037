//! The tree and its proofs against the recursive definitions of RFC 9162, written out here as they stand there.

use super::tree::{leaf_hash, node_hash};
use super::*;
use crate::journal::Algorithm;
use crate::vault::Digest;
use proptest::prelude::*;
use std::collections::HashMap;

fn data(count: u64) -> Vec<Vec<u8>> {
    (0..count).map(|number| format!("leaf {number}").into_bytes()).collect()
}

fn half(count: usize) -> usize {
    let mut half = 1;
    while half * 2 < count {
        half *= 2;
    }
    half
}

/// MTH of §2.1.1.
fn mth(algorithm: Algorithm, data: &[Vec<u8>]) -> Digest {
    match data {
        [] => algorithm.bare(&[]),
        [one] => leaf_hash(algorithm, one),
        more => {
            let (left, right) = more.split_at(half(more.len()));
            node_hash(algorithm, &mth(algorithm, left), &mth(algorithm, right))
        }
    }
}

/// PATH of §2.1.3.1.
fn path(algorithm: Algorithm, place: usize, data: &[Vec<u8>]) -> Vec<Digest> {
    if data.len() == 1 {
        return Vec::new();
    }
    let middle = half(data.len());
    let (left, right) = data.split_at(middle);
    let (mut below, beside) = if place < middle {
        (path(algorithm, place, left), mth(algorithm, right))
    } else {
        (path(algorithm, place - middle, right), mth(algorithm, left))
    };
    below.push(beside);
    below
}

/// SUBPROOF of §2.1.4.1.
fn subproof(algorithm: Algorithm, from: usize, data: &[Vec<u8>], known: bool) -> Vec<Digest> {
    if from == data.len() {
        return if known { Vec::new() } else { vec![mth(algorithm, data)] };
    }
    let middle = half(data.len());
    let (left, right) = data.split_at(middle);
    let (mut below, beside) = if from <= middle {
        (subproof(algorithm, from, left, known), mth(algorithm, right))
    } else {
        (subproof(algorithm, from - middle, right, false), mth(algorithm, left))
    };
    below.push(beside);
    below
}

/// Subtrees kept as they become whole, and the root at each size.
struct Kept {
    algorithm: Algorithm,
    leaves: Vec<Digest>,
    whole: HashMap<Subtree, Digest>,
    roots: Vec<Root>,
}

impl Kept {
    fn new(algorithm: Algorithm, count: u64) -> Self {
        let leaves: Vec<Digest> = data(count).iter().map(|data| leaf_hash(algorithm, data)).collect();
        let mut frontier = Frontier::new(algorithm);
        let mut whole = HashMap::new();
        let mut roots = vec![frontier.root()];
        for leaf in &leaves {
            frontier.append_noting(*leaf, |at, hash| assert_eq!(whole.insert(at, *hash), None));
            roots.push(frontier.root());
        }
        Self { algorithm, leaves, whole, roots }
    }

    fn root(&self, size: u64) -> Root {
        self.roots[usize::try_from(size).expect("small")]
    }

    fn leaf(&self, place: u64) -> Digest {
        self.leaves[usize::try_from(place).expect("small")]
    }
}

impl Subtrees for Kept {
    fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    fn subtree(&self, at: Subtree) -> Option<Digest> {
        self.whole.get(&at).copied()
    }
}

#[test]
fn the_root_is_that_of_the_recursive_definition_at_every_size_to_200() {
    let data = data(200);
    for algorithm in Algorithm::ALL {
        let kept = Kept::new(algorithm, 200);
        let source = LeafHashes { algorithm, hashes: &kept.leaves };
        for size in 0..=200 {
            let naive = Root { algorithm, size, hash: mth(algorithm, &data[..usize::try_from(size).expect("small")]) };
            assert_eq!(kept.root(size), naive, "{size} by the frontier");
            assert_eq!(Root::of(&kept, size), Some(naive), "{size} by kept subtrees");
            assert_eq!(Root::of(&source, size), Some(naive), "{size} by leaf hashes");
        }
    }
}

#[test]
fn every_leaf_is_proved_under_every_root_to_200() {
    let kept = Kept::new(Algorithm::Sha256, 200);
    for size in 0..=200 {
        for place in 0..size {
            let proof = Inclusion::make(&kept, place, size).expect("made");
            assert_eq!(proof.verify(&kept.leaf(place), &kept.root(size)), Ok(()), "{place} of {size}");
        }
        assert_eq!(Inclusion::make(&kept, size, size), None);
    }
    assert_eq!(Inclusion::make(&kept, 0, 201), None, "a leaf is lacking");
}

#[test]
fn proofs_are_those_of_the_recursive_definition() {
    let data = data(40);
    for algorithm in Algorithm::ALL {
        let kept = Kept::new(algorithm, 40);
        for size in 1..=40_usize {
            let (some, to) = (&data[..size], u64::try_from(size).expect("small"));
            for at in 0..size {
                let place = u64::try_from(at).expect("small");
                assert_eq!(Inclusion::make(&kept, place, to).expect("made").path, path(algorithm, at, some));
                if at > 0 {
                    let proof = Consistency::make(&kept, place, to).expect("made");
                    assert_eq!(proof.path, subproof(algorithm, at, some, true), "{at} to {size}");
                }
            }
        }
    }
}

#[test]
fn every_two_sizes_to_64_are_consistent_and_only_with_their_own_roots() {
    for algorithm in Algorithm::ALL {
        let kept = Kept::new(algorithm, 64);
        for to in 0..=64 {
            for from in 0..=to {
                let proof = Consistency::make(&kept, from, to).expect("made");
                assert_eq!(proof.verify(&kept.root(from), &kept.root(to)), Ok(()), "{from} to {to}");
                for other in (0..=64).filter(|other| *other != to) {
                    assert_eq!(proof.verify(&kept.root(from), &kept.root(other)), Err(ProofFault::OtherTree));
                    // The root of another size passed off under the right one; an empty log is the beginning of any.
                    let posed = Root { size: to, ..kept.root(other) };
                    let expected = if from == 0 && to > 0 { Ok(()) } else { Err(ProofFault::Refuted) };
                    assert_eq!(proof.verify(&kept.root(from), &posed), expected, "{from} to {to}");
                }
            }
            assert_eq!(Consistency::make(&kept, to + 1, to), None);
        }
    }
}

#[test]
fn a_proof_for_one_size_is_not_accepted_for_another() {
    let kept = Kept::new(Algorithm::Sha256, 20);
    for size in 1..=20 {
        for place in 0..size {
            let proof = Inclusion::make(&kept, place, size).expect("made");
            for other in (1..=20).filter(|other| *other != size) {
                let leaf = kept.leaf(place);
                assert_eq!(proof.verify(&leaf, &kept.root(other)), Err(ProofFault::OtherTree));
                let posed = Inclusion { size: other, ..proof.clone() };
                assert!(posed.verify(&leaf, &kept.root(other)).is_err(), "{place} of {size} as of {other}");
            }
            for other in (0..size).filter(|other| *other != place) {
                let moved = Inclusion { place: other, ..proof.clone() };
                assert!(moved.verify(&kept.leaf(place), &kept.root(size)).is_err(), "{place} as {other} of {size}");
            }
        }
    }
}

#[test]
fn a_proof_under_one_algorithm_is_none_under_the_other() {
    let (one, other) = (Kept::new(Algorithm::Sha256, 5), Kept::new(Algorithm::Sm3, 5));
    let proof = Inclusion::make(&one, 2, 5).expect("made");
    assert_eq!(proof.verify(&other.leaf(2), &other.root(5)), Err(ProofFault::OtherTree));
    let proof = Consistency::make(&one, 3, 5).expect("made");
    assert_eq!(proof.verify(&one.root(3), &other.root(5)), Err(ProofFault::OtherTree));
}

#[test]
fn a_node_cannot_be_shown_as_a_leaf() {
    let kept = Kept::new(Algorithm::Sha256, 4);
    let left = kept.subtree(Subtree { level: 1, index: 0 }).expect("whole");
    let right = kept.subtree(Subtree { level: 1, index: 1 }).expect("whole");
    let posed = Root { size: 2, ..kept.root(4) };
    let proof = Inclusion { algorithm: Algorithm::Sha256, place: 0, size: 2, path: vec![right] };
    assert_eq!(proof.verify(&left, &posed), Ok(()), "by its hash it fits, so hash the text yourself");
    let text: Vec<u8> = [kept.leaf(0), kept.leaf(1)].iter().flat_map(|hash| *hash.as_bytes()).collect();
    assert_ne!(leaf_hash(Algorithm::Sha256, &text), left);
}

#[test]
fn proofs_come_back_from_their_json() {
    let kept = Kept::new(Algorithm::Sm3, 7);
    let proof = Inclusion::make(&kept, 3, 7).expect("made");
    let json = serde_json::to_string(&proof).expect("JSON");
    assert!(json.starts_with(r#"{"algorithm":"sm3","place":3,"size":7,"path":[""#), "{json}");
    assert_eq!(serde_json::from_str::<Inclusion>(&json).expect("a proof"), proof);
    let proof = Consistency::make(&kept, 3, 7).expect("made");
    let json = serde_json::to_string(&proof).expect("JSON");
    assert!(json.starts_with(r#"{"algorithm":"sm3","from":3,"to":7,"path":[""#), "{json}");
    assert_eq!(serde_json::from_str::<Consistency>(&json).expect("a proof"), proof);
}

#[test]
fn a_fault_is_told_in_both_languages() {
    assert!(ProofFault::Refuted.to_string().contains("root") && ProofFault::Refuted.zh().contains("根值"));
}

fn flipped(hash: Digest, bit: usize) -> Digest {
    let mut bytes = *hash.as_bytes();
    bytes[bit / 8] ^= 1 << (bit % 8);
    crate::vault::hex::encode(&bytes).parse().expect("a digest")
}

#[test]
fn any_flipped_bit_of_leaf_proof_or_root_is_refused() {
    let kept = Kept::new(Algorithm::Sha256, 11);
    let (leaf, from, root) = (kept.leaf(6), kept.root(6), kept.root(11));
    let inclusion = Inclusion::make(&kept, 6, 11).expect("made");
    let consistency = Consistency::make(&kept, 6, 11).expect("made");
    for bit in 0..256 {
        let refuted = Err(ProofFault::Refuted);
        let wrong_root = Root { hash: flipped(root.hash, bit), ..root };
        let wrong_from = Root { hash: flipped(from.hash, bit), ..from };
        assert_eq!(inclusion.verify(&flipped(leaf, bit), &root), refuted);
        assert_eq!(inclusion.verify(&leaf, &wrong_root), refuted);
        assert_eq!(consistency.verify(&wrong_from, &root), refuted);
        assert_eq!(consistency.verify(&from, &wrong_root), refuted);
        for place in 0..inclusion.path.len() {
            let mut wrong = inclusion.clone();
            wrong.path[place] = flipped(wrong.path[place], bit);
            assert_eq!(wrong.verify(&leaf, &root), refuted);
        }
        for place in 0..consistency.path.len() {
            let mut wrong = consistency.clone();
            wrong.path[place] = flipped(wrong.path[place], bit);
            assert_eq!(wrong.verify(&from, &root), refuted);
        }
    }
}

#[test]
fn a_path_too_long_or_too_short_is_refused() {
    let kept = Kept::new(Algorithm::Sha256, 12);
    for from in 1..12 {
        let (inclusion, consistency) =
            (Inclusion::make(&kept, from, 12).expect("made"), Consistency::make(&kept, from, 12).expect("made"));
        for change in
            [|path: &mut Vec<Digest>| path.truncate(path.len() - 1), |path: &mut Vec<Digest>| path.push(path[0])]
        {
            let (mut one, mut other) = (inclusion.clone(), consistency.clone());
            change(&mut one.path);
            change(&mut other.path);
            assert_eq!(one.verify(&kept.leaf(from), &kept.root(12)), Err(ProofFault::WrongLength), "{from}");
            assert_eq!(other.verify(&kept.root(from), &kept.root(12)), Err(ProofFault::WrongLength), "{from}");
        }
    }
    let mut padded = Consistency::make(&kept, 5, 5).expect("made");
    padded.path.push(kept.leaf(0));
    assert_eq!(padded.verify(&kept.root(5), &kept.root(5)), Err(ProofFault::WrongLength));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases / 4))]

    #[test]
    fn trees_of_any_size_agree_with_the_definition(size in 1_u64..1500, at in any::<prop::sample::Index>(), sm3: bool) {
        let algorithm = if sm3 { Algorithm::Sm3 } else { Algorithm::Sha256 };
        let kept = Kept::new(algorithm, size);
        let data = data(size);
        let at = at.index(data.len());
        let place = u64::try_from(at).expect("small");
        prop_assert_eq!(kept.root(size).hash, mth(algorithm, &data));
        let inclusion = Inclusion::make(&kept, place, size).expect("made");
        prop_assert_eq!(&inclusion.path, &path(algorithm, at, &data));
        prop_assert_eq!(inclusion.verify(&kept.leaf(place), &kept.root(size)), Ok(()));
        let consistency = Consistency::make(&kept, place, size).expect("made");
        prop_assert_eq!(consistency.verify(&kept.root(place), &kept.root(size)), Ok(()));
    }

    #[test]
    fn no_proof_whatever_makes_the_verifier_panic(
        place: u64, size: u64, other: u64, length in 0_usize..70, same: bool,
    ) {
        let hash = leaf_hash(Algorithm::Sha256, b"x");
        let root = Root { algorithm: Algorithm::Sha256, size, hash };
        let other = if same { size } else { other };
        let path = vec![hash; length];
        let inclusion = Inclusion { algorithm: root.algorithm, place, size, path: path.clone() };
        prop_assert!(inclusion.verify(&hash, &root).is_err());
        let consistency = Consistency { algorithm: root.algorithm, from: place, to: other, path };
        let (earlier, later) = (Root { size: place, ..root }, Root { size: other, ..root });
        prop_assert!(consistency.verify(&earlier, &later).is_err());
    }
}
