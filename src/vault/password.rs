//! Passwords of staff: Argon2id, and a decoy so that an unknown account costs the same as a known one.

use super::VaultError;
use crate::ids::Entropy;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{Error, PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};

/// Memory of one hash in KiB: 19 MiB. With [`PASSES`] and [`LANES`] OWASP's first recommendation for
/// Argon2id (Password Storage Cheat Sheet). Raising it leaves old hashes valid: each carries its own.
pub const MEMORY_KIB: u32 = 19_456;
/// Passes over the memory.
pub const PASSES: u32 = 2;
/// Lanes computed side by side.
pub const LANES: u32 = 1;

/// Bytes of salt (RFC 9106 §3.1 recommends 16).
const SALT_BYTES: usize = 16;

/// A hash of the form and cost above whose salt and output are random bytes: no password is known to fit it.
const DECOY: &str = "$argon2id$v=19$m=19456,t=2,p=1$Rt3YNmmKGzI/L+gUQW1pQA$NxzkyJM64gWfUGlsbCRZz/IFcCJugzB1IQ5Kw5lRZKg";

/// The hash of `password` under a fresh salt, in PHC form: `$argon2id$v=19$m=…,t=…,p=…$salt$hash`.
///
/// # Errors
/// [`VaultError::PasswordNotHashed`] if the algorithm refuses (a password beyond 4 GiB).
pub fn hash(password: &str, entropy: &mut dyn Entropy) -> Result<String, VaultError> {
    let mut salt = [0_u8; SALT_BYTES];
    entropy.fill(&mut salt);
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|_params| VaultError::PasswordNotHashed)?;
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map(|hash| hash.to_string())
        .map_err(|_hashing| VaultError::PasswordNotHashed)
}

/// Whether `password` is the one `hash` was made from. About as slow as [`hash`]: keep it off the
/// threads that serve requests.
///
/// # Errors
/// [`VaultError::BadPasswordHash`] if `hash` is not an Argon2 hash; never for a wrong password.
pub fn verify(password: &str, hash: &str) -> Result<bool, VaultError> {
    let hash = PasswordHash::new(hash).map_err(|_form| VaultError::BadPasswordHash)?;
    // A hash cut short is a damaged row; the library would call it a wrong password.
    if hash.salt.is_none() || hash.hash.is_none() {
        return Err(VaultError::BadPasswordHash);
    }
    // The parameters come from the hash, not from this instance.
    match Argon2::default().verify_password(password.as_bytes(), &hash) {
        Ok(()) => Ok(true),
        Err(Error::PasswordInvalid) => Ok(false),
        Err(_unusable) => Err(VaultError::BadPasswordHash),
    }
}

/// A hash no password fits. Verify against it when the account does not exist, or the time of the answer tells
/// which accounts do.
#[must_use]
pub const fn decoy() -> &'static str {
    DECOY
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::CountingEntropy;

    #[test]
    fn the_right_password_fits_and_a_wrong_one_does_not() {
        let stored = hash("正确的口令 8", &mut CountingEntropy::new(1)).expect("hashed");
        assert!(verify("正确的口令 8", &stored).expect("readable"));
        assert!(!verify("正确的口令 9", &stored).expect("readable"));
        assert!(!verify("", &stored).expect("readable"));
    }

    #[test]
    fn two_accounts_with_one_password_have_two_hashes() {
        let mut entropy = CountingEntropy::new(1);
        assert_ne!(hash("same", &mut entropy).expect("hashed"), hash("same", &mut entropy).expect("hashed"));
    }

    #[test]
    fn a_hash_made_under_other_parameters_stays_valid() {
        let old = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(64, 1, 1, None).expect("allowed"))
            .hash_password_with_salt(b"old password", b"sixteen bytes ok")
            .expect("hashed")
            .to_string();
        assert!(verify("old password", &old).expect("readable"));
        assert!(!verify("new password", &old).expect("readable"));
    }

    #[test]
    fn the_decoy_costs_what_a_fresh_hash_costs_and_fits_nothing() {
        let fresh = hash("x", &mut CountingEntropy::new(1)).expect("hashed");
        let cost = |hash: &str| hash.split('$').take(4).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(cost(decoy()), ["", "argon2id", "v=19", "m=19456,t=2,p=1"]);
        assert_eq!(cost(decoy()), cost(&fresh));
        assert_eq!(decoy().len(), fresh.len());
        assert!(!verify("", decoy()).expect("readable"));
        assert!(!verify("decoy", decoy()).expect("readable"));
    }

    #[test]
    fn what_is_not_a_hash_is_an_error_and_not_a_wrong_password() {
        for stored in ["", "plain", "$2b$12$abcdefghijklmnopqrstuv", "$argon2id$v=19$m=19456,t=2,p=1"] {
            assert!(matches!(verify("plain", stored), Err(VaultError::BadPasswordHash)), "{stored:?}");
        }
    }
}
