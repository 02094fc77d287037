//! The applicant's query code: derived when it is needed, stored nowhere, renewed by counting up its generation.
//!
//! Thirteen signs of Crockford's base 32 carry 65 bits: beyond guessing through any counted number of attempts,
//! short enough to be copied from a paper receipt or read out over the telephone.

use super::blind::half_width;
use super::keys::Keys;
use super::mac::mac;
use crate::ids::{CaseId, ConsultationId, EnquiryId};
use subtle::ConstantTimeEq;

/// Crockford's signs: no I, L, O (they look like 1, 1, 0) and no U.
pub(super) const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Signs in each group of the written form.
const GROUPS: [usize; 3] = [4, 4, 5];

/// Bits a sign carries.
pub(super) const SIGN_BITS: u32 = 5;

/// The code of `case` in its `generation`, as printed: `XXXX-XXXX-XXXXX`.
#[must_use]
pub fn derive(keys: &Keys, case: CaseId, generation: u32) -> String {
    printed(bare(keys, case, generation))
}

/// The code of a third party that was consulted, as printed: it opens what can be done against the decision, and nothing else.
#[must_use]
pub fn derive_third_party(keys: &Keys, consultation: ConsultationId) -> String {
    printed(bare_third_party(keys, consultation))
}

/// The code of an enquiry, as printed: with its number it opens the enquiry to its writer.
#[must_use]
pub fn derive_enquiry(keys: &Keys, enquiry: EnquiryId) -> String {
    printed(bare_enquiry(keys, enquiry))
}

fn printed(bare: Vec<u8>) -> String {
    let mut signs = bare.into_iter();
    let groups: Vec<String> =
        GROUPS.iter().map(|length| signs.by_ref().take(*length).map(char::from).collect()).collect();
    groups.join("-")
}

/// Whether `given` is the code of `case` in this `generation`. Forgives letter case, full-width signs, blanks
/// and dashes, O for 0, I and L for 1. Takes equally long wherever the first wrong sign stands.
#[must_use]
pub fn matches(keys: &Keys, case: CaseId, generation: u32, given: &str) -> bool {
    is(&bare(keys, case, generation), given)
}

/// Whether `given` is the code of that third party, read as forgivingly.
#[must_use]
pub fn matches_third_party(keys: &Keys, consultation: ConsultationId, given: &str) -> bool {
    is(&bare_third_party(keys, consultation), given)
}

/// Whether `given` is the code of that enquiry, read as forgivingly.
#[must_use]
pub fn matches_enquiry(keys: &Keys, enquiry: EnquiryId, given: &str) -> bool {
    is(&bare_enquiry(keys, enquiry), given)
}

fn is(bare: &[u8], given: &str) -> bool {
    let given: Vec<u8> = given.chars().map(half_width).filter_map(sign).collect();
    bare.ct_eq(&given).into()
}

/// The signs without dashes.
fn bare(keys: &Keys, case: CaseId, generation: u32) -> Vec<u8> {
    signs_of(&mac(&keys.code, "dafu/query-code/1", &[case.uuid().as_bytes(), &generation.to_be_bytes()]))
}

fn bare_third_party(keys: &Keys, consultation: ConsultationId) -> Vec<u8> {
    signs_of(&mac(&keys.code, "dafu/third-party-code/1", &[consultation.uuid().as_bytes()]))
}

fn bare_enquiry(keys: &Keys, enquiry: EnquiryId) -> Vec<u8> {
    signs_of(&mac(&keys.code, "dafu/enquiry-code/1", &[enquiry.uuid().as_bytes()]))
}

fn signs_of(mac: &[u8]) -> Vec<u8> {
    let mut bits = mac.iter().take(size_of::<u128>()).fold(0_u128, |bits, byte| (bits << 8) | u128::from(*byte));
    let mut signs = Vec::new();
    for _sign in 0..GROUPS.iter().sum() {
        bits = bits.rotate_left(SIGN_BITS);
        let place = usize::try_from(bits & 0b1_1111).unwrap_or_default();
        signs.extend(ALPHABET.get(place));
    }
    signs
}

