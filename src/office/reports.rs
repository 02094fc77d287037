//! The annual report (国办公开办函〔2021〕30号): what is counted, what is entered, the editions that are frozen, signed and published, and those
//! that others have published. What stands in a table is counted from cases and proceedings and never typed.

pub mod cells;
mod counting;
pub mod editions;
pub mod entering;
pub mod files;
mod filling;
pub mod portal;
pub mod published;
pub mod rows;
pub mod views;
pub mod workbench;

pub(super) use counting::table_four;

use super::failure::Failure;
use super::permission::{Deed, Officer, permit};
use super::projection;
use crate::law::annual::FIRST_YEAR;
use crate::storage::agencies::AgencyRow;
use crate::storage::{Conn, agencies};

/// The last year that may be asked for: beyond it a year was mistyped.
const LAST_YEAR: i32 = 2100;

/// A year of which there can be a report.
///
/// # Errors
/// [`Failure::Invalid`].
fn year_of(year: i32) -> Result<i32, Failure> {
    year_at("/year", year)
}

/// The same, asked for in a query.
///
/// # Errors
/// [`Failure::Invalid`].
pub(super) fn year_asked(year: i32) -> Result<i32, Failure> {
    year_at("?year", year)
}

fn year_at(pointer: &str, year: i32) -> Result<i32, Failure> {
    if (FIRST_YEAR..=LAST_YEAR).contains(&year) {
        return Ok(year);
    }
    Err(Failure::invalid(
        pointer,
        format!("年份应当在{FIRST_YEAR}年至{LAST_YEAR}年之间。"),
        format!("The year must lie between {FIRST_YEAR} and {LAST_YEAR}."),
    ))
}

/// The agency of that short name, for whoever may do `deed` there.
///
/// # Errors
/// [`Failure::Missing`], [`Failure::Forbidden`]; the database's failures.
fn agency_for(conn: &mut Conn, officer: &Officer, deed: Deed, slug: &str) -> Result<AgencyRow, Failure> {
    let agency = agencies::find_by_slug(conn, slug)?.ok_or(Failure::Missing)?;
    permit(officer, deed, &projection::lineage(conn, agency.id)?)?;
    Ok(agency)
}
