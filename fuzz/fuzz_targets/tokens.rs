//! Tokens, codes and passes by themselves: nothing but what was made with the keys is taken, however it is bent.
#![no_main]

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use dafu::ids::{CaseId, Randomness, StaffId};
use dafu::vault::token::{self, Claims};
use dafu::vault::{Keys, draft, mine, query_code};
use libfuzzer_sys::fuzz_target;
use uuid::Uuid;

static KEYS: LazyLock<Keys> = LazyLock::new(|| Keys::generate(&mut Randomness::counting(7)));

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_416_800, 0).unwrap_or_default()
}

fn claims() -> Claims {
    let at = now().timestamp();
    let sub = StaffId::from_uuid(Uuid::from_u128(3));
    Claims { sub, iat: at - 1, exp: at + 900, jti: Uuid::from_u128(1), family: Uuid::from_u128(2) }
}

static GOOD: LazyLock<String> = LazyLock::new(|| token::sign(&KEYS, &claims()).expect("signed"));

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    assert!(token::verify(&KEYS, text, now()).is_err(), "a token out of nothing");
    // A piece of a good one put in the place of what was given, so that its head and signature can be right.
    for bent in [text.replace('@', &GOOD), text.replacen('@', GOOD.rsplit('.').next().unwrap_or_default(), 1)] {
        if let Ok(read) = token::verify(&KEYS, &bent, now()) {
            assert_eq!(bent, *GOOD, "another spelling of a token is taken");
            assert!(read.sub == claims().sub && read.exp == claims().exp);
        }
    }
    let case = CaseId::from_uuid(Uuid::from_u128(9));
    let code = query_code::derive(&KEYS, case, 1);
    assert!(query_code::matches(&KEYS, case, 1, &code));
    let is_code = |given: &str| given.chars().filter(|sign| sign.is_alphanumeric()).count() == 13;
    assert!(!query_code::matches(&KEYS, case, 1, text) || is_code(text), "a code out of nothing");
    assert!(!query_code::matches(&KEYS, case, 2, &code), "a code of another generation");
    for which in [mine::Pass::Link, mine::Pass::SignIn] {
        assert!(mine::holder(&KEYS, which, text, now()).is_none(), "a pass out of nothing");
    }
    assert_eq!(draft::code_digest(&KEYS, text).len(), 64);
    assert_eq!(token::refresh_digest(text).len(), 64);
});
