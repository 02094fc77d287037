//! What an agency is there for: read from what its administrator sends, and written beside it.

use super::failure::Failure;
use super::input::Reader;
use super::search;
use crate::ids::AgencyId;
use crate::storage::Conn;
use crate::storage::agency_duties::{self, DutyRow};

/// Duties an agency may have.
const MOST: usize = 100;

/// Letters of the longest.
const LONGEST: usize = 200;

/// The duties as they are kept: each says something, and nothing twice.
pub(super) fn read(reader: &mut Reader, given: &[String]) -> Vec<String> {
    if given.len() > MOST {
        reader.wrong("/duties", "最多100条职责。", "At most 100 duties.");
    }
    let mut duties: Vec<String> = Vec::new();
    for (place, duty) in given.iter().enumerate() {
        let pointer = format!("/duties/{place}");
        let duty = reader.text(&pointer, duty);
        if duty.chars().count() > LONGEST {
            reader.wrong(&pointer, "每条职责最多200个字。", "A duty has at most 200 characters.");
        }
        if !duties.contains(&duty) {
            duties.push(duty);
        }
    }
    duties
}

/// Puts them in the place of what the agency had.
///
/// # Errors
/// [`Failure::Broken`] for more than there are places; the database's failures.
pub(super) fn write(conn: &mut Conn, agency: AgencyId, duties: Vec<String>) -> Result<(), Failure> {
    let rows = (1..)
        .zip(duties)
        .map(|(place, duty)| DutyRow { agency_id: agency, place, plain: search::in_plain_form(&duty), duty })
        .collect::<Vec<_>>();
    agency_duties::replace(conn, agency, &rows).map_err(Failure::of_race)
}
