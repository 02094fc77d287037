//! The places that charged items have in an applicant's month (国办函〔2020〕109号 art. 4). A place once noticed stands.

use super::conn::Conn;
use super::error::StoreError;
use super::schema::fee_places;
use crate::ids::{AgencyId, CaseId};
use chrono::NaiveDate;
use diesel::prelude::*;

/// One place.
#[derive(Debug, Clone, PartialEq, Eq, Insertable)]
#[diesel(table_name = fee_places, treat_none_as_default_value = false)]
pub struct FeePlaceRow {
    /// The agency that charges.
    pub agency_id: AgencyId,
    /// The applicant's blind index.
    pub applicant_index: String,
    /// The first day of the month.
    pub month: NaiveDate,
    /// The place, from 1.
    pub place: i32,
    /// The case that has it.
    pub case_id: CaseId,
}

/// Takes a place.
///
/// # Errors
/// [`StoreError::Conflict`] when somebody else took it first.
pub fn insert(conn: &mut Conn, row: &FeePlaceRow) -> Result<(), StoreError> {
    diesel::insert_into(fee_places::table).values(row.clone()).execute(conn)?;
    Ok(())
}

/// The places taken in an applicant's month.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn, agency: AgencyId, applicant: &str, month: NaiveDate) -> Result<Vec<i32>, StoreError> {
    Ok(fee_places::table
        .filter(fee_places::agency_id.eq(agency))
        .filter(fee_places::applicant_index.eq(applicant))
        .filter(fee_places::month.eq(month))
        .order(fee_places::place)
        .select(fee_places::place)
        .load(conn)?)
}
