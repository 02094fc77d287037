//! Which milestones were reached, and who was told: each at most once, whichever instance finds it.

use super::conn::Conn;
use super::error::StoreError;
use super::schema::milestones;
use super::types::Instant;
use crate::ids::CaseId;
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

/// One milestone of one timing.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = milestones, treat_none_as_default_value = false)]
pub struct MilestoneRow {
    pub case_id: CaseId,
    pub timed: String,
    pub part: i32,
    pub on_day: NaiveDate,
    /// `reminder_5`, `overdue_0` …
    pub milestone: String,
    /// The day it belongs to, whenever it was recorded.
    pub fell_on: NaiveDate,
    /// Who was to be told, as codes separated by commas.
    pub told: String,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub recorded_at: DateTime<Utc>,
}

/// Records one; false when it was recorded before.
///
/// # Errors
/// Only the database's own.
pub fn record(conn: &mut Conn, row: &MilestoneRow) -> Result<bool, StoreError> {
    let recorded = conn.savepoint(|conn| {
        diesel::insert_into(milestones::table).values(row.clone()).execute(conn)?;
        Ok(())
    });
    match recorded {
        Ok(()) => Ok(true),
        Err(StoreError::Conflict) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Those of a case, in the order of their days.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn, case: CaseId) -> Result<Vec<MilestoneRow>, StoreError> {
    Ok(milestones::table
        .filter(milestones::case_id.eq(case))
        .order((milestones::fell_on, milestones::recorded_at, milestones::timed, milestones::milestone))
        .select(MilestoneRow::as_select())
        .load(conn)?)
}

/// How many there are in all.
///
/// # Errors
/// Only the database's own.
pub fn count(conn: &mut Conn) -> Result<i64, StoreError> {
    Ok(milestones::table.count().get_result(conn)?)
}
