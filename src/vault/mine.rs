//! What opens an applicant's own list without a password: a link that goes to their mail box, and the sign-in that it is
//! exchanged for. Both are derived: they name a person of a case and an end, and bear a keyed sum over the two, so that neither
//! is stored anywhere.

use chrono::{DateTime, Utc};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::hex;
use super::keys::Keys;
use super::mac::mac;
use crate::ids::PersonId;

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pass {
    /// The link in the mail.
    Link,
    /// What the browser holds afterwards.
    SignIn,
}

impl Pass {
    const fn label(self) -> &'static str {
        match self {
            Self::Link => "dafu/mine-link/1",
            Self::SignIn => "dafu/mine-sign-in/1",
        }
    }
}

/// Characters of the sum: 128 bits of it.
const SUM: usize = 32;

/// A pass for `person` until `ends`.
#[must_use]
pub fn pass(keys: &Keys, which: Pass, person: PersonId, ends: DateTime<Utc>) -> String {
    let ends = ends.timestamp();
    format!("{}-{ends}-{}", person.uuid().simple(), sum(keys, which, person, ends))
}

/// Whose pass it is, and when it ends; none for one that was made up, or is over at `now`. Takes equally long wherever it differs.
#[must_use]
pub fn holder(keys: &Keys, which: Pass, given: &str, now: DateTime<Utc>) -> Option<(PersonId, DateTime<Utc>)> {
    let mut parts = given.trim().split('-');
    let (person, ends, given) = (parts.next()?, parts.next()?, parts.next()?);
    let person = PersonId::from_uuid(Uuid::parse_str(person).ok()?);
    let ends: i64 = ends.parse().ok()?;
    let right = bool::from(sum(keys, which, person, ends).as_bytes().ct_eq(given.as_bytes()));
    let good = right && parts.next().is_none() && now.timestamp() < ends;
    DateTime::from_timestamp(ends, 0).filter(|_| good).map(|ends| (person, ends))
}

fn sum(keys: &Keys, which: Pass, person: PersonId, ends: i64) -> String {
    let sum = mac(&keys.code, which.label(), &[person.uuid().as_bytes(), &ends.to_be_bytes()]);
    hex::encode(&sum).chars().take(SUM).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::CountingEntropy;
    use chrono::TimeDelta;

    #[test]
    fn a_pass_is_good_for_its_holder_its_use_and_its_time_only() {
        let mut entropy = CountingEntropy::new(5);
        let keys = Keys::generate(&mut entropy);
        let now = DateTime::UNIX_EPOCH;
        let person = PersonId::new(now, &mut entropy);
        let link = pass(&keys, Pass::Link, person, now + TimeDelta::minutes(20));
        assert_eq!(holder(&keys, Pass::Link, &link, now), Some((person, now + TimeDelta::minutes(20))));
        assert_eq!(holder(&keys, Pass::SignIn, &link, now), None);
        assert_eq!(holder(&keys, Pass::Link, &link, now + TimeDelta::minutes(20)), None);
        let later = link.replacen("1200", "9999999", 1);
        assert_eq!(holder(&keys, Pass::Link, &later, now), None, "{later}");
        for wrong in ["", "-", "a-b-c", &format!("{link}-x"), &link.replace('-', "")] {
            assert_eq!(holder(&keys, Pass::Link, wrong, now), None, "{wrong}");
        }
    }
}