/// What a typed character counts as: nothing for a separator, itself for what can never match.
pub(super) fn sign(typed: char) -> Option<u8> {
    match typed.to_ascii_uppercase() {
        'O' => Some(b'0'),
        'I' | 'L' => Some(b'1'),
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => None,
        blank if blank.is_whitespace() => None,
        // A character outside ASCII must not vanish, or a code with rubbish in it would match.
        other => Some(u8::try_from(other).ok().filter(u8::is_ascii).unwrap_or(b'?')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::CountingEntropy;
    use chrono::DateTime;

    fn keys_and_case() -> (Keys, CaseId) {
        let mut entropy = CountingEntropy::new(11);
        let keys = Keys::generate(&mut entropy);
        let case = CaseId::new(DateTime::UNIX_EPOCH, &mut entropy);
        (keys, case)
    }

    #[test]
    fn a_code_has_thirteen_signs_in_three_groups() {
        let (keys, case) = keys_and_case();
        for generation in 0..200 {
            let code = derive(&keys, case, generation);
            let groups: Vec<&str> = code.split('-').collect();
            assert_eq!(groups.iter().map(|group| group.len()).collect::<Vec<_>>(), GROUPS);
            assert!(code.bytes().all(|byte| byte == b'-' || ALPHABET.contains(&byte)), "{code}");
            assert!(matches(&keys, case, generation, &code));
        }
    }

    #[test]
    fn a_third_party_has_a_code_of_its_own_that_opens_nothing_else() {
        let (keys, case) = keys_and_case();
        let consultation = ConsultationId::from_uuid(case.uuid());
        let code = derive_third_party(&keys, consultation);
        assert!(matches_third_party(&keys, consultation, &code.to_lowercase().replace('-', " ")));
        assert!(!matches(&keys, case, 0, &code), "even where the ids are the same");
        assert!(!matches_third_party(&keys, consultation, &derive(&keys, case, 0)));
    }

    #[test]
    fn a_code_copied_by_hand_still_matches() {
        let (keys, case) = keys_and_case();
        // A generation whose code has both a 0 and a 1, the two signs people misread.
        let (generation, code) = (0..1000)
            .map(|generation| (generation, derive(&keys, case, generation)))
            .find(|(_, code)| code.contains('0') && code.contains('1'))
            .expect("among a thousand");
        let full_width: String =
            code.replace('-', "－").chars().map(|c| c.to_string().replace('0', "０").replace('1', "１")).collect();
        for given in [
            code.to_lowercase(),
            code.replace('-', ""),
            code.replace('-', " "),
            code.replace('-', "—"),
            format!("　{code}\n"),
            code.replace('0', "O").replace('1', "l"),
            code.replace('0', "o").replace('1', "I"),
            full_width,
        ] {
            assert!(matches(&keys, case, generation, &given), "{given:?} for {code}");
        }
    }

    #[test]
    fn anything_else_does_not_match() {
        let (keys, case) = keys_and_case();
        let code = derive(&keys, case, 1);
        let other = CaseId::new(DateTime::UNIX_EPOCH, &mut CountingEntropy::new(99));
        assert!(!matches(&keys, case, 2, &code), "a renewed code ends the old one");
        assert!(!matches(&keys, other, 1, &code));
        assert!(!matches(&Keys::generate(&mut CountingEntropy::new(5)), case, 1, &code));
        for given in
            [String::new(), "-".to_owned(), format!("{code}0"), format!("{code}字"), code.chars().skip(1).collect()]
        {
            assert!(!matches(&keys, case, 1, &given), "{given:?}");
        }
    }

    #[test]
    fn one_wrong_sign_is_enough() {
        let (keys, case) = keys_and_case();
        let code = derive(&keys, case, 1);
        for (place, sign) in code.char_indices().filter(|(_, sign)| *sign != '-') {
            let wrong = if sign == 'Z' { "Y" } else { "Z" };
            let mut given = code.clone();
            given.replace_range(place..=place, wrong);
            assert!(!matches(&keys, case, 1, &given), "{given}");
        }
    }
}
