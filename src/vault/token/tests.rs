//! Tokens forged in the ways known from the field, and expiry by the instant handed in.

use super::*;
use crate::ids::CountingEntropy;
use chrono::Duration;
use serde_json::{Value, json};

fn now() -> DateTime<Utc> {
    "2026-03-09T10:00:00Z".parse().expect("an instant")
}

fn keys() -> Keys {
    Keys::generate(&mut CountingEntropy::new(1))
}

fn claims() -> Claims {
    Claims {
        sub: StaffId::new(now(), &mut CountingEntropy::new(2)),
        iat: now().timestamp(),
        exp: (now() + Duration::minutes(15)).timestamp(),
        jti: Uuid::from_u128(3),
        family: Uuid::from_u128(4),
    }
}

fn payload() -> Value {
    json!({
        "iss": "dafu", "aud": "dafu", "sub": claims().sub, "iat": claims().iat,
        "exp": claims().exp, "jti": claims().jti, "family": claims().family,
    })
}

fn part(value: &Value) -> String {
    base64url(value.to_string().as_bytes())
}

/// A token over any payload, signed with our own key as [`sign`] does it.
fn signed(payload: &Value) -> String {
    let mut header = Header::new(Algorithm::EdDSA);
    header.kid = Some(keys().fingerprint(KeyName::Token));
    let der = keys().token.to_pkcs8_der().expect("encoded");
    jsonwebtoken::encode(&header, payload, &EncodingKey::from_ed_der(der.as_bytes())).expect("signed")
}

#[test]
fn a_signed_token_says_what_was_signed() {
    let token = sign(&keys(), &claims()).expect("signed");
    assert_eq!(verify(&keys(), &token, now()), Ok(claims()));
    let header = jsonwebtoken::decode_header(&token).expect("a header");
    assert_eq!((header.alg, header.kid), (Algorithm::EdDSA, Some(keys().fingerprint(KeyName::Token))));
}

#[test]
fn a_token_expires_by_the_given_now_to_the_second() {
    let token = sign(&keys(), &claims()).expect("signed");
    let last = now() + Duration::minutes(15) - Duration::seconds(1);
    assert!(verify(&keys(), &token, last).is_ok());
    assert_eq!(verify(&keys(), &token, last + Duration::seconds(1)), Err(TokenFault::Expired));
}

#[test]
fn a_token_is_not_good_before_it_was_issued() {
    let token = sign(&keys(), &claims()).expect("signed");
    assert!(verify(&keys(), &token, now() - Duration::seconds(CLOCKS_DIFFER)).is_ok(), "clocks differ a little");
    assert_eq!(verify(&keys(), &token, now() - Duration::seconds(CLOCKS_DIFFER + 1)), Err(TokenFault::Early));
}

#[test]
fn the_machines_clock_has_no_say() {
    // Long past on any machine that runs this test.
    let long_ago: DateTime<Utc> = "2001-01-01T00:00:00Z".parse().expect("an instant");
    let old = Claims { iat: long_ago.timestamp(), exp: long_ago.timestamp() + 900, ..claims() };
    let token = sign(&keys(), &old).expect("signed");
    assert_eq!(verify(&keys(), &token, long_ago), Ok(old));
}

#[test]
fn a_token_without_algorithm_is_refused() {
    let kid = keys().fingerprint(KeyName::Token);
    for algorithm in ["none", "None", "NONE", ""] {
        let header = part(&json!({"typ": "JWT", "alg": algorithm, "kid": kid}));
        for signature in ["", "AAAA"] {
            let token = format!("{header}.{}.{signature}", part(&payload()));
            assert_eq!(verify(&keys(), &token, now()), Err(TokenFault::Malformed), "{algorithm:?}");
        }
    }
}

