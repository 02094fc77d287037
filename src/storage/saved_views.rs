//! Lists of cases that members of staff keep under a name of their own.

use super::conn::{Conn, touched};
use super::error::StoreError;
use super::schema::saved_views;
use super::types::Instant;
use crate::ids::StaffId;
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// One view of one person.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = saved_views, treat_none_as_default_value = false)]
pub struct SavedViewRow {
    pub staff_id: StaffId,
    pub name: String,
    /// From 1 up; unique, so that there are never more views than places.
    pub place: i32,
    /// As it goes behind the `?` of the list of cases.
    pub query: String,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub created_at: DateTime<Utc>,
}

/// Somebody's views, the oldest first.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn, staff: StaffId) -> Result<Vec<SavedViewRow>, StoreError> {
    Ok(saved_views::table
        .filter(saved_views::staff_id.eq(staff))
        .order((saved_views::created_at, saved_views::place))
        .select(SavedViewRow::as_select())
        .load(conn)?)
}

/// Adds a view.
///
/// # Errors
/// [`StoreError::Conflict`] when its name or its place is taken.
pub fn insert(conn: &mut Conn, row: &SavedViewRow) -> Result<(), StoreError> {
    diesel::insert_into(saved_views::table).values(row.clone()).execute(conn)?;
    Ok(())
}

/// Lets a view show something else.
///
/// # Errors
/// [`StoreError::Missing`] when there is none of that name.
pub fn change(conn: &mut Conn, staff: StaffId, name: &str, query: &str) -> Result<(), StoreError> {
    let rows = diesel::update(saved_views::table.find((staff, name))).set(saved_views::query.eq(query)).execute(conn);
    touched(rows, StoreError::Missing)
}

/// Deletes a view; harmless if there is none of that name.
///
/// # Errors
/// Only the database's own.
pub fn delete(conn: &mut Conn, staff: StaffId, name: &str) -> Result<(), StoreError> {
    diesel::delete(saved_views::table.find((staff, name))).execute(conn)?;
    Ok(())
}
