//! Numbers that look mistyped, told to whoever can put them right: the applicant with the receipt, the officer with the
//! case. Nothing is refused for their sake: art. 29 asks for proof of identity and names no kind of document.

use chrono::NaiveDate;

use super::sealing::Person;
use super::views::{Term, WarningView, term};
use crate::law::identity::{IdentityRemark, remark_on_phone, remarks_on_identity};
use crate::law::receipt::ApplicantKind;

/// What is odd about an applicant's numbers, for the receipt.
#[must_use]
pub fn remarks(kind: ApplicantKind, person: &Person, on: NaiveDate) -> Vec<Term> {
    let (identity, phone) = doubts(kind, person, on);
    identity.into_iter().chain(phone).map(|remark| term!(remark)).collect()
}

/// The same as warnings in the case: one for the number of the document, one for the telephone.
#[must_use]
pub fn warnings(kind: ApplicantKind, person: &Person, on: NaiveDate) -> Vec<WarningView> {
    let (identity, phone) = doubts(kind, person, on);
    let warn = |code: &'static str, remarks: &[IdentityRemark]| {
        let joined = |names: Vec<&str>, joint: &str| names.join(joint);
        (!remarks.is_empty()).then(|| WarningView {
            code,
            zh: format!("申请人：{}。", joined(remarks.iter().map(|one| one.zh()).collect(), "；")),
            en: format!("The applicant: {}.", joined(remarks.iter().map(|one| one.en()).collect(), "; ")),
        })
    };
    [warn("identity_number_doubtful", &identity), warn("phone_doubtful", phone.as_slice())]
        .into_iter()
        .flatten()
        .collect()
}

fn doubts(kind: ApplicantKind, person: &Person, on: NaiveDate) -> (Vec<IdentityRemark>, Option<IdentityRemark>) {
    let identity = person.identity_number.as_deref();
    let identity =
        identity.map_or_else(|| vec![IdentityRemark::Missing], |number| remarks_on_identity(kind, number, on));
    (identity, person.phone.as_deref().and_then(remark_on_phone))
}

/// From this length on the beginning of a number can be shown: it tells the region, and 12 of 18 are still hidden.
const LONG: usize = 15;

/// `110101199003070011` as `1101************11`; of a shorter number all but the last two are hidden, of one of two or
/// less everything.
#[must_use]
pub fn masked(number: &str) -> String {
    let length = number.chars().count();
    let (first, last) = match length {
        LONG.. => (4, 2),
        3.. => (0, 2),
        _ => (0, 0),
    };
    let hidden = first..length - last;
    number.chars().enumerate().map(|(place, letter)| if hidden.contains(&place) { '*' } else { letter }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_shows_its_first_four_and_last_two_and_a_short_one_its_last_two() {
        assert_eq!(masked("110101199003070011"), "1101************11");
        assert_eq!(masked("E12345678"), "*******78");
        assert_eq!(masked("12"), "**");
        assert_eq!(masked(""), "");
    }

    proptest! {
        #[test]
        fn at_most_six_characters_of_a_number_are_shown(number in "[0-9A-Z军]{0,40}") {
            let shown = masked(&number);
            prop_assert_eq!(shown.chars().count(), number.chars().count());
            prop_assert!(shown.chars().filter(|letter| *letter != '*').count() <= 6);
        }
    }
}
