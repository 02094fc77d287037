//! Years that a start finds, built in or in the settings' folder, in a database that is in use: each becomes a proposal, once
//! for its content, so that no restart and no release moves a deadline by itself.

use chrono::{DateTime, Utc};

use super::{ProposalSource, last_of, row_of, year_of};
use crate::ids::{ProposalId, Randomness};
use crate::law::calendar::Year;
use crate::law::editions::Edition;
use crate::office::failure::Failure;
use crate::storage::Conn;
use crate::storage::calendar_proposals;

/// Lays down those of `years` that were never known and never proposed; gives which.
///
/// # Errors
/// [`Failure::Broken`] for a stored year that is none; the database's failures.
pub fn lay_down(
    conn: &mut Conn,
    years: &[Year],
    known: &[Edition],
    now: DateTime<Utc>,
    randomness: &Randomness,
) -> Result<Vec<i32>, Failure> {
    let mut laid = Vec::new();
    for year in years.iter().filter(|year| known.iter().all(|edition| edition.year != **year)) {
        let mut proposed = calendar_proposals::list_of_year(conn, year.year)?.into_iter();
        if proposed.try_fold(false, |found, row| Ok::<_, Failure>(found || year_of(&row)? == *year))? {
            continue;
        }
        let stands_on = last_of(year.year, known).map(|edition| edition.known_from);
        let mut row = row_of(year, ProposalSource::Start, stands_on, None, now)?;
        row.id = ProposalId::new(now, &mut randomness.clone());
        calendar_proposals::insert(conn, &row)?;
        laid.push(year.year);
    }
    Ok(laid)
}
