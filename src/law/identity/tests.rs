//! Good numbers are not remarked on, and one wrong character is found.

use super::*;
use proptest::prelude::*;

fn today() -> NaiveDate {
    "2026-03-02".parse().unwrap()
}

fn of_person(number: &str) -> Vec<IdentityRemark> {
    remarks_on_identity(ApplicantKind::NaturalPerson, number, today())
}

fn of_company(code: &str) -> Vec<IdentityRemark> {
    remarks_on_identity(ApplicantKind::CommercialEnterprise, code, today())
}

/// A whole resident number from its first 17 digits: the sum of digits, each times two to its place, leaves 1.
fn resident(first: &str) -> String {
    let sum = first.chars().fold(0, |sum, digit| (sum + digit.to_digit(10).unwrap()) * 2 % 11);
    let check = (12 - sum) % 11;
    format!("{first}{}", if check == 10 { "X".to_owned() } else { check.to_string() })
}

/// A whole credit code from the values of its first 17 characters.
fn credit_code(values: &[usize]) -> String {
    let letters: Vec<char> = CREDIT_ALPHABET.chars().collect();
    let sum = values.iter().rev().fold(0, |sum, value| (sum * 3 + value) % 31);
    values.iter().chain([&((31 - sum) % 31)]).map(|value| letters[*value]).collect()
}

#[test]
fn good_numbers_are_not_remarked_on() {
    assert_eq!(of_person("110101199003070011"), []);
    assert_eq!(of_person("99010119871208911x"), [], "a small x is an X");
    assert_eq!(of_person(" 110101 19900307 0011 "), [], "blanks do not matter");
    assert_eq!(of_person("１１０１０１１９９００３０７００１１"), [], "nor does the width");
    assert_eq!(of_company("91350100M000100Y43"), [], "the example of GB 32100");
    assert_eq!(of_company("52990101madem0004g"), []);
}

#[test]
fn another_document_is_lawful_and_gets_a_mild_remark_at_most() {
    for document in ["E12345678", "H1234567890", "军字第12345678号", "11010119900307001", "8201011990030700113"] {
        assert_eq!(of_person(document), [IdentityRemark::NotAResidentNumber], "{document}");
    }
    assert_eq!(of_person("110101900307001"), [IdentityRemark::OldResidentNumber]);
    assert_eq!(of_person("  "), [], "what is missing is told elsewhere");
}

#[test]
fn a_birthday_that_cannot_be_is_remarked_on() {
    for first in ["11010119900230001", "11010120270101001", "11010118890101001"] {
        assert_eq!(of_person(&resident(first)), [IdentityRemark::BirthDateDoubtful], "{first}");
    }
    assert_eq!(of_person(&resident("01010119900307001")), [IdentityRemark::RegionDoubtful]);
}

#[test]
fn an_organisation_is_asked_for_its_credit_code() {
    assert_eq!(of_company("110101199003070011"), [IdentityRemark::CreditCheckWrong]);
    for code in ["91350100M000100Y4", "91350100M000100O43", "营业执照1234"] {
        assert_eq!(of_company(code), [IdentityRemark::NotACreditCode], "{code}");
    }
}

#[test]
fn telephones_as_people_write_them_are_good() {
    for number in [
        "13800000001",
        "+86 138-0000-0001",
        "010-66001234",
        "(021)66001234",
        "0871-5123456",
        "0755 86001234转12",
        "+852 2123 4567",
        "００１０ 1 212 555 0100",
        "",
    ] {
        assert_eq!(remark_on_phone(number), None, "{number}");
    }
    for number in ["1380000000", "12800000001", "66001234", "0001-1234567", "010-6600123a", "+86 12345"] {
        assert_eq!(remark_on_phone(number), Some(IdentityRemark::PhoneDoubtful), "{number}");
    }
}

proptest! {
    #[test]
    fn one_wrong_digit_of_a_resident_number_is_found(
        region in 100_000_u32..=999_999, age in 0_i64..40_000, order in 0_u32..1_000, at in 0_usize..18, by in 1_u32..10,
    ) {
        let born = today() - chrono::Duration::days(age);
        let number = resident(&format!("{region}{}{order:03}", born.format("%Y%m%d")));
        prop_assert_eq!(of_person(&number), vec![]);
        let wrong: String = number.chars().enumerate().map(|(place, letter)| match letter.to_digit(10) {
            Some(digit) if place == at => char::from_digit((digit + by) % 10, 10).unwrap(),
            None if place == at => '7',
            _ => letter,
        }).collect();
        prop_assert!(of_person(&wrong).contains(&IdentityRemark::ResidentCheckWrong), "{} {}", number, wrong);
    }

    #[test]
    fn one_wrong_character_of_a_credit_code_is_found(
        values in prop::collection::vec(0_usize..31, 17), at in 0_usize..18, by in 1_usize..31,
    ) {
        let code = credit_code(&values);
        prop_assert_eq!(of_company(&code), vec![]);
        let letters: Vec<char> = CREDIT_ALPHABET.chars().collect();
        let wrong: String = code.chars().enumerate().map(|(place, letter)| {
            let value = CREDIT_ALPHABET.find(letter).unwrap();
            if place == at { letters[(value + by) % 31] } else { letter }
        }).collect();
        prop_assert_eq!(of_company(&wrong), vec![IdentityRemark::CreditCheckWrong]);
    }

    #[test]
    fn whatever_is_typed_gets_an_answer(number in ".{0,30}", person: bool) {
        let kind = if person { ApplicantKind::NaturalPerson } else { ApplicantKind::OtherOrganisation };
        let _ = remarks_on_identity(kind, &number, today());
        let _ = remark_on_phone(&number);
    }
}
