//! Receipt number and query code: what opens a case to its applicant, and how often it may be tried in vain.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};

use chrono::{DateTime, TimeDelta, Utc};

use crate::config::Limits;
use crate::ids::CaseId;
use crate::office::Office;
use crate::office::failure::{Failure, SignInFault};
use crate::storage::{Conn, attempts, cases};
use crate::vault::{Keys, blind, query_code};

/// A code as somebody gave it, and where that came from.
#[derive(Clone)]
pub struct Code {
    text: String,
    from: Option<IpAddr>,
}

impl Code {
    /// A code, and the address that it came from; none where there is nobody to tell apart.
    #[must_use]
    pub fn given(text: impl Into<String>, from: Option<IpAddr>) -> Self {
        Self { text: text.into(), from: from.map(network_of) }
    }

    /// The code.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// Neither a code nor an address is printed.
impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Code").finish_non_exhaustive()
    }
}

/// One household or one office: an IPv6 customer has at least 2^64 addresses to come from.
#[must_use]
pub fn network_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into(),
    }
}

impl Office {
    /// The case behind a receipt number, if the code fits. The code is looked at first and the right one always opens:
    /// else anybody who knows a number could shut its applicant out by guessing. Only what is wrong is counted, for a
    /// number that does not exist as for one that does.
    pub(in crate::office) async fn open_with_code(&self, receipt_no: &str, code: &Code) -> Result<CaseId, Failure> {
        let shared = self.shared();
        let number = read_receipt_no(receipt_no).ok_or(Failure::NotSignedIn(SignInFault::WrongQueryCode))?;
        let subject = code_bucket(&shared.keys, &number);
        let asked = self.db().read(move |conn| look_up(conn, &number)).await?;
        if query_code::matches(&shared.keys, asked.case, asked.generation, code.text()) && asked.exists {
            return Ok(asked.case);
        }
        Err(self.wrong_code(subject, code, SignInFault::WrongQueryCode).await)
    }

    /// A receipt number as it is kept, and under which wrong codes for it are counted.
    ///
    /// # Errors
    /// [`Failure::NotSignedIn`] for what can be no number.
    pub(in crate::office) fn case_number_asked(&self, receipt_no: &str) -> Result<(String, String), Failure> {
        let number = read_receipt_no(receipt_no).ok_or(Failure::NotSignedIn(SignInFault::WrongQueryCode))?;
        let bucket = code_bucket(&self.shared().keys, &number);
        Ok((number, bucket))
    }

    /// Counts a code that opened nothing: for its number, and for where it came from. Whoever tries one number from everywhere is told to
    /// wait, and whoever tries every number from one place; the right code opens in either case, so that nobody is shut out by a
    /// neighbour.
    ///
    /// Gives what is told of it: [`Failure::NotSignedIn`]; [`Failure::WrongCodes`] above an allowance of the hour; the database's failures.
    pub(in crate::office) async fn wrong_code(&self, subject: String, code: &Code, fault: SignInFault) -> Failure {
        self.count_wrong_code(subject, code, fault).await.err().unwrap_or(Failure::NotSignedIn(fault))
    }

    async fn count_wrong_code(&self, subject: String, code: &Code, fault: SignInFault) -> Result<(), Failure> {
        let (now, shared) = (self.now(), self.shared());
        let window = hour_of(now);
        let place = code.from.map(|from| place_bucket(&shared.keys, from));
        let (for_it, from_there) = self
            .db()
            .write(move |conn| {
                let for_it = attempts::count_attempt(conn, &subject, window)?;
                let from_there =
                    place.as_deref().map(|place| attempts::count_attempt(conn, place, window)).transpose()?;
                Ok::<_, Failure>((for_it, from_there.unwrap_or_default()))
            })
            .await?;
        let Limits { wrong_codes_per_hour, wrong_codes_from_an_address_per_hour, .. } = shared.limits;
        if for_it > wrong_codes_per_hour || from_there > wrong_codes_from_an_address_per_hour {
            return Err(Failure::WrongCodes { fault, retry_after: seconds_until(window + TimeDelta::hours(1), now) });
        }
        Ok(())
    }
}

/// What the code that came with a number is held against.
pub(in crate::office) struct Asked {
    /// The case with this number; or, where there is none, another.
    pub(in crate::office) case: CaseId,
    /// The generation of that case's code.
    pub(in crate::office) generation: u32,
    /// Whether it is the case with this number. Looked at last: what is done for a number that does not exist is what would be done for
    /// one that does.
    pub(in crate::office) exists: bool,
}

/// What a number stands for.
///
/// # Errors
/// The database's failures.
pub(in crate::office) fn look_up(conn: &mut Conn, number: &str) -> Result<Asked, Failure> {
    let Some((found, case, generation)) = cases::find_up_to_receipt_no(conn, number)? else {
        // No number comes before it: of those that are given out none is so small.
        return Ok(Asked { case: CaseId::from_uuid(uuid::Uuid::nil()), generation: 0, exists: false });
    };
    let generation = u32::try_from(generation).map_err(Failure::broken)?;
    Ok(Asked { case, generation, exists: found == number })
}

/// A receipt number as it is kept, if `text` can be one at all.
fn read_receipt_no(text: &str) -> Option<String> {
    const LONGEST: usize = 60;
    let number = text.trim().to_ascii_uppercase();
    let fits = |letter: u8| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == b'-';
    ((1..=LONGEST).contains(&number.len()) && number.bytes().all(fits)).then_some(number)
}

/// Under which wrong codes for `number` are counted: one of 65 536 buckets, however many numbers are made up. That two
/// numbers share one harms nobody, for the right code opens in any case.
fn code_bucket(keys: &Keys, number: &str) -> String {
    format!("query_code:{}", bucket(keys, "receipt_no", number))
}

/// Under which wrong codes from an address are counted: likewise one of 65 536. Without the index key nobody can say whose it is.
fn place_bucket(keys: &Keys, from: IpAddr) -> String {
    format!("code_from:{}", bucket(keys, "address", &from.to_string()))
}

fn bucket(keys: &Keys, kind: &'static str, text: &str) -> String {
    const DIGITS: usize = 4;
    blind::blind(keys, kind, text).chars().take(DIGITS).collect()
}

/// The start of the hour in which attempts are counted.
#[must_use]
pub(in crate::office) fn hour_of(now: DateTime<Utc>) -> DateTime<Utc> {
    const HOUR: i64 = 3600;
    let seconds = now.timestamp();
    DateTime::from_timestamp(seconds - seconds.rem_euclid(HOUR), 0).unwrap_or(now)
}

/// Whole seconds from `now` until `then`, at least one.
#[must_use]
pub(in crate::office) fn seconds_until(then: DateTime<Utc>, now: DateTime<Utc>) -> u32 {
    u32::try_from((then - now).num_seconds().max(0)).unwrap_or(u32::MAX).saturating_add(1)
}
