//! The rounds of each case, and what each closed one spent at which step: the projection from which indicators are counted.

use super::conn::Conn;
use super::error::StoreError;
use super::prepared::Prepared;
use super::schema::supervision::{case_rounds, case_steps};
use crate::ids::{AgencyId, CaseId, StaffId};
use chrono::NaiveDate;
use diesel::prelude::*;

/// One round of a case.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = case_rounds, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct RoundRow {
    pub case_id: CaseId,
    /// 0, 1, 2 … within the case.
    pub round: i32,
    pub agency_id: AgencyId,
    pub handler_id: Option<StaffId>,
    pub channel: String,
    pub applicant_kind: String,
    pub began_on: NaiveDate,
    pub closed_on: Option<NaiveDate>,
    pub outcome: Option<String>,
    /// The verdict on its reply; None where none ended it.
    pub late: Option<bool>,
    /// Working days to its reply.
    pub days: Option<i32>,
    pub extended: bool,
    pub corrected: bool,
}

/// What a closed round spent at one step.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = case_steps, treat_none_as_default_value = false)]
pub struct StepRow {
    pub case_id: CaseId,
    pub round: i32,
    pub step: String,
    pub agency_id: AgencyId,
    pub closed_on: NaiveDate,
    /// Working days.
    pub days: i32,
}

/// Adds a round.
///
/// # Errors
/// [`StoreError::Conflict`] when the case has it already.
pub fn insert(conn: &mut Conn, row: &RoundRow) -> Result<(), StoreError> {
    diesel::insert_into(case_rounds::table).values(row.clone()).execute(conn)?;
    Ok(())
}

/// Writes the whole row; false when there is none.
///
/// # Errors
/// Only the database's own.
pub fn update(conn: &mut Conn, row: &RoundRow) -> Result<bool, StoreError> {
    let stands = case_rounds::table.find((row.case_id, row.round));
    Ok(Prepared(diesel::update(stands).set(row.clone())).execute(conn)? > 0)
}

/// Puts these steps in place of those that a round has.
///
/// # Errors
/// Only the database's own.
pub fn set_steps(conn: &mut Conn, case: CaseId, round: i32, rows: &[StepRow]) -> Result<(), StoreError> {
    let there = case_steps::table.filter(case_steps::case_id.eq(case)).filter(case_steps::round.eq(round));
    diesel::delete(there).execute(conn)?;
    for row in rows {
        diesel::insert_into(case_steps::table).values(row.clone()).execute(conn)?;
    }
    Ok(())
}

/// Puts these rows in place of all that a case has.
///
/// # Errors
/// Only the database's own.
pub fn set_all(conn: &mut Conn, case: CaseId, rounds: &[RoundRow], steps: &[StepRow]) -> Result<(), StoreError> {
    diesel::delete(case_steps::table.filter(case_steps::case_id.eq(case))).execute(conn)?;
    diesel::delete(case_rounds::table.filter(case_rounds::case_id.eq(case))).execute(conn)?;
    for row in rounds {
        insert(conn, row)?;
    }
    for row in steps {
        diesel::insert_into(case_steps::table).values(row.clone()).execute(conn)?;
    }
    Ok(())
}

/// The rounds of a case, the first one first.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn, case: CaseId) -> Result<Vec<RoundRow>, StoreError> {
    Ok(case_rounds::table
        .filter(case_rounds::case_id.eq(case))
        .order(case_rounds::round)
        .select(RoundRow::as_select())
        .load(conn)?)
}

/// What the rounds of a case spent at which step, by round and the step's code.
///
/// # Errors
/// Only the database's own.
pub fn list_steps(conn: &mut Conn, case: CaseId) -> Result<Vec<StepRow>, StoreError> {
    Ok(case_steps::table
        .filter(case_steps::case_id.eq(case))
        .order((case_steps::round, case_steps::step))
        .select(StepRow::as_select())
        .load(conn)?)
}

/// Those of these cases that have a first round; the others are of a database from before this table.
///
/// # Errors
/// Only the database's own.
pub fn measured_of(conn: &mut Conn, cases: &[CaseId]) -> Result<Vec<CaseId>, StoreError> {
    Ok(case_rounds::table
        .filter(case_rounds::case_id.eq_any(cases))
        .filter(case_rounds::round.eq(0))
        .select(case_rounds::case_id)
        .load(conn)?)
}
