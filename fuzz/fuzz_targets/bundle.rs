//! What others hand in to be verified: bundles of evidence, slips of seals, seals with their signatures. Behind a plus sign comes what
//! a bundle holds, which is packed and signed here with a key that is believed: what lies behind a good signature is reached, too.
#![no_main]

use std::io::Cursor;

use dafu::ids::{CaseId, CountingEntropy};
use dafu::journal::log::{Chain, Inclusion, Leaf, Root};
use dafu::journal::seal::slip::Slip;
use dafu::journal::seal::{KnownKeys, SignedSeal, SigningKey};
use dafu::journal::{Algorithm, chain};
use dafu::release::bundle::{ChainLine, Pack, PackFault, SIGNED, Sign, Standing, place, verify};
use libfuzzer_sys::fuzz_target;
use uuid::Uuid;

/// The case that the seeds speak of.
const CASE: CaseId = CaseId::from_uuid(Uuid::from_u128(0xca5e));

/// A bundle of these parts, divided by empty lines: the journal, an entry a line; contents; proceedings; the leaf, the way to the root and
/// the seal, of which each is good if it is missing. The chain of the journal is always sound: hardly any made-up one would be.
fn signed(parts: &str, key: &SigningKey) -> Option<Vec<u8>> {
    let mut parts = parts.split("\n\n");
    let mut next = || parts.next().unwrap_or_default();
    let (journal, contents, proceedings, leaf, inclusion, seal) = (next(), next(), next(), next(), next(), next());
    let (mut links, mut head) = (Vec::new(), None);
    for (seq, body) in (1..).zip(journal.lines()) {
        let link = chain::link(Algorithm::Sha256, CASE, head.as_ref(), body);
        head = Some(link.hash);
        let (previous, hash) = (link.previous.to_string(), link.hash.to_string());
        links.push(ChainLine { seq, algorithm: Algorithm::Sha256.as_str().to_owned(), previous, hash });
    }
    let (head, entries) = (head?, u32::try_from(links.len()).ok()?);
    let own = Leaf { chain: Chain::Case(CASE), seq: entries, hash: head, algorithm: Algorithm::Sha256 };
    let root = Root { algorithm: Algorithm::Sha256, size: 1, hash: own.leaf_hash(Algorithm::Sha256) };
    let way = Inclusion { algorithm: Algorithm::Sha256, place: 0, size: 1, path: Vec::new() };
    let at = "2026-03-02T02:00:00Z".parse().expect("an instant");
    let sealed = SignedSeal::make(None, at, "example".parse().expect("an origin"), root, key).expect("a seal");
    let or = |given: &str, good: String| if given.is_empty() { good } else { given.to_owned() };
    let json = |value: serde_json::Result<String>| value.expect("JSON");
    let links: Vec<String> = links.iter().map(|link| json(serde_json::to_string(link))).collect();
    let mut pack = Pack::begin(Vec::new());
    for (path, text) in [
        (place::JOURNAL, journal.to_owned()),
        (place::CHAIN, links.join("\n")),
        (place::PROCEEDINGS, proceedings.to_owned()),
        (place::CONTENTS, contents.to_owned()),
        (place::LEAF, or(leaf, own.text())),
        (place::INCLUSION, or(inclusion, json(serde_json::to_string(&way)))),
        (place::SEAL, or(seal, json(serde_json::to_string(&sealed)))),
    ] {
        pack.whole(path, "试", text.as_bytes()).expect("packed");
    }
    let standing = Standing {
        case: CASE,
        receipt_no: "R".to_owned(),
        number: None,
        agency: "A".to_owned(),
        made_at: at,
        masked: false,
        entries,
        head,
    };
    let sign = |text: &[u8]| {
        let signature = key.sign_for(SIGNED, text).to_string();
        Ok::<_, PackFault>(serde_json::to_vec(&Sign { key: key.verifying_key().fingerprint(), signature })?)
    };
    Some(pack.finish(standing, sign).expect("signed"))
}

fn told(bundle: &[u8], keys: &KnownKeys) -> bool {
    let verified = verify(Cursor::new(bundle), keys);
    assert!(!verified.told_zh().is_empty() && !verified.told().is_empty());
    verified.holds()
}

fuzz_target!(|data: &[u8]| {
    let none: KnownKeys = std::iter::empty().collect();
    if let Some(parts) = data.strip_prefix(b"+").and_then(|parts| std::str::from_utf8(parts).ok()) {
        let key = SigningKey::generate(&mut CountingEntropy::new(1));
        let Some(bundle) = signed(parts, &key) else { return };
        let known: KnownKeys = std::iter::once(key.verifying_key()).collect();
        let _holds = told(&bundle, &known);
        assert!(!told(&bundle, &none), "nobody's key is known, and it holds");
        return;
    }
    assert!(!told(data, &none), "nobody's key is known, and it holds");
    let Ok(text) = std::str::from_utf8(data) else { return };
    let _slip = text.parse::<Slip>();
    let (said, signature) = text.split_once("\n\n").unwrap_or((text, ""));
    if let Ok(seal) = SignedSeal::read(said, signature) {
        assert!(seal.verify(&none).is_err());
    }
});
