//! Whether the number of an identity document, or a telephone number, looks mistyped. Remarks only: art. 29 asks for
//! proof of identity and names no kind of document, so nothing here may keep an application out.
//!
//! Resident numbers follow GB 11643-1999, unified social credit codes GB 32100-2015. Both end in a check character that
//! finds every single character typed wrong.

use chrono::{Datelike, NaiveDate};

use super::coded::coded;
use super::receipt::ApplicantKind;

coded! {
    /// What is odd about a number.
    pub enum IdentityRemark {
        /// The application came without it (art. 29); it is asked for once, with what else is missing (art. 30).
        Missing = "missing", "没有身份证明，应当一次性告知补正", "no proof of identity; to be asked for in one notice of correction";
        /// A passport, a travel permit, a military document, or digits left out.
        NotAResidentNumber = "not_a_resident_number", "不是居民身份证号码，请核对证件", "not a resident identity number; check the document";
        /// Fifteen digits, as given before 1999; no longer valid since 2013.
        OldResidentNumber = "old_resident_number", "十五位旧身份证号码，请核对证件", "an old resident number of 15 digits; check the document";
        /// A region never begins with 0.
        RegionDoubtful = "region_doubtful", "身份证号码的地区代码有误，请核对", "the region in the resident number is wrong; check it";
        /// No such day, a day to come, or one too long ago.
        BirthDateDoubtful = "birth_date_doubtful", "身份证号码中的出生日期有误，请核对", "the date of birth in the resident number is wrong; check it";
        /// The check character does not fit: a digit is wrong, or two are in each other's place.
        ResidentCheckWrong = "resident_check_wrong", "身份证号码的校验码不符，可能录入有误，请核对", "the check digit of the resident number does not fit; it may be mistyped";
        /// Not 18 characters of the code's alphabet.
        NotACreditCode = "not_a_credit_code", "不是统一社会信用代码，请核对", "not a unified social credit code; check it";
        /// The check character does not fit.
        CreditCheckWrong = "credit_check_wrong", "统一社会信用代码的校验码不符，可能录入有误，请核对", "the check character of the credit code does not fit; it may be mistyped";
        /// Neither a mobile number nor a land line with its area code.
        PhoneDoubtful = "phone_doubtful", "不像手机号码，也不像带区号的固定电话，请核对", "neither a mobile number nor a land line with its area code; check it";
    }
}

/// Weights of the first 17 digits of a resident number (GB 11643): powers of two modulo 11.
const RESIDENT_WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/// Its check characters, by the weighted sum modulo 11.
const RESIDENT_CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];

/// The alphabet of a credit code (GB 32100): without I, O, S, V and Z. A character's place is its value.
const CREDIT_ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Weights of its first 17 characters: powers of three modulo 31.
const CREDIT_WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/// Nobody who applies is older, in years.
const OLDEST: i32 = 130;

/// What is odd about the number that an applicant of this `kind` gives, as of the day `on`; nothing for a good one.
#[must_use]
pub fn remarks_on_identity(kind: ApplicantKind, number: &str, on: NaiveDate) -> Vec<IdentityRemark> {
    let number = typed(number);
    if number.is_empty() {
        return Vec::new();
    }
    match kind {
        ApplicantKind::NaturalPerson => on_resident(&number, on),
        ApplicantKind::CommercialEnterprise
        | ApplicantKind::ResearchInstitution
        | ApplicantKind::PublicWelfareOrganisation
        | ApplicantKind::LegalServiceOrganisation
        | ApplicantKind::OtherOrganisation => on_credit_code(&number).into_iter().collect(),
    }
}

/// What is odd about a telephone number; nothing for a good one, nor for one abroad (`+` and another country than 86).
#[must_use]
pub fn remark_on_phone(number: &str) -> Option<IdentityRemark> {
    let number = typed(number);
    if number.is_empty() {
        return None;
    }
    let number = match number.strip_prefix("+86").or_else(|| number.strip_prefix("0086")) {
        Some(rest) => rest,
        None if number.starts_with('+') || number.starts_with("00") && !number.starts_with("000") => return None,
        None => &number,
    };
    (!is_mobile(number) && !is_land_line(number)).then_some(IdentityRemark::PhoneDoubtful)
}

