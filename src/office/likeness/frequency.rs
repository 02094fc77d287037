//! How often one applicant asks one agency in a calendar month: what arts 35 and 42 and the tariff by item rest on.
//!
//! A request counts in the month of its legal receipt, however it ended; one whose receipt is not settled does not count.
//! The applicant is the one whose identity number is the same; nobody is counted by a name.

use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate};
use serde::Serialize;
use utoipa::ToSchema;

use crate::case::Case;
use crate::office::failure::Failure;
use crate::storage::Conn;
use crate::storage::applicant_cases::{self, Received};
use crate::storage::people::{self, PersonIndex, PersonRow};

/// Months that are shown, the present one included.
const MONTHS_SHOWN: u32 = 12;

/// A case among the requests of its applicant to its agency in one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthPlace {
    /// The first day of the month of receipt; while receipt is not settled, of the month of arrival.
    pub month: NaiveDate,
    /// How many were received before it in that month.
    pub before: u32,
    /// How many were received in that month, this one included if its receipt is settled.
    pub count: u32,
}

/// How many requests were received in a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MonthCount {
    /// The month.
    #[schema(example = "2026-03")]
    pub month: String,
    /// How many.
    pub count: u32,
}

/// How often the applicant asks this agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Frequency {
    /// The last twelve months, the present one first, those without a request as well.
    pub months: Vec<MonthCount>,
    /// The month of this case's receipt; of its arrival while receipt is not settled.
    #[schema(example = "2026-03")]
    pub month: String,
    /// The place of this case in its month, 1 for the first; none while receipt is not settled.
    pub place: Option<u32>,
    /// How many requests that month has in all.
    pub count: u32,
}

/// The row of the applicant; none once the contents were destroyed.
///
/// # Errors
/// The database's failures.
pub fn applicant_of(conn: &mut Conn, case: &Case) -> Result<Option<PersonRow>, Failure> {
    Ok(people::list(conn, case.id)?.into_iter().find(|row| row.id == case.particulars.applicant.id))
}

/// The place of a case within its month, in the order of receipt, then of arrival in the system. What the transaction has
/// written so far counts; of the case itself, the date of receipt that `case` holds.
///
/// # Errors
/// The database's failures.
pub(in crate::office) fn place_in_month(conn: &mut Conn, case: &Case) -> Result<MonthPlace, Failure> {
    let month = month_of(case.received_on.unwrap_or(case.filed.arrived_on));
    let mut others = received(conn, case, month, last_of(month))?;
    others.retain(|other| other.id != case.id);
    let receipt_no = || case.filed.receipt_no.clone();
    let own =
        case.received_on.map(|on| Received { on, created_at: case.filed_at, receipt_no: receipt_no(), id: case.id });
    let before = others.iter().filter(|other| own.as_ref().is_none_or(|own| *other < own)).count();
    let count = others.len() + usize::from(own.is_some());
    Ok(MonthPlace { month, before: number(before), count: number(count) })
}

/// What the applicant is known by where requests are counted: the identity number's blind index. Who gave none is counted
/// by this case alone, never by a name, which two people may share.
///
/// # Errors
/// The database's failures.
pub(in crate::office) fn index_of_applicant(conn: &mut Conn, case: &Case) -> Result<String, Failure> {
    let identity = applicant_of(conn, case)?.and_then(|row| row.identity_index);
    Ok(identity.unwrap_or_else(|| case.id.to_string()))
}

/// How often the applicant of `case` asks its agency, seen from `today`.
///
/// # Errors
/// The database's failures.
pub(super) fn frequency(conn: &mut Conn, case: &Case, today: NaiveDate) -> Result<Frequency, Failure> {
    let place = place_in_month(conn, case)?;
    let present = month_of(today);
    let shown: Vec<NaiveDate> =
        (0..MONTHS_SHOWN).filter_map(|back| present.checked_sub_months(Months::new(back))).collect();
    let first = shown.last().copied().unwrap_or(present);
    let received = received(conn, case, first, last_of(present))?;
    let months = shown.into_iter().map(|month| {
        let count = received.iter().filter(|one| month_of(one.on) == month).count();
        MonthCount { month: named(month), count: number(count) }
    });
    Ok(Frequency {
        months: months.collect(),
        month: named(place.month),
        place: case.received_on.map(|_| place.before.saturating_add(1)),
        count: place.count,
    })
}

/// How many of these were received in each month, the latest month first; months without one are left out.
pub(in crate::office) fn by_month(received: &[Received]) -> Vec<MonthCount> {
    let mut months: BTreeMap<NaiveDate, u32> = BTreeMap::new();
    for one in received {
        let count = months.entry(month_of(one.on)).or_default();
        *count = count.saturating_add(1);
    }
    months.into_iter().rev().map(|(month, count)| MonthCount { month: named(month), count }).collect()
}

/// A month as `2026-03`.
fn named(month: NaiveDate) -> String {
    month.format("%Y-%m").to_string()
}

/// The first day of the month of a day.
fn month_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

fn last_of(month: NaiveDate) -> NaiveDate {
    month.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt()).unwrap_or(NaiveDate::MAX)
}

/// What the applicant asked this agency from one day to another; nothing where no identity number is known.
fn received(conn: &mut Conn, case: &Case, from: NaiveDate, to: NaiveDate) -> Result<Vec<Received>, Failure> {
    let identity = applicant_of(conn, case)?.and_then(|row| row.identity_index).map(PersonIndex::Identity);
    let Some(identity) = identity else { return Ok(Vec::new()) };
    let ids = applicant_cases::list(conn, &identity, case.agency())?;
    Ok(applicant_cases::list_received(conn, &ids, Some(from), Some(to))?)
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
