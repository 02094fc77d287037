//! Single seals and lists of them, and what somebody might try with them.

use super::*;
use crate::ids::CountingEntropy;
use crate::journal::log::{Consistency, Frontier, LeafHashes, ProofFault};
use chrono::Duration;

fn key(seed: u64) -> SigningKey {
    SigningKey::generate(&mut CountingEntropy::new(seed))
}

fn known(seeds: &[u64]) -> KnownKeys {
    seeds.iter().map(|seed| key(*seed).verifying_key()).collect()
}

fn start() -> DateTime<Utc> {
    "2026-03-02T01:00:00Z".parse().expect("an instant")
}

fn leaves(count: u8) -> Vec<Digest> {
    (0..count).map(|number| Digest::of("test", &[&[number]])).collect()
}

fn root(algorithm: Algorithm, leaves: &[Digest]) -> Root {
    let mut frontier = Frontier::new(algorithm);
    for leaf in leaves {
        frontier.append(*leaf);
    }
    frontier.root()
}

fn next(before: Option<&SignedSeal>, root: Root, key: &SigningKey) -> Result<SignedSeal, SealFault> {
    let at = before.map_or_else(start, |before| before.seal().made_at + Duration::minutes(10));
    SignedSeal::make(before, at, "某市".parse().expect("an origin"), root, key)
}

/// Seals over the first `sizes` leaves; the key changes after the second.
fn list(sizes: &[u8]) -> Vec<SignedSeal> {
    let mut seals: Vec<SignedSeal> = Vec::new();
    for (place, size) in sizes.iter().enumerate() {
        let key = key(if place < 2 { 1 } else { 2 });
        seals.push(next(seals.last(), root(Algorithm::Sha256, &leaves(*size)), &key).expect("sealed"));
    }
    seals
}

fn proof(before: &Root, now: &Root) -> Option<Consistency> {
    let hashes = leaves(40);
    Consistency::make(&LeafHashes { algorithm: now.algorithm, hashes: &hashes }, before.size, now.size)
}

fn check(seals: &[SignedSeal]) -> Result<Option<u64>, BadSeal> {
    verify_list(seals, &known(&[1, 2]), proof).map(|last| last.map(|last| last.seal().number))
}

/// `seal` with what `change` does to it, signed again with the key of `seed`.
fn resigned(signed: &SignedSeal, seed: u64, change: impl FnOnce(&mut Seal)) -> SignedSeal {
    let mut seal = signed.seal().clone();
    change(&mut seal);
    // By hand: `SignedSeal::make` would not make it.
    let text = seal.text().expect("canonical");
    let signature = key(seed).sign(format!("dafu/seal/1\n{text}").as_bytes());
    SignedSeal::read(&text, &signature.to_string()).expect("a seal")
}

#[test]
fn the_form_of_a_seal_stays_as_published() {
    // If this fails, no seal in the field is read again: make a new form beside it.
    let first = list(&[3]).remove(0);
    let text = format!(
        r#"{{"algorithm":"sha-256","key":"{}","made_at":"2026-03-02T01:00:00Z","number":1,"origin":"某市","previous":null,"root":"{}","size":3}}"#,
        key(1).verifying_key().fingerprint(),
        root(Algorithm::Sha256, &leaves(3)).hash,
    );
    assert_eq!(first.text(), text);
    assert_eq!(first.digest(), Digest::of("dafu/seal-digest/1", &[text.as_bytes()]));
    assert!(key(1).verifying_key().verifies(format!("dafu/seal/1\n{text}").as_bytes(), first.signature()));
    let second = next(Some(&first), first.seal().root, &key(1)).expect("sealed");
    assert_eq!((second.seal().number, second.seal().previous), (2, Some(first.digest())));
}

#[test]
fn a_seal_comes_back_from_its_text_and_from_json() {
    for signed in list(&[1, 2, 2, 9]) {
        assert_eq!(SignedSeal::read(signed.text(), &signed.signature().to_string()).expect("read"), signed);
        let json = serde_json::to_string(&signed).expect("JSON");
        assert_eq!(serde_json::from_str::<SignedSeal>(&json).expect("read"), signed);
    }
}

