//! The scheduler's log: every run that did something, or failed to.

use super::conn::{Conn, MultiBackend};
use super::error::StoreError;
use super::schema::scheduler_runs;
use super::types::Instant;
use crate::ids::RunId;
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// One run.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = scheduler_runs, treat_none_as_default_value = false)]
pub struct RunRow {
    pub id: RunId,
    pub reconciler: String,
    pub instance: String,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub began_at: DateTime<Utc>,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub ended_at: DateTime<Utc>,
    pub looked_at: i64,
    pub changed: i64,
    pub failed: i64,
    /// What failed, as JSON.
    pub report: String,
}

/// Keeps a run.
///
/// # Errors
/// Only the database's own.
pub fn insert(conn: &mut Conn, row: &RunRow) -> Result<(), StoreError> {
    diesel::insert_into(scheduler_runs::table).values(row.clone()).execute(conn)?;
    Ok(())
}

/// A page of the log, the newest first, behind `after`.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn, after: Option<RunId>, limit: u32) -> Result<Vec<RunRow>, StoreError> {
    let mut query = scheduler_runs::table
        .order(scheduler_runs::id.desc())
        .limit(i64::from(limit))
        .select(RunRow::as_select())
        .into_boxed::<MultiBackend>();
    if let Some(after) = after {
        query = query.filter(scheduler_runs::id.lt(after));
    }
    Ok(query.load(conn)?)
}

/// Drops what began before `before`.
///
/// # Errors
/// Only the database's own.
pub fn prune(conn: &mut Conn, before: DateTime<Utc>) -> Result<usize, StoreError> {
    let old = scheduler_runs::table.filter(scheduler_runs::began_at.lt(Instant::from(before)));
    Ok(diesel::delete(old).execute(conn)?)
}
