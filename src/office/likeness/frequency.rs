//! How often one applicant has applied to one agency in a calendar month: for the fee by item (art. 42), for asking reasons
//! (art. 35). An applicant is known by the blind index of the identity number; joint applicants and agents do not count.

use chrono::{Datelike, NaiveDate};

use crate::case::{Case, Refusal};
use crate::office::failure::Failure;
use crate::storage::{Conn, people};

/// The place of a case among those of its applicant in one month, by the order of receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthPlace {
    /// The first day of the month.
    pub month: NaiveDate,
    /// How many came before it.
    pub before: u32,
    /// How many there are in all, this one included.
    pub count: u32,
}

/// The place of the case in the month of its receipt.
///
/// # Errors
/// [`Refusal::ReceiptNotSettled`] as a [`Failure::Refused`]; the database's failures.
pub(in crate::office) fn place_in_month(conn: &mut Conn, case: &Case) -> Result<MonthPlace, Failure> {
    let unsettled = || Failure::Refused { refusal: Refusal::ReceiptNotSettled, allowed: Vec::new() };
    let received_on = case.received_on.ok_or_else(unsettled)?;
    let month = received_on.with_day(1).unwrap_or(received_on);
    let next = month.checked_add_months(chrono::Months::new(1)).unwrap_or(month);
    let applicant = index_of_applicant(conn, case)?;
    let theirs = people::list_received_in(conn, case.agency(), &applicant, month, next)?;
    let before = theirs.iter().take_while(|id| **id != case.id).count();
    let number = |count: usize| u32::try_from(count).map_err(Failure::broken);
    Ok(MonthPlace { month, before: number(before)?, count: number(theirs.len())? })
}

/// What the applicant is known by: the identity number's blind index, or the name's where there is none.
///
/// # Errors
/// The database's failures.
pub(in crate::office) fn index_of_applicant(conn: &mut Conn, case: &Case) -> Result<String, Failure> {
    let row = people::load(conn, case.particulars.applicant.id)?;
    Ok(row.identity_index.unwrap_or(row.name_index))
}
