//! Which places the items of an application have in its applicant's month (house rule 25): the first free ones from where
//! the order of receipt puts it. A place that was noticed stands, whatever is entered for an earlier day afterwards.

use crate::case::Case;
use crate::office::failure::Failure;
use crate::office::likeness::frequency::{self, MonthPlace};
use crate::office::projection;
use crate::storage::Conn;
use crate::storage::fee_places::{self, FeePlaceRow};

/// The places that `items` items of the case would have.
///
/// # Errors
/// The database's failures.
pub(super) fn free(conn: &mut Conn, case: &Case, month: &MonthPlace, items: u32) -> Result<Vec<u32>, Failure> {
    let applicant = frequency::index_of_applicant(conn, case)?;
    let taken = fee_places::list(conn, case.agency(), &applicant, month.month)?;
    let wanted = usize::try_from(items).map_err(Failure::broken)?;
    Ok((month.before.saturating_add(1)..)
        .filter(|place| !taken.iter().any(|taken| i64::from(*taken) == i64::from(*place)))
        .take(wanted)
        .collect())
}

/// Takes them.
///
/// # Errors
/// [`Failure::Busy`] when somebody took one of them first, so that the act is done again; the database's failures.
pub(super) fn take(conn: &mut Conn, case: &Case, month: &MonthPlace, items: u32) -> Result<Vec<u32>, Failure> {
    let places = free(conn, case, month, items)?;
    let applicant_index = frequency::index_of_applicant(conn, case)?;
    for place in &places {
        let row = FeePlaceRow {
            agency_id: case.agency(),
            applicant_index: applicant_index.clone(),
            month: month.month,
            place: projection::small(*place)?,
            case_id: case.id,
        };
        fee_places::insert(conn, &row).map_err(Failure::of_race)?;
    }
    Ok(places)
}
