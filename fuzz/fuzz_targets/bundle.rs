//! What others hand in to be verified: bundles of evidence, slips of seals, seals with their signatures.
#![no_main]

use std::io::Cursor;

use dafu::journal::seal::slip::Slip;
use dafu::journal::seal::{KnownKeys, SignedSeal};
use dafu::release::bundle::verify;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let none: KnownKeys = std::iter::empty().collect();
    let verified = verify(Cursor::new(data), &none);
    assert!(!verified.holds(), "nobody's key is known, and it holds");
    assert!(!verified.told_zh().is_empty() && !verified.told().is_empty());
    let Ok(text) = std::str::from_utf8(data) else { return };
    let _slip = text.parse::<Slip>();
    let (said, signature) = text.split_once("\n\n").unwrap_or((text, ""));
    if let Ok(seal) = SignedSeal::read(said, signature) {
        assert!(seal.verify(&none).is_err());
    }
});