/// As it would stand on the document: full-width characters made plain, no blanks and dashes, capitals.
fn typed(number: &str) -> String {
    number
        .chars()
        .map(|letter| match letter {
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '＋' => {
                // The full-width forms stand in the order of ASCII, this far behind it.
                char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter)
            }
            _ => letter,
        })
        .filter(|letter| !letter.is_whitespace() && !matches!(letter, '-' | '－' | '—' | '–' | '(' | ')' | '（' | '）'))
        .flat_map(char::to_uppercase)
        .collect()
}

fn on_resident(number: &str, on: NaiveDate) -> Vec<IdentityRemark> {
    let digits: Vec<u32> = number.chars().filter_map(|letter| letter.to_digit(10)).collect();
    let (length, check) = (number.chars().count(), number.chars().last().unwrap_or_default());
    match (length, digits.len()) {
        (15, 15) => return vec![IdentityRemark::OldResidentNumber],
        (18, 18) => {}
        (18, 17) if check == 'X' => {}
        _ => return vec![IdentityRemark::NotAResidentNumber],
    }
    let fits = is_resident_check(&digits, check);
    [
        (digits.first() == Some(&0)).then_some(IdentityRemark::RegionDoubtful),
        (!born_plausibly(&digits, on)).then_some(IdentityRemark::BirthDateDoubtful),
        (!fits).then_some(IdentityRemark::ResidentCheckWrong),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Whether `check` is the check sign of an identity number whose first seventeen digits these are (GB 11643).
#[must_use]
pub fn is_resident_check(digits: &[u32], check: char) -> bool {
    let sum: u32 = digits.iter().zip(RESIDENT_WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    RESIDENT_CHECKS.iter().zip(0_u32..).any(|(fit, rest)| sum % 11 == rest && *fit == check.to_ascii_uppercase())
}

/// Whether digits 7 to 14 are a day up to `on`.
fn born_plausibly(digits: &[u32], on: NaiveDate) -> bool {
    let number =
        |from: usize, length: usize| digits.iter().skip(from).take(length).fold(0, |sum, digit| sum * 10 + digit);
    let born =
        i32::try_from(number(6, 4)).ok().and_then(|year| NaiveDate::from_ymd_opt(year, number(10, 2), number(12, 2)));
    born.is_some_and(|born| born <= on && on.year() - born.year() <= OLDEST)
}

fn on_credit_code(code: &str) -> Option<IdentityRemark> {
    let values: Option<Vec<usize>> = code.chars().map(|letter| CREDIT_ALPHABET.find(letter)).collect();
    let Some((check, values)) = values.as_deref().filter(|values| values.len() == 18).and_then(<[_]>::split_last)
    else {
        return Some(IdentityRemark::NotACreditCode);
    };
    let sum: usize = values.iter().zip(CREDIT_WEIGHTS).map(|(value, weight)| value * weight).sum();
    (!(sum + check).is_multiple_of(31)).then_some(IdentityRemark::CreditCheckWrong)
}

/// 11 digits that begin with 13 to 19.
fn is_mobile(number: &str) -> bool {
    let second = number.strip_prefix('1').and_then(|rest| rest.chars().next());
    all_digits(number) && number.len() == 11 && second.is_some_and(|digit| ('3'..='9').contains(&digit))
}

/// An area code (010, 02x, or 03xx to 09xx) and 7 or 8 digits that do not begin with 0 or 1; an extension may follow.
fn is_land_line(number: &str) -> bool {
    let number = number.split(['转', '#', '*', ',']).next().unwrap_or_default();
    let local = ["010", "02"].iter().find_map(|area| number.strip_prefix(area));
    let local = match local {
        Some(rest) if number.starts_with("02") => rest.get(1..),
        Some(rest) => Some(rest),
        None => number
            .strip_prefix('0')
            .filter(|rest| rest.starts_with(|digit| ('3'..='9').contains(&digit)))
            .and_then(|rest| rest.get(3..)),
    };
    all_digits(number) && local.is_some_and(|local| matches!(local.len(), 7 | 8) && !local.starts_with(['0', '1']))
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests;