#[test]
fn an_instant_is_cut_to_microseconds() {
    let at = start() + Duration::nanoseconds(1_999);
    let origin = "某市".parse().expect("an origin");
    let signed = SignedSeal::make(None, at, origin, Root::empty(Algorithm::Sm3), &key(1)).expect("sealed");
    assert!(signed.text().contains(r#""made_at":"2026-03-02T01:00:00.000001Z""#), "{}", signed.text());
}

#[test]
fn another_spelling_of_a_seal_is_refused() {
    let signed = list(&[3]).remove(0);
    let (text, signature) = (signed.text(), signed.signature().to_string());
    for wrong in [
        text.replace("\"size\":3", "\"size\": 3"),
        text.replace("\"size\":3", "\"size\":3.0"),
        text.replace("01:00:00Z", "09:00:00+08:00"),
        text.replace("01:00:00Z", "01:00:00.000Z"),
        text.replace("\"previous\":null,", ""),
        text.replace("某市", "某市 "),
        text.replace("某市", r"\u67d0\u5e02"),
        text.replace("sha-256", "md5"),
        text.replace("\"size\":3", "\"size\":3,\"more\":1"),
        text.replace("\"size\":3", "\"size\":9007199254740992"),
    ] {
        assert_ne!(wrong, text);
        assert!(SignedSeal::read(&wrong, &signature).is_err(), "{wrong}");
    }
    assert!(matches!(SignedSeal::read(text, "00"), Err(SealFault::NotASignature)));
}

#[test]
fn any_changed_letter_of_a_seal_is_found() {
    let signed = list(&[3, 5]).remove(1);
    let keys = known(&[1]);
    assert_eq!(signed.verify(&keys), Ok(()));
    for (at, letter) in signed.text().char_indices() {
        let mut text = signed.text().to_owned();
        text.replace_range(at..at + letter.len_utf8(), if letter == '5' { "6" } else { "5" });
        let read = SignedSeal::read(&text, &signed.signature().to_string());
        assert!(read.is_err() || read.is_ok_and(|read| read.verify(&keys).is_err()), "{text}");
    }
    let signature = signed.signature().to_string();
    for at in 0..signature.len() {
        let mut wrong = signature.clone();
        wrong.replace_range(at..=at, if wrong.as_bytes()[at] == b'5' { "6" } else { "5" });
        let read = SignedSeal::read(signed.text(), &wrong).expect("well formed");
        assert_eq!(read.verify(&keys), Err(Forgery::Signature), "digit {at}");
    }
}

#[test]
fn a_list_holds_across_a_change_of_key() {
    let seals = list(&[1, 3, 3, 8, 40]);
    assert_eq!(check(&seals), Ok(Some(5)));
    assert_eq!(check(&[]), Ok(None));
    let only_new = verify_list(&seals, &known(&[2]), proof).expect_err("the old key is gone");
    assert_eq!(only_new, BadSeal { number: 1, what: SealFlaw::Forged(Forgery::UnknownKey) });
    let without_proofs = verify_list(&seals, &known(&[1, 2]), |_, _| None).expect_err("no proofs");
    assert_eq!(without_proofs, BadSeal { number: 2, what: SealFlaw::Inconsistent(None) });
}

#[test]
fn a_dropped_doubled_or_moved_seal_is_found() {
    let seals = list(&[1, 3, 3, 8]);
    for gone in 0..3_u64 {
        let mut rest = seals.clone();
        rest.remove(usize::try_from(gone).expect("small"));
        let what = SealFlaw::Gap { expected: gone + 1 };
        assert_eq!(check(&rest), Err(BadSeal { number: gone + 2, what }));
    }
    let doubled = [&seals[..2], &seals[1..]].concat();
    assert_eq!(check(&doubled), Err(BadSeal { number: 2, what: SealFlaw::Gap { expected: 3 } }));
    let mut moved = seals;
    moved.swap(1, 2);
    assert_eq!(check(&moved), Err(BadSeal { number: 3, what: SealFlaw::Gap { expected: 2 } }));
}

#[test]
fn a_seal_made_over_by_a_holder_of_the_key_breaks_the_next() {
    let seals = list(&[1, 3, 3, 8]);
    let with = |place: usize, seal: SignedSeal| {
        let mut seals = seals.clone();
        seals[place] = seal;
        check(&seals)
    };
    let later = resigned(&seals[1], 1, |seal| seal.made_at += Duration::seconds(1));
    assert_eq!(with(1, later), Err(BadSeal { number: 3, what: SealFlaw::PreviousDiffers }));
    let begun_anew = resigned(&seals[2], 2, |seal| seal.previous = None);
    assert_eq!(with(2, begun_anew), Err(BadSeal { number: 3, what: SealFlaw::PreviousDiffers }));
    let shrunk = resigned(&seals[2], 2, |seal| seal.root = root(Algorithm::Sha256, &leaves(2)));
    assert_eq!(with(2, shrunk), Err(BadSeal { number: 3, what: SealFlaw::SizeFell { before: 3 } }));
    let other_log = resigned(&seals[3], 2, |seal| seal.root.hash = Digest::of("test", &[b"other"]));
    let what = SealFlaw::Inconsistent(Some(ProofFault::Refuted));
    assert_eq!(with(3, other_log), Err(BadSeal { number: 4, what }));
    let same_size = resigned(&seals[2], 2, |seal| seal.root.hash = Digest::of("test", &[b"other"]));
    assert_eq!(with(2, same_size), Err(BadSeal { number: 3, what }));
    let strange = resigned(&seals[3], 9, |seal| seal.key = key(9).verifying_key().fingerprint());
    assert_eq!(with(3, strange), Err(BadSeal { number: 4, what: SealFlaw::Forged(Forgery::UnknownKey) }));
    let unsigned = resigned(&seals[3], 9, |_| ());
    assert_eq!(with(3, unsigned), Err(BadSeal { number: 4, what: SealFlaw::Forged(Forgery::Signature) }));
}

#[test]
fn a_log_that_shrank_is_not_sealed() {
    let before = list(&[5]).remove(0);
    let refusal = next(Some(&before), root(Algorithm::Sha256, &leaves(4)), &key(1)).expect_err("refused");
    assert!(matches!(refusal, SealFault::LogShrank { sealed: 5, found: 4 }));
    assert!(refusal.zh().contains("截短") && refusal.to_string().contains("cut off"));
}

#[test]
fn the_algorithm_changes_at_one_size_only() {
    let before = list(&[5]).remove(0);
    let grown = next(Some(&before), root(Algorithm::Sm3, &leaves(6)), &key(1));
    assert!(matches!(grown, Err(SealFault::ChangeoverGrew { sealed: 5, found: 6 })));
    let second = next(Some(&before), root(Algorithm::Sm3, &leaves(5)), &key(1)).expect("sealed");
    let third = next(Some(&second), root(Algorithm::Sm3, &leaves(6)), &key(1)).expect("sealed");
    assert_eq!(third.seal().previous, Some(Algorithm::Sm3.framed("dafu/seal-digest/1", &[second.text().as_bytes()])));
    assert_eq!(check(&[before.clone(), second, third]), Ok(Some(3)));
    let forced = resigned(&next(Some(&before), before.seal().root, &key(1)).expect("sealed"), 1, |seal| {
        seal.root = root(Algorithm::Sm3, &leaves(6));
    });
    assert_eq!(check(&[before, forced]), Err(BadSeal { number: 2, what: SealFlaw::ChangeoverGrew }));
}

#[test]
fn a_bad_seal_is_told_in_both_languages() {
    let bad = BadSeal { number: 4, what: SealFlaw::Gap { expected: 3 } };
    assert!(bad.zh().contains("第 3 号") && bad.zh().contains("第 4 号"));
    assert!(bad.to_string().contains("seal 3") && bad.to_string().contains("seal 4"));
}