#[test]
fn an_hmac_keyed_with_our_public_key_is_refused() {
    let public = keys().token.verifying_key();
    for algorithm in [Algorithm::HS256, Algorithm::HS384, Algorithm::HS512] {
        let mut header = Header::new(algorithm);
        header.kid = Some(keys().fingerprint(KeyName::Token));
        let token =
            jsonwebtoken::encode(&header, &payload(), &EncodingKey::from_secret(public.as_bytes())).expect("signed");
        assert_eq!(verify(&keys(), &token, now()), Err(TokenFault::Malformed), "{algorithm:?}");
    }
}

#[test]
fn a_token_of_another_key_is_refused_whatever_kid_it_names() {
    let strangers = Keys::generate(&mut CountingEntropy::new(9));
    let honest = sign(&strangers, &claims()).expect("signed");
    assert_eq!(verify(&keys(), &honest, now()), Err(TokenFault::UnknownKey));

    let der = strangers.token.to_pkcs8_der().expect("encoded");
    let mut header = Header::new(Algorithm::EdDSA);
    let stranger = EncodingKey::from_ed_der(der.as_bytes());
    let nameless = jsonwebtoken::encode(&header, &payload(), &stranger).expect("signed");
    assert_eq!(verify(&keys(), &nameless, now()), Err(TokenFault::UnknownKey));
    header.kid = Some(keys().fingerprint(KeyName::Token));
    let posing = jsonwebtoken::encode(&header, &payload(), &stranger).expect("signed");
    assert_eq!(verify(&keys(), &posing, now()), Err(TokenFault::BadSignature));
}

#[test]
fn a_changed_payload_breaks_the_signature() {
    let token = sign(&keys(), &claims()).expect("signed");
    let (head, rest) = token.split_once('.').expect("three parts");
    let (_, signature) = rest.split_once('.').expect("three parts");
    let mut changed = payload();
    changed["exp"] = json!(claims().exp + 3600);
    let forged = format!("{head}.{}.{signature}", part(&changed));
    assert_eq!(verify(&keys(), &forged, now()), Err(TokenFault::BadSignature));
}

#[test]
fn a_signed_token_for_somebody_else_or_with_a_claim_missing_is_refused() {
    assert!(verify(&keys(), &signed(&payload()), now()).is_ok(), "the payload is right to begin with");
    for (claim, other) in [("aud", json!("else")), ("iss", json!("else")), ("exp", json!("soon"))] {
        let mut changed = payload();
        changed[claim] = other;
        assert_eq!(verify(&keys(), &signed(&changed), now()), Err(TokenFault::Malformed), "{claim}");
    }
    for claim in ["aud", "iss", "exp", "sub", "jti", "family"] {
        let mut changed = payload();
        changed.as_object_mut().expect("an object").remove(claim);
        assert_eq!(verify(&keys(), &signed(&changed), now()), Err(TokenFault::Malformed), "{claim}");
    }
}

#[test]
fn rubbish_is_refused() {
    for token in ["", ".", "..", "a.b.c", "Bearer x", "\u{0}", "…"] {
        assert_eq!(verify(&keys(), token, now()), Err(TokenFault::Malformed), "{token:?}");
    }
}

#[test]
fn a_refresh_token_is_found_by_its_digest_and_never_repeats() {
    let mut entropy = CountingEntropy::new(1);
    let (shown, stored) = new_refresh(&mut entropy);
    let (next, _) = new_refresh(&mut entropy);
    assert_ne!(shown, next);
    assert_eq!(shown.len(), 43, "256 bits in base 64");
    assert_eq!(refresh_digest(&shown), stored);
    assert!(!stored.contains(&shown));
}

#[test]
fn base64url_gives_the_vectors_of_rfc_4648_without_padding() {
    for (plain, text) in [
        ("", ""),
        ("f", "Zg"),
        ("fo", "Zm8"),
        ("foo", "Zm9v"),
        ("foob", "Zm9vYg"),
        ("fooba", "Zm9vYmE"),
        ("foobar", "Zm9vYmFy"),
    ] {
        assert_eq!(base64url(plain.as_bytes()), text);
    }
    assert_eq!(base64url(&[0xfb, 0xff]), "-_8");
}
