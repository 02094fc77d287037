//! Running numbers without gaps: receipt numbers, case numbers, letters' numbers.
//!
//! A sequence of the database would leave a gap whenever a transaction fails, and a gap in a register
//! has to be explained to an inspector. So the number is a row, locked until the transaction ends:
//! those who want the same number queue, and an undone act gives its number back.

use super::conn::Conn;
use super::error::StoreError;
use super::prepared::Prepared;
use super::schema::counters;
use crate::ids::AgencyId;
use diesel::prelude::*;

#[derive(Insertable)]
#[diesel(table_name = counters, treat_none_as_default_value = false)]
struct CounterRow<'a> {
    agency_id: AgencyId,
    year: i32,
    series: &'a str,
    value: i64,
}

/// The next number of an agency's series in `year`, from 1. Take it as late in the act as possible:
/// others wait for it.
///
/// # Errors
/// [`StoreError::Broken`] when there is no such agency.
pub fn next(conn: &mut Conn, agency_id: AgencyId, year: i32, series: &str) -> Result<i64, StoreError> {
    if let Some(value) = raise(conn, agency_id, year, series)? {
        return Ok(value);
    }
    let first = CounterRow { agency_id, year, series, value: 1 };
    let begun = conn.savepoint(|conn| {
        diesel::insert_into(counters::table).values(first).execute(conn)?;
        Ok(1)
    });
    match begun {
        // Another transaction began the series between our two statements and has committed since.
        Err(StoreError::Conflict) => raise(conn, agency_id, year, series)?.ok_or(StoreError::Busy),
        done => done,
    }
}

fn raise(conn: &mut Conn, agency_id: AgencyId, year: i32, series: &str) -> Result<Option<i64>, StoreError> {
    let raised = diesel::update(counters::table.find((agency_id, year, series)))
        .set(counters::value.eq(counters::value + 1))
        .returning(counters::value);
    Ok(Prepared(raised).get_result(conn).optional()?)
}
