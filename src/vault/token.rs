//! Tokens of staff: a short-lived signed access token, and an opaque refresh token of which only the digest is kept.
//!
//! Ed25519 (`EdDSA`) and nothing else: the header's `alg` is compared, never obeyed, so neither `none` nor an HMAC keyed
//! with our public key gets in. Expiry is judged by the instant handed in; the library's own look
//! at the machine's clock is switched off, or a fixed clock could not govern it.

use super::VaultError;
use super::digest::Digest;
use super::keys::{KeyName, Keys};
use crate::ids::{Entropy, StaffId};
use chrono::{DateTime, Utc};
use ed25519_dalek::pkcs8::EncodePrivateKey;
use jsonwebtoken::errors::{Error, ErrorKind};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use thiserror::Error as ThisError;
use uuid::Uuid;

/// Issuer and audience: tokens of this service for this service.
const SERVICE: &str = "dafu";

/// Seconds by which the clocks of two instances may differ.
const CLOCKS_DIFFER: i64 = 60;

/// Random bytes of a refresh token: 256 bits need no slow hash.
const REFRESH_BYTES: usize = 32;

/// What an access token says. Times are seconds since 1970 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claims {
    /// Who signed in.
    pub sub: StaffId,
    /// Issued at.
    pub iat: i64,
    /// Void from this instant on.
    pub exp: i64,
    /// This token's own id.
    pub jti: Uuid,
    /// The sign-in it descends from; revoked together.
    pub family: Uuid,
}

/// Why an access token is not accepted. Tell the caller no more than 401; tell the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ThisError)]
pub enum TokenFault {
    /// Not a token of ours by form, algorithm, issuer, audience or claims.
    #[error("the access token is malformed")]
    Malformed,
    /// The signature is not that of our key.
    #[error("the access token's signature does not hold")]
    BadSignature,
    /// Its time has passed.
    #[error("the access token has expired")]
    Expired,
    /// It was issued later than it is now: by a clock that is wrong, or by nobody.
    #[error("the access token was issued in the future")]
    Early,
    /// It names no key or another one: signed before the key files were changed, or elsewhere.
    #[error("the access token names a key this instance does not hold")]
    UnknownKey,
}

impl TokenFault {
    /// The Chinese sentence.
    #[must_use]
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Malformed => "访问令牌格式有误",
            Self::BadSignature => "访问令牌签名无效",
            Self::Expired => "访问令牌已过期",
            Self::Early => "访问令牌的签发时间在将来",
            Self::UnknownKey => "访问令牌所用密钥不为本系统所持有",
        }
    }
}

/// The claims as they travel.
#[derive(Serialize, Deserialize)]
struct Wire {
    iss: String,
    aud: String,
    sub: StaffId,
    iat: i64,
    exp: i64,
    jti: Uuid,
    family: Uuid,
}

/// The signed token, with the token key's fingerprint as `kid`.
///
/// # Errors
/// [`VaultError::TokenNotSigned`] if the library refuses our key, which would be a fault of this build.
pub fn sign(keys: &Keys, claims: &Claims) -> Result<String, VaultError> {
    let der = keys.token.to_pkcs8_der().map_err(|_encoding| VaultError::TokenNotSigned)?;
    let mut header = Header::new(Algorithm::EdDSA);
    header.kid = Some(keys.fingerprint(KeyName::Token));
    let &Claims { sub, iat, exp, jti, family } = claims;
    let wire = Wire { iss: SERVICE.to_owned(), aud: SERVICE.to_owned(), sub, iat, exp, jti, family };
    jsonwebtoken::encode(&header, &wire, &EncodingKey::from_ed_der(der.as_bytes()))
        .map_err(|_signing| VaultError::TokenNotSigned)
}

/// The claims of `token` if we signed it and it still holds at `now`.
///
/// # Errors
/// Each [`TokenFault`], judged in this order: form and algorithm, key, signature, issuer and audience, expiry, issue.
pub fn verify(keys: &Keys, token: &str, now: DateTime<Utc>) -> Result<Claims, TokenFault> {
    let header = jsonwebtoken::decode_header(token).map_err(|_form| TokenFault::Malformed)?;
    if header.alg != Algorithm::EdDSA {
        return Err(TokenFault::Malformed);
    }
    if header.kid.as_deref() != Some(keys.fingerprint(KeyName::Token).as_str()) {
        return Err(TokenFault::UnknownKey);
    }
    let key = DecodingKey::from_ed_der(keys.token.verifying_key().as_bytes());
    let wire = jsonwebtoken::decode::<Wire>(token, &key, &validation()).map_err(|error| fault(&error))?.claims;
    if wire.exp <= now.timestamp() {
        return Err(TokenFault::Expired);
    }
    if wire.iat > now.timestamp().saturating_add(CLOCKS_DIFFER) {
        return Err(TokenFault::Early);
    }
    let Wire { sub, iat, exp, jti, family, .. } = wire;
    Ok(Claims { sub, iat, exp, jti, family })
}

fn validation() -> Validation {
    let mut validation = Validation::new(Algorithm::EdDSA);
    validation.validate_exp = false;
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    validation.set_issuer(&[SERVICE]);
    validation.set_audience(&[SERVICE]);
    validation
}

fn fault(error: &Error) -> TokenFault {
    match error.kind() {
        ErrorKind::InvalidSignature => TokenFault::BadSignature,
        _ => TokenFault::Malformed,
    }
}

/// A fresh refresh token, to be shown once, and the digest under which it is stored.
#[must_use]
pub fn new_refresh(entropy: &mut dyn Entropy) -> (String, String) {
    let mut bytes = [0_u8; REFRESH_BYTES];
    entropy.fill(&mut bytes);
    let token = base64url(&bytes);
    let digest = refresh_digest(&token);
    (token, digest)
}

/// The digest (64 hexadecimal digits) under which the refresh token `token` is looked up.
#[must_use]
pub fn refresh_digest(token: &str) -> String {
    Digest::of("dafu/refresh-token/1", &[token.as_bytes()]).to_string()
}

/// What a form sent under a cookie carries so that it can be told from one that another site made: only who can read
/// the page knows it, and the cookie cannot be found from it.
#[must_use]
pub fn form_token(secret: &str) -> String {
    Digest::of("dafu/form-token/1", &[secret.as_bytes()]).to_string()
}

/// Base 64 with the URL alphabet and without padding (RFC 4648 §5).
fn base64url(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0_u32, |bits, byte| (bits << 8) | u32::from(*byte));
        // Left-aligned in 24 bits, however many bytes the last chunk has.
        let bits = bits << (8 * (3_usize.saturating_sub(chunk.len())));
        for shift in [18_u32, 12, 6, 0].into_iter().take(chunk.len() + 1) {
            let place = usize::try_from((bits >> shift) & 0b11_1111).unwrap_or_default();
            text.extend(SIGNS.get(place).copied().map(char::from));
        }
    }
    text
}

#[cfg(test)]
mod tests;
