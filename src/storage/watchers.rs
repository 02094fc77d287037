//! Who follows which case. A mark beside the case, no part of its journal: it changes nothing in it.

use super::conn::Conn;
use super::error::StoreError;
use super::schema::watchers;
use super::types::Instant;
use crate::ids::{CaseId, StaffId};
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// One watcher of one case.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = watchers, treat_none_as_default_value = false)]
pub struct WatcherRow {
    pub case_id: CaseId,
    pub staff_id: StaffId,
    /// On the list, but not to be told.
    pub muted: bool,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub since: DateTime<Utc>,
}

/// Adds a watcher, or changes whether one who watches already is told; `since` then stays.
///
/// # Errors
/// Only the database's own.
pub fn set(conn: &mut Conn, row: &WatcherRow) -> Result<(), StoreError> {
    if set_muted(conn, row)? {
        return Ok(());
    }
    let added = conn.savepoint(|conn| {
        diesel::insert_into(watchers::table).values(row.clone()).execute(conn)?;
        Ok(())
    });
    match added {
        Err(StoreError::Conflict) => set_muted(conn, row).map(drop),
        done => done,
    }
}

fn set_muted(conn: &mut Conn, row: &WatcherRow) -> Result<bool, StoreError> {
    let rows = diesel::update(watchers::table.find((row.case_id, row.staff_id)))
        .set(watchers::muted.eq(row.muted))
        .execute(conn)?;
    Ok(rows > 0)
}

/// The watcher, if there is one.
///
/// # Errors
/// Only the database's own.
pub fn find(conn: &mut Conn, case: CaseId, staff: StaffId) -> Result<Option<WatcherRow>, StoreError> {
    Ok(watchers::table.find((case, staff)).select(WatcherRow::as_select()).first(conn).optional()?)
}

/// Takes a watcher off the list; harmless if not on it.
///
/// # Errors
/// Only the database's own.
pub fn delete(conn: &mut Conn, case: CaseId, staff: StaffId) -> Result<(), StoreError> {
    diesel::delete(watchers::table.find((case, staff))).execute(conn)?;
    Ok(())
}

/// Everybody who watches a case, the longest first.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn, case: CaseId) -> Result<Vec<WatcherRow>, StoreError> {
    Ok(watchers::table
        .filter(watchers::case_id.eq(case))
        .order((watchers::since, watchers::staff_id))
        .select(WatcherRow::as_select())
        .load(conn)?)
}
