//! Who is away from when to when, and who stands in.

use super::conn::{Conn, touched};
use super::error::StoreError;
use super::schema::absences;
use super::types::Instant;
use crate::ids::{AbsenceId, StaffId};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

/// One absence. Both days are included.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = absences, treat_none_as_default_value = false)]
pub struct AbsenceRow {
    pub id: AbsenceId,
    pub staff_id: StaffId,
    pub delegate_id: StaffId,
    pub from_on: NaiveDate,
    pub to_on: NaiveDate,
    pub note_code: Option<String>,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub created_at: DateTime<Utc>,
    /// Who entered it: the one who is away, or an administrator.
    pub created_by: StaffId,
}

/// Adds an absence.
///
/// # Errors
/// [`StoreError::Conflict`] when the id is taken.
pub fn insert(conn: &mut Conn, row: &AbsenceRow) -> Result<(), StoreError> {
    diesel::insert_into(absences::table).values(row.clone()).execute(conn)?;
    Ok(())
}

/// The absence with this id.
///
/// # Errors
/// [`StoreError::Missing`] when there is none.
pub fn load(conn: &mut Conn, id: AbsenceId) -> Result<AbsenceRow, StoreError> {
    Ok(absences::table.find(id).select(AbsenceRow::as_select()).first(conn)?)
}

/// Lets an absence end on another day.
///
/// # Errors
/// [`StoreError::Missing`] when there is none.
pub fn set_end(conn: &mut Conn, id: AbsenceId, to_on: NaiveDate) -> Result<(), StoreError> {
    let rows = diesel::update(absences::table.find(id)).set(absences::to_on.eq(to_on)).execute(conn);
    touched(rows, StoreError::Missing)
}

/// Deletes an absence.
///
/// # Errors
/// [`StoreError::Missing`] when there is none.
pub fn delete(conn: &mut Conn, id: AbsenceId) -> Result<(), StoreError> {
    touched(diesel::delete(absences::table.find(id)).execute(conn), StoreError::Missing)
}

/// When `staff` is away, in whole or in part, between two days (both included), by day.
///
/// # Errors
/// Only the database's own.
pub fn list_of_staff(
    conn: &mut Conn,
    staff: StaffId,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<AbsenceRow>, StoreError> {
    Ok(absences::table
        .filter(absences::staff_id.eq(staff))
        .filter(absences::to_on.ge(from).and(absences::from_on.le(to)))
        .order((absences::from_on, absences::id))
        .select(AbsenceRow::as_select())
        .load(conn)?)
}

/// Who of these people is away on a day, by day of leaving.
///
/// # Errors
/// Only the database's own.
pub fn list_on(conn: &mut Conn, people: &[StaffId], day: NaiveDate) -> Result<Vec<AbsenceRow>, StoreError> {
    Ok(absences::table
        .filter(absences::staff_id.eq_any(people))
        .filter(absences::to_on.ge(day).and(absences::from_on.le(day)))
        .order((absences::from_on, absences::id))
        .select(AbsenceRow::as_select())
        .load(conn)?)
}

/// When `delegate` stands in for others between two days (both included), by day.
///
/// # Errors
/// Only the database's own.
pub fn list_of_delegate(
    conn: &mut Conn,
    delegate: StaffId,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<AbsenceRow>, StoreError> {
    Ok(absences::table
        .filter(absences::delegate_id.eq(delegate))
        .filter(absences::to_on.ge(from).and(absences::from_on.le(to)))
        .order((absences::from_on, absences::id))
        .select(AbsenceRow::as_select())
        .load(conn)?)
}
